"""The two note types of a project: schema, templates, CSS.

Each project has its own note types, so that its style applies only to its cards and a search finds
only its notes. Their ids are derived from the project's id. Ids, field names, field order and
template names are public interface. Anki matches note types by id and, by default, refuses every
note of a package whose fields or templates differ from what the user has ("Anki facts: note
types"). `check_schema` makes such a change fail the build.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct

from generator.apkg.style import with_head
from generator.errors import AdmonkiError
from generator.fields import FIELD_NAMES
from generator.model import CardKind, Media, Project
from generator.render import theme

_FIRST_ID = 1_740_318_265_100
"""Ids of note types are milliseconds since 1970 in Anki; those of projects begin in 2025."""
_BASIC, _CLOZE = 1, 3
"""Last bits of an id. Never next to each other: where Anki makes two note types in one
millisecond, the second one's id is the highest of the collection and 1."""

_LAST_PROJECT = 0xFF_FFFF_FFFF
_LONGEST_NAME = 60
_IDS = 100  # of fields and templates, for each note type
_RECORD = Path(__file__).with_name("schema.json")


class CardTemplate(Struct, frozen=True):
    """How a note type makes one card.

    Attributes:
        name: Shown in Anki's card browser.
        id: Anki identifies templates by it.
        front: Question side in Anki's template language.
        back: Answer side.
        required: Names of the fields that must all be filled for the card to exist.
    """

    name: str
    id: int
    front: str
    back: str
    required: tuple[str, ...]


class NoteType(Struct, frozen=True):
    """A note type as it is shipped.

    Attributes:
        id: Anki matches note types by it.
        name: Shown in Anki.
        is_cloze: Whether the cards come from `{{c1::…}}`.
        fields: Names and ids in order.
        templates: One per card, only one for cloze.
        css: The theme's CSS and the site's.
        media: Files that the site's CSS refers to.
        mod_s: When templates or CSS last changed, seconds since the epoch; 0 = not yet known.
    """

    id: int
    name: str
    is_cloze: bool
    fields: tuple[tuple[str, int], ...]
    templates: tuple[CardTemplate, ...]
    css: str
    mod_s: int = 0
    media: tuple[Media, ...] = ()

    @property
    def fingerprint(self) -> str:
        """A hash of everything but `mod_s`; when it changes, `mod_s` must increase."""
        return _fingerprint(self)

    @property
    def role(self) -> str:
        """`basic` or `cloze`."""
        return "cloze" if self.is_cloze else "basic"

    @property
    def schema(self) -> dict[str, object]:
        """The parts that must never change once decks are published."""
        return {
            "cloze": self.is_cloze,
            "fields": [[name, id_ - self.id * _IDS] for name, id_ in self.fields],
            "templates": [[t.name, t.id - self.id * _IDS] for t in self.templates],
        }


@lru_cache(maxsize=8)  # called for every package of a build
def _fingerprint(kind: NoteType) -> str:
    templates = [[t.name, t.id, t.front, t.back] for t in kind.templates]
    shown = [kind.name, kind.is_cloze, kind.fields, templates, kind.css]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def note_types(
    site_css: str = "",
    *,
    project: Project = Project(),  # noqa: B008 - frozen
    media: tuple[Media, ...] = (),
) -> tuple[NoteType, NoteType]:
    """Assemble the note types of a project.

    Args:
        site_css: The site's own CSS, appended to the theme's.
        project: The project that they belong to.
        media: Files that `site_css` shows.

    Returns:
        The one for basic and reversed cards, and the one for cloze; `mod_s` is still 0.

    Raises:
        AdmonkiError: E701 when fields or templates differ from the recorded schema.
    """
    # `</style>` in a style sheet would end Anki's <style>; CSS reads the escaped slash the same.
    site_css = site_css.replace("</", "<\\/")
    css = "\n".join(part.rstrip() for part in (theme.theme_css(), site_css) if part.strip()) + "\n"
    types = _basic(css, project, media), _cloze(css, project, media)
    check_schema(types)
    return types


