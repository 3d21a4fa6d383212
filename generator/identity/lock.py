"""The lock: what is stored about each card between two builds."""

from msgspec import Struct, field

from generator.model import Project

LOCK_VERSION = 3


class Gap(Struct, frozen=True):
    """A cloze deletion that has or once had a number of its own.

    Attributes:
        number: The `n` of Anki's `{{cn::…}}`, from 1; several gaps may share it.
        text: What is to be recalled, plain, shortened.
        context: The words around it, plain, shortened.
        is_gone: It was removed from the card; its number is kept, so that no other gap takes its
            reviews.
    """

    number: int
    text: str
    context: str
    is_gone: bool = False


class Entry(Struct, frozen=True):
    """A card as the last build knew it.

    Attributes:
        key: Survives edits; never changes once given; shown in the field `ID`.
        guid: Anki's note GUID; never changes.
        row_id: Anki's row id of note and cards, milliseconds since the epoch of the card's first
            build, unique in the project; never changes.
        mod_s: `mod` of the build that first held the present content.
        source_hash: Of what its author wrote; empty when unknown.
        shown_hash: Of the packaged fields and tags that came with `mod_s`; empty when unknown.
        sketch: Of the answer's words, see `sketch.py`; empty without an answer.
        kind: `basic`, `reversed` or `cloze`.
        gaps: Of a cloze, in the order of the page, those that left it last.
        nth: How many cards with the same question come before it on its page.
        explicit_id: As written in the page, or empty.
        page: See `SourceFile.page`.
        section: Headings above, joined by ` › `.
        question: Plain text, see `shorten`.
        deck: Where the pages put it at the last build; empty when unknown.
        is_gone: It was removed from the pages; kept so that it gets its GUID back when it returns.
    """

    key: str
    guid: str
    row_id: int
    mod_s: int
    source_hash: str
    shown_hash: str
    sketch: str
    kind: str
    gaps: tuple[Gap, ...]
    nth: int
    explicit_id: str
    page: str
    section: str
    question: str
    deck: str = ""
    is_gone: bool = False

    @property
    def note_type(self) -> str:
        """`basic` or `cloze`: Anki refuses to change it under one GUID."""
        return "cloze" if self.kind == "cloze" else "basic"


class NoteTypeEntry(Struct, frozen=True):
    """A note type as the last build knew it.

    Attributes:
        name: Its name in Anki.
        schema: Hash of what may never change: field and template ids, names and order.
        style: Hash of what may change in place: CSS and template text.
        mod_s: `mod` of the build that first held the present style.
        version: Of the program that made the style; an older program does not replace it.
    """

    name: str
    schema: str
    style: str
    mod_s: int
    version: str = ""


class Lock(Struct, frozen=True):
    """The stored state of a project's cards; empty for a project never built.

    Attributes:
        version: Of the file format that it was read from.
        project: Whose cards they are.
        note_types: Sorted by name.
        entries: Sorted by page and key.
    """

    version: int = LOCK_VERSION
    project: Project = field(default_factory=Project)
    note_types: tuple[NoteTypeEntry, ...] = ()
    entries: tuple[Entry, ...] = ()


def sort_order(entry: Entry) -> tuple[str, str]:
    """Order of entries in the lock: a page's cards together, so that merges seldom collide."""
    return entry.page, entry.key
