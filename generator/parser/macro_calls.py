"""Boxes in the argument of a macro call, which the site shows where the call is.

{{ correction(True, "
??? success 'Solution'
    $4$
") }}

mkdocs-macros puts what the macro returns into the page before Markdown is read. A call that is
alone on its lines and has one string of several lines with a box among its arguments is
taken as that string; with a `False` beside it the author holds the text back, and so do we.
What another call does with its text only its code knows: like all Jinja it stays as it is written.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from generator.parser.regions import fence_around, find_fences, line_starts

_CALL = re.compile(r"^(?P<indent>[ ]*)\{\{-?\s*[A-Za-z_][\w.]*\s*\(", re.M)
_ARGUMENT = re.compile(
    r"\s*(?:[A-Za-z_]\w*\s*=\s*)?(?:"
    r"(?P<quote>\"\"\"|'''|\"|')(?P<text>(?>(?:\\.|(?!(?P=quote)).){0,50000}))(?P=quote)"
    r"|(?P<literal>[\w.+-]+))\s*(?P<end>,|\))",
    re.DOTALL,
)
_END = re.compile(r"\s*(?:\|[^{}\n]*)?-?\}\}[ ]*$", re.M)
_BOX = re.compile(r"^[ ]*(?:\?\?\?\+?|!!!)(?:[ ]|$)", re.M)
_ESCAPE = re.compile(r"\\([\"'\\])")


class _Call(NamedTuple):
    """A macro call: where it is in the text, and its string of several lines with a box.

    Attributes:
        first, after: Offsets of the call, the indent before it included.
        text_at, text_end: Offsets of the string.
        is_hidden: Whether a `False` is among the arguments.
    """

    first: int
    after: int
    text_at: int
    text_end: int
    indent: str
    is_hidden: bool


def open_macro_calls(text: str) -> str:
    """Put the boxes that macro calls hold in the place of the calls.

    Args:
        text: The page, tabs expanded, comments gone.

    Returns:
        As many lines, each line of an argument where it was.
    """
    if "{{" not in text or "(" not in text:
        return text
    calls = list(_calls(text))
    if not calls:
        return text
    starts = line_starts(text)
    fences = find_fences(text, starts)
    pieces: list[str] = []
    done = 0
    for call in calls:
        line = bisect_right(starts, call.first) - 1
        if call.first < done or fence_around(fences, line):
            continue
        pieces += [text[done : call.first], _opened(text, call)]
        done = call.after
    return "".join((*pieces, text[done:]))


def _calls(text: str) -> Iterator[_Call]:
    for match in _CALL.finditer(text):
        if (call := _read(text, match)) is not None:
            yield call


def _read(text: str, opening: re.Match[str]) -> _Call | None:
    """Read the arguments of a call; None if none of them holds a box."""
    position, long, is_hidden = opening.end(), [], False
    while (argument := _ARGUMENT.match(text, position)) is not None:
        position = argument.end()
        is_hidden |= argument["literal"] in ("False", "false")
        if argument["quote"] and "\n" in argument["text"]:
            long.append(argument.span("text"))
        if argument["end"] == ")":
            break
    else:
        return None
    end = _END.match(text, position)
    if end is None or len(long) != 1 or not _BOX.search(text[slice(*long[0])]):
        return None
    return _Call(opening.start(), end.end(), *long[0], opening["indent"], is_hidden)


def _opened(text: str, call: _Call) -> str:
    """Return what replaces a call: its string, and line ends for the rest."""
    before = "\n" * text.count("\n", call.first, call.text_at)
    after = "\n" * text.count("\n", call.text_end, call.after)
    shown = text[call.text_at : call.text_end]
    if call.is_hidden:
        return before + "\n" * shown.count("\n") + after
    shown = _ESCAPE.sub(r"\1", shown)
    return before + (call.indent if shown[:1].strip() else "") + shown + after
