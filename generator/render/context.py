"""What rendering needs besides the tokens, and where it collects its output."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, field

from generator.config import Config
from generator.errors import Diagnostic, Location
from generator.markup.writer import Node, end, start
from generator.model import CardKind, Document, Media
from generator.render.budget import LONG, Budget
from generator.render.links import Target, resolve
from generator.render.reuse import Reuse

if TYPE_CHECKING:
    from markdown_it.token import Token


class MediaProblem(StrEnum):
    """Why a file cannot be included in a package."""

    MISSING = "the file does not exist"
    OUTSIDE = "it is outside the docs folder"
    UNREADABLE = "it cannot be read"
    ACTIVE = "it is not a plain drawing"
    KIND = "it is not a picture, sound or video"


FindMedia: TypeAlias = Callable[[str, str], Media | MediaProblem]
"""`(page, target) → file`: looks up a decoded, query-free path from a page.

`page` is `SourceFile.page`; `target` is relative to it, or to the docs folder with a leading `/`.
"""


class RenderContext(Struct, frozen=True):
    """What stays the same for all fragments of a card.

    Attributes:
        document: The page, for its footnotes and anchors.
        config: The settings.
        find_media: The I/O edge; see `FindMedia`.
        kind: In a cloze card `==mark==` is a deletion, and braces are kept from being one.
        budget: What the page may spend, shared by all of its fragments.
        highlighted: Code and its language → as nodes: an answer shows the cards inside it again.
        reuse: Formulas and code that the last version of the page has.
        has_footnotes: Whether cited footnotes follow the fragment. Off where a box is shown as
            in the page: there the notes are at the page's end.
    """

    document: Document
    config: Config
    find_media: FindMedia
    kind: CardKind = CardKind.BASIC
    has_footnotes: bool = True
    budget: Budget = field(default_factory=Budget)
    highlighted: dict[tuple[str, str], list[Node]] = field(default_factory=dict)
    reuse: Reuse = field(default_factory=Reuse)


class Output(Struct):
    """The output of one fragment so far; the rules append to it.

    Attributes:
        context: See there.
        nodes: Texts and markup, in order.
        last_formula: Index in `nodes` of the last formula in a line.
        diagnostics: Findings.
        media: Name → file, in order of appearance.
        cited: Labels of footnotes in order of citation → their numbers.
        open_tags: Tags of the author's raw HTML that are open, innermost last; "" is the edge of
            one of our containers, which an author's end tag cannot break.
        boxes: Elements of the admonitions that are open.
        links: What ends each link that is open; nothing for one that leads nowhere.
        is_tight: Whether the next line is in an item of a tight list, without a `<p>`.
        has_raw_html: Whether any author-written tag was let through.
        line: 1-based line of the nearest block, for findings in tokens without their own.
        swallowing: Element whose content, up to its end tag in this line, is left out.
        hints: Of the deletions that are open, innermost last; empty for one without.
        footnote_marks: How many marks of footnotes there are so far.
    """

    context: RenderContext
    nodes: list[Node] = field(default_factory=list)
    last_formula: int | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    media: dict[str, Media] = field(default_factory=dict)
    cited: dict[str, int] = field(default_factory=dict)
    open_tags: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    links: list[Sequence[Node]] = field(default_factory=list)
    is_tight: bool = False
    has_raw_html: bool = False
    line: int = 1
    swallowing: str = ""
    hints: list[str] = field(default_factory=list)
    footnote_marks: int = 0

    @property
    def is_cloze(self) -> bool:
        """Whether marks are deletions."""
        return self.context.kind is CardKind.CLOZE

    def resolve(self, address: str) -> Target:
        """Return where a link or a file of the page leads; see `generator.render.links`."""
        page = self.context.document.source.page
        return resolve(address, page=page, config=self.context.config)

    def start(
        self, name: str, attributes: Mapping[str, str] | None = None, *, said: str | None = None
    ) -> None:
        """Begin an element; see `generator.markup.writer.start`."""
        if not attributes:
            self.nodes.append(start(name, said=said))
            return
        if not self._can_repeat(attributes):
            attributes = {key: value for key, value in attributes.items() if len(value) <= LONG}
        classes = self.context.config.classes
        self.nodes.append(start(name, attributes, said=said, classes=classes))

    def _can_repeat(self, attributes: Mapping[str, str]) -> bool:
        is_enough = self.context.budget.repeat(sum(map(len, attributes.values())))
        if not is_enough:
            self.report_spent("a title or an address is left out")
        return is_enough

    def report_spent(self, what: str) -> None:
        """Report that the page has used up its budget."""
        place = Location(self.context.document.source.path, self.line)
        message = f"{what}: the page repeats long texts too often"
        self.diagnostics.append(Diagnostic(place, "W512", message, "shorten what is repeated"))

    def end(self, name: str) -> None:
        """End an element."""
        self.nodes.append(end(name))

    def enter(self) -> None:
        """Begin a container of ours."""
        self.open_tags.append("")

    def leave(self) -> None:
        """End a container of ours: what the author left open in it ends too."""
        while self.open_tags:
            tag = self.open_tags.pop()
            if not tag:
                return
            self.nodes.append(end(tag))

    def report(self, token: "Token", code: str, message: str, hint: str = "") -> None:
        """Add a finding at the token's place."""
        self.diagnostics.append(Diagnostic(self.place_of(token), code, message, hint))

    def place_of(self, token: "Token") -> Location:
        """Return a token's place, or else that of its line."""
        location = token.meta.get("location")
        if isinstance(location, Location):
            return location
        line = token.map[0] + 1 if token.map else self.line
        return Location(self.context.document.source.path, line)
