"""Notes to identified notes: what the lock knows of them, and what it will remember."""

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

from generator.apkg.notetypes import NoteType, note_types
from generator.config import Config
from generator.errors import AdmonkiError, Diagnostic, Location, Severity
from generator.identity.changes import check_locked
from generator.identity.clock import check_time
from generator.identity.identify import identify
from generator.identity.lock import Lock
from generator.identity.lock_file import read_lock
from generator.identity.note_types import stamp_note_types
from generator.model import IdentifiedNote
from generator.pipeline.collect import Collection, collect, common_root, display, lock_file
from generator.pipeline.recover import recover
from generator.reader.page import page_name
from generator.report import silence


@dataclass(frozen=True, slots=True)
class Identified:
    """A collection whose notes know who they are.

    Attributes:
        collection: What the pages hold.
        notes: The notes with key, GUID, `mod` and `due`.
        note_types: What the packages ship, with `mod_s`.
        old_lock: As it was.
        lock: As it is to be written.
        diagnostics: Everything found so far, sorted.
    """

    collection: Collection
    notes: tuple[IdentifiedNote, ...]
    note_types: tuple[NoteType, ...]
    old_lock: Lock
    lock: Lock
    diagnostics: tuple[Diagnostic, ...]

    @property
    def has_errors(self) -> bool:
        """Whether nothing may be written."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


def dry_run(config: Config, *, cwd: Path, now_s: int) -> Identified:
    """Do all that a build does before it writes: read, parse, find cards, render, identify.

    Args:
        config: What is in force.
        cwd: What paths in diagnostics are relative to.
        now_s: Time of the build, seconds since the Unix epoch.
    """
    return identify_notes(collect(config, cwd=cwd), config, cwd=cwd, now_s=now_s)


def identify_notes(
    collection: Collection, config: Config, *, cwd: Path, now_s: int, is_locked: bool = False
) -> Identified:
    """Match the notes of all pages with the lock; write nothing.

    Args:
        collection: The notes.
        config: What is in force.
        cwd: What paths in diagnostics are relative to.
        now_s: Time of the build, seconds since the Unix epoch.
        is_locked: Report an error (E608) where the lock would change.
    """
    place = lock_file(config)
    name = display(place, cwd)
    old, problems = read_lock(place, name=name)
    known = old
    if not place.exists():
        known, problems = recover(config.output, collection.notes, name)
    notes, lock, found = identify(
        collection.notes,
        known,
        now_s=now_s,
        seed=config.site_url,
        pages=_scope(collection, known, common_root(config)),
    )
    problems += found
    types, lock, found = _stamp(note_types(_site_css(config)), lock, now_s=now_s, path=name)
    problems += found
    if lock != old:
        problems += check_time(old, now_s=now_s, path=name)
    if is_locked:
        problems += check_locked(old, lock, name)
    directives = [said for page in collection.pages for said in page.directives]
    diagnostics = silence(
        (*collection.diagnostics, *problems), ignore=config.ignore, directives=directives
    )
    return Identified(collection, notes, types, old, lock, diagnostics)


def _scope(collection: Collection, lock: Lock, root: Path) -> frozenset[str] | None:
    """Pages that this build speaks about: those it read, and those that are no more.

    A page that is there and was not read (`admonki build one.md`) keeps its cards in the lock.
    """
    read = {page_name(page.file.path, page.file.root) for page in collection.pages}
    others = {entry.page for entry in lock.entries} - read
    unread = {page for page in others if (root / page).is_file()}
    return frozenset(read | (others - unread)) if unread else None


def _stamp(
    types: tuple[NoteType, ...], lock: Lock, *, now_s: int, path: str
) -> tuple[tuple[NoteType, ...], Lock, tuple[Diagnostic, ...]]:
    shapes = [(kind.name, _schema_hash(kind), kind.fingerprint) for kind in types]
    mods, lock, problems = stamp_note_types(lock, shapes, now_s=now_s, path=path)
    return tuple(replace(kind, mod_s=mods[kind.name]) for kind in types), lock, problems


def _schema_hash(kind: NoteType) -> str:
    text = json.dumps(kind.schema, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _site_css(config: Config) -> str:
    parts = []
    for path in config.css:
        try:
            parts.append(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as problem:
            place = Location(path.as_posix())
            message = f"the style sheet cannot be read: {problem}"
            raise AdmonkiError(Diagnostic(place, "E722", message)) from problem
    return "\n".join(parts)
