"""HTML as lines that can be compared: blocks with their way, words, and the spans around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from tests.parser.reference import tex_of

_BLOCKS = frozenset(
    {"p", "ul", "ol", "li", "blockquote", "table", "tr", "td", "th", "pre", "dl", "dt", "dd", "hr"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "details", "summary", "div", "figure", "figcaption"}
    | {"thead", "tbody", "section", "html", "body", "label"}
)
_UNNAMED = frozenset({"p", "div", "section", "html", "body", "thead", "tbody", "figure", "label"})
"""Blocks that only separate: a tight list and a loose one say the same."""
_SPANS = {"b": "strong", "i": "em", "s": "del", "strike": "del"}
_NAMED_SPANS = frozenset(
    {"strong", "em", "del", "ins", "sub", "sup", "mark", "kbd", "code", "a", "img", "abbr", "br"}
)
_LOOKS = frozenset({"linenos", "headerlink", "linenodiv", "footnote-backref"})
_FILE = re.compile(r" ?\([^()]*\)$")
"""What a card says of an image on another server: it has no network."""


@dataclass(slots=True)
class _Lines:
    done: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def close(self, way: str) -> None:
        """End the line of a block."""
        text = " ".join("".join(self.words).split())
        text = text.replace("<br> ", "<br>")  # a blank that begins a line is not shown
        # `***x***` is both, in whichever order
        text = text.replace("<em><strong>", "<strong><em>").replace(
            "</strong></em>", "</em></strong>"
        )
        if text:
            self.done.append(f"{way} {text}".strip())
        self.words.clear()


def reading(html: str) -> list[str]:
    """Return one line per block: the blocks around it, and its words with their spans.

    Args:
        html: Of a site or a card.
    """
    lines = _Lines()
    soup = BeautifulSoup(html, "lxml")
    _order_tabs(soup)
    _read(soup, "", lines, is_code=False)
    lines.close("")
    return lines.done


def _order_tabs(soup: BeautifulSoup) -> None:
    """Put the title of each tab before its content, as cards do."""
    for tabs in soup.select(".tabbed-set:has(> .tabbed-labels)"):
        for label, block in zip(
            tabs.select(":scope > .tabbed-labels > label"),
            tabs.select(":scope > .tabbed-content > .tabbed-block"),
            strict=False,
        ):
            block.insert_before(label.extract())


def _read(node: Tag, way: str, lines: _Lines, *, is_code: bool) -> None:
    for child in node.children:
        if type(child) is NavigableString:
            lines.words.append(str(child))
        elif isinstance(child, Tag):
            _read_tag(child, way, lines, is_code=is_code)


def _read_tag(tag: Tag, way: str, lines: _Lines, *, is_code: bool) -> None:
    tex = tex_of(tag)
    if tex is not None:
        lines.words.append(f" ${tex}$ ")
    elif _is_left_out(tag):
        return
    elif _is_frame_of_code(tag):
        _read(tag, way, lines, is_code=is_code)
    elif tag.name in _BLOCKS or "filename" in (tag.get("class") or ()):
        _read_block(tag, way, lines, is_code=is_code)
    elif (tag.name in _SPANS or tag.name in _NAMED_SPANS) and not (is_code or _is_inner_link(tag)):
        _read_span(tag, way, lines)
    else:
        _read(tag, way, lines, is_code=is_code)


def _is_left_out(tag: Tag) -> bool:
    """Whether a part is only about looks: numbers of lines, marks of headings."""
    classes = set(tag.get("class") or ())
    return bool(classes & _LOOKS) or tag.name in ("input", "script")


def _is_frame_of_code(tag: Tag) -> bool:
    """Whether an element belongs to the table that numbers lines of code."""
    if tag.name not in ("table", "tbody", "tr", "td"):
        return False
    table = tag if tag.name == "table" else tag.find_parent("table")
    return table is not None and any(name.endswith("table") for name in table.get("class") or ())


def _read_block(tag: Tag, way: str, lines: _Lines, *, is_code: bool) -> None:
    lines.close(way)
    title = tag.get("data-title")
    if title:
        lines.done.append(f"{way}/title {title}")
    name = _name(tag)
    is_title = way.endswith("/summary")  # `??? "### Title"`: a heading on the site only
    inner = way if name in _UNNAMED or is_title else f"{way}/{name}"
    _read(tag, inner, lines, is_code=is_code or tag.name == "pre")
    lines.close(inner)


def _name(tag: Tag) -> str:
    classes = set(tag.get("class") or ())
    if "admonition-title" in classes:
        return "summary"
    if "admonition" in classes:
        return "details"
    if "filename" in classes:
        return "title"
    start = tag.get("start", "1")
    return f"{tag.name}{start}" if start != "1" else tag.name


def _read_span(tag: Tag, way: str, lines: _Lines) -> None:
    name = _SPANS.get(tag.name, tag.name)
    lines.words.append(f"<{name}{''.join(_attributes(tag))}>")
    _read(tag, way, lines, is_code=name == "code")
    if name not in ("img", "br"):
        lines.words.append(f"</{name}>")


def _is_inner_link(tag: Tag) -> bool:
    """Whether a link leads to the site itself, which a card of a single page cannot reach."""
    address = str(tag.get("href", "")).lower()
    is_outside = address.startswith(("http:", "https:", "mailto:"))
    return tag.name == "a" and (not is_outside or tag.img is not None)


def _attributes(tag: Tag) -> Iterator[str]:
    """Yield what a reader notices of a span."""
    wanted = {"a": ("href",), "img": ("alt",), "abbr": ("title",)}
    for name in wanted.get(tag.name, ()):
        yield f" {name}={_FILE.sub('', unquote(str(tag.get(name, '')).lower()))}"
