"""Notes to identified notes, and the old lock to the new one."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.apkg.notetypes import NoteType, note_type_ids, note_types
from generator.config import Config
from generator.errors import Diagnostic, Location, Severity
from generator.identity.changes import check_locked
from generator.identity.clock import check_time
from generator.identity.difference import removal_search
from generator.identity.identify import Origin, Scope, identify
from generator.identity.lock import Lock
from generator.identity.lock_file import read_lock
from generator.identity.note_types import stamp_note_types
from generator.model import IdentifiedNote, Note
from generator.pipeline.broken import concerns_cards, leave_out
from generator.pipeline.collect import Collection, collect, find_lock
from generator.pipeline.scope import scope_of
from generator.pipeline.site_style import read_site_style
from generator.pipeline.sources import display, lock_file
from generator.report import silence
from generator.version import __version__


class Identified(Struct, frozen=True):
    """A collection with identified notes.

    Attributes:
        collection: What the pages hold.
        notes: The notes with key, GUID, `mod` and `due`.
        note_types: What the packages ship, with `mod_s`.
        old_lock: As it was.
        lock: As it will be written.
        diagnostics: Everything found so far, sorted.
        scope: See `scope_of`.
        is_partial: Whether the project has pages that are not part of this build.
        is_first: Whether no card was ever built: neither a lock nor packages exist.
    """

    collection: Collection
    notes: tuple[IdentifiedNote, ...]
    note_types: tuple[NoteType, ...]
    old_lock: Lock
    lock: Lock
    diagnostics: tuple[Diagnostic, ...]
    scope: Scope | None
    is_partial: bool
    is_first: bool

    @property
    def is_stopped(self) -> bool:
        """Whether nothing may be written: an error that concerns more than single cards."""
        pages = {page.file.display for page in self.collection.pages}
        errors = [item for item in self.diagnostics if item.severity is Severity.ERROR]
        is_wide = any(not concerns_cards(item, pages) for item in errors)
        return is_wide or bool(errors and not self.notes)


def dry_run(config: Config, *, cwd: Path, now_s: int) -> Identified:
    """Run a build up to writing: read, parse, find cards, render, identify.

    Args:
        config: What is in force.
        cwd: What paths in diagnostics are relative to.
        now_s: Time of the build, seconds since the Unix epoch.
    """
    return identify_notes(collect(config, cwd=cwd), config, cwd=cwd, now_s=now_s)


def identify_notes(
    collection: Collection,
    config: Config,
    *,
    cwd: Path,
    now_s: int,
    is_locked: bool = False,
    refreshes: bool = False,
    had_lock: bool = False,
) -> Identified:
    """Match the notes of all pages with the lock; write nothing.

    Args:
        collection: The notes.
        config: What is in force.
        cwd: What paths in diagnostics are relative to.
        now_s: Time of the build, seconds since the Unix epoch.
        is_locked: Report an error (E608) if the lock would change.
        refreshes: Also send cards that only look different.
        had_lock: Whether an earlier build is known to have written a lock.
    """
    directives = [item for page in collection.pages for item in page.directives]
    of_pages = silence(collection.diagnostics, ignore=config.ignore, directives=directives)
    collection = leave_out(collection, of_pages)
    name = display(find_lock(config), cwd)
    old, known, problems = _locks(config, collection.notes, cwd=cwd, had_lock=had_lock)
    scope = scope_of(collection, known, config)
    origin = Origin(config.site_url, config.site.name or config.deck_root)
    notes, lock, found = identify(
        collection.notes, known, now_s=now_s, origin=origin, scope=scope, refreshes=refreshes
    )
    problems += (*found, *_looks_different(notes, lock, name), *_stays(known, lock, name))
    problems += _sent_again(known, lock, name)
    problems += _copied_lock(known, lock, config, name)
    types, lock, found = _note_types(lock, config, now_s=now_s, name=name)
    problems += found
    if lock != old:
        problems += check_time(old, now_s=now_s, path=name)
    if is_locked:
        problems += check_locked(old, lock, name)
    diagnostics = silence((*of_pages, *problems), ignore=config.ignore, directives=directives)
    is_partial = scope is not None and any(e.page not in scope.known for e in known.entries)
    is_first = not known.entries
    return Identified(collection, notes, types, old, lock, diagnostics, scope, is_partial, is_first)


def _locks(
    config: Config, notes: Sequence[Note], *, cwd: Path, had_lock: bool
) -> tuple[Lock, Lock, tuple[Diagnostic, ...]]:
    """Return the lock as it is, what is known from it or else from packages, and problems."""
    place = find_lock(config)
    name = display(place, cwd)
    old, problems = read_lock(place, name=name)
    if not place.exists():
        from generator.pipeline.recover import recover  # reads packages

        known, problems = recover(config.output, notes, name)
        is_lost = had_lock and not (known.entries or problems)
        return old, known, (_lost_lock(name),) if is_lost else problems
    if place != lock_file(config):
        problems += (_moved_lock(name, display(lock_file(config), cwd)),)
    return old, old, problems


def _note_types(
    lock: Lock, config: Config, *, now_s: int, name: str
) -> tuple[tuple[NoteType, ...], Lock, tuple[Diagnostic, ...]]:
    """Return what packages ship, with `mod_s`, and the lock that remembers it."""
    style = read_site_style(config)
    kinds = note_types(style.css, project=lock.project, media=style.media)
    types, lock, found = _stamp(kinds, lock, now_s=now_s, path=name)
    return types, lock, (*style.diagnostics, *found)


def _looks_different(
    notes: Sequence[IdentifiedNote], lock: Lock, name: str
) -> tuple[Diagnostic, ...]:
    """Count the cards that look different in readers' collections than they would now."""
    known = {entry.guid: entry.shown_hash for entry in lock.entries}
    count = sum(known[note.guid] != note.content_hash for note in notes)
    if not count:
        return ()
    cards, them = ("1 card", "it") if count == 1 else (f"{count} cards", "them")
    text = f"{cards} would look different in Anki, although the author did not change {them}"
    hint = "admonki build --refresh sends them, but overwrites readers' edits of these cards"
    return (Diagnostic(Location(name), "L632", text, hint),)


