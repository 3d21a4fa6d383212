# ruff: noqa: E501 - the head of the page
"""What happens to a note when reader and author both did something: tried in real Anki.

`python -m tests.sync.contract` writes the table into docs/reference/contract.md.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import anki.collection  # noqa: F401 - anki's modules import one another in a circle, from here
from anki.buildinfo import version
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.notes import Note

from generator.apkg.notetypes import note_type_ids
from generator.commands.ankiconnect import AnkiConnect
from generator.commands.push import push
from generator.commands.sync.apply import Outcome, Wish, apply
from generator.commands.sync.collection import CollectionHoldings
from generator.commands.sync.memory import Memory, write_memory
from generator.commands.sync.report import describe
from generator.commands.sync.source import Source, read_source
from generator.config import load
from generator.identity.lock_file import read_lock
from generator.pipeline.build import build
from tests.sync.stand_in import StandIn, listening

_START_S = 1_700_000_000
_DAY_S = 86_400
_DOCS = Path(__file__).parents[2] / "docs" / "reference" / "contract.md"
WAYS = ("import", "sync", "push")
Version = Mapping[str, str]
"""File → text."""


def _page(section: str, *boxes: str, tags: str = "old") -> str:
    return f"---\ntags: [{tags}]\n---\n# Losses\n\n## {section}\n\n" + "\n".join(boxes)


def _box(question: str, answer: str, kind: str = "") -> str:
    return f'??? question {kind} "{question}"\n    <!-- id: it -->\n    {answer}\n'


_OTHER = '??? question "What is else?"\n    It.\n'
_BASIC = _box("What is a loss?", "A number $x$.")
_CLOZE = _box("Fill in", "A ==loss== and a ==risk==.", "cloze")
_SETTINGS = 'sources = ["docs"]\ncss = ["own.css"]\n'
_STYLE = ".card { top: 1px; }\n"


def _site(*boxes: str, section: str = "Basics", tags: str = "old", **files: str) -> Version:
    page = _page(section, *boxes, _OTHER, tags=tags)
    return {"docs/p.md": page, "admonki.toml": _SETTINGS, "own.css": _STYLE} | {
        name.replace("_", "."): text for name, text in files.items()
    }


def _author() -> dict[str, tuple[Version, ...]]:
    """What the author did: the versions, of which the reader saw all but the last."""
    mathjax = _SETTINGS + 'math = "mathjax"\n'
    return {
        "nothing": (_site(_BASIC), _site(_BASIC)),
        "answer": (_site(_BASIC), _site(_BASIC.replace("number", "score"))),
        "question": (_site(_BASIC), _site(_BASIC.replace("What is a loss?", "What are losses?"))),
        "place": (_site(_BASIC), _site(_BASIC, section="Groundwork")),
        "tags": (_site(_BASIC), _site(_BASIC, tags="new")),
        "kind": (_site(_BASIC), _site(_BASIC.replace("question ", "question reversed", 1))),
        "gap added": (_site(_CLOZE), _site(_CLOZE.replace("A ==", "A ==new== or ==", 1))),
        "gap removed": (_site(_CLOZE), _site(_CLOZE.replace("==loss==", "loss"))),
        "gaps swapped": (_site(_CLOZE), _site(_box("Fill in", "==risk==, ==loss==.", "cloze"))),
        "removed": (_site(_BASIC), _site()),
        "returned": (_site(_BASIC), _site(), _site(_BASIC)),
        "new style": (_site(_BASIC), _site(_BASIC, own_css=".card { top: 9px; }\n")),
        "new program": (_site(_BASIC), _site(_BASIC, admonki_toml=mathjax)),
    }


AUTHOR = _author()


class Cell:
    """One collection, in which the reader does something and a version arrives."""

    def __init__(self, collection: Collection) -> None:
        self.col = collection

    @property
    def note(self) -> Note | None:
        """The note that both are about, whatever its type."""
        found = [self.col.get_note(n) for n in self.col.find_notes("-Text:*else*")]
        return found[0] if found else None

    def the(self) -> Note:
        """The note, which is there."""
        note = self.note
        assert note is not None
        return note

    def edit(self) -> None:
        note = self.the()
        name = "Question" if "{{c" in note["Question"] else "Answer"
        note[name] += "<p>mine</p>"
        self.col.update_note(note)

    def tag(self) -> None:
        note = self.the()
        note.tags.append("mine")
        self.col.update_note(note)

    def move(self) -> None:
        deck = self.col.decks.id("Mine")
        assert deck is not None
        self.col.set_deck([card.id for card in self.the().cards()], deck)

    def suspend(self) -> None:
        self.col.sched.suspend_cards([card.id for card in self.the().cards()])

    def flag(self) -> None:
        self.col.set_user_flag_for_cards(3, [card.id for card in self.the().cards()])

    def delete(self) -> None:
        self.col.remove_notes([self.the().id])

    def retype(self) -> None:
        note, basic = self.the(), self.col.models.by_name("Basic")
        assert basic is not None
        info = self.col.models.change_notetype_info
        request = info(old_notetype_id=note.mid, new_notetype_id=basic["id"]).input
        request.note_ids.append(note.id)
        self.col.models.change_notetype_of_notes(request)

    def add_field(self) -> None:
        kind = self.the().note_type()
        assert kind is not None
        self.col.models.add_field(kind, self.col.models.new_field("Mine"))
        self.col.models.update_dict(kind)
        note = self.the()
        note["Mine"] = "mine"
        self.col.update_note(note)

    def restyle(self) -> None:
        kind = self.the().note_type()
        assert kind is not None
        kind["css"] += "\n.card { color: hotpink; }"
        self.col.models.update_dict(kind)

    def lend(self) -> None:
        deck = self.col.decks.new_filtered("Cram")
        config = self.col.decks.get_legacy(deck)
        assert config is not None
        config["terms"] = [["ID:it", 10, 0]]
        self.col.decks.save(config)
        self.col.sched.rebuild_filtered_deck(deck)

    def review(self) -> None:
        card = self.the().cards()[0]
        card.start_timer()
        self.col.sched.answerCard(card, 3)


Act = Callable[[Cell], None]
Claim = Callable[[Cell], bool]


def _fields(cell: Cell) -> str:
    return "\n".join(cell.note.fields) if cell.note else ""


def _css(cell: Cell) -> str:
    return "\n".join(str(kind["css"]) for kind in cell.col.models.all())


def _cards(cell: Cell, claim: Callable[[object], bool]) -> bool:
    return bool(cell.note) and all(claim(card) for card in cell.the().cards()[:1])


READER: dict[str, tuple[Act, Claim]] = {
    "nothing": (lambda cell: None, lambda cell: True),
    "edited a field": (Cell.edit, lambda cell: "mine" in _fields(cell)),
    "own tag": (Cell.tag, lambda cell: bool(cell.note) and "mine" in cell.the().tags),
    "moved": (Cell.move, lambda cell: _home(cell) == "Mine"),
    "suspended": (Cell.suspend, lambda cell: bool(cell.note) and cell.the().cards()[0].queue == -1),
    "flagged": (Cell.flag, lambda cell: bool(cell.note) and cell.the().cards()[0].flags & 7 == 3),
    "deleted": (Cell.delete, lambda cell: cell.note is None),
    "retyped": (Cell.retype, lambda cell: _type(cell) == "Basic"),
    "added a field": (Cell.add_field, lambda cell: "mine" in _fields(cell)),
    "own CSS": (Cell.restyle, lambda cell: "hotpink" in _css(cell)),
    "filtered deck": (Cell.lend, lambda cell: bool(cell.note) and cell.the().cards()[0].odid > 0),
    "reviewed": (Cell.review, lambda cell: bool(cell.note) and cell.the().cards()[0].reps == 1),
}


def _home(cell: Cell) -> str:
    if not cell.note or not cell.the().cards():
        return ""
    card = cell.the().cards()[0]
    return str(cell.col.decks.name(card.odid or card.did))


def _type(cell: Cell) -> str:
    kind = cell.note.note_type() if cell.note else None
    return str(kind["name"]) if kind else ""


ARRIVED: dict[str, Claim] = {
    "nothing": lambda cell: True,
    "answer": lambda cell: "score" in _fields(cell),
    "question": lambda cell: "What are losses?" in _fields(cell),
    "place": lambda cell: _home(cell) == "Losses::Groundwork",
    "tags": lambda cell: bool(cell.note) and "new" in cell.the().tags,
    "kind": lambda cell: bool(cell.note) and len(cell.the().cards()) == 2,
    "gap added": lambda cell: "c3::new" in _fields(cell),
    "gap removed": lambda cell: "c2::risk" in _fields(cell) and "c1::" not in _fields(cell),
    "gaps swapped": lambda cell: "{{c2::risk}}, {{c1::loss}}" in _fields(cell),
    "removed": lambda cell: cell.note is None,
    "returned": lambda cell: cell.note is not None,
    "new style": lambda cell: "top: 9px" in _css(cell),
    "new program": lambda cell: "\\(" in _fields(cell),
}


class Laboratory:
    """Builds each version once, and tries every cell on a copy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._built: dict[str, Path] = {}

    def try_cell(self, reader: str, author: str, way: str) -> str:
        """Let it happen; return a word or two on what became of it."""
        site = self._site(author)
        act, is_kept = READER[reader]
        with self._collection(author, site) as collection:
            cell = Cell(collection)
            act(cell)
            self._yesterday(collection, author)
            last = site / f"{len(AUTHOR[author])}.apkg"
            words = self._bring(way, collection, site, last)
            cell.col.models._clear_cache()  # as Anki's window does
            is_sound = collection.fix_integrity()[1]
            assert is_sound, (reader, author, way)
            return _verdict(is_kept(cell), ARRIVED[author](cell), "\n".join(words), reader)

    @staticmethod
    def _yesterday(collection: Collection, author: str) -> None:
        """Let the reader have acted before the last version was built."""
        assert collection.db is not None
        when = _START_S + len(AUTHOR[author]) * _DAY_S - _DAY_S // 2
        collection.db.execute("UPDATE notes SET mod = min(mod, ?)", when)
        collection.db.execute("UPDATE notetypes SET mtime_secs = min(mtime_secs, ?)", when)
        collection.models._clear_cache()

    def _site(self, author: str) -> Path:
        if author not in self._built:
            site = self.folder / author.replace(" ", "-")
            for number, files in enumerate(AUTHOR[author], start=1):
                for name, text in files.items():
                    (site / name).parent.mkdir(parents=True, exist_ok=True)
                    (site / name).write_text(text)
                config, problems = load({}, cwd=site, environ={})
                assert not problems
                report = build(config, cwd=site, now_s=_START_S + number * _DAY_S)
                assert report.packages, report.diagnostics
                shutil.copy(site / "build/all.apkg", site / f"{number}.apkg")
            self._built[author] = site
        return self._built[author]

    @contextmanager
    def _collection(self, author: str, site: Path) -> Iterator[Collection]:
        before = site / "before.anki2"
        if not before.exists():
            first = Collection(str(before))
            for number in range(1, len(AUTHOR[author])):
                _import(first, site / f"{number}.apkg")
            first.close()
        with tempfile.TemporaryDirectory(dir=self.folder) as temporary:
            place = Path(temporary) / "collection.anki2"
            shutil.copy(before, place)
            collection = Collection(str(place))
            try:
                yield collection
            finally:
                collection.close()

    def _bring(self, way: str, collection: Collection, site: Path, package: Path) -> list[str]:
        lock, _ = read_lock(site / "admonki.lock")
        wish = Wish((package,), lock)
        if way == "import":
            _import(collection, package)
            return []
        if way == "sync":
            source = read_source((package,))
            types = note_type_ids(source.project)
            # what an earlier sync of the first version would have remembered
            first = read_source((site / "1.apkg",))
            return self._describe(_synced(collection, first, source, types, wish), wish)
        with listening(StandIn(collection)) as url:
            store = Path(collection.path).with_name("store")
            _remember(store, site)
            connection = AnkiConnect(url)
            return self._describe(push(connection, wish, store=store), wish)

    @staticmethod
    def _describe(outcome: Outcome, wish: Wish) -> list[str]:
        return describe(outcome, wish)


