"""What the rules know about the page they read: its source, regions and findings."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType
from msgspec import Struct, field
from msgspec.structs import replace

from generator.config import Config
from generator.config.extensions import Extensions, name_of
from generator.config.slug_style import SlugStyle
from generator.errors import Diagnostic, Location
from generator.model import Directive, SourceFile
from generator.parser.anchors import slugify
from generator.parser.attribute_syntax import Attributes
from generator.parser.bracket_pairs import BracketPairs
from generator.parser.comments import Comment
from generator.parser.regions import Regions, find_regions, line_starts

_KEY = "admonki"


class Page(Struct):
    """The page being parsed; lives in markdown-it's `env` for one parse.

    Attributes:
        source: The page as read.
        config: The settings.
        text: What the block rules read: `source.text` with tabs expanded and comments blanked;
            it has the same lines.
        regions: Fences, table delimiter rows … found in `text` beforehand.
        diagnostics: Findings so far.
        directives: Comments addressed to us, in reading order.
        explicit_ids: 0-based line of `text` → id from an `<!-- id: x -->` comment.
        comment_columns: 0-based line of a comment that is alone → the column it begins at.
        commented: Lines of `text` as they were with their comments; empty if there are none.
        shown_comments: Lines that begin a comment which is shown, because it is part of code.
        abbreviations: Abbreviation → its full form.
        placeholders: Texts in whose place the site puts its contents and footnotes.
        headings: Opening and inline token of each heading, in reading order.
        attributed: Tokens that were given an attribute list.
        inline: The inline token whose content is being read.
        footnote_labels: Of all footnotes that the page defines.
        shifts: Line → columns that its text moved to the left when a comment before it went.
        brackets: Text that is being read → its brackets in pairs.
        read_inline: Reads a range of a text, as `ParserInline.tokenize` does but faster.
        skip_inline: Moves over a token, as `ParserInline.skipToken` does but faster.
        comments: Of the page, in reading order.
        footnotes: Label → tokens of the body, taken out of the page's flow.
        anchors: Of the page.
        filled_cells: How many missing cells were added to rows.
        tag_pairs: Element name → offset after an opening tag → span of its end tag.
    """

    source: SourceFile
    config: Config
    text: str
    regions: Regions
    diagnostics: list[Diagnostic] = field(default_factory=list)
    directives: tuple[Directive, ...] = ()
    explicit_ids: dict[int, str] = field(default_factory=dict)
    comment_columns: dict[int, int] = field(default_factory=dict)
    commented: Sequence[str] = ()
    shown_comments: set[int] = field(default_factory=set)
    abbreviations: dict[str, str] = field(default_factory=dict)
    placeholders: tuple[str, ...] = ()
    headings: list[tuple[Token, Token]] = field(default_factory=list)
    attributed: list[Token] = field(default_factory=list)
    inline: Token | None = None
    footnote_labels: set[str] = field(default_factory=set)
    shifts: Mapping[int, int] = field(default_factory=dict)
    brackets: dict[str, BracketPairs] = field(default_factory=dict)
    read_inline: Callable[[StateInline], None] | None = None
    skip_inline: Callable[[StateInline], None] | None = None
    comments: tuple[Comment, ...] = ()
    footnotes: dict[str, list[Token]] = field(default_factory=dict)
    anchors: frozenset[str] = frozenset()
    filled_cells: int = 0
    tag_pairs: dict[str, dict[int, tuple[int, int]]] = field(default_factory=dict)
    _others: dict[str, "Page"] = field(default_factory=dict)
    _reported: set[str] = field(default_factory=set)
    _raw_lines: Sequence[str] = ()  # of a page with tabs, which take more columns than one

    def __post_init__(self) -> None:
        if "\t" in self.source.text:
            self._raw_lines = self.source.text.split("\n")

    @property
    def extensions(self) -> Extensions:
        """The Markdown extensions of the site."""
        return self.config.site.extensions

    def report_off(self, field_name: str, location: Location) -> None:
        """Report, once per page, that the page uses an extension that the site does not enable."""
        if field_name in self._reported:
            return
        self._reported.add(field_name)
        name = name_of(field_name)
        self.report(
            location,
            "L230",
            f"the site does not enable {name}: it shows this as text",
            f"add {name} to markdown_extensions in the site's configuration",
        )

    @property
    def draws_math(self) -> bool:
        """Whether something on the site draws formulas."""
        return self.extensions.arithmatex is not None or self.config.site.draws_math

    def report_kind(self, kind: str, location: Location, message: str, hint: str) -> None:
        """Report, once per page, a construct of another program."""
        if kind not in self._reported:
            self._reported.add(kind)
            self.report(location, "L231", message, hint)

    @property
    def slug_style(self) -> SlugStyle:
        """How the site makes anchors."""
        toc = self.extensions.toc
        return toc.slugify if toc else SlugStyle()

    def anchor_of(self, heading: str) -> str:
        """Return the anchor of a heading that a link names by its text."""
        return slugify(heading, self.slug_style) if heading else ""

    def give(self, token: Token, attributes: Attributes) -> None:
        """Set what an attribute list says of a token; classes are added to its existing ones."""
        for name, value in attributes:
            if name == "class":
                token.attrJoin("class", value)
            else:
                token.attrSet(name, value)
        self.attributed.append(token)

    def of_text(self, text: str) -> "Page":
        """Return the page, or a temporary one for a text that a rule reads separately."""
        if text == self.text:
            return self
        if text not in self._others:
            source = replace(self.source, text=text, lines=())
            regions = find_regions(text)
            self._others[text] = replace(
                self, source=source, text=text, regions=regions, comments=(), comment_columns={}
            )
        return self._others[text]

    def place(self, line: int, column: int) -> Location:
        """Convert a 0-based line and column of `text` to a place in the file."""
        return self.place_before(line, column + self.shifts.get(line, 0))

    def place_before(self, line: int, column: int) -> Location:
        """Convert a line and column of the page with its comments to a place in the file."""
        source = self.source
        return Location(source.path, source.file_line(line) + 1, self._column(line, column))

    def column(self, line: int, column: int) -> int:
        """Convert a 0-based column of a line of `text` to a 1-based one in the file."""
        return self._column(line, column + self.shifts.get(line, 0))

    def _column(self, line: int, column: int) -> int:
        if line < len(self._raw_lines):
            column = _column_in(self._raw_lines[line], column)
        return column + 1

    def place_in(self, token: Token, offset: int) -> Location:
        """Return the place of `token.content[offset]` (an inline token of a block rule)."""
        columns: Sequence[int] = token.meta.get("columns", ())
        line = token.map[0] if token.map else 0
        before = 0
        if "\n" in token.content:
            starts = _starts_of(token.content)
            before = line_at(starts, offset)
            line += before
            offset -= starts[before]
        if before < len(columns):
            offset += columns[before]
        return self.place(line, offset)

    def here(self, offset: int) -> Location:
        """Return the place of an offset of the inline content being read."""
        if self.inline is None:
            return Location(self.source.path, 1 + self.source.body_line, 1)
        return self.place_in(self.inline, offset)

    def report(self, location: Location, code: str, message: str, hint: str = "") -> None:
        """Add a finding."""
        self.diagnostics.append(Diagnostic(location, code, message, hint))


@lru_cache(maxsize=16)
def _starts_of(text: str) -> Sequence[int]:
    """Return the offsets of a text's lines, which are asked for once per span in it."""
    return line_starts(text)


def _column_in(raw: str, column: int) -> int:
    """Return the index in `raw` of the character shown at `column` when tabs are expanded."""
    return bisect_left(_columns_of(raw), column) if "\t" in raw else column


@lru_cache(maxsize=64)
def _columns_of(raw: str) -> Sequence[int]:
    """Return the column of each character of a line when tabs are expanded."""
    ends = accumulate(raw, lambda at, char: at + (4 - at % 4 if char == "\t" else 1), initial=0)
    return list(ends)[:-1]


def attach(env: EnvType, page: Page) -> None:
    """Store the page where the rules find it."""
    env[_KEY] = page


def page_of(env: EnvType) -> Page:
    """Return the page that is being read, or an empty one for a text read on its own."""
    page: Page | None = env.get(_KEY)
    if page is None:
        page = env[_KEY] = Page(SourceFile("", "", ""), Config(), "", find_regions(""))
    return page


def line_at(starts: Sequence[int], offset: int) -> int:
    """Return the 0-based line that holds `offset`, given the offsets of line starts."""
    return bisect_right(starts, offset) - 1