def _sent_again(old: Lock, new: Lock, name: str) -> tuple[Diagnostic, ...]:
    """Name the cards that are sent although their author is not known to have changed them."""
    before = {entry.guid: entry for entry in old.entries}
    sent = [
        entry.key
        for entry in new.entries
        if (was := before.get(entry.guid))
        and was.mod_s != entry.mod_s
        and was.source_hash in {"", entry.source_hash}
        and was.question == entry.question
    ]
    if not sent:
        return ()
    cards, them = ("1 card is", "it") if len(sent) == 1 else (f"{len(sent)} cards are", "them")
    text = f"{cards} sent again, and an import overwrites readers' edits of {them}"
    search = removal_search(sent, note_type_ids(new.project.id))
    hint = f"to find {them} in Anki's browser, search {search}"
    return (Diagnostic(Location(name), "L632", text, hint),)


def _stays(old: Lock, new: Lock, name: str) -> Iterator[Diagnostic]:
    """Report decks from which an import does not move cards, and how to move them."""
    before = {entry.guid: entry.deck for entry in old.entries}
    moved: dict[tuple[str, str], list[str]] = {}
    for entry in new.entries:
        deck = before.get(entry.guid)
        if deck and deck != entry.deck and not entry.is_gone:
            moved.setdefault((deck, entry.deck), []).append(entry.key)
    types = note_type_ids(new.project.id)
    for (deck, wanted), keys in moved.items():
        cards = "1 card stays" if len(keys) == 1 else f"{len(keys)} cards stay"
        text = f"{cards} in the deck {deck!r} for readers who import; the pages give {wanted!r}"
        search = f"{removal_search(keys, types)} deck:{_quoted(deck)}"
        hint = f"sync moves them; in Anki's browser search {search} and change the deck"
        yield Diagnostic(Location(name), "L635", text, hint)


def _quoted(deck: str) -> str:
    escaped = re.sub(r'([\\"*_])', r"\\\1", deck)
    return f'"{escaped}"'


def _lost_lock(name: str) -> Diagnostic:
    text = "the lock and the packages of the last build are missing: every card counts as new"
    hint = (
        "restore the lock before anybody imports, or run admonki ids --recover FILE.apkg; else "
        "reviews stay with the old cards or, if site_url is set, readers' edits are replaced"
    )
    return Diagnostic(Location(name), "W622", text, hint)


def _moved_lock(old: str, new: str) -> Diagnostic:
    text = f"the lock of an earlier configuration moves to {new}"
    return Diagnostic(Location(old), "W634", text, "commit both changes together")


def _copied_lock(old: Lock, new: Lock, config: Config, name: str) -> tuple[Diagnostic, ...]:
    """Report a lock that is another project's: a site that was made from it shares its cards."""
    own, other = config.site.name or config.deck_root, old.project.name
    living = {entry.guid for entry in old.entries if not entry.is_gone}
    staying = {entry.guid for entry in new.entries if not entry.is_gone}
    if other and other != own:
        text = f"the lock was made for “{other}”, and this project is “{own}”"
    elif len(living) > 1 and staying and not living & staying:
        text = f"none of the lock's {len(living)} cards is on the pages"
    else:
        return ()
    hint = (
        "if it came with a template or a copy, delete it, else both projects share their cards "
        'in Anki; if the project was renamed or rewritten, ignore = ["W636"]'
    )
    return (Diagnostic(Location(name), "W636", text, hint),)


def _stamp(
    types: tuple[NoteType, ...], lock: Lock, *, now_s: int, path: str
) -> tuple[tuple[NoteType, ...], Lock, tuple[Diagnostic, ...]]:
    shapes = [(kind.name, _schema_hash(kind), kind.fingerprint) for kind in types]
    mods, lock, problems = stamp_note_types(
        lock, shapes, now_s=now_s, version=__version__, path=path
    )
    return tuple(replace(kind, mod_s=mods[kind.name]) for kind in types), lock, problems


def _schema_hash(kind: NoteType) -> str:
    text = json.dumps(kind.schema, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
