"""Notes to .apkg packages that Anki updates in place; the only importer of genanki."""

from generator.apkg.card import RenderedCard, card_html, render_cards
from generator.apkg.commit import StagedPackage, commit, discard
from generator.apkg.fingerprint import Counts
from generator.apkg.notetypes import CardTemplate, NoteType, check_schema, note_types
from generator.apkg.reader import Package, PackageNote, PackageNoteType, read_package
from generator.apkg.writer import Plan, stage, write_package

__all__ = [
    "CardTemplate",
    "Counts",
    "NoteType",
    "Package",
    "PackageNote",
    "PackageNoteType",
    "Plan",
    "RenderedCard",
    "StagedPackage",
    "card_html",
    "check_schema",
    "commit",
    "discard",
    "note_types",
    "read_package",
    "render_cards",
    "stage",
    "write_package",
]
