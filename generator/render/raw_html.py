"""HTML that the author wrote: rebuilt tag by tag, balanced, without what runs or loads.

A tag is read by CommonMark's grammar or it is text. What is let through is written anew from
parsed names and values, so nothing of the author's spelling (broken quotes, odd case, control
characters, half tags) reaches the card. `sanitize` then judges the whole fragment once more.
"""

import re
from collections.abc import Mapping
from html import unescape
from typing import Final
from urllib.parse import urlsplit

from markdown_it.token import Token

from generator.render.context import Output
from generator.render.escape import escape, escape_attribute
from generator.render.images import place_image
from generator.render.links import resolve
from generator.render.names import names
from generator.render.sanitize import DROPPED_WITH_CONTENT, HTML_TAGS, MEDIA_TAGS
from generator.render.style import safe_style

_ATTRIBUTE_SOURCE = r"""\s+([A-Za-z_:@][\w:.@-]*)(?:\s*=\s*([^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
_TAG = re.compile(
    rf"<(?P<close>/)?(?P<name>[A-Za-z][A-Za-z0-9:-]*)(?P<attributes>(?:{_ATTRIBUTE_SOURCE})*)\s*/?>"
    r"|<!--.*?(?:-->|\Z)|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<![A-Za-z][^>]*>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(_ATTRIBUTE_SOURCE)
_VOID: Final = frozenset({"br", "hr", "img", "col", "input", "source", "embed", "wbr"})
_LINKED: Final = frozenset({"iframe", "embed", "object"})
_PLAYED: Final = frozenset({"video", "audio"})
_UNWRAPPED: Final = HTML_TAGS | MEDIA_TAGS
_SWALLOWED: Final = DROPPED_WITH_CONTENT | {"title", "textarea", "xmp", "noembed", "noframes"}
_KEPT_ATTRIBUTES: Final = names(
    "class title lang dir align valign start type reversed value colspan rowspan scope open "
    "color width height border span datetime"
)
_BREAKS: Final = frozenset({"<br>", "<br/>", "<br />"})


def render_raw_html(output: Output, token: Token) -> None:
    """Render a block or a piece of inline HTML."""
    content = token.content
    if content in _BREAKS:
        output.html.append("<br>")
        output.text.append(" ")
        return
    position = 0
    while match := _TAG.search(content, position):
        _put_text(output, content[position : match.start()])
        position = match.end()
        if match["name"]:
            position = _put_tag(output, token, match, content)
    _put_text(output, content[position:])


def _put_text(output: Output, source: str) -> None:
    if source:
        text = unescape(source)
        output.html.append(escape(text))
        output.text.append(text)


def _put_tag(output: Output, token: Token, match: re.Match[str], content: str) -> int:
    """Render one tag; return where in `content` to go on."""
    name = match["name"].lower()
    if match["close"]:
        _close(output, name)
        return match.end()
    attributes = _read_attributes(match["attributes"])
    if name in _SWALLOWED:
        output.report(
            token,
            "W506",
            f"<{name}> does not belong on a card: left out with what it holds",
            "write the content as Markdown, or as an image file",
        )
        return _end_of(name, content, match.end())
    if name in _LINKED or name in _PLAYED:
        end = _end_of(name, content, match.end()) if name not in _VOID else match.end()
        _put_player(output, token, name, attributes, content[match.end() : end])
        return end
    if name == "img":
        place_image(output, token, attributes)
    elif name in _UNWRAPPED:
        _open(output, token, name, attributes)
    return match.end()


def _read_attributes(source: str) -> dict[str, str]:
    """Return attributes by lower-case name; the first of two wins, as in browsers."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source):
        value = match[2] or ""
        if value[:1] in ("'", '"'):
            value = value[1:-1]
        found.setdefault(match[1].lower(), unescape(value))
    return found


def _open(output: Output, token: Token, name: str, attributes: Mapping[str, str]) -> None:
    if name == "input" and attributes.get("type", "").lower() != "checkbox":
        return
    kept = "".join(_kept(name, attributes))
    if name == "a" and attributes.get("href"):
        page = output.context.document.source.page
        target = resolve(attributes["href"], page=page, config=output.context.config)
        if target.is_refused:
            output.report(token, "W505", f"link is not allowed: {attributes['href'][:60]}")
        if target.url:
            kept += f' href="{escape_attribute(target.url)}"'
    output.html.append(f"<{name}{kept}>")
    output.has_raw_html = True
    if name not in _VOID:
        output.open_tags.append(name)
    output.text.append(" " if name in ("br", "hr") else "")


def _kept(name: str, attributes: Mapping[str, str]) -> list[str]:
    kept = []
    for key, value in attributes.items():
        if key in _KEPT_ATTRIBUTES or (name == "input" and key in ("checked", "disabled")):
            kept.append(f' {key}="{escape_attribute(value)}"')
        elif key == "style" and (style := safe_style(value)):
            kept.append(f' style="{escape_attribute(style)}"')
    return kept


def _close(output: Output, name: str) -> None:
    """Close the author's innermost open `name` and what stands open in it."""
    if name in _VOID:
        return
    for index in range(len(output.open_tags) - 1, -1, -1):
        if not output.open_tags[index]:
            return
        if output.open_tags[index] == name:
            output.html += [f"</{tag}>" for tag in reversed(output.open_tags[index:])]
            del output.open_tags[index:]
            output.text.append(" " if name in _BLOCKS else "")
            return


_BLOCKS: Final = names(
    "address article aside blockquote caption center dd details div dl dt figcaption figure "
    "footer h1 h2 h3 h4 h5 h6 header li main nav ol p pre section summary table td th tr ul"
)


def _end_of(name: str, content: str, start: int) -> int:
    match = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(content, start)
    return match.end() if match else len(content)


def _put_player(
    output: Output, token: Token, name: str, attributes: Mapping[str, str], inside: str
) -> None:
    """Show a film or sound of the docs folder; anything else becomes a link."""
    source = attributes.get("src") or attributes.get("data") or _first_source(inside)
    label = attributes.get("title") or unescape(_TAG.sub("", inside)).strip()
    page = output.context.document.source.page
    target = resolve(source, page=page, config=output.context.config)
    if name in _PLAYED and source and (target.is_local or target.is_refused):
        place_image(output, token, {"src": source, "alt": label})
        return
    if target.is_refused or not source:
        output.report(token, "W505", f"<{name}> has no address that a card may have")
    shown = label or urlsplit(target.url).netloc + urlsplit(target.url).path or name
    html = escape(shown)
    if target.url:
        html = f'<a class="embedded" href="{escape_attribute(target.url)}">{html}</a>'
    output.html.append(html)
    output.text += (" ", shown, " ")


def _first_source(inside: str) -> str:
    for match in _TAG.finditer(inside):
        if (match["name"] or "").lower() == "source":
            return _read_attributes(match["attributes"]).get("src", "")
    return ""
