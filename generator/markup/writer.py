"""Fields as sequences of nodes, and the one function that makes strings of them.

A node is a text (a plain `str`, written escaped) or a `Markup`, which only this module makes, from
names and values that are on a list. So whatever a rule of rendering appends, a page's characters
cannot become markup, and markup cannot touch the text after it.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import unescape
from typing import Final, TypeAlias

from msgspec import Struct

from generator.markup.allowed import (
    ATTRIBUTES,
    BLOCKS,
    ELEMENTS,
    FLAGGED,
    FORMULA_ATTRIBUTES,
    FORMULA_ELEMENTS,
    VOID,
    Check,
)
from generator.markup.classes import kept_classes
from generator.markup.text import (
    clean,
    escape,
    escape_value,
    guard_cloze,
    settle,
    settle_value,
)

_DELETION: Final = "{{}}"
_NO_ATTRIBUTES: Final[Mapping[str, str]] = {}
TAG_EDGES: Final = re.compile(r'(<[^>"]*(?:"[^"]*"[^>"]*)*>)')
"""Splits HTML as we and the sanitizer write it: tags have odd indexes."""
_TAG: Final = re.compile(r'<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>(?: [a-z-]+="[^"]*")*)>')
_ATTRIBUTE: Final = re.compile(r' ([a-z-]+)="([^"]*)"')
_FILE: Final = re.compile(r"[\w.-]+")
_TEX: Final = re.compile(r"(\\[(\[])([^<>]*)(\\[)\]])")
_TEX_STEP: Final = re.compile(r"\\.|[{}]|\\\Z", re.DOTALL)


class NotAllowedError(ValueError):
    """A formula contains something that is not allowed in formulas."""


class Markup(Struct, frozen=True):
    """A part of a field that is not the page's text.

    Attributes:
        html: As written.
        said: Its plain text: a blank for blocks, the description for images.
        is_tag: Whether it is a start tag, an end tag, or a blank; else it is complete.
        opens, closes: Name of the element or deletion that it starts or ends, or "".
        is_deletion: Whether its braces are those of a cloze deletion.
    """

    html: str
    said: str = ""
    is_tag: bool = False
    opens: str = ""
    closes: str = ""
    is_deletion: bool = False


Node: TypeAlias = str | Markup


def start(
    name: str,
    attributes: Mapping[str, str] = _NO_ATTRIBUTES,
    *,
    said: str | None = None,
    classes: frozenset[str] = frozenset(),
) -> Markup:
    """Begin an element.

    Args:
        name: One of `ELEMENTS`.
        attributes: What is not on the list, or has a value that is not, is left out.
        said: Its plain text; a blank for a block by default.
        classes: Those of the site's style sheets, beside the theme's.

    Raises:
        KeyError: For an element that no field may have.
    """
    if not attributes and said is None:
        return _BARE[name]
    return _start(name, tuple(attributes.items()), said, classes)


@lru_cache(maxsize=4096)
def _start(
    name: str, attributes: tuple[tuple[str, str], ...], said: str | None, classes: frozenset[str]
) -> Markup:
    if name not in ELEMENTS:
        raise KeyError(name)
    written = "".join([_attribute(name, key, value, classes) for key, value in attributes])
    opens = "" if name in VOID else name
    said = _gap(name) if said is None else said
    return Markup(f"<{name}{written}>", said, is_tag=True, opens=opens)


def end(name: str) -> Markup:
    """End an element; void ones have no end.

    Args:
        name: One of `ELEMENTS`.

    Raises:
        KeyError: For an element that no field may have.
    """
    return _ENDS[name]


def _gap(name: str) -> str:
    return " " if name in BLOCKS else ""


_BARE: Final[Mapping[str, Markup]] = {
    name: Markup(f"<{name}>", _gap(name), is_tag=True, opens="" if name in VOID else name)
    for name in ELEMENTS
}
_ENDS: Final[Mapping[str, Markup]] = {
    name: Markup(f"</{name}>", _gap(name), is_tag=True, closes=name) for name in ELEMENTS - VOID
}


def _attribute(element: str, name: str, value: str, classes: frozenset[str]) -> str:
    if name in FLAGGED.get(element, ()):
        return f' {name}=""'
    kept = kept_classes(value, classes) if name == "class" else _checked(element, name, value)
    if not kept and (value or name != "alt"):
        return ""
    return f' {name}="{escape_value(kept)}"'


def _checked(element: str, name: str, value: str) -> str:
    check: Check | None = ATTRIBUTES.get(element, {}).get(name) or ATTRIBUTES["*"].get(name)
    return check(value) if check else ""


def whole(nodes: Iterable[Node]) -> Markup:
    """Take nodes as one that is written already, for what appears in many places.

    Args:
        nodes: Balanced, without deletions.
    """
    parts = tuple(nodes)
    return Markup(write(parts), _said(parts))


WORD_EDGE: Final = Markup("", " ", is_tag=True)
"""Separates words in plain text, and shows nothing."""

UNSAID_BLANK: Final = Markup(" ", is_tag=True)
"""A blank that is shown but is not part of the plain text."""


def footnote_mark(number: int, mark: int) -> Markup:
    """Return a footnote's number, which is not part of the plain text.

    Args:
        number: Of the note.
        mark: Of this mention of it, for its id.
    """
    return Markup(f'<sup id="fnref-{mark:d}">{number:d}</sup>')


def sound(name: str, said: str = "") -> Markup:
    """Return what Anki shows as a button that plays.

    Args:
        name: Of a media file of the package, made by `media_name`.
        said: Its plain text.

    Raises:
        ValueError: For a name that is not a flat file name.
    """
    if not _FILE.fullmatch(name):
        raise ValueError(name)
    return Markup(f"[sound:{name}]", said)


def deletion(number: int) -> Markup:
    """Begin a cloze deletion."""
    return Markup(f"{{{{c{number:d}::", is_deletion=True, opens=_DELETION)


def deletion_end(hint: str = "") -> Markup:
    """End a cloze deletion.

    Args:
        hint: What its card shows in its place, or empty for Anki's dots.
    """
    shown = guard_cloze(escape(hint))
    if not escape(f"[{hint}]").startswith("["):
        # Anki shows a hint as `[hint]`: one that begins with `sound:` would be played.
        shown = f"&#{ord(hint[0])};{guard_cloze(escape(hint[1:]))}"
    html = f"::{shown}}}}}" if hint else "}}"
    return Markup(html, is_deletion=True, closes=_DELETION)


@lru_cache(maxsize=4096)
def formula(html: str, tex: str) -> Markup:
    r"""Take a formula as the converter wrote it: MathML, marked TeX, or `\(…\)` for MathJax.

    Args:
        html: Of the formula.
        tex: Its plain text.

    Raises:
        NotAllowedError: For an element, attribute or class that no formula may have.
    """
    delimited = _TEX.fullmatch(html)
    if delimited:
        opening, body, closing = delimited.groups()
        # `\[sound:a.mp3]…` would be a sound for Anki; MathJax does not mind a blank.
        gap = "" if escape(f"[{body}").startswith("[") else " "
        return Markup(f"{opening}{gap}{settle_value(body)}{_lead_out(body)}{closing}", tex)
    pieces = TAG_EDGES.split(html)
    pieces[::2] = map(settle, pieces[::2])
    pieces[1::2] = map(_formula_tag, pieces[1::2])
    return Markup("".join(pieces), tex)


def _lead_out(body: str) -> str:
    r"""Return what must be after TeX for MathJax to find its end there.

    It skips an end that a backslash is before, or inside of braces, and counts those of
    `\verb|{|`: the formula would go on in the page's text.
    """
    depth = 0
    for step in _TEX_STEP.findall(unescape(body)):
        if step == "\\":
            return " "
        depth = max(0, depth + (step == "{") - (step == "}"))
    return f"%{'}' * depth}" if depth else ""


@lru_cache(maxsize=4096)
def _formula_tag(source: str) -> str:
    tag = _TAG.fullmatch(source)
    if tag is None:
        raise NotAllowedError(source)
    name, attributes = tag["name"], _ATTRIBUTE.findall(tag["rest"])
    if name in ELEMENTS:
        return (end(name) if tag["end"] else start(name, dict(attributes))).html
    if name not in FORMULA_ELEMENTS:
        raise NotAllowedError(source)
    written = "".join([_formula_attribute(*attribute) for attribute in attributes])
    return f"<{tag['end']}{name}{written}>"


def _formula_attribute(name: str, value: str) -> str:
    if name not in FORMULA_ATTRIBUTES or (name == "class" and kept_classes(value) != value):
        raise NotAllowedError(f"{name}={value}")
    return f' {name}="{settle_value(value)}"'


def write(nodes: Iterable[Node], *, is_cloze: bool = False) -> str:
    """Write nodes as the HTML of a field.

    Args:
        nodes: Texts next to each other are one text. Tags need not be balanced: an end ends what
            is open in its element, too; one without a beginning is left out.
        is_cloze: Whether Anki reads deletions in the field; all other braces are references.

    Returns:
        HTML in NFC, which no normal form turns into other markup.
    """
    written: list[str] = []
    text: list[str] = []
    for node in _balanced(nodes):
        if isinstance(node, str):
            text.append(node)
            continue
        if not node.html:  # what is not written parts no text
            continue
        if text:
            written.append(_text("".join(text), is_cloze))
            text.clear()
        is_guarded = is_cloze and not node.is_deletion
        written.append(guard_cloze(node.html) if is_guarded else node.html)
    if text:
        written.append(_text("".join(text), is_cloze))
    return "".join(written)


def _balanced(nodes: Iterable[Node]) -> list[Node]:
    """Return nodes so that each element, and each deletion, ends in the one that it begins in."""
    kept: list[Node] = []
    opened: list[str] = []
    deletions: list[Markup] = []
    for node in nodes:
        if isinstance(node, str) or not (node.opens or node.closes):
            kept.append(node)
        elif node.opens:
            kept.append(node)
            opened.append(node.opens)
            deletions += (node,) * node.is_deletion
        elif node.closes in opened:
            cut = _end_inner(node.closes, opened, deletions, kept)
            kept += (node, *cut)  # a deletion that another element's end cuts goes on afterwards
            opened += (_DELETION,) * len(cut)
            deletions += cut
    _end_inner("", opened, deletions, kept)
    return kept


def _end_inner(
    name: str, opened: list[str], deletions: list[Markup], kept: list[Node]
) -> list[Markup]:
    """End what is open in an element, or all; return the deletions that this cuts, outer first."""
    cut: list[Markup] = []
    while opened and (inner := opened.pop()) != name:
        if inner != _DELETION:
            kept.append(_ENDS[inner])
            continue
        cut.insert(0, deletions.pop())
        if kept[-1] is cut[0]:  # nothing of it is before the cut
            kept.pop()
        else:
            kept.append(deletion_end())
    if name == _DELETION:
        deletions.pop()
    return cut


def _text(text: str, is_cloze: bool) -> str:
    html = escape(text)
    return guard_cloze(html) if is_cloze else html


def plain(nodes: Iterable[Node]) -> str:
    """Return what nodes say as plain text on one line, in NFC."""
    said = _said(nodes)
    line = " ".join(said.split())
    if line.isascii() and line.isprintable():  # nothing in it to clean
        return line
    return " ".join(clean(said).split())


def _said(nodes: Iterable[Node]) -> str:
    return "".join([node if isinstance(node, str) else node.said for node in nodes])
