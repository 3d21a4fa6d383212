"""The marker line of an admonition, `??? question inline "Title" { #id }`, and its mistakes."""

import re
from sys import intern
from typing import NamedTuple

from msgspec import Struct

from generator.config.box_types import TYPES

_HEAD = re.compile(r"(?P<marker>\?\?\?\+?|!!!)(?P<stray>[+-]?)(?P<gap>[ ]*)(?=\S)")
_WORDS = re.compile(r"(?:[\w-]+(?:[ ]+|$|(?=[\"“«{])))*")
_ATTRIBUTES = re.compile(r"[ ]*(?P<list>\{[^{}]*\})$")
_CLOSING_QUOTES = {"“": "”", "«": "»", "„": "“", "'": "'", "‘": "’"}

_PLACING = frozenset(["inline", "end", "left", "right", "annotate"])


class Slip(NamedTuple):
    """What is wrong with a marker line.

    Attributes:
        code: Of the diagnostic.
        offset: Where in the line.
        message, hint: See `Diagnostic`.
    """

    code: str
    offset: int
    message: str
    hint: str


class Marker(Struct):
    """A parsed marker line.

    Attributes:
        marker: `???`, `???+` or `!!!`.
        type: First word, lower case, or "".
        classes: The words after it.
        title: Without its quotes, or None.
        title_offset: Where it begins in the line.
        attributes: Attribute list after the title, or "".
        slip: What the author got wrong, or None.
        needs_body: Whether the line is a marker only if an indented line follows: otherwise it
            is text that begins with `!!!`.
    """

    marker: str
    type: str = ""
    classes: tuple[str, ...] = ()
    title: str | None = None
    title_offset: int = 0
    attributes: str = ""
    slip: Slip | None = None
    needs_body: bool = False


def read_marker(line: str) -> Marker | None:
    """Read a line without indent; None when it is not a marker."""
    head = _HEAD.match(line)
    if not head:
        return None
    rest = line[head.end() :].rstrip()
    offset = head.end()
    attributes = ""
    if rest.endswith("}") and (trailing := _ATTRIBUTES.search(rest)):
        attributes, rest = trailing["list"], rest[: trailing.start()]
    match = _WORDS.match(rest)
    words = match[0].split() if match else []
    said = rest[match.end() :] if match else rest
    at = offset + len(rest) - len(said)
    slip = _stray(head) if head["stray"] else None
    if said.startswith('"'):
        title, title_slip = _read_quoted(said, at)
        return _marker(head, words, title, at + 1, attributes, title_slip or slip)
    if said or _is_title(words):
        return _read_unquoted(head, rest, offset, words, attributes)
    if not words and not attributes:
        return None
    return _marker(head, words, None, 0, attributes, slip)


def _marker(
    head: re.Match[str],
    words: list[str],
    title: str | None,
    title_offset: int,
    attributes: str,
    slip: Slip | None,
) -> Marker:
    kind = intern(words[0].lower()) if words else ""  # one string for all boxes of a type
    classes = tuple([intern(word.lower()) for word in words[1:]])
    return Marker(intern(head["marker"]), kind, classes, title, title_offset, attributes, slip)


def _stray(head: re.Match[str]) -> Slip:
    return Slip(
        "L211",
        head.start("stray"),
        f"{head['marker']}{head['stray']} is not a marker: the site reads the sign as a class",
        f"write {head['marker']}",
    )


def _read_quoted(said: str, at: int) -> tuple[str, Slip | None]:
    last = said.rfind('"')
    if last == 0:
        slip = Slip("E203", at, "the title's quote is not closed", 'close the title with "')
        return said[1:], slip
    behind = said[last + 1 :].strip()
    if not behind:
        return said[1:last], None
    slip = Slip(
        "W210",
        at + last + 1,
        "text after the title: the site does not read the line as a marker",
        "put the whole title between the quotes",
    )
    return f"{said[1:last]} {behind}", slip


def _is_title(words: list[str]) -> bool:
    """Whether words after a type are a title without quotes rather than classes."""
    extra = [word for word in words[1:] if word.lower() not in _PLACING]
    if not extra or words[0].lower() not in TYPES:
        return False
    return len(extra) > 1 or extra[0][0].isupper()


def _read_unquoted(
    head: re.Match[str], rest: str, offset: int, words: list[str], attributes: str
) -> Marker:
    kind = words[0] if words and words[0].lower() in TYPES else ""
    title = rest[len(kind) :].strip()
    at = offset + rest.index(title, len(kind))
    if len(title) > 1 and _CLOSING_QUOTES.get(title[0]) == title[-1]:
        title, at = title[1:-1], at + 1
    slip = Slip(
        "W210",
        at,
        "the title is not in straight quotes: the site does not show it as a title",
        'write it between " and "',
    )
    return Marker(head["marker"], kind.lower(), (), title, at, attributes, slip, needs_body=True)
