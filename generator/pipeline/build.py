"""Notes to packages and lock: all of them or none."""

import hashlib
import json
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.apkg.commit import StagedPackage, commit, discard
from generator.apkg.notetypes import NoteType, note_types
from generator.apkg.writer import Plan, stage
from generator.config import Config
from generator.errors import AdmonkiError, Diagnostic, Location, Severity
from generator.identity.changes import check_locked
from generator.identity.clock import check_time
from generator.identity.identify import Origin, Scope, identify
from generator.identity.lock import Lock
from generator.identity.lock_file import hold_project, read_lock, real_path, stage_lock
from generator.identity.note_types import stamp_note_types
from generator.model import IdentifiedNote
from generator.pipeline.collect import (
    Collection,
    display,
    find_lock,
    lock_file,
    start_collecting,
)
from generator.pipeline.decks import plan
from generator.pipeline.recover import recover
from generator.pipeline.work import process_count
from generator.reader.page import page_name
from generator.report import silence
from generator.version import __version__


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


@dataclass(frozen=True, slots=True)
class Built:
    """What a build wrote.

    Attributes:
        identified: What it was made of.
        files: Packages as they stand on disk, `all.apkg` last; empty after an error.
        written: How many of them were written; the others were right as they stood.
    """

    identified: Identified
    files: tuple[Path, ...] = ()
    written: int = 0


def build(
    config: Config,
    *,
    cwd: Path,
    now_s: int,
    is_locked: bool = False,
    refreshes: bool = False,
    pages: Callable[[], Collection] | None = None,
    untouched: Container[Path] = (),
) -> Built:
    """Build all packages.

    Args:
        config: What is in force.
        cwd: What paths in diagnostics are relative to.
        now_s: Time of the build, seconds since the Unix epoch.
        is_locked: Fail (E608) where the lock would change.
        refreshes: Send cards that only look different, too.
        pages: From `start_collecting`, when that was called before.
        untouched: Packages that are known to stand as they were written.

    Returns:
        What was found and written. With an error among the diagnostics nothing was written, and
        old packages and lock are as they were.
    """
    with hold_project(lock_file(config)):
        found = resolve(
            config,
            cwd=cwd,
            now_s=now_s,
            is_locked=is_locked,
            refreshes=refreshes,
            pages=pages,
        )
        if found.has_errors:
            return Built(found)
        try:
            staged = _write(found, config, untouched)
        except AdmonkiError as error:
            diagnostics = tuple(sorted({*found.diagnostics, *error.diagnostics}))
            return Built(replace(found, diagnostics=diagnostics))
        written = sum(package.temporary is not None for package in staged)
        return Built(found, tuple(package.path for package in staged), written)


def resolve(
    config: Config,
    *,
    cwd: Path,
    now_s: int,
    is_locked: bool = False,
    refreshes: bool = False,
    pages: Callable[[], Collection] | None = None,
) -> Identified:
    """Collect the notes and give each its identity; writes nothing.

    Args:
        config: What is in force.
        cwd: What paths in diagnostics are relative to.
        now_s: Time of the build, seconds since the Unix epoch.
        is_locked: See `build`.
        refreshes: See `build`.
        pages: See `build`.
    """
    pages = pages or start_collecting(config, cwd=cwd)
    place = find_lock(config)
    name = display(place, cwd)
    old, problems = read_lock(place, name=name)
    collection = pages()
    known = old
    if not place.exists():
        known, problems = recover(config.output, collection.notes, name)
    elif place != lock_file(config):
        problems += (_moved_lock(place, lock_file(config), cwd),)
    notes, lock, found = identify(
        collection.notes,
        known,
        now_s=now_s,
        origin=Origin(config.site_url, config.site.name or config.deck_root),
        scope=_scope(collection, known, config),
        refreshes=refreshes,
    )
    problems += (*found, *_looks_different(notes, lock, name))
    kinds = note_types(_site_css(config), project=lock.project)
    types, lock, found = _stamp(kinds, lock, now_s=now_s, path=name)
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


def _scope(collection: Collection, lock: Lock, config: Config) -> Scope | None:
    """Say of which pages a build can tell what became of their cards; None for all.

    A page that is there and was not read (`admonki build one.md`) keeps its cards in the lock, and
    so does one that is not there any more, unless a folder that was read would hold it.
    """
    home = config.home or config.root
    found = [
        (page_name(page.file.path, page.file.root), page.file.path) for page in collection.pages
    ]
    # a page from elsewhere may be called as one of ours
    read = {page for page, path in found if _is_at(home / page, path)}
    others = {entry.page for entry in lock.entries} - read
    missing = {page for page in others if not (home / page).is_file()}
    folders = [source.resolve() for source in config.sources if source.is_dir()]
    places = {page: (home / page).resolve() for page in missing}
    left = {page for page, place in places.items() if any(place.is_relative_to(f) for f in folders)}
    if left == others:
        return None
    return Scope(frozenset(read | missing), frozenset(read | left))


def _is_at(place: Path, path: Path) -> bool:
    return not place.is_file() or place.resolve() == path.resolve()


def _looks_different(
    notes: Sequence[IdentifiedNote], lock: Lock, name: str
) -> tuple[Diagnostic, ...]:
    """Count the cards that readers have with another look than they would get now."""
    known = {entry.guid: entry.shown_hash for entry in lock.entries}
    count = sum(known[note.guid] != note.content_hash for note in notes)
    if not count:
        return ()
    cards = "1 card would look" if count == 1 else f"{count} cards would look"
    text = f"{cards} different in Anki, though not changed by the author"
    hint = "admonki build --refresh sends them; it replaces what readers edited in them"
    return (Diagnostic(Location(name), "L632", text, hint),)


def _moved_lock(old: Path, new: Path, cwd: Path) -> Diagnostic:
    text = f"the lock of an earlier configuration moves to {display(new, cwd)}"
    hint = "commit both changes together"
    return Diagnostic(Location(display(old, cwd)), "W634", text, hint)


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


def _write(
    found: Identified, config: Config, untouched: Container[Path]
) -> tuple[StagedPackage, ...]:
    """Stage packages and lock, then commit the lock, then the packages.

    A crash between the two heals itself: the next build makes the same packages from the lock.
    """
    packages = plan(found.notes, include_unanswered=config.include_unanswered)
    paths = {name: config.output / name for name in packages}
    plans = [Plan(path, packages[name], path in untouched) for name, path in paths.items()]
    staged = stage(plans, note_types=found.note_types, jobs=process_count(config))
    place, old = lock_file(config), find_lock(config)
    try:
        if found.lock != found.old_lock or place != old:
            stage_lock(place, found.lock).replace(real_path(place))
    except OSError as problem:
        discard(staged)
        message = f"the lock cannot be written: {problem.strerror or problem}"
        hint = "make its folder writable, or put the lock elsewhere with --lock FILE"
        raise AdmonkiError(
            Diagnostic(Location(place.as_posix()), "E613", message, hint)
        ) from problem
    except BaseException:
        discard(staged)
        raise
    commit(staged)
    if place != old:
        old.unlink()
    return staged
