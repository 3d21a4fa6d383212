"""Read the decks of `source/` for tests: cards by id, their words, numbers and code.

A fence in brace form with the class `run` (`{ .python .run }`) is a part of the card's program: the
tests execute these blocks one after another, folded imports and checks included. The site and the
cards take `run` as one more CSS class, so that readers see nothing of it.

A line `--8<-- "facts.md:NAME"` includes a section of `facts.md`, as on the card.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "source"

_MARKER = re.compile(r'^(?P<indent> *)\?\?\?\+? question(?: (?P<classes>[\w ]+))? "(?P<title>.*)"$')
_INNER = re.compile(r'^\?\?\? (?P<type>\w+) "(?P<title>.*)"\n(?P<body>(?:(?: {4}.*)?\n)*)', re.M)
_SNIPPET = re.compile(r'^(?P<indent> *)--8<-- "(?P<path>[\w.-]+):(?P<section>[\w-]+)"$', re.M)
_ID = re.compile(r"<!-- id: (?P<id>\S+) -->")
_TAGS = re.compile(r"^<!-- admonki: tags (?P<tags>[^>]+) -->$", re.MULTILINE)
_FENCE = re.compile(
    r"^(?P<indent> *)(?P<ticks>`{3,})(?P<info>[^\n`]*)\n(?P<code>.*?)^(?P=indent)(?P=ticks) *$",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block.

    Attributes:
        info: What follows the backticks.
        code: The lines, dedented.
    """

    info: str
    code: str

    @property
    def is_python(self) -> bool:
        """Whether the fence says Python."""
        return re.match(r"\{? *\.?(python|py)\b", self.info.strip()) is not None

    @property
    def is_runnable(self) -> bool:
        """Whether the fence has the class `run`."""
        return self.is_python and re.search(r"\.run\b", self.info) is not None


@dataclass(frozen=True, slots=True)
class Inner:
    """A box in a card: a further question, or folded code.

    Attributes:
        type: `tip` for a question, `abstract` for folded code.
        title: Text between the outer quotes.
        body: Dedented body, the id comment of a question included.
    """

    type: str
    title: str
    body: str

    @property
    def id(self) -> str:
        """From the comment that opens the body; "" when there is none."""
        comment = _ID.match(self.body)
        return comment["id"] if comment else ""

    @property
    def words(self) -> int:
        """How many words a reader reads."""
        return count_words(self.body)


@dataclass(frozen=True, slots=True)
class PageCard:
    """A question box of a page.

    Attributes:
        page: File name.
        line: 1-based line of the marker.
        title: Text between the outer quotes.
        body: Dedented body, the id comment and the tables of `facts.md` included.
        id: From the comment that opens the body; "" when there is none.
        classes: Classes of the box, such as `cloze`.
    """

    page: str
    line: int
    title: str
    body: str
    id: str
    classes: tuple[str, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All fenced blocks of the body."""
        return blocks(self.body)

    @property
    def inner(self) -> tuple[Inner, ...]:
        """The boxes in this card."""
        return tuple(
            Inner(hit["type"], hit["title"], _dedent(hit["body"].split("\n"), 4))
            for hit in _INNER.finditer(self.body)
        )

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags that the card's own comment gives."""
        hit = _TAGS.search(self.body)
        return tuple(hit["tags"].split()) if hit else ()

    @property
    def answer(self) -> str:
        """The body without its inner boxes."""
        return _INNER.sub("", self.body)

    @property
    def words(self) -> int:
        """How many words of the answer a reader reads."""
        return count_words(self.answer)

    @property
    def program(self) -> str:
        """The runnable blocks, one after another."""
        return "\n".join(block.code for block in self.blocks if block.is_runnable)

    def number(self, pattern: str) -> float:
        """Return the number that group 1 of `pattern` finds in the body.

        Raises:
            AssertionError: The body does not say it, or says it twice differently.
        """
        found = {hit.replace(",", "") for hit in re.findall(pattern, self.body)}
        assert len(found) == 1, f"{self.id}: {pattern!r} found {sorted(found)}"
        return float(found.pop())


def blocks(text: str) -> tuple[Block, ...]:
    """Return the fenced blocks of `text`, dedented."""
    return tuple(
        Block(hit["info"], _dedent(hit["code"].split("\n"), len(hit["indent"])))
        for hit in _FENCE.finditer(text)
    )


def count_words(text: str) -> int:
    """Return how many words a reader reads: no code, formulas, images, tables' rules, sources."""
    text = without_code(text)
    text = re.sub(r"<!--.*?-->", " ", text, flags=re.DOTALL)
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", " x ", text, flags=re.DOTALL)
    text = re.sub(r"^ *(\*Source:\*|\*As of|!\[).*$", " ", text, flags=re.MULTILINE)
    text = re.sub(r"\]\([^)]*\)|\{[^}]*\}", " ", text)
    return len(re.findall(r"\w[\w'’.,%–-]*", text))


def section(path: str, name: str) -> str:
    """Return a section of a file of `source/`, without its marks.

    Raises:
        AssertionError: There is no such section.
    """
    text = (SOURCE / path).read_text(encoding="utf-8")
    hit = re.search(
        rf"<!-- --8<-- \[start:{name}\] -->\n(.*?)\n<!-- --8<-- \[end:{name}\] -->", text, re.DOTALL
    )
    assert hit, f"{path} has no section {name}"
    return hit[1]


def without_code(text: str) -> str:
    """Return `text` without its fenced blocks."""
    return _FENCE.sub("", text)


def page_names() -> tuple[str, ...]:
    """Return the names of all pages of `source/`."""
    return tuple(sorted(path.name for path in SOURCE.glob("*.md")))


@cache
def page_cards(name: str) -> tuple[PageCard, ...]:
    """Return the question boxes of one page in order."""
    lines = (SOURCE / name).read_text(encoding="utf-8").split("\n")
    return tuple(
        _card(name, lines, row, hit)
        for row, line in enumerate(lines)
        if (hit := _MARKER.match(line))
    )


@cache
def cards() -> dict[str, PageCard]:
    """Return all cards of all pages by id."""
    return {card.id: card for name in page_names() for card in page_cards(name)}


def _card(name: str, lines: list[str], row: int, hit: re.Match[str]) -> PageCard:
    depth = len(hit["indent"]) + 4
    after = row + 1
    while after < len(lines) and (not lines[after].strip() or lines[after].startswith(" " * depth)):
        after += 1
    body = _SNIPPET.sub(_filled, _dedent(lines[row + 1 : after], depth))
    comment = _ID.match(body.lstrip())
    classes = tuple((hit["classes"] or "").split())
    return PageCard(name, row + 1, hit["title"], body, comment["id"] if comment else "", classes)


def _filled(hit: re.Match[str]) -> str:
    lines = section(hit["path"], hit["section"]).split("\n")
    return "\n".join(hit["indent"] + line if line else "" for line in lines)


def _dedent(lines: list[str], depth: int) -> str:
    return "\n".join(line[depth:] for line in lines).strip("\n") + "\n"
