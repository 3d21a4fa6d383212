"""`admonki watch`: build, and again at every save."""

import click

from generator.commands.build import build_options
from generator.commands.build import command as build


@click.command("watch")
@build_options
@click.pass_context
def command(context: click.Context, /, **options: object) -> None:
    """Build the packages of all pages in SOURCES, and again at every save, until Ctrl-C.

    Pages, pictures, snippets, style sheets, configuration, lock and packages count.
    """
    context.invoke(build, **options, watch=True)
