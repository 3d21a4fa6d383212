"""Constructs of other programs that may be left in a text, and slips that look like boxes."""

import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from generator.config.extensions import Extensions

FILLED_IN: Final = "the site fills it in when it is built: it is not on the card"


class Kind(Struct, frozen=True):
    """A construct that may be left in a text.

    Attributes:
        name: Of the kind.
        marks: One of these is in every one of them.
        pattern: Finds it.
        message: What it is, and what happens to it.
        hint: What to do.
        is_read: Whether the site has rules for it, which then rejected it on purpose.
        source: Finds it in the source of a page, where its marks are common; None where they are
            rare.
    """

    name: str
    marks: tuple[str, ...]
    pattern: re.Pattern[str]
    message: str
    hint: str
    is_read: Callable[[Extensions], object] = lambda _: None
    source: re.Pattern[str] | None = None

    def may_be_in(self, texts: str) -> bool:
        """Whether the source of a page's texts may hold it."""
        return self.source is None or self.source.search(texts) is not None


def pattern_of(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which `^` is the start of any line."""
    return re.compile(pattern, re.MULTILINE)


_OTHERS: Final = (
    Kind(
        "embed",
        ("![[",),
        pattern_of(r"!\[\[[^\[\]\n]+\]\]"),
        "an Obsidian embed: it stays as text",
        "write ![text](path), or keep the page in a vault (a folder with .obsidian)",
        lambda used: used.obsidian,
    ),
    Kind(
        "wiki link",
        ("[[",),
        pattern_of(r"(?<!!)\[\[(?![\s\d,.]*\])[^\[\]\n]+\]\]"),
        "a wiki link: it stays as text",
        "write [text](path), or keep the page in a vault (a folder with .obsidian)",
        lambda used: used.obsidian or used.wikilinks,
    ),
    Kind(
        "cross-reference",
        ("][",),
        pattern_of(r"\[[^\[\]\n]+\]\[(?:[\w.]+\.[\w.]+)?\]"),
        "a cross-reference (autorefs): it stays as text",
        "write a link with an address: [text](page.md#anchor)",
    ),
    Kind(
        "callout",
        ("[!",),
        pattern_of(r"\A\[![A-Za-z][\w -]*\][+-]?"),
        "a callout that the site does not read: it becomes a quote",
        "enable pymdownx.quotes with callouts: true, or the plugin callouts",
        lambda used: used.callouts,
    ),
    Kind(
        "mkdocstrings",
        (":::",),
        pattern_of(r"^:::\s*[A-Za-z_]\w*(?:\.\w+)+\s*$"),
        f"an identifier for mkdocstrings: {FILLED_IN}",
        "write out what the card should show",
    ),
    Kind(
        "container",
        (":::",),
        pattern_of(r"^:{3,}\s*(?:\{[^}\n]*\}|\w+(?![\w.]))"),
        "a container that is not read: its markers stay as text",
        "close it with ::: on a line of its own, or write a box: !!! note",
    ),
    Kind(
        "shortcode",
        ("{{",),
        pattern_of(r"\{\{[<%][^{}\n]*[>%]\}\}"),
        f"a shortcode: {FILLED_IN}",
        "write out what the card should show",
    ),
)
_INVISIBLE: Final = "\u00a0\u200b\u200c\u200d\u2060\u3000\ufeff"
_SLIPS: Final = (
    Kind(
        "invisible",
        (*_INVISIBLE, "？？？", "！！！"),
        pattern_of(
            rf"^[ ]*(?:[{_INVISIBLE}]+[ ]*(?:\?\?\?|!!!|===)"
            rf"|(?:\?\?\?\+?|!!!)[{_INVISIBLE}]|[？！]{{3}})"
        ),
        "the marker of a box with a character that only looks like its own: it stays as text",
        "type the line again, with plain spaces",
    ),
    Kind(
        "invisible indent",
        ("\u00a0",),
        pattern_of("^\u00a0{2,}[^\\s]"),
        "indented by no-break spaces: the site does not read it as indented",
        "indent it by plain spaces",
    ),
    Kind(
        "tab",
        ("===",),
        pattern_of(r"^===[+!]? [^\s\"=][^\"\n]*$"),
        "a tab without quotes around its title: it stays as text",
        'write === "Title"',
    ),
    Kind(
        "directive of reStructuredText",
        (".. ",),
        pattern_of(r"^\.\. [\w-]+::"),
        "a directive of reStructuredText: it stays as text",
        'write a box: !!! note "Title"',
    ),
    Kind(
        "include",
        ("{!", "{{#"),
        pattern_of(r"\{!\s*[^\s{}!]+\s*!\}|\{\{#\w+[^{}\n]*\}\}"),
        f"an inclusion: {FILLED_IN}",
        'write --8<-- "path", or what the card should show',
    ),
    Kind(
        "icon",
        (":",),
        pattern_of(r"(?<![\w:]):[a-z][\w+-]+:(?![\w:])"),
        "an icon of the site: its name stays as text",
        "write a word or a picture",
        lambda used: not (used.emoji and "custom_icons" in used.emoji.options),
        pattern_of(r":[a-z][\w+\\-]+:"),
    ),
    Kind(
        "inline footnote",
        ("^[",),
        pattern_of(r"(?<=[\w.,;:!?)])\^\[[^\[\]\n]*[^\W\d_]{2} [^\[\]\n]*\]"),
        "an inline footnote of Pandoc: it stays as text",
        "write [^1] here, and [^1]: with the note on a line of its own",
    ),
    Kind(
        "citation",
        ("@",),
        pattern_of(r"\[@[\w:.-]+|(?<![\w@])@(?:fig|tbl|sec|eq|exr|exm|thm|lem|def)-[\w-]+"),
        f"a citation or reference: {FILLED_IN}",
        "write out what the card should show",
    ),
    Kind(
        "comment",
        ("%%",),
        pattern_of(r"%%[^%\n]+%%"),
        "a comment of Obsidian: it stays as text",
        "write <!-- … -->, or keep the page in a vault (a folder with .obsidian)",
        lambda used: used.obsidian,
    ),
    Kind(
        "module",
        ("import ", "export "),
        pattern_of(
            r"\A(?:import\s[^\n]+\sfrom\s|import\s[\"']|export\s(?:const|default|function)\b)"
        ),
        "a statement of MDX: it stays as text",
        "move it below the boxes that become cards",
    ),
    Kind(
        "role",
        ("{",),
        pattern_of(r"\{(?:ref|doc|numref|eq|term|download|math|cite[\w:]*|py:\w+)\}\Z"),
        "a role of MyST: it stays as text",
        "write a link or the words, or keep the page in a book (a folder with myst.yml)",
        lambda used: used.myst,
        pattern_of(r"\{(?:ref|doc|numref|eq|term|download|math|cite|py:)"),
    ),
)

KINDS: Final = (*_OTHERS, *_SLIPS)
