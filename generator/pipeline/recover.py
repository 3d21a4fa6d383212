"""A lost lock, made again from the packages of the last build: nothing is lost with it."""

import re
from collections.abc import Iterable, Sequence
from html import unescape
from pathlib import Path

from generator.apkg.notetypes import BASIC_ID, CLOZE_ID
from generator.apkg.reader import Package, PackageNote, read_package
from generator.errors import AdmonkiError, Diagnostic, Location
from generator.fields import CONTEXT, FIELD_NAMES, ID, SOURCE, TEXT, without_key
from generator.identity.content import content_hash, shorten
from generator.identity.lock import Entry, Lock, NoteTypeEntry, sort_order
from generator.model import Note

_KINDS = {BASIC_ID: "basic", CLOZE_ID: "cloze"}
_SPAN = re.compile(r"<span>(.*?)</span>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def recover(output: Path, notes: Sequence[Note], path: str) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """Look for the packages of a project whose lock is missing.

    Args:
        output: Where the packages are.
        notes: Of the present build; packages that hold none of their questions are a stranger's.
        path: The lock's path, for diagnostics.

    Returns:
        The lock that made the packages, as far as they tell, and `W622`; the empty lock and
        nothing when there are no packages of this project.
    """
    lock = lock_of(output)
    asked = {shorten(note.question.text) for note in notes}
    if not any(entry.question in asked for entry in lock.entries):
        return Lock(), ()
    text = (
        f"the lock is missing; {len(lock.entries)} cards were taken from the packages in {output}"
    )
    hint = "commit the lock together with the pages"
    return lock, (Diagnostic(Location(path), "W622", text, hint),)


def lock_of(place: Path) -> Lock:
    """Make a lock from packages.

    Args:
        place: A package, or a folder with packages; those that cannot be read are left out.
    """
    files = [place] if place.is_file() else sorted(place.glob("**/*.apkg"))
    entries: dict[str, Entry] = {}
    types: dict[str, NoteTypeEntry] = {}
    for file in files:
        try:
            package = read_package(file)
        except AdmonkiError:
            continue
        for entry in _entries(package):
            known = entries.setdefault(entry.guid, entry)
            if entry.mod_s > known.mod_s:
                entries[entry.guid] = entry
        for kind in package.note_types:
            if kind.id in _KINDS:
                newest = max(kind.mod_s, types[kind.name].mod_s if kind.name in types else 0)
                types[kind.name] = NoteTypeEntry(kind.name, "", "", newest)
    return Lock(
        note_types=tuple(types[name] for name in sorted(types)),
        entries=tuple(sorted(_without_doubles(entries.values()), key=sort_order)),
    )


def _entries(package: Package) -> Iterable[Entry]:
    for note in package.notes:
        if note.note_type in _KINDS and len(note.fields) == len(FIELD_NAMES) and note.mod_s > 0:
            yield _entry(note, dict(zip(FIELD_NAMES, note.fields, strict=True)))


def _entry(note: PackageNote, fields: dict[str, str]) -> Entry:
    kind = _KINDS[note.note_type]
    places = [_text(part) for part in _SPAN.findall(fields[CONTEXT])]
    return Entry(
        key=_text(fields[ID]) or note.guid,
        guid=note.guid,
        mod_s=note.mod_s,
        content_hash=content_hash(kind, without_key(note.fields), note.tags),
        sketch="",
        note_type=kind,
        nth=0,
        explicit_id="",
        page=_text(fields[SOURCE]) or "unknown",
        section=" › ".join(places[1:]),
        question=shorten(_text(fields[TEXT])),
    )


def _without_doubles(entries: Iterable[Entry]) -> list[Entry]:
    """One entry a key, the newest, as the lock wants it."""
    by_key: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.mod_s):
        by_key[entry.key.casefold()] = entry
    return list(by_key.values())


def _text(html: str) -> str:
    return unescape(_TAG.sub("", html)).strip()
