"""The note types' own `mod`, and the check of their schema."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from generator.errors import Diagnostic, Location
from generator.identity.lock import Lock, NoteTypeEntry


def stamp_note_types(
    lock: Lock,
    shapes: Sequence[tuple[str, str, str]],
    *,
    now_s: int,
    version: str,
    path: str = "admonki.lock",
) -> tuple[dict[str, int], Lock, tuple[Diagnostic, ...]]:
    """Give each note type its `mod`: the time of the build that first held its present style.

    Args:
        lock: What the last build remembered.
        shapes: For each note type its name, a hash of its schema (ids, names and order of
            fields and templates) and a hash of its style (CSS and template text).
        now_s: Time of the build.
        version: Of this program; a style of a newer one is not replaced.
        path: The lock's path.

    Returns:
        Name to `mod`, the next lock, and `E612` for each note type whose schema changed, `W633`
        for each whose style is of a newer version: readers keep that one.
    """
    known = {entry.name: entry for entry in lock.note_types}
    diagnostics = []
    for name, schema, style in shapes:
        old = known.get(name)
        if old and old.schema and old.schema != schema:  # empty in a lock that was recovered
            diagnostics.append(_schema_changed(name, path))
        if old and _order(old.version) > _order(version):
            if old.style != style:
                diagnostics.append(_style_kept(name, old.version, path))
        elif old is None or old.style != style or old.schema != schema:
            mod_s = max(now_s, old.mod_s + 1) if old else now_s
            known[name] = NoteTypeEntry(name, schema, style, mod_s, version)
    entries = tuple(known[name] for name in sorted(known))
    mods = {name: known[name].mod_s for name, _schema, _style in shapes}
    if entries == lock.note_types:
        return mods, lock, tuple(diagnostics)
    return mods, replace(lock, note_types=entries), tuple(diagnostics)


def _order(version: str) -> tuple[int, ...]:
    """Parts of a version that can be compared; empty for an unknown one."""
    return tuple(map(int, re.findall(r"\d+", version)))


def _style_kept(name: str, version: str, path: str) -> Diagnostic:
    text = f"the style of the note type {name!r} is of a newer admonki, {version}"
    hint = "readers keep it and do not get your changes to the CSS: upgrade admonki"
    return Diagnostic(Location(path), "W633", text, hint)


def _schema_changed(name: str, path: str) -> Diagnostic:
    text = f"the fields or templates of the note type {name!r} are not those of the last build"
    hint = "Anki would refuse to update any note of it: use the version that made the decks"
    return Diagnostic(Location(path), "E612", text, hint)
