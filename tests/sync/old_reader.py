"""Run by an older Anki's Python: import packages one after the other, study and edit in between.

usage: old_reader.py FOLDER PACKAGE…; prints what it sees after each import as a JSON line.
"""

import json
import sys
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


def main(folder: str, *packages: str) -> None:
    """Live through the versions of a deck."""
    col = Collection(str(Path(folder) / "collection.anki2"))
    for number, package in enumerate(packages):
        options = ImportAnkiPackageOptions()
        log = col.import_anki_package(
            ImportAnkiPackageRequest(package_path=package, options=options)
        ).log
        print(json.dumps({"log": counts(log), **state(col)}))
        if number == 0:
            study(col)
    col.close()


def counts(log: object) -> dict[str, int]:
    """Count what the import said."""
    names = ("new", "updated", "duplicate", "conflicting")
    return {name: len(getattr(log, name)) for name in names}


def study(col: Collection) -> None:
    """Answer every card, and edit and tag a note that its author leaves alone."""
    for card_id in col.find_cards(""):
        card = col.get_card(card_id)
        card.start_timer()
        col.sched.answerCard(card, 3)
    note = col.get_note(col.find_notes("Text:*risk*")[0])
    note["Answer"] += "<p>my own words</p>"
    note.tags.append("mine")
    col.update_note(note)


def state(col: Collection) -> dict[str, object]:
    """Say what is in the collection."""
    col.models._clear_cache()  # as Anki's window does after an import
    notes = [col.get_note(note_id) for note_id in sorted(col.find_notes(""))]
    assert col.db is not None
    return {
        "questions": [note["Text"] for note in notes],
        "answers": [note["Answer"] for note in notes],
        "tags": [note.tags for note in notes],
        "reviews": [sum(card.reps for card in note.cards()) for note in notes],
        "css": notes[0].note_type()["css"][-60:],  # type: ignore[index]
        "note_types": col.db.scalar("SELECT count() FROM notetypes WHERE name LIKE '%dmonki%'"),
        "is_sound": col.fix_integrity()[1],
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
