"""Merging two sides of a lock: no card of either side is lost."""

from msgspec.structs import replace

from generator.errors import AdmonkiError
from generator.identity.lock import Entry, Lock, NoteTypeEntry, sort_order
from generator.identity.lock_reader import parse_lock


def merge_text(text: str, path: str) -> tuple[Lock, int]:
    """Resolve a lock with conflict marks, or with lines of both sides (`merge=union`).

    Args:
        text: Content of the lock file.
        path: For diagnostics.

    Returns:
        One lock, and how many cards both sides hold differently.

    Raises:
        AdmonkiError: When a side has unreadable lines.
    """
    ours, problems = parse_lock("\n".join(_side(text, 0)), path, is_whole=False)
    theirs, found = parse_lock("\n".join(_side(text, 1)), path, is_whole=False)
    problems += found
    if problems:
        raise AdmonkiError(*sorted(set(problems)))
    return merge_locks(ours, theirs)


def merge_locks(ours: Lock, theirs: Lock) -> tuple[Lock, int]:
    """Unite two locks.

    Args:
        ours: One side; its project stays.
        theirs: The other.

    Returns:
        The lock with the cards of both; of a card that they hold differently, the line with the
        newer `mod`. If that is theirs, readers of our side may have received ours later: its
        content is cleared, so that the next build stamps it again. And the number of such cards.
    """
    entries = {entry.key.casefold(): entry for entry in ours.entries}
    guids = {entry.guid for entry in ours.entries}
    count = 0
    for other in theirs.entries:
        mine = entries.get(other.key.casefold())
        if mine is None:
            if other.guid not in guids:
                entries[other.key.casefold()] = other
        elif mine != other:
            count += 1
            entries[mine.key.casefold()] = _newer(mine, other)
    merged = replace(
        ours,
        note_types=_merge_types(ours, theirs),
        entries=tuple(sorted(entries.values(), key=sort_order)),
    )
    return merged, count


def _newer(mine: Entry, other: Entry) -> Entry:
    newer = max(mine, other, key=lambda entry: (entry.mod_s, not entry.is_gone))
    same = (mine.source_hash, mine.shown_hash) == (other.source_hash, other.shown_hash)
    if same or mine.mod_s > other.mod_s:
        return newer
    return replace(newer, source_hash="", shown_hash="")


def _merge_types(ours: Lock, theirs: Lock) -> tuple[NoteTypeEntry, ...]:
    types = {entry.name: entry for entry in ours.note_types}
    for other in theirs.note_types:
        mine = types.setdefault(other.name, other)
        newer = max(mine, other, key=lambda entry: entry.mod_s)
        style = newer.style if mine.style == other.style else ""
        types[other.name] = replace(newer, style=style)
    return tuple(types[name] for name in sorted(types))


def _side(text: str, wanted: int) -> list[str]:
    """Lines of one side: 0 ours, 1 theirs; lines outside of conflicts belong to both."""
    side: int | None = None
    lines: list[str] = []
    seen: set[str] = set()
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.startswith("<<<<<<<"):
            side = 0
        elif line.startswith("|||||||"):
            side = 2  # the common ancestor, as git's diff3 style shows it
        elif line.startswith("=======") and side is not None:
            side = 1
        elif line.startswith(">>>>>>>"):
            side = None
        elif side is None:
            name = _name(line)
            is_second = bool(name) and name in seen
            seen.add(name)
            if is_second and wanted == 1:
                lines = [known for known in lines if _name(known) != name]
            if not is_second or wanted == 1:
                lines.append(line)
        elif side == wanted:
            lines.append(line)
    return lines


def _name(line: str) -> str:
    """The name that a line defines; the same name twice is a conflict."""
    word, *cells = line.split("\t", 2)
    if not cells:
        return ""
    is_card = word in {"card", "gone"}
    return f"card\t{cells[0].casefold()}" if is_card else f"{word}\t{cells[0]}"
