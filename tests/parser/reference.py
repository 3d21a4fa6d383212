"""Pages as the reference stack reads them, and as we do, in a form that can be compared."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import markdown
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from pymdownx.emoji import to_alt

from generator.config import Config
from generator.config.document import ConfigDocument
from generator.config.entries import entries
from generator.config.extensions import Extensions
from generator.config.read_extensions import read_extensions
from generator.config.settings import Site
from generator.math.formula import joined
from generator.model import Media
from generator.parser import parse
from generator.reader.page import read_text
from generator.render.context import RenderContext
from generator.render.html import render_fragment

Options = Mapping[str, Mapping[str, object]]
"""Name of an extension → its options."""

FOR_COMPARISON: Options = {
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.blocks.tab": {"alternate_style": True},
    "pymdownx.emoji": {"emoji_generator": to_alt},
}
_STRUCTURE = ("ul", "ol", "li", "blockquote", "td", "th", "pre", "h1", "h2", "details", "summary")

Leaf = tuple[str, str]


def extensions_of(options: Options) -> Extensions:
    """Return the typed record of what a site lists."""
    listed = entries([{name: dict(given)} for name, given in options.items()], ())
    return read_extensions(listed, ConfigDocument(Path("x"), "x"), Extensions()).extensions


def site(text: str, options: Options) -> list[Leaf]:
    """Read a page with Python-Markdown."""
    configs = {name: dict(given) for name, given in options.items()}
    for name, given in FOR_COMPARISON.items():
        if name in configs:
            configs[name] = {**configs[name], **given}
    page = markdown.Markdown(extensions=list(configs), extension_configs=configs)
    return leaves(page.convert(text))


def card_html(text: str, extensions: Extensions) -> str:
    """Read and render a page with ours."""
    config = Config(site=Site(extensions=extensions))
    source, _ = read_text(text, page="p.md", display="p.md")
    document, _ = parse(source, config=config)
    context = RenderContext(document, config, lambda _, target: Media("x.png", target))
    return joined(render_fragment(document.tokens, context=context)[0].html)


def card(text: str, options: Options) -> list[Leaf]:
    """Read a page with ours."""
    return leaves(card_html(text, extensions_of(options)))


def leaves(html: str) -> list[Leaf]:
    """Runs of text with the lists, cells, quotes, code and boxes that contain them."""
    found: list[Leaf] = []
    for path, text in _walk(BeautifulSoup(html, "lxml"), ""):
        if found and found[-1][0] == path and not path.endswith("/li"):
            found[-1] = (path, found[-1][1] + text)
        elif text.strip():
            found.append((path, text))
    return [(path, "".join(text.split())) for path, text in found]


def _walk(node: Tag, path: str) -> Iterator[Leaf]:
    for child in node.children:
        if isinstance(child, NavigableString):
            yield path, str(child)
        elif isinstance(child, Tag) and (tex := tex_of(child)) is not None:
            yield path, f" ${tex}$ "
        elif isinstance(child, Tag) and "filename" in (child.get("class") or []):
            continue  # a title of code is an attribute on the card
        elif isinstance(child, Tag):
            name = _name(child)
            numbered = f"{name}{child.get('start', '')}"
            yield from _walk(child, f"{path}/{numbered}" if name in _STRUCTURE else path)


def tex_of(tag: Tag) -> str | None:
    """Return the TeX of a formula, None for another element."""
    if tag.name == "math":
        return str(tag.get("data-tex"))
    if "arithmatex" in (tag.get("class") or []):
        return re.sub(r"^\\[\[(]|\\[\])]$", "", tag.get_text().strip())
    return None


def _name(tag: Tag) -> str:
    classes = list(tag.get("class") or ())
    if "admonition-title" in classes:
        return "summary"
    return "details" if "admonition" in classes else tag.name
