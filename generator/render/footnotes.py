"""Footnotes: at the end of the fragment that cites them."""

from collections.abc import Callable

from generator.model import Tokens
from generator.render.context import Output


def append_footnotes(output: Output, render: Callable[[Output, Tokens], None]) -> None:
    """Append the cited notes in order of citation; a note may cite another."""
    notes = output.context.document.footnotes
    output.start("section", {"class": "footnotes"})
    output.start("ol")
    number = 0
    while number < len(output.cited):
        label = output.cited[number]
        number += 1
        output.start("li")
        output.enter()
        render(output, notes.get(label, ()))
        output.leave()
        output.end("li")
    output.end("ol")
    output.end("section")
