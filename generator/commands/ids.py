"""`admonki ids`: show card ids, write them into pages, repair the lock file."""

from collections.abc import Sequence
from pathlib import Path

import click
from msgspec.structs import replace

from generator.commands.messages import plural
from generator.commands.output import show, show_json
from generator.commands.session import Session, fail, identified_notes, open_session, source_options
from generator.errors import AdmonkiError
from generator.files import LOCK, PAGE, read_file, replace_file
from generator.identity.content import content
from generator.identity.lock import Entry, Lock
from generator.identity.lock_file import hold_project, read_lock, write_lock
from generator.identity.merge import merge_text
from generator.identity.stamping import choose_ids, stamp_ids
from generator.model import IdentifiedNote
from generator.pipeline.collect import find_lock
from generator.pipeline.identify import Identified
from generator.pipeline.recover import locks_of


@click.command("ids")
@source_options
@click.option("--write", is_flag=True, help="Write ids into the pages for cards without one.")
@click.option("--merge", is_flag=True, help="Resolve merge conflicts in the lock file.")
@click.option(
    "--recover",
    type=click.Path(path_type=Path, exists=True),
    metavar="PATH",
    help="Rebuild the lock file from a package or a folder of packages.",
)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text")
def command(
    write: bool,
    merge: bool,
    recover: Path | None,
    style: str,
) -> None:
    """Show key, GUID, page and question of each card."""
    if write + merge + bool(recover) > 1:
        raise click.UsageError("--write, --merge and --recover do different things: choose one")
    session = open_session()
    if merge:
        session.tell(_merge(session))
    elif recover:
        session.tell(_recover(session, recover))
    elif write:
        session.tell(_write(session))
    else:
        _show(session, style)


def _show(session: Session, style: str) -> None:
    identified = identified_notes(session)
    rows = [
        {
            "key": one.key,
            "id": one.note.explicit_id or "",
            "guid": one.guid,
            "page": one.note.page,
            "path": one.note.location.path,
            "line": one.note.location.line,
            "question": one.note.question.text,
        }
        for one in identified.notes
    ]
    if style == "json":
        show_json(rows)
    else:
        width = max((len(str(row["key"])) for row in rows), default=0)
        for row in rows:
            key = f"{row['key']:<{width}}"
            show(f"{key}  {row['guid']}  {row['path']}:{row['line']}  {row['question']}")
    session.say(identified.diagnostics)
    session.finish(identified.diagnostics)


def _merge(session: Session) -> str:
    path = find_lock(session.config)
    with hold_project(path):
        try:
            text = read_file(path, most=LOCK).decode("utf-8", "surrogateescape")
        except OSError as error:
            raise _disk(path, error, "read") from error
        lock, count = merge_text(text, path.as_posix())
        try:
            write_lock(path, lock)
        except OSError as error:
            raise _disk(path, error) from error
    cards = plural(len(lock.entries), "card")
    return f"{path}: {cards}, {count} of which differed between the sides"


def _recover(session: Session, place: Path) -> str:
    path = find_lock(session.config)
    with hold_project(path):
        if path.exists():
            text = "there is already a lock file, which holds more than packages do"
            raise AdmonkiError.at(path, "E615", text, "move it away first")
        lock = _only(locks_of(place), place)
        try:
            write_lock(path, lock)
        except OSError as error:
            raise _disk(path, error) from error
    return f"{path}: {plural(len(lock.entries), 'card')} recovered from {place}"


def _only(locks: Sequence[Lock], place: Path) -> Lock:
    if len(locks) == 1 and locks[0].entries:
        return locks[0]
    text = "no package there holds cards made by admonki"
    if len(locks) > 1:
        text = "the packages there belong to several projects"
    hint = "name a package of this project"
    raise AdmonkiError.at(place, "E615", text, hint)


def _write(session: Session) -> str:
    with hold_project(find_lock(session.config)):
        identified = identified_notes(session)
        if identified.is_stopped:
            fail(session, identified.diagnostics)
        chosen = choose_ids(
            identified.notes, (name for e in identified.lock.entries for name in _names(e))
        )
        edits, refused = _edits(session, identified.notes, chosen)
        _replace_all(edits)
        _check(session, identified, edits)
        _remember(session)
    written = len(chosen) - refused
    cards = plural(refused, "card has", "cards have")
    skipped = f"; {cards} no box that could hold one" if refused else ""
    return f"{plural(written, 'id')} written into {plural(len(edits), 'page')}{skipped}"


def _names(entry: Entry) -> tuple[str, ...]:
    return (entry.key, entry.explicit_id) if entry.explicit_id else (entry.key,)


def _edits(
    session: Session, notes: Sequence[IdentifiedNote], chosen: dict[int, str]
) -> tuple[dict[Path, tuple[bytes, bytes]], int]:
    """Each page's bytes before and after, and how many cards cannot hold an id."""
    marks: dict[Path, dict[int, str]] = {}
    for number, name in chosen.items():
        place = notes[number].note.location
        marks.setdefault(session.cwd / place.path, {})[place.line] = name
    edits: dict[Path, tuple[bytes, bytes]] = {}
    refused = 0
    for path, wanted in marks.items():
        before = _text(path)
        after, left = stamp_ids(before, wanted)
        refused += len(left)
        if len(left) < len(wanted):
            edits[path] = (before.encode(), after.encode())
    # two cards of one box share its line; only one of them can have the id
    refused += len(chosen) - sum(map(len, marks.values()))
    return edits, refused


def _text(path: Path) -> str:
    try:
        return read_file(path, most=PAGE).decode()
    except (OSError, UnicodeDecodeError) as error:
        text, hint = "the page changed while it was being read", "run the command again"
        raise AdmonkiError.at(path, "E763", text, hint) from error


def _replace_all(edits: dict[Path, tuple[bytes, bytes]], *, side: int = 1) -> None:
    """Write pages, each atomically."""
    for path, sides in edits.items():
        try:
            replace_file(path, sides[side])
        except OSError as error:
            raise _disk(path, error) from error


def _check(session: Session, before: Identified, edits: dict[Path, tuple[bytes, bytes]]) -> None:
    """Read the pages again; restore them if any card's identity changed."""
    if _identities(identified_notes(session)) != _identities(before):
        _replace_all(edits, side=0)
        text = "the ids would change the identity of cards; the pages are unchanged"
        raise AdmonkiError.at(session.cwd, "E616", text)


def _identities(identified: Identified) -> list[str]:
    """Return what ids must not change: GUIDs; before the first build, only the cards themselves."""
    if identified.is_first:
        return [content(one.note).source_hash for one in identified.notes]
    return [one.guid for one in identified.notes]


def _remember(session: Session) -> None:
    """Put the new ids into the lock and nothing else; packages stay unchanged."""
    path = find_lock(session.config)
    if not path.exists():
        return
    lock, _ = read_lock(path)
    after = {one.guid: one.note.explicit_id or "" for one in identified_notes(session).notes}
    entries = tuple(
        replace(entry, explicit_id=after.get(entry.guid, entry.explicit_id))
        for entry in lock.entries
    )
    write_lock(path, replace(lock, entries=entries))


def _disk(path: Path, error: OSError, verb: str = "written") -> AdmonkiError:
    text = f"cannot be {verb}: {error.strerror or error}"
    return AdmonkiError.at(path, "E613", text)
