"""Writing explicit ids into pages: which ones, and where in the text."""

import re
from collections.abc import Iterable, Mapping, Sequence

from generator.identity.keys import slug_of
from generator.model import IdentifiedNote

_TAB = 4
_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_MARKER = re.compile(r"(?P<prefix>.*?)(?:\?\?\?\+?|!!!)(?:[ \t-]|\Z)")
_LEADING = re.compile(r"[ \t>]*")


def choose_ids(notes: Sequence[IdentifiedNote], taken: Iterable[str]) -> dict[int, str]:
    """Choose an id for each note without one.

    Args:
        notes: Of the whole project, in reading order.
        taken: Keys and ids that the lock knows.

    Returns:
        Number of the note → slug of its question, made unique by a number at its end. Leaves of a
        question bank are not boxes of their own and get none.
    """
    used = {name.casefold() for name in taken}
    used |= {(note.note.explicit_id or "").casefold() for note in notes}
    chosen = {}
    for number, identified in enumerate(notes):
        if identified.note.explicit_id or identified.note.is_bank:
            continue
        slug = name = slug_of(identified.note.question.text)
        count = 1
        while name.casefold() in used:
            count += 1
            name = f"{slug}-{count}"
        used.add(name.casefold())
        chosen[number] = name
    return chosen


def stamp_ids(text: str, marks: Mapping[int, str]) -> tuple[str, frozenset[int]]:
    """Write `<!-- id: … -->` as the first line of admonitions' bodies.

    Args:
        text: A page as it is in its file, line ends untouched.
        marks: 1-based line of an admonition's marker → its id.

    Returns:
        The new text, with all other lines unchanged; and the lines without a marker, where nothing
        was written.
    """
    lines = [match.groups() for match in _LINE.finditer(text)]
    out: list[str] = []
    refused = set(marks) - set(range(1, len(lines) + 1))
    usual_end = next((end for _, end in lines if end), "\n")
    for number, (line, end) in enumerate(lines, start=1):
        out.append(line + end)
        if number not in marks:
            continue
        indent = _body_indent(
            line.removeprefix("\ufeff"), [follower for follower, _ in lines[number:]]
        )
        if indent is None:
            refused.add(number)
            continue
        if not end:
            out.append(usual_end)
        out.append(f"{indent}<!-- id: {marks[number]} -->{end}")
    return "".join(out), frozenset(refused)


def _body_indent(marker: str, followers: Sequence[str]) -> str | None:
    """The prefix of the body's lines; None when the line is not a marker."""
    match = _MARKER.match(marker)
    if match is None:
        return None
    # "- ??? question" in a list, "> ??? question" in a quote: keep the bars, blank the rest
    prefix = re.sub(r"[^ \t>]", " ", match["prefix"])
    body = next((line for line in followers if line.strip(" \t>")), "")
    leading = _LEADING.match(body)
    found = leading.group() if leading else ""
    wanted = _width(prefix) + _TAB
    if _width(prefix) < _width(found) < wanted:
        return found  # a body that is indented by two or three blanks
    if found.startswith(prefix) and found[len(prefix) :].startswith("\t"):
        return f"{prefix}\t"
    if "\t" in found and _width(found) == wanted:
        return found
    return prefix + " " * _TAB


def _width(text: str) -> int:
    return len(text.expandtabs(_TAB))
