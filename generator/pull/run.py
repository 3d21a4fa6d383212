"""From the reader's notes to a patch of the pages; nothing is written here."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.apkg.reader import Package
from generator.config import Config
from generator.model import IdentifiedNote
from generator.pipeline.build import Identified
from generator.pull.collection import ReaderNote
from generator.pull.comparison import ChangedCard, Comparison, compare, shipped_notes
from generator.pull.edits import Edit
from generator.pull.files import FileEdit, NotInOneFileError, edited, file_edits, to_patch
from generator.pull.mapping import Unmapped, map_card, plain
from generator.pull.page import Page, PageCard
from generator.render.context import FindMedia, MediaProblem
from generator.render.media import SNIPPET, MediaFolder


@dataclass(frozen=True, slots=True)
class Remark:
    """A change that the author has to make by hand, or to decide about.

    Attributes:
        path: The page, as messages name it.
        line: 1-based line.
        reason: Why it is not in the patch.
        texts: What it is about: a word for each text, and the text.
    """

    path: str
    line: int
    reason: str
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CardEdits:
    """The edits that make one card say what the reader's says.

    Attributes:
        note: The card.
        edits: Of files.
        before: What question and answer say now.
        after: What they will say.
    """

    note: IdentifiedNote
    edits: tuple[FileEdit, ...]
    before: str
    after: str


@dataclass(slots=True)
class Pulled:
    """What came back.

    Attributes:
        comparison: The three sides of all cards.
        cards: Cards with edits, in reading order.
        remarks: What is left to the author, sorted by place.
        texts: Text of each file that is edited, as it was read.
        bom: Files that begin with a byte order mark.
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
        """Unified diff of the edits of some cards; `name` tells what it calls a file."""
        after = self.edited(cards)
        before = {name(path): self.texts[path] for path in after}
        return to_patch(before, {name(path): text for path, text in after.items()})


def pull(
    identified: Identified,
    packages: Iterable[Package],
    reader: Sequence[ReaderNote],
    *,
    config: Config,
) -> Pulled:
    """Map what the reader changed to edits of the pages' files.

    Args:
        identified: The pages as they are now.
        packages: Of the last build.
        reader: The reader's notes.
        config: What is in force.
    """
    kinds = frozenset(kind.name for kind in identified.note_types)
    comparison = compare(identified.notes, shipped_notes(packages), reader, note_types=kinds)
    pulled = Pulled(comparison)
    by_page: dict[str, list[ChangedCard]] = defaultdict(list)
    for card in comparison.changed:
        by_page[card.note.note.page].append(card)
    for result in identified.collection.pages:
        if by_page[result.name]:
            find_media = MediaFolder([result.file.root])
            pages = _Files(pulled, find_media)
            page = Page(
                result.file.path.read_bytes(),
                page=result.name,
                display=result.file.display,
                config=config,
                find_media=find_media,
            )
            _map_page(page, result.file.path, by_page[result.name], pages, pulled)
    for card in comparison.conflicts:
        pulled.remarks.append(_conflict(card))
    pulled.remarks.sort(key=lambda remark: (remark.path, remark.line))
    return pulled


class _Files:
    """Files of pages and snippets, each read once."""

    def __init__(self, pulled: Pulled, find_media: FindMedia) -> None:
        self._texts = pulled.texts
        self._lines: dict[Path, list[str]] = {}
        self._find_media = find_media

    def lines_of(self, path: Path) -> Sequence[str]:
        """Lines of a file without their ends."""
        if path not in self._lines:
            text = path.read_bytes().decode("utf-8-sig")
            self._texts[path] = text
            self._lines[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self._lines[path]

    def find_snippet(self, name: str) -> Path | None:
        """The file of a snippet."""
        found = self._find_media("", SNIPPET + name)
        return None if isinstance(found, MediaProblem) else Path(found.path)


def _map_page(
    page: Page, path: Path, changed: Sequence[ChangedCard], files: _Files, pulled: Pulled
) -> None:
    cards = page.cards()
    for change in changed:
        card = _find(cards, change, page)
        if card is None:
            pulled.remarks.append(_remark(change, "the card was not found in its page"))
            continue

        def read(text: str, number: int = card.number) -> object:
            return page.read(text, number, len(cards))

        mapped = map_card(
            page.text,
            shipped=card.sides,
            wanted=change.wanted,
            regions=card.regions,
            read=read,  # type: ignore[arg-type]
        )
        pulled.remarks += (_unmapped(page, change, item) for item in mapped.unmapped)
        if mapped.edits:
            _add_edits(page, path, change, mapped.edits, files, pulled)


def _add_edits(
    page: Page,
    path: Path,
    change: ChangedCard,
    edits: Sequence[Edit],
    files: _Files,
    pulled: Pulled,
) -> None:
    try:
        found = file_edits(
            edits,
            page.whole,
            page=path,
            find_snippet=files.find_snippet,
            lines_of=files.lines_of,
        )
    except (NotInOneFileError, UnicodeDecodeError):
        pulled.remarks.append(_remark(change, "the change reaches over the border of a snippet"))
        return
    before, after = (_both(sides) for sides in (change.shipped, change.wanted))
    pulled.cards.append(CardEdits(change.note, found, before, after))


def _find(cards: Sequence[PageCard], change: ChangedCard, page: Page) -> PageCard | None:
    line = change.note.note.location.line
    alike = [card for card in cards if card.sides == change.shipped]
    at_line = [
        card for card in alike if page.whole.file_line(card.note.location.line - 1) + 1 == line
    ]
    return next(iter(at_line or alike), None)


def _both(sides: tuple[tuple[object, ...], tuple[object, ...]]) -> str:
    return "\n".join(plain(side) for side in sides)  # type: ignore[arg-type]


def _remark(change: ChangedCard, reason: str) -> Remark:
    place = change.note.note.location
    texts = (("page", _both(change.shipped)), ("Anki", _both(change.wanted)))
    return Remark(place.path, place.line, reason, texts)


def _conflict(change: ChangedCard) -> Remark:
    place = change.note.note.location
    note = change.note.note
    now = "\n".join(filter(None, (note.question.text, note.answer.text)))
    texts = (("shipped", _both(change.shipped)), ("page", now), ("Anki", _both(change.wanted)))
    return Remark(place.path, place.line, "both the page and Anki changed this card", texts)


def _unmapped(page: Page, change: ChangedCard, item: Unmapped) -> Remark:
    line = page.whole.file_line(page.text.count("\n", 0, item.offset)) + 1
    path = change.note.note.location.path
    texts = tuple(filter(lambda pair: pair[1], (("page", item.before), ("Anki", item.after))))
    return Remark(path, line, "no edit of the Markdown gives this for certain", texts)


def comment(remarks: Iterable[Remark]) -> str:
    """Write remarks as comments that `git apply` passes over.

    Args:
        remarks: In the order to print.
    """
    lines = []
    for remark in remarks:
        lines.append(f"# {remark.path}:{remark.line}: {remark.reason}")
        for name, text in remark.texts:
            lines += [f"#   {name}: {line}" for line in text.split("\n")]
    return "".join(f"{line}\n" for line in lines)


def names_of(paths: Iterable[Path], root: Path) -> Mapping[Path, str]:
    """What a patch calls files: relative to the folder in which it is applied.

    Args:
        paths: Absolute.
        root: That folder, absolute.
    """
    return {
        path: path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
        for path in paths
    }
