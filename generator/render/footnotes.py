"""Footnotes: at the end of the fragment that cites them."""

from collections.abc import Callable

from generator.model import Tokens
from generator.parser.words import joined
from generator.render.context import Output


def _affordable(output: Output, note: Tokens) -> Tokens:
    """Return a note, or nothing where the page has shown too many long ones."""
    if output.context.budget.repeat(len(joined(note))):
        return note
    output.report_spent("a footnote is left out")
    return ()


def append_footnotes(output: Output, render: Callable[[Output, Tokens], None]) -> None:
    """Append the cited notes in order of citation; a note may cite another."""
    notes = output.context.document.footnotes
    output.start("section", {"class": "footnotes"})
    output.start("ol")
    done = 0
    while done < len(output.cited):  # rendering a note may cite others
        for label in tuple(output.cited)[done:]:
            done += 1
            output.start("li")
            output.enter()
            render(output, _affordable(output, notes.get(label, ())))
            output.leave()
            output.end("li")
    output.end("ol")
    output.end("section")
