"""One sync from end to end: download, merge, move, retire, upload."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.apkg.notetypes import note_type_ids, project_of_note_type
from generator.apkg.reader import Package, PackageNote, PackageNoteType, read_package
from generator.apkg.subset import read_media, write_subset
from generator.commands.sync.account import Account
from generator.commands.sync.collection import Holdings
from generator.commands.sync.decks import DeckPlan, Placed, followed, plan_decks, renamed
from generator.commands.sync.folder import open_folder, undoable
from generator.commands.sync.memory import Memory
from generator.commands.sync.mirror import open_mirror
from generator.commands.sync.plan import Held, NotePlan, plan_notes, plan_removals
from generator.commands.sync.style import style_of
from generator.errors import AdmonkiError, Diagnostic, Location
from generator.fields import FIELD_NAMES
from generator.identity.lock import Lock

MANY = 5
"""More removals than these are asked about."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to sync.

    Attributes:
        packages: Files to import, in order.
        lock: The project's lock; the empty one when there is none.
        retire: What to do with own notes that left the source: `keep`, `suspend` or `delete`.
        is_dry: Report what would happen, and send nothing.
        overwrites: Where both sides changed a field, take the author's value.
        restores: Bring back what the reader deleted.
        confirm: Asks before something is removed: what and how much; answers whether to do it.
    """

    packages: tuple[Path, ...]
    lock: Lock
    retire: str = "keep"
    is_dry: bool = False
    overwrites: bool = False
    restores: bool = False
    confirm: Callable[[str], bool] = lambda _text: False


@dataclass(frozen=True, slots=True)
class Source:
    """The packages of a sync, read.

    Attributes:
        project: See `Project.id`.
        files: Each with what it holds.
        notes: GUID → note.
        note_types: Each once.
    """

    project: str
    files: tuple[tuple[Path, Package], ...]
    notes: Mapping[str, PackageNote]
    note_types: tuple[PackageNoteType, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a sync did, or would do.

    Attributes:
        began: See `Mirror.download`.
        notes: Of the notes.
        decks: Of their decks.
        left: Own notes that are not in the source any more, and were not yet retired.
        is_retired: Whether they were retired.
        empty: GUID → empty cards.
        is_emptied: Whether these were removed.
        own_styles: Note types whose style the reader has changed.
    """

    began: str
    notes: NotePlan
    decks: DeckPlan
    left: tuple[Held, ...]
    is_retired: bool
    empty: Mapping[str, tuple[int, ...]]
    is_emptied: bool
    own_styles: tuple[str, ...]


def read_source(packages: Sequence[Path]) -> Source:
    """Read packages that are to be brought to a collection.

    Raises:
        AdmonkiError: E707 for a package that cannot be read, E759 for one that is not admonki's,
            or of several projects.
    """
    files = tuple((path, read_package(path)) for path in packages)
    types = {kind.id: kind for _, package in files for kind in package.note_types}
    owners = {_owner(kind) for kind in types.values()}
    if len(owners) != 1 or "" in owners:
        text = "the packages are not of one project of admonki"
        place = Location(packages[0].as_posix())
        raise AdmonkiError(Diagnostic(place, "E759", text, "name packages of one build"))
    notes = {note.guid: note for _, package in files for note in package.notes}
    return Source(owners.pop(), files, notes, tuple(types[number] for number in sorted(types)))


def _owner(kind: PackageNoteType) -> str:
    found = project_of_note_type(kind.id) if kind.fields == FIELD_NAMES else None
    return found[0] if found else ""


