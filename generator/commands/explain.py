"""`admonki explain`: which lines became question and answer, and by which rule."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator.commands.output import show
from generator.commands.session import config_options, identified_notes, open_session
from generator.files import read_lines
from generator.model import Box

_WIDTH = 88  # of a quoted line


@click.command("explain")
@click.argument("place", metavar="PAGE:LINE")
@config_options
def command(place: str) -> None:
    """Show the boxes at PAGE:LINE: verdict, rule, and the lines taken for question and answer.

    Without a line, show all boxes of the page.
    """
    page, line = _split(place)
    session = open_session({"sources": (page,)})
    identified = identified_notes(session)
    unread = [item for item in identified.diagnostics if item.code.startswith("E1")]
    if unread:
        session.say(unread)
        session.finish(unread)
    boxes = [box for result in identified.collection.pages for box in result.boxes]
    lines = read_lines(page)
    chosen = [box for box in boxes if not line or _covers(box, line)]
    if not chosen and line:
        chosen = _nearest(boxes, line)
    if not chosen:
        show(f"{place}: no box at or above this line", is_error=True)
        sys.exit(1)
    for box in chosen:
        show(explanation(box, lines))


def _split(place: str) -> tuple[Path, int]:
    """Read `page.md:12`, and `page.md`."""
    page, _, line = place.rpartition(":")
    if page and line.isdecimal():
        return Path(page), int(line)
    return Path(place), 0


def _covers(box: Box, line: int) -> bool:
    spans = [span for span in (box.question, box.answer) if span]
    return box.admonition.location.line == line or any(a <= line <= b for a, b in spans)


def _nearest(boxes: Sequence[Box], line: int) -> list[Box]:
    """The last box that begins above a line."""
    above = [box for box in boxes if box.admonition.location.line <= line]
    return above[-1:]


def explanation(box: Box, lines: Sequence[str]) -> str:
    """Return what became of a box in a few lines."""
    place = box.admonition.location
    text = f"{place.path}:{place.line}: {box.verdict}: {box.reason} [{box.rule}]\n"
    for name, span in (("question", box.question), ("answer", box.answer)):
        if span is None:
            continue
        if span == (0, 0):
            text += f"  {name}: none\n"
            continue
        text += f"  {name}, lines {span[0]}–{span[1]}:\n"
        text += "".join(f"    {line}\n" for line in _quoted(lines, *span))
    return text


def _quoted(lines: Sequence[str], first: int, last: int) -> list[str]:
    """The first and last lines of a span, cut to the terminal."""
    span = [line.rstrip()[:_WIDTH] for line in lines[first - 1 : last] if line.strip()]
    return span if len(span) <= 4 else [*span[:3], "…", span[-1]]