def note_type_for(kind: CardKind, types: Sequence[NoteType]) -> NoteType:
    """Choose the note type of a kind of card."""
    return next(one for one in types if one.is_cloze == (kind is CardKind.CLOZE))


def note_type_ids(project: str) -> tuple[int, int]:
    """Return the ids of the note types of a project, given its `Project.id`: basic, cloze."""
    first = _FIRST_ID + (int(project, 16) << 2 if project else 0)
    return first + _BASIC, first + _CLOZE


def project_of_note_type(note_type: int) -> tuple[str, str] | None:
    """Return the project of a note type, and `basic` or `cloze`; None for other note types."""
    number, role = divmod(note_type - _FIRST_ID, 4)
    if not 0 <= number <= _LAST_PROJECT or role not in (_BASIC, _CLOZE):
        return None
    return f"{number:010x}", "basic" if role == _BASIC else "cloze"


def project_name(note_type: str) -> str:
    """Read a project's name from the name of one of its note types."""
    found = _NAME.fullmatch(note_type)
    return found[1] if found and found[1] else ""


def check_schema(types: tuple[NoteType, ...]) -> None:
    """Compare note types with the recorded schema.

    Args:
        types: The note types about to be shipped.

    Raises:
        AdmonkiError: E701 when fields or templates differ.
    """
    recorded = _recorded_schema()
    changed = [kind.name for kind in types if recorded.get(kind.role) != _as_json(kind.schema)]
    if changed:
        message = f"fields or templates of the note type {changed[0]!r} differ from the schema"
        hint = "users' decks would split in two: use a spare field, or a new note type id"
        raise AdmonkiError.at(_RECORD.name, "E701", message, hint)


@cache
def _recorded_schema() -> dict[str, str]:
    record: dict[str, dict[str, object]] = json.loads(_RECORD.read_text(encoding="utf-8"))
    return {key: _as_json(value) for key, value in record.items()}


def _as_json(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _basic(css: str, project: Project, media: tuple[Media, ...]) -> NoteType:
    id_ = note_type_ids(project.id)[0]
    forward = _template(_id(id_, 51), "Question → Answer", "basic", "Question")
    backward = _template(_id(id_, 52), "Answer → Question", "reversed", "Answer", "Reversed")
    return _note_type(id_, _name("Admonki", project), (forward, backward), css, media)


def _cloze(css: str, project: Project, media: tuple[Media, ...]) -> NoteType:
    id_ = note_type_ids(project.id)[1]
    gap = _template(_id(id_, 51), "Cloze", "cloze", "Question")
    return _note_type(id_, _name("Admonki Cloze", project), (gap,), css, media, is_cloze=True)


def _template(id_: int, name: str, sides: str, *required: str) -> CardTemplate:
    front, back = theme.template(f"{sides}_front"), theme.template(f"{sides}_back")
    return CardTemplate(name, id_, front, back, required)


def _note_type(
    id_: int,
    name: str,
    templates: tuple[CardTemplate, ...],
    css: str,
    media: tuple[Media, ...],
    *,
    is_cloze: bool = False,
) -> NoteType:
    """A note type that records in its CSS how it was sent; see `style.py`."""
    css = with_head(css, [(t.front, t.back) for t in templates])
    fields = tuple((field, _id(id_, at)) for at, field in enumerate(FIELD_NAMES, start=1))
    return NoteType(id_, name, is_cloze, fields, templates, css, media=media)


_NAME = re.compile(r"Admonki(?: Cloze)?(?: · (.*))?(?: · [0-9a-f]{4})")


def _name(kind: str, project: Project) -> str:
    """A unique name of a note type that people can recognise."""
    shown = " ".join(re.sub(r'[\x00-\x1f"*_\\:{}]', " ", project.name).split())[:_LONGEST_NAME]
    return " · ".join(part for part in (kind, shown.strip(), project.id[:4]) if part)


def _id(note_type: int, number: int) -> int:
    """An id for a field or template that no other note type shares."""
    return note_type * _IDS + number
