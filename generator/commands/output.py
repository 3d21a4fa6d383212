"""What commands print: every line goes through one function, so that none of it acts.

A command hands on text or data. File names, decks, questions and packages in it are strangers'.
"""

import sys

import click

from generator.harmless import as_json, for_terminal


def show(text: str, *, is_error: bool = False) -> None:
    """Print lines of text.

    Args:
        text: With or without a line end at its end.
        is_error: Whether it goes to stderr.
    """
    if not text:
        return
    lines = text.removesuffix("\n").split("\n")
    click.echo("\n".join(map(for_terminal, lines)), err=is_error)


def show_json(value: object, *, indent: int | None = 2) -> None:
    """Print a value as JSON."""
    click.echo(as_json(value, indent=indent))


def show_data(text: str) -> None:
    """Write text for another program as it is; a terminal shows it as `show` does."""
    if sys.stdout.isatty():
        show(text)
    else:
        click.echo(text, nl=False)


def show_ready(text: str, *, is_error: bool = False) -> None:
    """Print text that is harmless already: JSON, or text with colours of ours.

    Args:
        text: Whoever puts it together passes each piece of a stranger's through `for_terminal`,
            or the whole through `as_json`.
        is_error: Whether it goes to stderr.
    """
    click.echo(text, err=is_error, nl=False, color=True)