def run_sync(account: Account, folder: Path, wish: Wish, *, tell: Callable[[str], None]) -> Outcome:
    """Bring packages to the devices of an account.

    Args:
        account: Whose collection.
        folder: Of our own collection; a dry run leaves it alone and works in a temporary one.
        wish: What to sync.
        tell: Told each step in a line.

    Returns:
        What happened.

    Raises:
        AdmonkiError: E707 and E759 for packages, E750 to E754 for trouble on the way. Folder and
            server are as they were then.
    """
    source = read_source(wish.packages)
    try:
        if folder.exists() or not wish.is_dry:
            open_folder(folder, server=account.server, user=account.user)
        if not wish.is_dry:
            return _run(account, folder, wish, source, tell=tell)
        with TemporaryDirectory(prefix="admonki-sync-") as temporary:
            return _run(account, Path(temporary), wish, source, tell=tell)
    except OSError as error:
        text = f"the sync cannot go on: {error.strerror or error}"
        hint = "see that the disk has room and the folder is yours to write; nothing has changed"
        raise AdmonkiError(Diagnostic(Location(folder.as_posix()), "E753", text, hint)) from error


def _run(
    account: Account, folder: Path, wish: Wish, source: Source, *, tell: Callable[[str], None]
) -> Outcome:
    with undoable(folder), open_mirror(folder, account) as mirror:
        began = mirror.download()
        tell(f"{account.server}: {_BEGAN[began]}")
        holdings = Holdings(mirror.collection, source.project, note_type_ids(source.project))
        outcome = apply(holdings, source, wish, began)
        if not wish.is_dry:
            mirror.upload()
        return outcome


_BEGAN = {
    "synced": "up to date",
    "downloaded": "collection downloaded",
    "empty": "no collection there yet",
}


def apply(holdings: Holdings, source: Source, wish: Wish, began: str = "") -> Outcome:
    """Bring packages into a collection.

    Args:
        holdings: The collection.
        source: The packages.
        wish: What to do besides.
        began: For the outcome.
    """
    memory = holdings.memory()
    held = holdings.held(source.notes)
    plan = plan_notes(
        source.notes,
        held,
        note_types=holdings.note_types,
        sent=memory.placed,
        overwrites=wish.overwrites,
        restores=wish.restores,
    )
    places = _places(source, held, memory, holdings)
    existing = holdings.deck_names()
    decks = plan_decks(places, existing, holdings.decks_of_others())
    own_styles = holdings.restyle(source.note_types, memory.styles)
    _arrange(holdings, held, decks)  # before new cards take the names of new decks
    _add(holdings, source, plan, places, existing)
    _update(holdings, source, plan)
    left, is_retired = _retire(holdings, source, wish, held)
    empty, is_emptied = _empty(holdings, wish, [update.held for update in plan.updates])
    returned = _returned(source, held, memory)
    holdings.unsuspend(returned)
    holdings.remember(_next(holdings, source, memory, places, left, wish, is_retired))
    return Outcome(began, plan, decks, left, is_retired, empty, is_emptied, own_styles)


def _places(
    source: Source, held: Mapping[str, Held], memory: Memory, holdings: Holdings
) -> list[Placed]:
    """Where our notes are, were put, and belong; those that left go where they were."""
    found = []
    for guid, note in held.items():
        if note.note_type not in holdings.note_types or guid not in source.notes:
            continue
        known = {note.shipped_deck, memory.placed.get(guid, "")} - {""}
        found.append(Placed(guid, note.decks, frozenset(known), source.notes[guid].deck))
    return found


def _add(
    holdings: Holdings,
    source: Source,
    plan: NotePlan,
    places: Sequence[Placed],
    existing: Iterable[str],
) -> None:
    """Add new notes: by an import, or by hand where the reader has changed the note type."""
    known = frozenset(existing)
    imported = {kind.id for kind in source.note_types if holdings.has_room_for(kind)}
    by_import = {guid for guid in plan.new if source.notes[guid].note_type in imported}
    with TemporaryDirectory(prefix="admonki-new-") as temporary:
        for path, package in source.files:
            guids = by_import & {note.guid for note in package.notes}
            if guids:
                target = Path(temporary) / "new.apkg"
                write_subset(path, target, guids)
                holdings.import_package(target)
    for guid in sorted(plan.new - by_import):
        note = source.notes[guid]
        holdings.add(guid, note.note_type, note.fields, note.tags, note.deck)
    homes = {guid: followed(source.notes[guid].deck, places, known) for guid in plan.new}
    astray = {guid: home for guid, home in homes.items() if home != source.notes[guid].deck}
    if astray:
        added = holdings.held(astray)
        holdings.move({added[guid].id: home for guid, home in astray.items()})
        holdings.remove_empty_decks({source.notes[guid].deck for guid in astray} - known)


