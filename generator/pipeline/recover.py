"""Recover a lost lock from the packages of the last build."""

import re
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

from generator.apkg.notetypes import project_name, project_of_note_type
from generator.apkg.reader import Package, PackageNote, PackageNoteType, read_package
from generator.errors import AdmonkiError, Diagnostic, Location
from generator.fields import (
    ANSWER,
    CONTEXT,
    FIELD_NAMES,
    ID,
    QUESTION,
    REVERSED,
    SOURCE,
    TEXT,
    without_key,
)
from generator.html_text import plain_text
from generator.html_tokens import unescape
from generator.identity.clock import GUARD_S
from generator.identity.content import content_hash, shorten
from generator.identity.gaps import gaps_of
from generator.identity.lock import Entry, Gap, Lock, NoteTypeEntry, sort_order
from generator.identity.lock_lines import EARLIEST_S, LATEST_S
from generator.identity.sketch import sketch_of
from generator.model import Note, Project

_TAG = re.compile(r"<[^<>]*>")
_GUID = re.compile(r"[!-~]{1,64}")
_GAP_MARK = re.compile(r"\{\{c\d+::|\}\}")
_MOST_GAPS = 300
_LONGEST_CLOZE = 100_000  # characters


def recover(output: Path, notes: Sequence[Note], path: str) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """Look for the packages of a project whose lock is missing.

    Args:
        output: Where the packages are.
        notes: Of the present build; packages with none of their questions belong to another
            project.
        path: The lock's path, for diagnostics.

    Returns:
        The lock reconstructed from the packages, and `W622`; the empty lock and nothing without
        packages of this project.
    """
    asked = {shorten(note.question.text) for note in notes}
    try:
        locks = locks_of(output)
    except AdmonkiError as error:
        return Lock(), error.diagnostics
    lock = max(locks, key=lambda lock: _shared(lock, asked), default=Lock())
    if not _shared(lock, asked):
        return Lock(), ()
    cards = "1 card was" if len(lock.entries) == 1 else f"{len(lock.entries)} cards were"
    text = f"the lock is missing; {cards} taken from the packages in {output}"
    hint = "commit the lock together with the pages"
    return lock, (Diagnostic(Location(path), "W622", text, hint),)


def _shared(lock: Lock, asked: Collection[str]) -> int:
    return sum(entry.question in asked for entry in lock.entries)


def locks_of(place: Path) -> tuple[Lock, ...]:
    """Make a lock from packages, one for each of their projects.

    Args:
        place: A package, or a folder with packages; those that cannot be read are left out, and
            so are notes that no build can have made.

    Raises:
        AdmonkiError: E707 for a package of a time that has not come yet: what it holds would stay
            newer than everything that later builds make.
    """
    files = [place] if place.is_file() else sorted(place.glob("**/*.apkg"))
    packages = [package for file in files if (package := _read(file))]
    own: dict[str, list[PackageNoteType]] = {}
    for package in packages:
        for kind in package.note_types:
            own.setdefault(_owner(kind), []).append(kind)
    return tuple(
        Lock(
            project=Project(project, project_name(kinds[0].name)),
            note_types=_types(kinds),
            entries=tuple(sorted(_entries(packages, kinds), key=sort_order)),
        )
        for project, kinds in sorted(own.items())
        if project
    )


def _read(file: Path) -> Package | None:
    try:
        package = read_package(file)
    except AdmonkiError:
        return None
    own = {kind.id for kind in package.note_types if _owner(kind)}
    newest = max((note.mod_s for note in package.notes if note.note_type in own), default=0)
    if newest > time.time() + GUARD_S:
        text = f"the package is dated in the future ({newest})"
        hint = "correct this computer's clock, or move the package away"
        raise AdmonkiError.at(file, "E707", text, hint)
    return package


def _owner(kind: PackageNoteType) -> str:
    """The project of a note type; empty for unknown note types."""
    found = project_of_note_type(kind.id) if kind.fields == FIELD_NAMES else None
    return found[0] if found else ""


def _types(kinds: Iterable[PackageNoteType]) -> tuple[NoteTypeEntry, ...]:
    newest = {kind.name: kind for kind in sorted(kinds, key=lambda kind: kind.mod_s)}
    return tuple(NoteTypeEntry(name, "", "", newest[name].mod_s) for name in sorted(newest))


def _entries(packages: Iterable[Package], kinds: Iterable[PackageNoteType]) -> list[Entry]:
    """One entry per GUID and per key, the newest, as the lock requires."""
    own = {kind.id for kind in kinds}
    entries = (
        _entry(note, dict(zip(FIELD_NAMES, note.fields, strict=True)))
        for package in packages
        for note in package.notes
        if note.note_type in own and _is_possible(note)
    )
    return _newest(_newest(entries, lambda e: e.guid), lambda e: e.key.casefold())


def _newest(entries: Iterable[Entry], name: Callable[[Entry], str]) -> list[Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        known = found.setdefault(name(entry), entry)
        if entry.mod_s > known.mod_s:
            found[name(entry)] = entry
    return list(found.values())


def _is_possible(note: PackageNote) -> bool:
    """Whether a build can have made a note: its GUID is one word, its numbers are times."""
    times = (note.mod_s, note.row_id // 1000)
    is_dated = all(EARLIEST_S <= seconds <= LATEST_S for seconds in times)
    return is_dated and bool(_GUID.fullmatch(note.guid)) and len(note.fields) == len(FIELD_NAMES)


def _entry(note: PackageNote, fields: Mapping[str, str]) -> Entry:
    found = project_of_note_type(note.note_type)
    kind = found[1] if found else "basic"
    spans = fields[CONTEXT].split("<span>")[1:]
    places = [_text(part.partition("</span>")[0]) for part in spans if "</span>" in part]
    return Entry(
        key=_text(fields[ID]) or note.guid,
        guid=note.guid,
        row_id=note.row_id,
        mod_s=note.mod_s,
        source_hash="",
        shown_hash=content_hash(kind, without_key(note.fields), note.tags),
        sketch=sketch_of(_answer(fields)),
        kind="reversed" if fields[REVERSED] and kind == "basic" else kind,
        gaps=_gaps(note, fields[QUESTION]) if kind == "cloze" else (),
        nth=0,
        explicit_id="",
        page=_text(fields[SOURCE]) or "unknown",
        section=" › ".join(places[1:]),
        question=shorten(_text(fields[TEXT])),
        deck=note.deck,
    )


def _answer(fields: Mapping[str, str]) -> str:
    """The text of the answer; a cloze has it after the title of the question, with gaps."""
    html = fields[ANSWER] or fields[QUESTION].partition("</div>")[2]
    return _GAP_MARK.sub("", plain_text(html))


def _gaps(note: PackageNote, question: str) -> tuple[Gap, ...]:
    """Gaps of a cloze; a note with absurdly many is not ours."""
    if len(question) > _LONGEST_CLOZE or question.count("{{c") > _MOST_GAPS:
        return ()
    try:
        return gaps_of(note.fields)
    except ValueError:  # a number of thousands of digits
        return ()


def _text(html: str) -> str:
    return unescape(_TAG.sub("", html)).strip()
