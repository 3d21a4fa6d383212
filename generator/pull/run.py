"""From the reader's notes to edits of the pages' files; nothing is written here."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.apkg.reader import Package
from generator.config import Config
from generator.errors import Location
from generator.files import PAGE, read_file
from generator.pipeline.identify import Identified
from generator.pipeline.results import PageResult
from generator.pull.collection import ReaderNote
from generator.pull.comparison import ChangedCard, Comparison, NewNote, compare, shipped_notes
from generator.pull.edits import Edit
from generator.pull.files import FileEdit, NotInOneFileError, edited, file_edits, to_patch
from generator.pull.mapping import Sides, Unmapped, map_card
from generator.pull.new_boxes import new_box
from generator.pull.page import Page, PageCard
from generator.pull.pictures import ReadMedia, WithPictures, new_pictures, with_pictures
from generator.pull.remarks import Remark, both, of_card, of_conflict, of_new_note
from generator.render.context import MediaProblem
from generator.render.media import SNIPPET, MediaFolder


@dataclass(frozen=True, slots=True)
class CardEdits:
    """The edits that make one card equal the reader's.

    Attributes:
        place: Of the card in its page.
        key: Of the card, "" for a new one.
        edits: Of files.
        before: Content of question and answer now, "" for a new card.
        after: Their content after the edits.
        pictures: Files that the edits refer to and that do not exist yet.
    """

    place: Location
    key: str
    edits: tuple[FileEdit, ...]
    before: str
    after: str
    pictures: Mapping[Path, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class Pulled:
    """The result of a pull.

    Attributes:
        comparison: The three versions of all cards.
        cards: Cards with edits, in reading order.
        remarks: Changes left to the author, sorted by place.
        texts: Text of each file that is edited, as it was read.
    """

    comparison: Comparison
    cards: list[CardEdits] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    texts: dict[Path, str] = field(default_factory=dict)

    def edited(self, cards: Iterable[CardEdits]) -> dict[Path, str]:
        """Text of each file after the edits of some cards."""
        by_file: dict[Path, list[FileEdit]] = defaultdict(list)
        for card in cards:
            for edit in card.edits:
                by_file[edit.path].append(edit)
        return {path: edited(self.texts[path], edits) for path, edits in by_file.items()}

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
    prefers_reader: bool = False,
) -> Pulled:
    """Map the reader's changes to edits of the pages' files.

    Args:
        identified: The pages as they are now.
        packages: Of the last build.
        reader: The reader's notes.
        config: What is in force.
        read_media: Reads the reader's media.
        prefers_reader: Whether the reader's text wins where both changed the same lines.
    """
    kinds = frozenset(kind.name for kind in identified.note_types)
    found = compare(identified.notes, shipped_notes(packages), reader, note_types=kinds)
    pulled = Pulled(found)
    if not prefers_reader:
        pulled.remarks += map(of_conflict, found.conflicts)
    changed = (*found.changed, *found.conflicts) if prefers_reader else found.changed
    last_cards = {note.note.deck: note.note for note in identified.notes}
    for result in identified.collection.pages:
        of_page = [card for card in changed if card.note.note.page == result.name]
        added = [note for note in found.added if last_cards[note.deck].page == result.name]
        if of_page or added:
            work = _PageWork(result, config, read_media, pulled)
            work.map_changes(of_page)
            work.add_boxes(added)
    pulled.remarks.sort()
    return pulled


class _PageWork:
    """One page and the reader's changes of it."""

    def __init__(
        self, result: PageResult, config: Config, read_media: ReadMedia, pulled: Pulled
    ) -> None:
        self._path = result.file.path
        self._read_media = read_media
        self._pulled = pulled
        self._lines: dict[Path, list[str]] = {}
        self._find_media = WithPictures(MediaFolder([result.file.root]))
        self._page = Page(
            read_file(self._path, most=PAGE, inside=result.file.root),
            page=result.name,
            display=result.file.display,
            config=config,
            find_media=self._find_media,
        )
        self._cards = self._page.cards()

    def map_changes(self, changed: Iterable[ChangedCard]) -> None:
        """Map the reader's changes in cards of the page."""
        for change in changed:
            card = self._find(change)
            if card is None:
                reason = "the card was not found in its page"
                self._pulled.remarks.append(of_card(change, reason))
            else:
                self._map(change, card)

    def _map(self, change: ChangedCard, card: PageCard) -> None:
        wanted, pictures = self._with_pictures(change.wanted, change.shipped)
        mapped = map_card(
            self._page.text,
            shipped=card.sides,
            wanted=wanted,
            regions=card.regions,
            read=lambda text: self._page.read(text, card.number, len(self._cards)),
            is_apart=lambda text: self._is_apart(text, card.number),
        )
        self._pulled.remarks += (self._unmapped(change, item) for item in mapped.unmapped)
        edits = self._file_edits(mapped.edits)
        if edits is None:
            reason = "the change crosses the boundary of a snippet"
            self._pulled.remarks.append(of_card(change, reason))
        elif edits:
            place, key = change.note.note.location, change.note.key
            texts = both(change.now), both(change.wanted)
            self._pulled.cards.append(CardEdits(place, key, edits, *texts, pictures))

    def _is_apart(self, text: str, number: int) -> bool:
        others = tuple(card.sides for card in self._cards if card.number != number)
        return self._page.others(text, number) == others

    def add_boxes(self, notes: Iterable[NewNote]) -> None:
        """Write new notes as boxes after the last card of their deck."""
        for note in notes:
            near = [card for card in self._cards if card.note.deck == note.deck][-1]
            line = self._file_line(near.note.location.line - 1)
            display = self._page.source.path
            wanted, pictures = self._with_pictures(note.sides, ((), ()))
            edit = new_box(self._page, self._cards, near, wanted)
            edits = self._file_edits([edit]) if edit else None
            if edits is None:
                self._pulled.remarks.append(of_new_note(note, display, line))
            else:
                place = Location(display, line)
                after = both(note.sides)
                self._pulled.cards.append(CardEdits(place, "", edits, "", after, pictures))

    def _with_pictures(self, wanted: Sides, known: Sides) -> tuple[Sides, dict[Path, bytes]]:
        pictures = new_pictures(wanted, known, self._read_media)
        self._find_media.add(pictures)
        files = {self._path.with_name(picture.name): picture.content for picture in pictures}
        return with_pictures(wanted, pictures), files

    def _file_edits(self, edits: Sequence[Edit]) -> tuple[FileEdit, ...] | None:
        """Edits of files; None if one crosses the boundary of a snippet."""
        try:
            return file_edits(
                edits,
                self._page.whole,
                page=self._path,
                find_snippet=self._find_snippet,
                lines_of=self._lines_of,
            )
        except (NotInOneFileError, UnicodeDecodeError):
            return None

    def _lines_of(self, path: Path) -> Sequence[str]:
        if path not in self._lines:
            text = read_file(path, most=PAGE).decode("utf-8-sig")
            self._pulled.texts[path] = text
            self._lines[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self._lines[path]

    def _find_snippet(self, name: str) -> Path | None:
        found = self._find_media("", SNIPPET + name)
        return None if isinstance(found, MediaProblem) else Path(found.path)

    def _find(self, change: ChangedCard) -> PageCard | None:
        line = change.note.note.location.line
        alike = [card for card in self._cards if card.sides == change.now]
        at_line = [card for card in alike if self._file_line(card.note.location.line - 1) == line]
        return next(iter(at_line or alike), None)

    def _file_line(self, line: int) -> int:
        """1-based line of the file for a 0-based line of the page's text."""
        return self._page.whole.file_line(line) + 1

    def _unmapped(self, change: ChangedCard, item: Unmapped) -> Remark:
        line = self._file_line(self._page.text.count("\n", 0, item.offset))
        path = change.note.note.location.path
        texts = (("page", item.before), ("Anki", item.after))
        reason = "no edit of the Markdown produces this for certain"
        return Remark(path, line, reason, tuple(pair for pair in texts if pair[1]))


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
