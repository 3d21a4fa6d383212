"""One frozen `Config`: everything that can be set, with its default."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class MathMode(StrEnum):
    """How formulas go on the card."""

    MATHML = "mathml"
    MATHJAX = "mathjax"


@dataclass(frozen=True, slots=True)
class Config:
    """What is in force for a build. Relative paths are relative to `root`.

    Attributes:
        root: Folder of the configuration file, else of the sources.
        sources: Files or folders with pages.
        docs_dir: Folder that pages, images and snippets may not leave; None = each source's own.
        output: Folder of the packages.
        deck_root: First part of every deck name, "" for none.
        card_types: Admonition types that are cards; "" stands for one without a type.
        answer_types: Types of a nested box that holds the answer.
        answer_titles: Titles (case-folded, punctuation off) of a box that holds the answer.
        include_unanswered: Whether `all.apkg` holds unanswered cards too.
        math: Default math mode.
        macros: TeX macros, name with backslash → body (`#1` … for arguments).
        css: Files with the site's own CSS for cards.
        site_url: Absolute URL of the built site, "" when unknown.
        use_directory_urls: Whether the site serves `page/` rather than `page.html`.
        ignore: Diagnostic codes that are not shown.
    """

    root: Path = field(default_factory=Path)
    sources: tuple[Path, ...] = ()
    docs_dir: Path | None = None
    output: Path = field(default_factory=lambda: Path("build"))
    deck_root: str = ""
    card_types: frozenset[str] = frozenset({"question", "faq", ""})
    answer_types: frozenset[str] = frozenset({"success", "answer", "solution", "done"})
    answer_titles: frozenset[str] = frozenset()
    include_unanswered: bool = False
    math: MathMode = MathMode.MATHML
    macros: Mapping[str, str] = field(default_factory=dict)
    css: tuple[Path, ...] = ()
    site_url: str = ""
    use_directory_urls: bool = True
    ignore: frozenset[str] = frozenset()
