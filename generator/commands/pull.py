"""`admonki pull`: the reader's corrections in Anki as a patch of the pages."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast

import click

from generator.apkg.reader import Package, read_package
from generator.commands.ankiconnect import connect as connect_to_anki
from generator.commands.output import show, show_data, show_ready
from generator.commands.session import (
    Loudness,
    Session,
    config_options,
    fail,
    identified_notes,
    open_session,
)
from generator.errors import AdmonkiError, Diagnostic, Location
from generator.files import PAGE, read_file, replace_file
from generator.identity.clock import current_time
from generator.pipeline.decks import ALL, packages_of_all_cards
from generator.pipeline.identify import Identified
from generator.pull.collection import ReaderNote
from generator.pull.mapping import plain
from generator.pull.page_work import CardEdits
from generator.pull.pictures import ReadMedia
from generator.pull.reader_side import Call, media_of, read_export, read_running, running_media
from generator.pull.remarks import comment
from generator.pull.run import Pulled, names_of, pull
from generator.safe_text import as_json, for_terminal

_SHOWN = 40  # lines of the list of tags, flags and deletions


@click.command("pull")
@click.argument("export", required=False, type=click.Path(path_type=Path, exists=True))
@click.option("--running", is_flag=True, help="Read from the Anki that runs on this computer.")
@click.option(
    "--apply", "is_applied", is_flag=True, help="Edit the pages instead of printing a patch."
)
@click.option(
    "--prefer-anki",
    is_flag=True,
    help="Prefer Anki's text where page and Anki changed the same lines.",
)
@click.option("-i", "--interactive", is_flag=True, help="Ask about each card.")
@click.option(
    "--format", "style", type=click.Choice(["patch", "json"]), default="patch", show_default=True
)
@config_options
def command(
    export: Path | None,
    running: bool,
    is_applied: bool,
    prefer_anki: bool,
    interactive: bool,
    style: str,
) -> None:
    """Print a patch that applies changes made in Anki to the pages.

    EXPORT is an .apkg or .colpkg that Anki wrote, or the folder that `admonki sync --folder`
    keeps. Nothing is changed in Anki. `admonki pull EXPORT.apkg | git apply` applies the patch, as
    --apply does. A change that cannot be mapped for certain is printed as a comment with both
    texts.
    """
    if (export is None) == (not running):
        raise click.UsageError("name an export (.apkg, .colpkg or a sync folder), or --running")
    session = open_session()
    identified = identified_notes(session)
    if identified.is_stopped:
        fail(session, identified.diagnostics)
    reader, read_media = _read(export, identified)
    packages = _packages(session)
    pulled = pull(
        identified,
        packages,
        reader,
        config=session.config,
        read_media=read_media,
        now_s=current_time(),
        prefers_reader=prefer_anki,
    )
    cards = _chosen(pulled, ask=interactive)
    if style == "json":
        show_ready(_to_json(pulled, session) + "\n")
    elif not is_applied:
        _print_patch(pulled, cards, session)
    if is_applied:
        _write(pulled, cards, session)
    _summarize(pulled, session)


def _read(export: Path | None, identified: Identified) -> tuple[tuple[ReaderNote, ...], ReadMedia]:
    if export is not None:
        return read_export(export), media_of(export)
    call = connect()
    return read_running_notes(call, identified), running_media(call)


def connect() -> Call:
    """Connect to the Anki that runs on this computer.

    Raises:
        AdmonkiError: E756 when nobody answers.
    """
    return cast("Call", connect_to_anki().call)


def read_running_notes(
    call: Call, identified: Identified, *, with_reviews: bool = False
) -> tuple[ReaderNote, ...]:
    """Read our notes from a running Anki.

    Args:
        call: From `connect`.
        identified: The pages as they are now.
        with_reviews: Whether to read reviews, too.
    """
    names = [kind.name for kind in identified.note_types]
    guids = {note.key: note.guid for note in identified.notes}
    return read_running(call, names, guids, with_reviews=with_reviews)


def _packages(session: Session) -> list[Package]:
    """All packages of the last build: `all.apkg` leaves question banks out."""
    output = session.config.output
    has_all = (output / ALL).is_file()
    paths = packages_of_all_cards(output) if has_all else sorted(output.rglob("*.apkg"))
    if not paths:
        text = "no packages to compare with"
        hint = "run `admonki build` with the pages as they were imported"
        raise AdmonkiError.at(output, "E762", text, hint)
    return [read_package(path) for path in paths]


def _chosen(pulled: Pulled, *, ask: bool) -> list[CardEdits]:
    if not ask:
        return pulled.cards
    chosen = []
    for card in pulled.cards:
        show(f"{card.place}\n- {card.before}\n+ {card.after}", is_error=True)
        if click.confirm("take it?", default=True, err=True):
            chosen.append(card)
    return chosen


def _print_patch(pulled: Pulled, cards: Sequence[CardEdits], session: Session) -> None:
    names = names_of(pulled.texts, session.cwd)
    patch = pulled.patch(cards, names.__getitem__)
    pictures = [path for card in cards for path in card.pictures]
    files = "".join(
        f"# {for_terminal(name)}: a new picture, which --apply writes\n"
        for name in sorted(names_of(pictures, session.cwd).values())
    )
    show_data(comment(pulled.remarks) + files + patch)


def _write(pulled: Pulled, cards: Sequence[CardEdits], session: Session) -> None:
    """Write the pages, each atomically; refuse one that has changed since it was read."""
    after = pulled.edited(cards)
    changed = [path for path in after if not _holds(path, pulled.texts[path])]
    if changed:
        hint = "run the command again"
        text = "the page changed while it was being read"
        fail(
            session, [Diagnostic(Location(path.as_posix()), "E763", text, hint) for path in changed]
        )
    for card in cards:
        for path, content in card.pictures.items():
            with (
                suppress(FileExistsError),
                path.open("xb") as file,
            ):  # a link that leads nowhere, too
                file.write(content)
    for path, text in sorted(after.items()):
        replace_file(path, text.encode())


def _holds(path: Path, text: str) -> bool:
    """Whether a page is as it was read."""
    try:
        return read_file(path, most=PAGE) == text.encode()
    except OSError:
        return False


def _summarize(pulled: Pulled, session: Session) -> None:
    found = pulled.comparison
    if session.loudness is Loudness.QUIET:
        return
    counts = [
        (len(pulled.cards), "card in the patch", "cards in the patch"),
        (len(pulled.remarks), "change left to you", "changes left to you"),
        (found.agreed, "card already agrees", "cards already agree"),
        (found.stale, "card not yet updated in Anki", "cards not yet updated in Anki"),
        (len(found.added), "new note", "new notes"),
        (found.unread, "change more than one pull reads", "changes more than one pull reads"),
    ]
    shown = [f"{n} {one if n == 1 else many}" for n, one, many in counts if n]
    show(", ".join(shown) or "nothing changed in Anki", is_error=True)
    lines = [f"{item.note.note.location}: {item.what}" for item in found.sightings]
    for line in lines[:_SHOWN]:
        show(line, is_error=True)
    if len(lines) > _SHOWN:
        show(f"and {len(lines) - _SHOWN} more (--format json lists all)", is_error=True)
    if pulled.remarks:
        show(comment(pulled.remarks), is_error=True)


def _to_json(pulled: Pulled, session: Session) -> str:
    names = names_of(pulled.texts, session.cwd)
    value: Mapping[str, object] = {
        "cards": [
            {
                "key": card.key,
                "place": str(card.place),
                "before": card.before,
                "after": card.after,
                "patch": pulled.patch([card], names.__getitem__),
            }
            for card in pulled.cards
        ],
        "left": [
            {"path": r.path, "line": r.line, "reason": r.reason, "texts": dict(r.texts)}
            for r in pulled.remarks
        ],
        "seen": [
            {"key": s.note.key, "place": str(s.note.note.location), "what": s.what}
            for s in pulled.comparison.sightings
        ],
        "new": [
            {"deck": note.deck, "question": plain(note.sides[0]), "answer": plain(note.sides[1])}
            for note in pulled.comparison.added
        ],
        "agreed": pulled.comparison.agreed,
        "stale": pulled.comparison.stale,
        "unread": pulled.comparison.unread,
    }
    return as_json(value)
