"""A field's HTML as content: runs of pieces, each with its place in the structure of blocks.

Presentation (classes, wrappers, highlighting) is left out, so that a field as shipped and the same
field after Anki's editor give equal values.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from msgspec import Struct

from generator.html_tokens import Tag, tokens_of

_MARKS: Final = {
    "b": "b",
    "strong": "b",
    "i": "i",
    "em": "i",
    "code": "code",
    "a": "a",
    "s": "del",
    "del": "del",
    "strike": "del",
    "mark": "mark",
    "sub": "sub",
    "sup": "sup",
    "u": "u",
    "ins": "u",
    "kbd": "kbd",
}
_BLOCKS: Final = frozenset(
    {
        *("p", "div", "li", "ul", "ol", "table", "tr", "td", "th", "pre", "blockquote", "hr"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "details", "summary", "dl", "dt", "dd"),
        *("figure", "figcaption", "section"),
    }
)
_WRAPPERS: Final = frozenset({"table-wrap", "tight", "highlight", "math-display", "question-title"})
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_CODE = re.compile(r"\w+|[^\w\s]|\n|[^\S\n]+")
_MATHJAX: Final = {"\\(": ("\\)", "math"), "\\[": ("\\]", "display")}
_BEGIN = re.compile(r"\\[(\[]")
_VOID: Final = ("img", "br", "input", "hr")
_DEEPEST: Final = 100  # elements in each other; what is deeper counts as what is around it
_LONGEST: Final = 500_000  # characters of a field; the rest is not compared


@dataclass(frozen=True, slots=True)  # not a Struct: `source` does not count in comparisons
class Piece:
    """A word, a sign, a formula, a picture, or the start or end of a mark.

    Attributes:
        kind: `word`, `open`, `close`, `math`, `display`, `img`, `br`, `task` or `footnote`.
        text: The word, the mark's name, the TeX, the file's name.
        has_space: Whether white space comes before it.
        target: The target of a link.
        source: Path of a picture that is not in the pages yet, to write it as Markdown.
    """

    kind: str
    text: str
    has_space: bool = False
    target: str = ""
    source: str = field(default="", compare=False)


class Leaf(Struct, frozen=True):
    """A run of pieces in one block: a paragraph, an item's line, a cell, a piece of code.

    Attributes:
        path: Tags of the blocks around it, outermost first, at least `p`.
        shared: How many of these blocks also contain the previous leaf.
        pieces: Its content.
    """

    path: tuple[str, ...]
    shared: int
    pieces: tuple[Piece, ...]

    @property
    def is_code(self) -> bool:
        """Whether white space is significant."""
        return "pre" in self.path

    @property
    def words(self) -> tuple[str, ...]:
        """The texts of its pieces."""
        return tuple(piece.text for piece in self.pieces)


def leaves_of(html: str) -> tuple[Leaf, ...]:
    """Read a field.

    Args:
        html: As Anki has it.

    Returns:
        Its leaves in reading order; empty blocks are left out.
    """
    reader = _Reader()
    for token in tokens_of(html[:_LONGEST].replace("\u00a0", " ")):
        if isinstance(token, str):
            reader.take_text(token)
        elif token.is_end:
            reader.end(token.name)
        else:
            reader.start(token)
    reader.end_leaf()
    return tuple(_with_shared(reader.leaves))


def _with_shared(
    found: Sequence[tuple[tuple[tuple[str, int], ...], tuple[Piece, ...]]],
) -> Iterator[Leaf]:
    before: tuple[tuple[str, int], ...] = ()
    for path, pieces in found:
        shared = 0
        while shared < min(len(path), len(before)) and path[shared] == before[shared]:
            shared += 1
        before = path
        yield Leaf(tuple(tag for tag, _ in path), shared, pieces)


class _Reader:
    """Collects leaves; each block element has a number, so that siblings can be told apart."""

    def __init__(self) -> None:
        self.leaves: list[tuple[tuple[tuple[str, int], ...], tuple[Piece, ...]]] = []
        self._open: list[tuple[str, str, int]] = []  # tag, what it counts as, number
        self._pieces: list[Piece] = []
        self._number = 0
        self._has_space = False
        self._math: Piece | None = None
        self._skipped = ""

    def start(self, token: Tag) -> None:
        """Begin an element."""
        self._start(token.name, token.values)
        if token.is_closed and token.name not in _VOID:
            self.end(token.name)

    def _start(self, tag: str, values: dict[str, str]) -> None:
        if self._math:
            return
        if tag == "math":
            kind = "display" if values.get("display") == "block" else "math"
            self._math = Piece(kind, values.get("data-tex") or values.get("alttext", ""))
            return
        self._number += 1
        if tag in _VOID:
            self._add_void(tag, values)
            return
        if len(self._open) >= _DEEPEST:
            return
        role = _role(tag, values)
        if role == "code" and self._in_code():
            role = ""  # the block says it already
        if role in _BLOCKS:
            self.end_leaf()
        self._open.append((tag, role, self._number_of(role)))
        if role == "footnote" or role in _MARKS.values():
            if role == "footnote":
                self._skipped = tag
            else:
                self._add(Piece("open", role, target=values.get("href", "")))

    def end(self, tag: str) -> None:
        """End an element, and those in it."""
        if self._math:
            if tag == "math":
                if self._math.text:  # the first piece of a long formula has the TeX of the whole
                    self._add(self._math)
                self._math = None
            return
        names = [name for name, _, _ in self._open]
        if tag not in names:
            return
        while self._open:
            name, role, _ = self._open[-1]
            self._close(role)
            if name == tag:
                return

    def _close(self, role: str) -> None:
        if role in _BLOCKS:
            self.end_leaf()
        self._open.pop()
        if role == "footnote":
            self._skipped = ""
        elif role in _MARKS.values():
            self._add_closing(role)

    def _add_closing(self, role: str) -> None:
        """Close a mark; drop an empty one."""
        if self._pieces and self._pieces[-1].kind == "open" and self._pieces[-1].text == role:
            self._pieces.pop()
            return
        self._pieces.append(Piece("close", role))

    def _add_void(self, tag: str, values: dict[str, str]) -> None:
        if tag == "img":
            self._add(Piece("img", values.get("src", "")))
        elif tag == "br":
            if self._in_code():
                self.take_text("\n")
            else:
                self._pieces.append(Piece("br", ""))
                self._has_space = False
        elif tag == "input":
            self._add(Piece("task", "x" if "checked" in values else ""))
        else:
            self.end_leaf()
            self._open.append(("hr", "hr", self._number))
            self._pieces.append(Piece("word", "---"))
            self.end_leaf()
            self._open.pop()

    def _add(self, piece: Piece) -> None:
        spaced = Piece(piece.kind, piece.text, self._has_space and bool(self._pieces), piece.target)
        self._pieces.append(spaced)
        self._has_space = False

    def _path(self) -> tuple[tuple[str, int], ...]:
        return tuple((role, number) for _, role, number in self._open if role in _BLOCKS)

    def _without_tightness(self, path: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
        """Drop the paragraph that an item of a loose list begins with: editors write none."""
        is_first = not self.leaves or self.leaves[-1][0][: len(path) - 1] != path[:-1]
        tags = [tag for tag, _ in path[-2:]]
        return path[:-1] if is_first and tags in (["li", "p"], ["dd", "p"]) else path

    def _number_of(self, role: str) -> int:
        """A number for a block; a list directly after one of its kind continues that one."""
        above = self._path()
        last = self.leaves[-1][0] if self.leaves else ()
        depth = len(above)
        if role in ("ul", "ol") and last[:depth] == above and len(last) > depth:
            tag, number = last[depth]
            return number if tag == role else self._number
        return self._number

    def take_text(self, data: str) -> None:
        """Add a text."""
        if self._math:
            return
        if self._skipped:
            self._add(Piece("footnote", data.strip()))
            return
        if self._in_code():
            self._pieces += [Piece("word", text) for text in _CODE.findall(data)]
            return
        after = 0
        for start, end, kind in _formulas(data):
            self._add_words(data[after:start])
            self._add(Piece(kind, data[start + 2 : end - 2]))
            after = end
        self._add_words(data[after:])

    def _add_words(self, text: str) -> None:
        for word in _WORDS.findall(text):
            if word.isspace():
                self._has_space = True
            else:
                self._add(Piece("word", word))

    def _in_code(self) -> bool:
        return any(role == "pre" for _, role, _ in self._open)

    def end_leaf(self) -> None:
        """End the run of pieces."""
        pieces = self._pieces
        while pieces and pieces[-1].kind == "br":
            pieces.pop()
        first = next((n for n, piece in enumerate(pieces) if piece.kind != "br"), 0)
        pieces = pieces[first:]
        if self._in_code():
            while pieces and pieces[-1].text.isspace():
                pieces.pop()
        if pieces:
            path = self._without_tightness(self._path())
            # Text outside of blocks is a paragraph: Anki's editor makes both, and shows them alike.
            self.leaves.append((path or (("p", -len(self.leaves)),), tuple(pieces)))
        self._pieces = []
        self._has_space = False


def _formulas(data: str) -> Iterator[tuple[int, int, str]]:
    """Where the formulas of MathJax begin and end, and their kind."""
    ends = {begin: data.rfind(end) for begin, (end, _) in _MATHJAX.items()}
    at = 0
    for match in _BEGIN.finditer(data):
        start, begin = match.start(), match[0]
        if start < at or ends[begin] < start + 3:
            continue
        end, kind = _MATHJAX[begin]
        at = data.find(end, start + 3) + 2
        yield start, at, kind


def _role(tag: str, values: dict[str, str]) -> str:
    """How to treat an element: as a block, a mark, or nothing."""
    if tag == "sup" and values.get("id", "").startswith("fnref"):
        return "footnote"
    if tag == "div":
        return "" if _WRAPPERS & set(values.get("class", "").split()) else "p"
    if tag in _BLOCKS:
        return tag
    return _MARKS.get(tag, "")
