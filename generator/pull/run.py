"""From the reader's notes to edits of the pages' files; nothing is written here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from msgspec import Struct, field

from generator.apkg.reader import Package
from generator.config import Config
from generator.identity.identify import identify
from generator.model import Note
from generator.pipeline.decks import deck_at
from generator.pipeline.identify import Identified
from generator.pipeline.notes import deck_above
from generator.pull.collection import ReaderNote
from generator.pull.comparison import Comparison, NewNote, compare, shipped_notes
from generator.pull.files import FileEdit, edited_files, to_patch
from generator.pull.page_work import CardEdits, PageWork
from generator.pull.pictures import ReadMedia
from generator.pull.remarks import Remark, of_conflict, of_new_note, of_rewording


class Pulled(Struct):
    """The result of a pull.

    Attributes:
        comparison: The three versions of all cards.
        cards: Cards with edits, in reading order.
        remarks: Changes left to the author, sorted by place.
        texts: Text of each file that may be edited, as it was read, its byte order mark included.
    """

    comparison: Comparison
    cards: list[CardEdits] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    texts: dict[Path, str] = field(default_factory=dict)

    def edited(self, cards: Iterable[CardEdits]) -> dict[Path, str]:
        """Text of each file after the edits of some cards."""
        return edited_files(self.texts, (edit for card in cards for edit in card.edits))

    def patch(self, cards: Iterable[CardEdits], name: Callable[[Path], str]) -> str:
        """Unified diff of the edits of some cards; `name` maps a file to its name in the diff."""
        after = self.edited(cards)
        before = {name(path): self.texts[path] for path in after}
        return to_patch(before, {name(path): text for path, text in after.items()})


def pull(
    identified: Identified,
    packages: Iterable[Package],
    reader: Sequence[ReaderNote],
    *,
    config: Config,
    read_media: ReadMedia,
    now_s: int,
    prefers_reader: bool = False,
) -> Pulled:
    """Map the reader's changes to edits of the pages' files.

    Args:
        identified: The pages as they are now.
        packages: Of the last build.
        reader: The reader's notes.
        config: What is in force.
        read_media: Reads the reader's media.
        now_s: Time of the pull, seconds since the Unix epoch.
        prefers_reader: Whether the reader's text wins where both changed the same lines.
    """
    kinds = frozenset(kind.name for kind in identified.note_types)
    found = compare(identified.notes, shipped_notes(packages), reader, note_types=kinds)
    pulled = Pulled(found)
    if not prefers_reader:
        pulled.remarks += map(of_conflict, found.conflicts)
    changed = (*found.changed, *found.conflicts) if prefers_reader else found.changed
    homes = _homes(found.added, identified, config)
    works: list[PageWork] = []
    taken: list[FileEdit] = []
    for result in identified.collection.pages:
        of_page = [card for card in changed if card.note.note.page == result.name]
        added = [note for note in found.added if homes.get(note.deck) == result.name]
        if of_page or added:
            work = PageWork(result, config, read_media, taken)
            work.map_changes(of_page)
            work.add_boxes(added)
            works.append(work)
    pulled.remarks += (of_new_note(n, n.deck, 0) for n in found.added if n.deck not in homes)
    pulled.remarks += _keep_identity(works, identified, now_s=now_s)
    for work in works:
        pulled.cards += work.cards
        pulled.remarks += work.remarks
        pulled.texts |= work.texts
    pulled.remarks.sort()
    return pulled


def _homes(notes: Iterable[NewNote], identified: Identified, config: Config) -> dict[str, str]:
    """Deck of a new note → the page that its box goes to, if a page has that deck."""
    with_cards = {note.note.deck: note.note.page for note in identified.notes}
    found = {note.deck: with_cards[note.deck] for note in notes if note.deck in with_cards}
    missing = {note.deck for note in notes} - set(found)
    if missing:
        decks = {
            page.name: deck_at(
                deck_above(page.name, page.title, config), (), depth=config.deck_depth
            )
            for page in identified.collection.pages
        }
        for deck in missing:
            above = [p for p, own in decks.items() if f"{deck}::".startswith(f"{own}::")]
            if above:
                found[deck] = max(above, key=lambda page: len(decks[page]))
    return found


def _keep_identity(
    works: Sequence[PageWork], identified: Identified, *, now_s: int
) -> list[Remark]:
    """Give cards an id that the next build would not recognize after the edits."""
    lost = _lost(works, identified, now_s=now_s)
    asked = [(work, card) for work in works for card in work.cards if card.key in lost]
    return [
        of_rewording(card.place, card.key) for work, card in asked if not work.keep_id(card.key)
    ]


def _lost(works: Sequence[PageWork], identified: Identified, *, now_s: int) -> set[str]:
    """Keys of cards that would get another key, judging by their positions in the pages."""
    edits = [edit for work in works for card in work.cards if card.key for edit in card.edits]
    if not edits:
        return set()
    texts = {path: text for work in works for path, text in work.texts.items()}
    edited = {work.name: work.notes(edited_files(texts, edits)) for work in works}
    before: list[str] = []
    notes: list[Note] = []
    for page, held in groupby(identified.notes, key=lambda note: note.note.page):
        own = list(held)
        after = edited.get(page, ())
        before += (note.key for note in own)
        notes += after if len(after) == len(own) else (note.note for note in own)
    found, _, _ = identify(notes, identified.lock, now_s=now_s, scope=identified.scope)
    return {key for key, note in zip(before, found, strict=True) if note.key != key}


def names_of(paths: Iterable[Path], root: Path) -> Mapping[Path, str]:
    """Name files in a patch, relative to the folder in which it is applied.

    Args:
        paths: Absolute.
        root: That folder, absolute.
    """
    return {
        path: path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
        for path in paths
    }
