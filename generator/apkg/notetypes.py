"""Our two note types: schema, templates, CSS.

Ids, field names, field order and template names are public interface. Anki matches note types
by id and, by default, refuses every note of a package whose fields or templates differ from
what the user has ("Anki facts: note types"). `check_schema` makes such a change fail the build.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from generator.errors import AdmonkiError, Diagnostic, Location
from generator.fields import FIELD_NAMES
from generator.model import CardKind
from generator.render import theme

BASIC_ID = 1_740_318_265_101
CLOZE_ID = 1_740_318_265_102
_RECORD = Path(__file__).with_name("schema.json")


@dataclass(frozen=True, slots=True)
class CardTemplate:
    """How a note type makes one card.

    Attributes:
        name: Shown in Anki's card browser.
        id: Anki tells templates apart by it.
        front: Question side in Anki's template language.
        back: Answer side.
        required: Names of the fields that must all be filled for the card to exist.
    """

    name: str
    id: int
    front: str
    back: str
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type as it is shipped.

    Attributes:
        id: Anki matches note types by it.
        name: Shown in Anki.
        is_cloze: Whether the cards come from `{{c1::…}}`.
        fields: Names and ids in order.
        templates: One a card, for cloze just one.
        css: The theme's CSS and the site's.
        mod_s: When templates or CSS last changed, seconds since the epoch; 0 = not yet known.
    """

    id: int
    name: str
    is_cloze: bool
    fields: tuple[tuple[str, int], ...]
    templates: tuple[CardTemplate, ...]
    css: str
    mod_s: int = 0

    @property
    def fingerprint(self) -> str:
        """A hash over everything but `mod_s`; where it changes, `mod_s` must grow."""
        return _fingerprint(self)

    @property
    def schema(self) -> dict[str, object]:
        """What may never change once decks are out."""
        return {
            "id": self.id,
            "cloze": self.is_cloze,
            "fields": [list(field) for field in self.fields],
            "templates": [[template.name, template.id] for template in self.templates],
        }


@lru_cache(maxsize=8)  # asked for every package of a build
def _fingerprint(kind: NoteType) -> str:
    templates = [[t.name, t.id, t.front, t.back] for t in kind.templates]
    shown = [kind.name, kind.is_cloze, kind.fields, templates, kind.css]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def note_types(site_css: str = "") -> tuple[NoteType, NoteType]:
    """Assemble our note types.

    Args:
        site_css: The site's own CSS, appended to the theme's.

    Returns:
        The one for basic and reversed cards, and the one for cloze; `mod_s` is still 0.

    Raises:
        AdmonkiError: E701 when fields or templates differ from the recorded schema.
    """
    # `</style>` in a style sheet would end Anki's <style>; CSS reads the escaped slash the same.
    site_css = site_css.replace("</", "<\\/")
    css = "\n".join(part.rstrip() for part in (theme.theme_css(), site_css) if part.strip()) + "\n"
    types = (_basic(css), _cloze(css))
    check_schema(types)
    return types


def note_type_id(kind: CardKind) -> int:
    """Say which note type a kind of card has."""
    return CLOZE_ID if kind is CardKind.CLOZE else BASIC_ID


def check_schema(types: tuple[NoteType, ...]) -> None:
    """Compare note types with the recorded schema.

    Args:
        types: The note types about to be shipped.

    Raises:
        AdmonkiError: E701 when fields or templates differ.
    """
    recorded = _recorded_schema()
    changed = [kind.name for kind in types if recorded.get(str(kind.id)) != _as_json(kind.schema)]
    if changed:
        raise AdmonkiError(
            Diagnostic(
                Location(_RECORD.name),
                "E701",
                f"fields or templates of the note type {changed[0]!r} differ from the schema",
                "users' decks would split in two: use a spare field, or a new note type id",
            )
        )


@cache
def _recorded_schema() -> dict[str, str]:
    record: dict[str, dict[str, object]] = json.loads(_RECORD.read_text(encoding="utf-8"))
    return {key: _as_json(value) for key, value in record.items()}


def _as_json(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _basic(css: str) -> NoteType:
    forward = CardTemplate(
        "Question → Answer",
        _id(BASIC_ID, 51),
        theme.template("basic_front"),
        theme.template("basic_back"),
        ("Question",),
    )
    backward = CardTemplate(
        "Answer → Question",
        _id(BASIC_ID, 52),
        theme.template("reversed_front"),
        theme.template("reversed_back"),
        ("Answer", "Reversed"),
    )
    return NoteType(BASIC_ID, "Admonki", False, _fields(BASIC_ID), (forward, backward), css)


def _cloze(css: str) -> NoteType:
    gap = CardTemplate(
        "Cloze",
        _id(CLOZE_ID, 51),
        theme.template("cloze_front"),
        theme.template("cloze_back"),
        ("Question",),
    )
    return NoteType(CLOZE_ID, "Admonki Cloze", True, _fields(CLOZE_ID), (gap,), css)


def _fields(note_type: int) -> tuple[tuple[str, int], ...]:
    return tuple((name, _id(note_type, index)) for index, name in enumerate(FIELD_NAMES, start=1))


def _id(note_type: int, number: int) -> int:
    """An id for a field or template that no other note type's shares."""
    return note_type * 100 + number