def _update(holdings: Holdings, source: Source, plan: NotePlan) -> None:
    holdings.update(plan.updates)
    texts = [text for update in plan.updates for text in update.merged.fields.values()]
    texts += [text for guid in plan.new for text in source.notes[guid].fields]
    for path, _ in source.files:
        holdings.add_media(read_media(path, texts))


def _arrange(holdings: Holdings, held: Mapping[str, Held], decks: DeckPlan) -> None:
    holdings.rename_decks(decks.renames)
    holdings.move({held[move.guid].id: move.new for move in decks.moves})
    emptied = {renamed(move.old, decks.renames) for move in decks.moves}
    holdings.remove_empty_decks(name for deck in emptied for name in _with_parents(deck))


def _with_parents(deck: str) -> list[str]:
    parts = deck.split("::")
    return ["::".join(parts[:length]) for length in range(1, len(parts) + 1)]


def _retire(
    holdings: Holdings, source: Source, wish: Wish, held: Mapping[str, Held]
) -> tuple[tuple[Held, ...], bool]:
    entries = wish.lock.entries if wish.lock.project.id == source.project else ()
    living = {entry.guid for entry in entries if not entry.is_gone}
    gone = {entry.guid for entry in entries if entry.is_gone}
    ours = [note for note in held.values() if note.note_type in holdings.note_types]
    left = plan_removals(ours, source.notes, living, gone)
    if wish.retire != "delete":
        left = tuple(note for note in left if not note.is_suspended)
    if wish.retire == "keep" or not left:
        return left, False
    verb = {"suspend": "suspended", "delete": "deleted with their reviews"}[wish.retire]
    if len(left) > MANY and not wish.is_dry and not wish.confirm(f"{len(left)} notes {verb}"):
        return left, False
    retire = holdings.suspend if wish.retire == "suspend" else holdings.remove
    retire(left)
    return left, True


def _empty(
    holdings: Holdings, wish: Wish, notes: Sequence[Held]
) -> tuple[Mapping[str, tuple[int, ...]], bool]:
    """Find the cards of gaps and sides that left; remove them when that is confirmed."""
    found = holdings.empty_cards(notes) if notes else {}
    cards = [card for some in found.values() for card in some]
    if not cards or wish.is_dry or not wish.confirm(f"{len(cards)} empty cards removed"):
        return found, False
    holdings.remove_cards(cards)
    return found, True


def _returned(source: Source, held: Mapping[str, Held], memory: Memory) -> list[Held]:
    """Notes that we suspended, and that are in the pages again."""
    back = memory.suspended & source.notes.keys() & held.keys()
    return [held[guid] for guid in sorted(back) if held[guid].is_suspended]


def _next(
    holdings: Holdings,
    source: Source,
    memory: Memory,
    places: Sequence[Placed],
    left: Sequence[Held],
    wish: Wish,
    is_retired: bool,
) -> Memory:
    placed = dict(memory.placed)
    known = {place.guid: place for place in places}
    for guid, note in holdings.held(source.notes).items():
        if guid in source.notes and note.note_type in holdings.note_types:
            wanted = source.notes[guid].deck
            is_there = note.decks == {wanted} or guid not in known
            placed[guid] = wanted if is_there else placed.get(guid, note.shipped_deck)
    suspended = set(memory.suspended) - set(source.notes)
    if is_retired and wish.retire == "suspend":
        suspended.update(note.guid for note in left)
    if is_retired and wish.retire == "delete":
        for note in left:
            placed.pop(note.guid, None)
    styles = {**memory.styles, **{kind.id: style_of(kind) for kind in source.note_types}}
    return replace(memory, placed=placed, suspended=frozenset(suspended), styles=styles)
