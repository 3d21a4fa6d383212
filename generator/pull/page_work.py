"""One page and the reader's changes of it, as edits of its files."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from generator.config import Config
from generator.errors import Location
from generator.files import PAGE, read_file
from generator.model import Note
from generator.pipeline.results import PageResult
from generator.pull.comparison import ChangedCard, NewNote
from generator.pull.field import Edit, apply
from generator.pull.files import BOM, FileEdit, NotInOneFileError, edited_files, file_edits
from generator.pull.mapping import Sides, Unmapped, map_card
from generator.pull.new_boxes import box_at_end, box_in_section, id_line
from generator.pull.page import Page, PageCard
from generator.pull.pictures import ReadMedia, WithPictures, new_pictures, with_pictures
from generator.pull.remarks import Remark, both, of_card, of_new_note
from generator.render.context import MediaProblem
from generator.render.media import SNIPPET, MediaFolder

_MOST_ADDED: Final = 20_000
"""Pieces by which the reader's cards of a page may be longer; each is tried in many renderings."""
_A_NOTE: Final = 100
"""What a new note costs beside its pieces: the page is read again with it."""
_SEVERAL = "the text is put together from several files, variables or tables"


class CardEdits(Struct, frozen=True):
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


def _pieces(sides: Sides) -> int:
    return sum(len(leaf.pieces) + 1 for side in sides for leaf in side)


