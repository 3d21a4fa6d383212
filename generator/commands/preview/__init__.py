"""`admonki preview`: a folder of static pages with every card, or the same served."""

from pathlib import Path

import click

from generator.commands.session import open_session, source_options


@click.command("preview")
@source_options
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Output folder for the preview.  [default: preview/ in the folder of the packages]",
)
@click.option(
    "--editor",
    default="",
    metavar="URL",
    help="Link each card to an editor, such as vscode://file/{path}:{line}:{column}",
)
@click.option("--serve", is_flag=True, help="Serve it on this machine and reload after every save.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port for --serve.")
def command(
    folder: Path | None,
    editor: str,
    serve: bool,
    port: int,
) -> None:
    """Write a preview of all cards of SOURCES as Anki shows them.

    Open index.html in a browser: it needs no server and no network.
    """
    from generator.commands.preview.make import make

    session = open_session()
    target = folder.absolute() if folder else session.config.output / "preview"
    if serve:
        from generator.commands.preview.serve import serve_preview

        serve_preview(open_session, folder=target, editor=editor, port=port)
        return
    index, found = make(session, folder=target, editor=editor)
    session.say(found)
    session.tell(f"wrote {index}")
    session.finish(found)
