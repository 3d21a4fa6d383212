"""Printing for all commands: every line goes through one function that makes it harmless.

A command passes text or data, which may hold untrusted file names, decks and questions.
"""

import sys

import click

from generator.safe_text import as_json, for_terminal


def show(text: str, *, is_error: bool = False) -> None:
    """Print lines of text.

    Args:
        text: With or without a final line end.
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
    """Write text unchanged for another program; on a terminal, sanitize it as `show` does."""
    if sys.stdout.isatty():
        show(text)
    else:
        click.echo(text, nl=False)


def show_ready(text: str, *, is_error: bool = False) -> None:
    """Print text that is already harmless: JSON, or text with our own colours.

    Args:
        text: The caller passes each untrusted piece through `for_terminal`, or the whole through
            `as_json`.
        is_error: Whether it goes to stderr.
    """
    click.echo(text, err=is_error, nl=False, color=True)