class PageWork:
    """Maps the reader's changes of one page."""

    def __init__(
        self, result: PageResult, config: Config, read_media: ReadMedia, taken: list[FileEdit]
    ) -> None:
        """Read the page.

        Args:
            result: Of the page.
            config: What is in force.
            read_media: Reads the reader's media.
            taken: Edits of all pages so far, which may share snippets; those of this one are added.
        """
        self.name = result.name
        self.cards: list[CardEdits] = []
        self.remarks: list[Remark] = []
        self.texts: dict[Path, str] = {}
        self._result, self._config = result, config
        self._path = result.file.path
        self._read_media = read_media
        self._taken = taken
        self._left = _MOST_ADDED
        self._lines: dict[Path, list[str]] = {}
        self._mapped: dict[str, tuple[int, tuple[Edit, ...]]] = {}
        self._find_media = WithPictures(MediaFolder([result.file.root]))
        self._data = read_file(self._path, most=PAGE, inside=result.file.root)
        self._page = self._read({})
        self._cards = self._page.cards()
        self._untouched = self._page.others(self._page.text, -1)

    def _read(self, texts: Mapping[Path, str]) -> Page:
        """Read the page, with the text of some of its files replaced."""
        own = texts.get(self._path)
        return Page(
            self._data if own is None else own.encode(),
            page=self._result.name,
            display=self._result.file.display,
            config=self._config,
            find_media=self._find_media,
            texts=texts,
        )

    def map_changes(self, changed: Iterable[ChangedCard]) -> None:
        """Map the reader's changes in cards of the page."""
        for change in changed:
            card = self._find(change)
            if card is None:
                self._leave(change, "the card was not found in its page")
            elif not self._spend(_pieces(change.wanted) - _pieces(change.shipped)):
                self._leave(change, "the page's changes are too long")
            else:
                self._map(change, card)

    def _spend(self, pieces: int) -> bool:
        is_enough = pieces <= self._left
        self._left -= max(0, pieces) if is_enough else 0
        return is_enough

    def _leave(self, change: ChangedCard, reason: str) -> None:
        self.remarks.append(of_card(change, reason))

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
        self.remarks += (self._unmapped(change, item) for item in mapped.unmapped)
        edits = self._file_edits(mapped.edits, card.number)
        if edits is None:
            self._leave(change, _SEVERAL)
        elif any(new.meets(old) for new in edits for old in self._taken):
            self._leave(change, "another change of the reader's is at the same place")
        elif edits:
            place, key = change.note.note.location, change.note.key
            texts = both(change.now), both(change.wanted)
            self._take(CardEdits(place, key, edits, *texts, pictures))
            self._mapped[key] = (card.number, mapped.edits)

    def _take(self, card: CardEdits) -> None:
        self.cards.append(card)
        self._taken += card.edits

    def _is_apart(self, text: str, number: int) -> bool:
        expected = list(self._untouched)
        expected[number] = (None, expected[number][1])
        return self._page.others(text, number) == tuple(expected)

    def keep_id(self, key: str) -> bool:
        """Write the id of a card whose question was reworded beyond recognition.

        Args:
            key: Of the card, one of `cards`.

        Returns:
            Whether the card has a place for it.
        """
        number, edits = self._mapped[key]
        for line in id_line(self._page, self._cards[number], key):
            text = apply(self._page.text, (line, *edits))
            wanted = self._page.read(apply(self._page.text, edits), number, len(self._cards))
            files = self._file_edits((line, *edits), number)
            is_same = self._page.read(text, number, len(self._cards)) == wanted
            if not files or files[0].path != self._path:  # a snippet may have several cards
                continue
            if is_same and self._page.notes(text)[number].explicit_id == key:
                at = next(n for n, card in enumerate(self.cards) if card.key == key)
                self.cards[at] = replace(self.cards[at], edits=files)
                return True
        return False

    def add_boxes(self, notes: Iterable[NewNote]) -> None:
        """Write new notes as boxes: after the last card of their deck, else into its section."""
        for note in notes:
            near = [card for card in self._cards if card.note.deck == note.deck]
            if not self._spend(_A_NOTE + _pieces(note.sides)):
                self._add(note, near[-1] if near else None, None, {})
                continue
            wanted, pictures = self._with_pictures(note.sides, ((), ()))
            if near:
                edit = box_at_end(self._page, self._cards, near[-1], wanted)
            else:
                edit = box_in_section(self._page, len(self._cards), note.deck, wanted)
            self._add(note, near[-1] if near else None, edit, pictures)

    def _add(
        self, note: NewNote, near: PageCard | None, edit: Edit | None, pictures: dict[Path, bytes]
    ) -> None:
        at = near.note.location.line - 1 if near else 0
        if edit and not near:
            at = self._page.text.count("\n", 0, edit.start)
        place = Location(self._page.source.path, self._file_line(at))
        edits = self._file_edits([edit], None) if edit else None
        if edits is None or any(new.overlaps(old) for new in edits for old in self._taken):
            self.remarks.append(of_new_note(note, place.path, place.line or 1))
        else:
            self._take(CardEdits(place, "", edits, "", both(note.sides), pictures))

    def _with_pictures(self, wanted: Sides, known: Sides) -> tuple[Sides, dict[Path, bytes]]:
        pictures = new_pictures(wanted, known, self._read_media)
        self._find_media.add(pictures)
        files = {self._path.with_name(picture.name): picture.content for picture in pictures}
        return with_pictures(wanted, pictures), files

    def notes(self, texts: Mapping[Path, str]) -> tuple[Note, ...]:
        """The page's cards after edits.

        Args:
            texts: Edited files, the page or its snippets among them.
        """
        page = self._read(texts)
        return page.notes(page.text)

    def _file_edits(self, edits: Sequence[Edit], number: int | None) -> tuple[FileEdit, ...] | None:
        """Edits of files; None unless the page, read from the edited files, is the edited page."""
        try:
            found = file_edits(
                edits,
                self._page.whole,
                page=self._path,
                find_snippet=self._find_snippet,
                lines_of=self._lines_of,
            )
        except (NotInOneFileError, UnicodeDecodeError):
            return None
        return found if not found or self._is_same(edits, found, number) else None

    def _is_same(
        self, edits: Sequence[Edit], of_files: Sequence[FileEdit], number: int | None
    ) -> bool:
        """Whether the files give this page or, with a snippet used twice, at least this card."""
        text, page = apply(self._page.text, edits), self._read(edited_files(self.texts, of_files))
        if page.text == text or number is None:
            return page.text == text
        found, wanted = page.others(page.text, -1), self._page.others(text, -1)
        return len(found) == len(wanted) and found[number] == wanted[number]

    def _lines_of(self, path: Path) -> Sequence[str]:
        if path not in self._lines:
            text = self.texts[path] = read_file(path, most=PAGE).decode()
            lines = text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
            self._lines[path] = lines.split("\n")
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
