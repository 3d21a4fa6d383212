"""HTML that the author wrote: rebuilt tag by tag, balanced, without what runs or loads.

A tag is read by CommonMark's grammar or it is text. Allowed tags are rewritten from
parsed names and values, so nothing of the author's spelling (broken quotes, odd case, control
characters, half tags) reaches the card. `sanitize` then judges the whole fragment once more.
"""

import re
from collections.abc import Mapping
from html import unescape
from typing import Final

from markdown_it.token import Token

from generator.markup.allowed import ELEMENTS, VOID
from generator.markup.writer import WORD_EDGE, end
from generator.render.context import Output
from generator.render.elements import (
    EMBEDDED,
    PLAYED,
    SWALLOWED,
    is_element,
)
from generator.render.embedded import put_embedded
from generator.render.images import place_image
from generator.render.quoting import shorten

_ATTRIBUTE_SOURCE = (
    r"""\s+(?P<key{0}>[A-Za-z_:@][\w:.@-]*)"""
    r"""(?:\s*=\s*(?P<value{0}>[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
)
_ATTRIBUTE = re.compile(_ATTRIBUTE_SOURCE.format(""))
TAG: Final = re.compile(
    rf"<(?P<close>/)?(?P<name>[A-Za-z][A-Za-z0-9:-]*)"
    rf"(?P<attributes>(?:{_ATTRIBUTE_SOURCE.format('_')})*)\s*/?>"
    r"|<!--.*?(?:-->|\Z)|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<![A-Za-z][^>]*>",
    re.DOTALL,
)
_NOT_AUTHORS: Final = frozenset({"id", "href", "src", "data-title", "data-linenos"})
"""Attributes that are ours, or take another way."""
_DEEPEST: Final = 200
_BREAKS: Final = frozenset({"<br>", "<br/>", "<br />"})


def render_raw_html(output: Output, token: Token) -> None:
    """Render a block or a piece of inline HTML."""
    content = token.content
    if content in _BREAKS:
        output.start("br")
        return
    if token.type == "html_block":
        content = content.rstrip("\n")
        output.nodes.append(WORD_EDGE)
    position = 0
    while match := TAG.search(content, position):
        _put_text(output, content[position : match.start()])
        position = match.end()
        if match["name"]:
            position = _put_tag(output, token, match)
    _put_text(output, content[position:])


def _put_text(output: Output, source: str) -> None:
    if source:
        output.nodes.append(unescape(source))


def _put_tag(output: Output, token: Token, match: re.Match[str]) -> int:
    """Render one tag; return where in its text to go on."""
    name, after = match["name"].lower(), match.end()
    if not is_element(name):
        _put_as_text(output, token, match[0])
        return after
    if match["close"]:
        _close(output, name)
        return after
    attributes = read_attributes(match["attributes"])
    if name in SWALLOWED:
        return _swallow(output, token, name, match)
    if name in EMBEDDED or name in PLAYED or name == "source":
        end = after if name in VOID else end_of(name, match.string, after) or after
        put_embedded(output, token, name, attributes, _Inside(match.string[after:end]))
        return end
    if name == "img":
        place_image(output, token, attributes)
    elif name in ELEMENTS:
        _open(output, token, name, attributes)
    return after


class _Inside:
    """What an embedded element holds: its own sources, and text for browsers without it."""

    def __init__(self, html: str) -> None:
        self.text = unescape(TAG.sub("", html)).strip()
        self.source = ""
        for match in TAG.finditer(html):
            if (match["name"] or "").lower() == "source" and not self.source:
                self.source = read_attributes(match["attributes"]).get("src", "")


def _put_as_text(output: Output, token: Token, tag: str) -> None:
    output.report(
        token,
        "L502",
        f"{shorten(tag)} is not an HTML element: the site shows nothing, the card its text",
        f"write `{shorten(tag)}` as code, or &lt; for <",
    )
    output.nodes.append(tag)


def _swallow(output: Output, token: Token, name: str, match: re.Match[str]) -> int:
    output.report(
        token,
        "W506",
        f"<{name}> does not belong on a card: left out with its content",
        "write the content as Markdown, or as an image file",
    )
    end = end_of(name, match.string, match.end())
    if end is None and token.type == "html_inline":
        output.swallowing = name
    return end or len(match.string)


def read_attributes(source: str) -> dict[str, str]:
    """Return attributes by lower-case name; the first of two wins, as in browsers."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source):
        value = match["value"] or ""
        if value[:1] in ("'", '"'):
            value = value[1:-1]
        found.setdefault(match["key"].lower(), unescape(value))
    return found


def _open(output: Output, token: Token, name: str, attributes: Mapping[str, str]) -> None:
    if name == "input" and attributes.get("type", "").lower() != "checkbox":
        return
    kept = {key: value for key, value in attributes.items() if key not in _NOT_AUTHORS}
    if name == "a" and attributes.get("href"):
        kept["href"] = _address(output, token, attributes["href"])
    if len(output.open_tags) >= _DEEPEST:
        return  # its content is kept; to find what an end tag ends takes as long as this is deep
    output.start(name, kept)
    output.has_raw_html = True
    if name not in VOID:
        output.open_tags.append(name)


def _address(output: Output, token: Token, href: str) -> str:
    target = output.resolve(href)
    if target.is_refused:
        output.report(
            token, "W505", f"link is not allowed: {shorten(href)}", "only its text is kept"
        )
    return target.url


def _close(output: Output, name: str) -> None:
    """Close the author's innermost open `name` and all that is open in it."""
    opened = output.open_tags
    for index in range(len(opened) - 1, -1, -1):
        if not opened[index]:
            return
        if opened[index] == name:
            output.nodes += [end(tag) for tag in reversed(opened[index:])]
            del opened[index:]
            return


def end_of(name: str, html: str, start: int) -> int | None:
    """Return the offset after the end tag of `name`, or None."""
    match = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(html, start)
    return match.end() if match else None
