"""The values passed between the stages: frozen, each with its place in the source."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, field

from generator.errors import Location

if TYPE_CHECKING:  # the parser loads slowly, and cached pages do not need it
    from markdown_it.token import Token

Tokens: TypeAlias = "Sequence[Token]"
"""A run of balanced markdown-it tokens, read-only by agreement.

`Token.map` of block tokens holds 0-based `[first, after)` lines of the *file* (front matter
included). Inline tokens that can go wrong (math, images, links) hold a `Location` in
`meta["location"]`.
"""


class FrontMatter(Struct, frozen=True):
    """The YAML block at the top of a page, as far as cards need it.

    Attributes:
        title: Page title, or None.
        tags: Tags as written.
        categories: Blog categories.
        date: ISO date or what the author wrote, or empty.
        slug: What a blog's URL calls the post, or empty.
        is_draft: Whether it is marked `draft: true`.
        options: The mapping under the key `admonki`: per-page settings (`math`, `macros`,
            `cards`, `deck` …), not yet validated.
        option_places: Way to a key in `options` → line and column, in the file, of the key and of
            its value.
    """

    title: str | None = None
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    date: str = ""
    slug: str = ""
    is_draft: bool = False
    options: Mapping[str, object] = field(default_factory=dict)
    option_places: Mapping[tuple[str, ...], tuple[tuple[int, int], tuple[int, int]]] = field(
        default_factory=dict
    )


class Origin(Struct, frozen=True):
    """The origin of a line that a snippet put into a page.

    Attributes:
        path: Of the file, as it was found: relative to the docs folder or the folder around it.
        line: 0-based line in that file.
    """

    path: str
    line: int


class SourceFile(Struct, frozen=True):
    """One page as read.

    Attributes:
        path: For diagnostics; see `Location.path`.
        page: Path below the source root with `/`, the page's identity (`ml/basics.md`).
        text: Body without front matter, LF line ends, NFC, no BOM.
        body_line: How many lines of the file come before `text`.
        front_matter: Parsed front matter.
        lines: 0-based line of the body as written for each line of `text`, where snippets have
            put lines in; empty when both are the same.
        origins: For each line of `text` the snippet that it comes from, None for the page's own;
            empty without snippets.
    """

    path: str
    page: str
    text: str
    body_line: int = 0
    front_matter: FrontMatter = field(default_factory=FrontMatter)
    lines: tuple[int, ...] = ()
    origins: tuple[Origin | None, ...] = ()

    def file_line(self, line: int) -> int:
        """Return the 0-based line in the file of a 0-based line of `text`."""
        if self.lines:
            line = self.lines[line] if line < len(self.lines) else self.lines[-1] + 1
        return line + self.body_line


class Admonition(Struct, frozen=True):
    """The parts of a marker line (`??? question inline "Title"`); kept in a token's `meta`.

    Attributes:
        location: Place of the marker.
        marker: `???`, `???+` or `!!!`.
        type: First word, lower case, or empty when there is none.
        classes: The words after the type.
        title: Raw Markdown between the quotes; None when not given, "" when given empty.
        depth: How many admonitions enclose it.
        explicit_id: From `<!-- id: x -->` as first thing in the body or `{ #x }`, or None.
        attributes: Names and values of the attribute list on the marker's line.
        is_fold: Whether it only folds: `<details>`, `::: details`, `{dropdown}`.
    """

    location: Location
    marker: str
    type: str
    classes: tuple[str, ...]
    title: str | None
    depth: int = 0
    explicit_id: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    is_fold: bool = False

    @property
    def is_collapsible(self) -> bool:
        """Whether the site draws it as `<details>`."""
        return self.marker.startswith("???")

    @property
    def is_open(self) -> bool:
        """Whether the site shows its body at once."""
        return self.marker != "???"


class Directive(Struct, frozen=True):
    """A comment addressed to us: `<!-- admonki: NAME WORD… -->`.

    Attributes:
        location: Place of the comment.
        name: `ignore`, `bank`, `skip`, `card` …
        arguments: The words after the name.
        lines: 1-based first and last line of the file that it applies to.
    """

    location: Location
    name: str
    arguments: tuple[str, ...]
    lines: tuple[int, int]


class Document(Struct, frozen=True):
    """A parsed page.

    Attributes:
        source: The page it was made from.
        tokens: The whole page; comments are removed, admonitions are
            `admonition_open` (`meta["admonition"]`), optional `admonition_title_open`, `inline`,
            `admonition_title_close`, the body, `admonition_close`.
        footnotes: Label → body tokens, for the fragments that cite them.
        directives: All directives of the page in reading order.
        anchors: Every anchor that links can point at (headings, explicit ids).
    """

    source: SourceFile
    tokens: Tokens
    footnotes: Mapping[str, Tokens] = field(default_factory=dict)
    directives: tuple[Directive, ...] = ()
    anchors: frozenset[str] = frozenset()


class Box(Struct, frozen=True):
    """The verdict on an admonition.

    Attributes:
        admonition: The box.
        verdict: `card`, `answer`, `bank`, `part` (inside a card) or `left`.
        rule: Name of the rule that gave the verdict, see `cards/rules.py`.
        reason: The rule in a short phrase.
        question, answer: First and last line in the file of what was taken for them; (0, 0) for
            none, None for a box that is not a card's own.
    """

    admonition: Admonition
    verdict: str
    rule: str
    reason: str
    question: tuple[int, int] | None = None
    answer: tuple[int, int] | None = None


class CardKind(StrEnum):
    """How a note makes Anki cards."""

    BASIC = "basic"
    REVERSED = "reversed"
    CLOZE = "cloze"


class Card(Struct, frozen=True):
    """A question and its answer as the page has them, before rendering.

    Attributes:
        location: Place of the admonition (or of the bank's leaf).
        page: See `SourceFile.page`.
        page_title: Front matter title, else first `#` heading, else the file's name.
        section: Headings above the card, outermost first, without the page title.
        anchor: Anchor of the nearest heading above (or of the card), "" when none.
        kind: See `CardKind`.
        question: Tokens of the question.
        answer: Tokens of the answer, empty when unanswered.
        outline: A bank leaf's path through its outline, or the questions around a card inside an
            answer, outermost first.
        subdeck: Below the deck of its place, for a card inside an answer; "" for none.
        tags: From front matter, section and page, without Anki-breaking characters.
        explicit_id: See `Admonition.explicit_id`.
        is_unanswered: No answer in the page.
        is_bank: Leaf of a question bank.
        deck: Chosen by its author, see `cards/card_options.py`; "" for that of its place.
        is_suspended: Whether Anki suspends it when it is first imported.
        is_typed: Whether the learner types the answer.
        lines: First and last line in the file that the card is made of.
    """

    location: Location
    page: str
    page_title: str
    section: tuple[str, ...]
    anchor: str
    kind: CardKind
    question: Tokens
    answer: Tokens
    outline: tuple[str, ...] = ()
    subdeck: str = ""
    tags: tuple[str, ...] = ()
    explicit_id: str | None = None
    is_unanswered: bool = False
    is_bank: bool = False
    deck: str = ""
    is_suspended: bool = False
    is_typed: bool = False
    lines: tuple[int, int] = (0, 0)


class Media(Struct, frozen=True):
    """A file that travels with a package.

    Attributes:
        name: Flat name with a content hash (`diagram-ab12cd34.png`).
        path: Where it was found, absolute.
    """

    name: str
    path: str


class Fragment(Struct, frozen=True):
    """Rendered tokens.

    Attributes:
        html: Sanitized HTML, NFC, LF.
        text: The same as plain text on one line, formulas as TeX.
        media: Files that `html` refers to.
        fonts: Names of the theme's font files that its formulas need.
    """

    html: str
    text: str
    media: tuple[Media, ...] = ()
    fonts: tuple[str, ...] = ()


class Content(Struct, frozen=True):
    """What the lock holds about a note, apart from its identity.

    Attributes:
        question: Plain text on one line, as the lock holds it.
        asked: The question without case, punctuation and spacing, to compare by.
        hash: Of the packaged fields and tags.
        source_hash: Of what the author wrote, see `identity/authored.py`.
        field_hashes: Of single fields, see `identity/shipped.py`; its key is not in them yet.
    """

    question: str
    asked: str
    hash: str
    source_hash: str
    field_hashes: str


class Note(Struct, frozen=True):
    """A rendered card, ready to be given its identity.

    Attributes:
        location, page, page_title, section, anchor, kind, outline, tags, explicit_id,
            is_unanswered, is_bank, is_suspended, is_typed, lines: See `Card`.
        deck: `Root::Page title::Section`.
        question, answer: Rendered fragments.
        sketch: Of the answer's words, see `identity/sketch.py`.
        source: What the `Source` field shows: page and anchor, as a link when the site's URL is
            known. Never a line number: a note must not change because another one above it did.
        content: Computed from all that; None until it is needed.
    """

    location: Location
    page: str
    page_title: str
    section: tuple[str, ...]
    anchor: str
    kind: CardKind
    deck: str
    question: Fragment
    answer: Fragment
    sketch: str
    source: str = ""
    outline: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    explicit_id: str | None = None
    is_unanswered: bool = False
    is_bank: bool = False
    is_suspended: bool = False
    is_typed: bool = False
    lines: tuple[int, int] = (0, 0)
    content: Content | None = None


class IdentifiedNote(Struct, frozen=True):
    """A note with what Anki needs to update it in place.

    Attributes:
        note: The content.
        key: What outlives edits: the explicit id, or the key from the lock; shown in `ID`.
        guid: Anki's note GUID.
        mod_s: Modification time in whole seconds since the epoch.
        due: Position among new cards in reading order, from 1.
        fields, tags: As packaged, see `fields.py`.
        content_hash: See `Content.hash`; with the numbers of the gaps that the lock gives.
        row_id: See `Entry.row_id`.
    """

    note: Note
    key: str
    guid: str
    mod_s: int
    due: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    content_hash: str
    row_id: int


class Project(Struct, frozen=True):
    """What distinguishes one project's notes from all others in a collection.

    Attributes:
        id: Ten hexadecimal digits; empty before the first build.
        name: For people, part of the names of the note types; may be empty.
    """

    id: str = ""
    name: str = ""