def _import(collection: Collection, package: Path) -> None:
    options = ImportAnkiPackageOptions()
    request = ImportAnkiPackageRequest(package_path=str(package), options=options)
    collection.import_anki_package(request)
    collection.models._clear_cache()


def _synced(
    collection: Collection, first: Source, source: Source, types: Sequence[int], wish: Wish
) -> Outcome:
    holdings = CollectionHoldings(collection, source.project, types)
    holdings.remember(Memory({guid: note.deck for guid, note in first.notes.items()}))
    return apply(holdings, source, wish)


def _remember(store: Path, site: Path) -> None:
    first = read_source((site / "1.apkg",))
    store.mkdir()
    memory = Memory({guid: note.deck for guid, note in first.notes.items()})
    (store / f"{first.project}.json").write_text(json.dumps(write_memory(memory)))


def _verdict(is_kept: bool, has_arrived: bool, words: str, reader: str) -> str:
    if has_arrived and is_kept:
        return "both"
    if has_arrived:
        return "author"
    is_named = bool(words)
    if is_kept:
        return "reader, named" if is_named else "reader"
    return "LOST"


def table(folder: Path) -> dict[str, dict[str, dict[str, str]]]:
    """Try all cells: author → reader → way → what became of it."""
    laboratory = Laboratory(folder)
    return {
        author: {
            reader: {way: laboratory.try_cell(reader, author, way) for way in WAYS}
            for reader in READER
        }
        for author in AUTHOR
    }


