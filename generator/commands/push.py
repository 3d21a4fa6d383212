"""`admonki push`: packages into the running desktop Anki, through AnkiConnect."""

import hashlib
import json
from pathlib import Path

import click
from msgspec.structs import replace

from generator.apkg.notetypes import note_type_ids
from generator.commands.ankiconnect import AnkiConnect, connect
from generator.commands.messages import plural
from generator.commands.session import config_options, open_session
from generator.commands.sync import (
    asker,
    finish,
    packages_and_lock,
    reader_options,
    retirement,
)
from generator.commands.sync.apply import Outcome, Wish, apply
from generator.commands.sync.desktop import Desktop
from generator.commands.sync.memory import read_memory, write_memory
from generator.commands.sync.source import Source, read_source
from generator.errors import AdmonkiError
from generator.files import CACHED, read_file, replace_file
from generator.json_text import parse_json

_SHOWN = 5
_SYNC_PATIENCE_S = 600.0
_PROFILE = "getActiveProfile"
UNSEEN = (
    "other devices: edits of updated notes and reviews of moved cards that they have not synced "
    "yet are lost; sync every device before a push"
)


@click.command("push")
@click.argument("packages", nargs=-1, type=click.Path(path_type=Path))
@click.option("--move", is_flag=True, help="Move cards to the decks given by the pages.")
@click.option("--no-sync", is_flag=True, help="Do not let Anki sync first.")
@reader_options
@config_options
def command(
    packages: tuple[Path, ...],
    move: bool,
    no_sync: bool,
    suspend_removed: bool,
    delete_removed: bool,
    overwrite: bool,
    restore: bool,
    yes: bool,
) -> None:
    """Import PACKAGES (all.apkg of the last build) into the Anki that runs on this computer.

    Needs the add-on AnkiConnect (2055492159). Its key, if it has one, is read from
    ADMONKI_ANKICONNECT_KEY, its address from ADMONKI_ANKICONNECT_URL. Anki syncs first. Sync your
    other devices before that: changes made here count as newer than changes not synced yet.
    """
    retire = retirement(suspend=suspend_removed, delete=delete_removed)
    session = open_session(needs_sources=False)
    chosen, lock = packages_and_lock(session, packages)
    wish = Wish(
        chosen,
        lock,
        retire,
        overwrites=overwrite,
        restores=restore,
        moves=move,
        confirm=asker(yes),
    )
    connection = connect()
    sees_all = not no_sync and sync_first(connection)
    outcome = push(connection, wish, store=Path(click.get_app_dir("admonki")) / "push")
    finish(session, outcome, wish, last="" if sees_all or not _changes(outcome, wish) else UNSEEN)


def sync_first(connection: AnkiConnect) -> bool:
    """Let Anki sync, to see what other devices have sent.

    Args:
        connection: A checked connection.

    Returns:
        Whether nothing can be hidden on another device: Anki has no account.

    Raises:
        AdmonkiError: E757 when Anki cannot sync.
    """
    if not connection.offers(_PROFILE):  # an older `sync` returns before the sync has ended
        return False
    try:
        connection.call("sync", {}, patience_s=_SYNC_PATIENCE_S)
    except AdmonkiError as error:
        (problem,) = error.diagnostics
        if "auth not configured" in problem.message:
            return True
        hint = "sync in Anki's window and try again, or push with --no-sync"
        raise AdmonkiError(replace(problem, hint=hint)) from error
    return False


def _changes(outcome: Outcome, wish: Wish) -> bool:
    """Whether notes or cards that were there have changed."""
    is_moved = wish.moves and outcome.decks.moves
    return bool(is_moved or outcome.is_retired or any(u.is_visible for u in outcome.notes.updates))


def push(connection: AnkiConnect, wish: Wish, *, store: Path) -> Outcome:
    """Import packages into the running Anki, and check that everything has arrived.

    Args:
        connection: A checked connection.
        wish: What to push.
        store: Folder of what earlier pushes remembered.

    Returns:
        What happened.

    Raises:
        AdmonkiError: E707 and E759 for packages, E757 when Anki does not take something, E758
            when something is not there afterwards.
    """
    source = read_source(wish.packages)
    file = store / f"{source.project}{_profile(connection)}.json"
    memory, types = read_memory(_stored(file)), note_type_ids(source.project)
    desktop = Desktop(connection, types, source.notes, wish.lock.entries, memory)
    outcome = apply(desktop, source, wish)
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, json.dumps(write_memory(desktop.stored)).encode())
    _check(connection, desktop, source, outcome)
    return outcome


def _profile(connection: AnkiConnect) -> str:
    """What tells the memory of one Anki profile from that of another."""
    if not connection.offers(_PROFILE):
        return ""
    return "-" + hashlib.sha256(str(connection.call(_PROFILE, {})).encode()).hexdigest()[:8]


def _stored(file: Path) -> object:
    try:
        return parse_json(read_file(file, most=CACHED))
    except (OSError, ValueError):
        return None


def _check(connection: AnkiConnect, desktop: Desktop, source: Source, outcome: Outcome) -> None:
    """Compare what Anki holds now with what was sent."""
    held = desktop.held(source.notes)
    missing = [guid for guid in outcome.notes.new if guid not in held]
    for update in outcome.notes.updates:
        note = held.get(update.held.guid)
        wanted = update.merged.fields
        if note is None or any(note.fields.get(name) != text for name, text in wanted.items()):
            missing.append(update.held.guid)
    if missing:
        named = ", ".join(desktop.key_of(guid) for guid in sorted(missing)[:_SHOWN])
        notes = plural(len(missing), "note")
        text = f"{notes} missing in Anki or different from what was sent: {named}"
        hint = "import the file in Anki (File → Import): it lists what it refuses"
        raise connection.trouble("E758", text, hint)
