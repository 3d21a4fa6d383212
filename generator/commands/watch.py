"""`admonki watch`: build now and after every save."""

import click

from generator.commands.build import build_options
from generator.commands.build import command as build


@click.command("watch")
@build_options
@click.pass_context
def command(context: click.Context, /, **options: object) -> None:
    """Build the packages of all pages in SOURCES now and after every save, until Ctrl-C.

    Watches pages, pictures, snippets, style sheets, configuration, lock file and packages.
    """
    context.invoke(build, **options, watch=True)
