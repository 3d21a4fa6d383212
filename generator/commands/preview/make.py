"""One preview: pages in, folder out."""

from collections.abc import Iterable
from pathlib import Path

from generator.commands.new_folder import ignored_when_new
from generator.commands.preview.folder import write_folder
from generator.commands.preview.site import PreviewInput, render_site
from generator.commands.session import Session, identified_notes
from generator.errors import Diagnostic
from generator.files import read_lines
from generator.model import Note
from generator.pipeline.identify import Identified
from generator.render.theme import theme_files


def make(
    session: Session, *, folder: Path, editor: str = "", is_served: bool = False
) -> tuple[Path, tuple[Diagnostic, ...]]:
    """Write the preview of a session's pages.

    Args:
        session: Which pages, and how.
        folder: Where to.
        editor: URL template of an editor, or "".
        is_served: Whether the pages reload themselves.

    Returns:
        The first page, and what is wrong with the sources.

    Raises:
        AdmonkiError: When nothing can be shown or written.
    """
    identified = identified_notes(session)
    shown = _input(identified, session, editor=editor, is_served=is_served)
    notes = [note.note for note in identified.notes]
    fonts = {file.name: file.data for file in theme_files()}
    with ignored_when_new(session.config.output):
        index = write_folder(folder, render_site(shown), data=fonts, copies=_media(notes))
    return index, identified.diagnostics


def _input(
    identified: Identified, session: Session, *, editor: str, is_served: bool
) -> PreviewInput:
    files = {page.file.display: str(page.file.path) for page in identified.collection.pages}
    return PreviewInput(
        title=session.config.deck_root or "Cards",
        notes=identified.notes,
        note_types=identified.note_types,
        diagnostics=identified.diagnostics,
        lines={name: read_lines(Path(path)) for name, path in files.items()},
        editor=editor,
        files=files,
        is_served=is_served,
    )


def _media(notes: Iterable[Note]) -> dict[str, str]:
    return {
        media.name: media.path
        for note in notes
        for side in (note.question, note.answer)
        for media in side.media
    }
