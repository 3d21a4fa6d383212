"""`admonki export`: the cards for other tools."""

import csv
import io
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import click

from generator.apkg.media import collect_media
from generator.apkg.notetypes import NoteType, note_type_for
from generator.commands.output import show_data
from generator.commands.session import identified_notes, open_session, source_options
from generator.errors import AdmonkiError
from generator.fields import FIELD_NAMES
from generator.files import replace_file
from generator.model import IdentifiedNote
from generator.pipeline.identify import Identified
from generator.safe_text import as_json

_SPACE = uuid.UUID("5f1f0a3e-7a0c-5d53-9d3c-6f0b8c2f7a11")  # of the UUIDs that CrowdAnki asks for


@click.command("export")
@source_options
@click.option("--format", "style", type=click.Choice(("csv", "json", "crowdanki")), required=True)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    help="Output file, or folder for crowdanki.  [default: stdout]",
)
def command(
    style: str,
    target: Path | None,
) -> None:
    """Write the cards of SOURCES for other tools.

    csv: for Anki's own importer, with GUID, note type, deck and tags; import one of the packages
    first, since a text file cannot bring note types. json: everything known about each note.
    crowdanki: a folder with deck.json and media, for the add-on CrowdAnki. Its import replaces
    edits, moves cards and sets the preset of the decks; sync and push cannot update its notes.
    """
    if style == "crowdanki" and target is None:
        raise click.UsageError("--format crowdanki needs a folder: -o FOLDER")
    session = open_session()
    identified = identified_notes(session)
    session.say(identified.diagnostics)
    if not identified.is_stopped:
        text = _WRITERS[style](identified)
        if target is None:
            show_data(text)
        else:
            written = _write(target, text, identified if style == "crowdanki" else None)
            session.tell(f"wrote {written}")
            if style == "csv":
                session.tell(
                    "import one of the packages once before this file: Anki needs its note types"
                )
    session.finish(identified.diagnostics)


def to_csv(identified: Identified) -> str:
    """Return a text that Anki imports as it is (manual, "Importing text files: file headers")."""
    columns = ("GUID", "Notetype", "Deck", "Tags", *FIELD_NAMES)
    head = (
        "#separator:Comma\n#html:true\n"
        f"#columns:{','.join(columns)}\n"
        "#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:4\n"
    )
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    for note in identified.notes:
        kind, tags = _note_type(note, identified).name, " ".join(note.tags)
        writer.writerow((note.guid, kind, note.note.deck, tags, *note.fields))
    return head + table.getvalue()


def to_json(identified: Identified) -> str:
    """Return everything known about each note."""
    records = [
        {
            "guid": note.guid,
            "id": note.key,
            "note_type": _note_type(note, identified).name,
            "kind": note.note.kind.value,
            "deck": note.note.deck,
            "tags": list(note.tags),
            "page": note.note.page,
            "path": note.note.location.path,
            "line": note.note.location.line,
            "unanswered": note.note.is_unanswered,
            "fields": dict(zip(FIELD_NAMES, note.fields, strict=True)),
            "media": sorted(
                {m.name for s in (note.note.question, note.note.answer) for m in s.media}
            ),
        }
        for note in identified.notes
    ]
    return as_json(records) + "\n"


def to_crowdanki(identified: Identified) -> str:
    """Return the `deck.json` of CrowdAnki (its `representation/deck.py`).

    The media of a deck are in the folder `media` beside it.
    """
    tree = _Deck("", identified)
    for note in identified.notes:
        tree.add(note.note.deck.split("::"), note)
    (top,) = tree.children.values() if len(tree.children) == 1 else (tree,)
    record = top.record(top.name or "admonki")
    record["note_models"] = [_model(kind) for kind in identified.note_types]
    record["deck_configurations"] = [
        {"__type__": "DeckConfig", "crowdanki_uuid": _uuid("config"), "name": record["name"]}
    ]
    return as_json(record) + "\n"


class _Deck:
    """A deck while it is converted to JSON."""

    def __init__(self, name: str, identified: Identified) -> None:
        self.name = name
        self.children: dict[str, _Deck] = {}
        self._identified = identified
        self._notes: list[IdentifiedNote] = []

    def add(self, parts: Sequence[str], note: IdentifiedNote) -> None:
        if not parts:
            self._notes.append(note)
            return
        full = f"{self.name}::{parts[0]}" if self.name else parts[0]
        self.children.setdefault(parts[0], _Deck(full, self._identified)).add(parts[1:], note)

    def record(self, name: str) -> dict[str, object]:
        return {
            "__type__": "Deck",
            "crowdanki_uuid": _uuid(f"deck {self.name}"),
            "deck_config_uuid": _uuid("config"),
            "name": name,
            "desc": "",
            "dyn": 0,
            "extendNew": 0,
            "extendRev": 0,
            "media_files": sorted(_media(self._notes)),
            "notes": [_note(note, self._identified) for note in self._notes],
            "children": [child.record(leaf) for leaf, child in self.children.items()],
        }


def _note(note: IdentifiedNote, identified: Identified) -> dict[str, object]:
    kind = _note_type(note, identified)
    return {
        "__type__": "Note",
        "guid": note.guid,
        "note_model_uuid": _uuid(f"note type {kind.id}"),
        "fields": list(note.fields),
        "tags": list(note.tags),
    }


def _model(kind: NoteType) -> dict[str, object]:
    return {
        "__type__": "NoteModel",
        "crowdanki_uuid": _uuid(f"note type {kind.id}"),
        "name": kind.name,
        "type": int(kind.is_cloze),
        "css": kind.css,
        "sortf": 0,
        "latexPre": "",
        "latexPost": "",
        "req": [],
        "tags": [],
        "vers": [],
        "flds": [
            {"name": name, "ord": ord_, "font": "Arial", "size": 20, "rtl": False, "sticky": False}
            for ord_, (name, _) in enumerate(kind.fields)
        ],
        "tmpls": [
            {
                "name": template.name,
                "ord": ord_,
                "qfmt": template.front,
                "afmt": template.back,
                "bqfmt": "",
                "bafmt": "",
                "did": None,
            }
            for ord_, template in enumerate(kind.templates)
        ],
    }


def _uuid(name: str) -> str:
    return str(uuid.uuid5(_SPACE, name))


def _note_type(note: IdentifiedNote, identified: Identified) -> NoteType:
    return note_type_for(note.note.kind, identified.note_types)


def _media(notes: Iterable[IdentifiedNote]) -> dict[str, bytes]:
    return dict(collect_media(note.note for note in notes))


def _write(target: Path, text: str, with_media: Identified | None) -> Path:
    """Write the text, and beside it the media; return what was written."""
    try:
        if with_media is None:
            replace_file(target, text.encode(), follows_link=False)
            return target
        (target / "media").mkdir(parents=True, exist_ok=True)
        for name, data in _media(with_media.notes).items():
            replace_file(target / "media" / name, data, follows_link=False)
        replace_file(target / "deck.json", text.encode(), follows_link=False)
    except OSError as error:
        message = f"the export cannot be written: {error.strerror or error}"
        raise AdmonkiError.at(target, "E712", message) from error
    return target / "deck.json"


_WRITERS: Mapping[str, Callable[[Identified], str]] = {
    "csv": to_csv,
    "json": to_json,
    "crowdanki": to_crowdanki,
}