def main() -> None:
    """Write the page, or with `--json` print the table."""
    with tempfile.TemporaryDirectory(prefix="admonki-contract-") as temporary:
        found = table(Path(temporary))
    if "--json" in sys.argv:
        print(json.dumps({"version": version, "table": found}))
        return
    _DOCS.write_text(to_page(found))


_HEAD = """# What happens to your cards

If both the reader and the author changed a note, this is the result, tried in Anki 26.9 and 24.11. Three signs are for an import by hand, `admonki sync` and `admonki push`; a single sign is for all three.

- **✓** the author's change arrives, and the reader's is kept
- **R** only the reader's change is kept
- **N** the same, and the command names the card or prints how many there are
- **A** the author's change replaces the reader's

"Removed" is a card that left the pages, without `--suspend-removed` or `--delete-removed`. "Place" is a new page or section, pushed with `--move`. A push may lose what another device has not synced yet.

"""
_SIGNS = {"both": "✓", "reader": "R", "reader, named": "N", "author": "A"}


def to_page(found: Mapping[str, Mapping[str, Mapping[str, str]]]) -> str:
    """Write the page."""
    readers = list(READER)
    lines = ["| author ↓ reader → | " + " | ".join(readers) + " |"]
    lines.append("|---" * (len(readers) + 1) + "|")
    for author, row in found.items():
        cells = [_cell(row[reader]) for reader in readers]
        lines.append(f"| **{author}** | " + " | ".join(cells) + " |")
    return _HEAD + "\n".join(lines) + "\n"


def _cell(ways: Mapping[str, str]) -> str:
    signs = [_SIGNS.get(word, word) for word in ways.values()]
    return signs[0] if len(set(signs)) == 1 else "".join(signs)


if __name__ == "__main__":
    main()
