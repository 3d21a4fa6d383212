"""Fields as sequences of nodes, and the one function that makes strings of them.

A node is a text (a plain `str`, written escaped) or a `Markup`, which only this module makes, from
names and values that are on a list. So whatever a rule of rendering appends, a page's characters
cannot become markup, and markup cannot touch the text after it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

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

_NO_ATTRIBUTES: Final[Mapping[str, str]] = {}
TAG_EDGES: Final = re.compile(r'(<[^>"]*(?:"[^"]*"[^>"]*)*>)')
"""Splits HTML as we and the sanitizer write it: tags have odd indexes."""
_TAG: Final = re.compile(r'<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>(?: [a-z-]+="[^"]*")*)>')
_ATTRIBUTE: Final = re.compile(r' ([a-z-]+)="([^"]*)"')
_FILE: Final = re.compile(r"[\w.-]+")
_TEX: Final = re.compile(r"(\\[(\[])([^<>]*)(\\[)\]])")


class NotAllowedError(ValueError):
    """A formula contains something that is not allowed in formulas."""


@dataclass(frozen=True, slots=True)
class Markup:
    """A part of a field that is not the page's text.

    Attributes:
        html: As written.
        said: Its plain text: a blank for blocks, the description for images.
        is_tag: Whether it is a start tag, an end tag, or a blank; else it is complete.
        opens, closes: Name of the element that it starts or ends, or "".
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
    """Take nodes as one that is written already, for what stands in many places.

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
    return Markup(f"{{{{c{number:d}::", is_deletion=True)


def deletion_end(hint: str = "") -> Markup:
    """End a cloze deletion.

    Args:
        hint: What its card shows in its place, or empty for Anki's dots.
    """
    shown = guard_cloze(escape(hint))
    if not escape(f"[{hint}]").startswith("["):
        # Anki shows a hint as `[hint]`: one that begins with `sound:` would be played.
        shown = f"&#{ord(hint[0])};{guard_cloze(escape(hint[1:]))}"
    return Markup(f"::{shown}}}}}" if hint else "}}", is_deletion=True)


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
        return Markup(f"{opening}{gap}{settle_value(body)}{closing}", tex)
    pieces = TAG_EDGES.split(html)
    pieces[::2] = map(settle, pieces[::2])
    pieces[1::2] = map(_formula_tag, pieces[1::2])
    return Markup("".join(pieces), tex)


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
    opened: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            text.append(node)
            continue
        if node.closes and node.closes not in opened:
            continue
        if text:
            written.append(_text("".join(text), is_cloze))
            text.clear()
        if node.opens:
            opened.append(node.opens)
        elif node.closes:
            while (name := opened.pop()) != node.closes:
                written.append(_ENDS[name].html)
        is_guarded = is_cloze and not node.is_deletion
        written.append(guard_cloze(node.html) if is_guarded else node.html)
    if text:
        written.append(_text("".join(text), is_cloze))
    written += [_ENDS[name].html for name in reversed(opened)]
    return "".join(written)


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
