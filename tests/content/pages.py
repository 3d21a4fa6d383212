"""Read the decks of `source/` for tests: cards by id, their words, numbers and code.

A fence in brace form with the class `run` (`{ .python .run }`) is a block that the tests execute;
the site and the cards take `run` as one more CSS class, so that readers see nothing of it.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "source"

_MARKER = re.compile(r'^(?P<indent> *)\?\?\?\+? question "(?P<title>.*)"$')
_ID = re.compile(r"<!-- id: (?P<id>\S+) -->")
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
class PageCard:
    """A question box of a page.

    Attributes:
        page: File name.
        line: 1-based line of the marker.
        title: Text between the outer quotes.
        body: Dedented body, the id comment included.
        id: From the comment that opens the body; "" when there is none.
    """

    page: str
    line: int
    title: str
    body: str
    id: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All fenced blocks of the body."""
        return blocks(self.body)

    @property
    def words(self) -> int:
        """How many words a reader reads: no code, formulas, sources or table rules."""
        text = without_code(self.body)
        text = re.sub(r"<!--.*?-->", " ", text, flags=re.DOTALL)
        text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", " x ", text, flags=re.DOTALL)
        text = re.sub(r"^ *\*Source:\*.*$", " ", text, flags=re.MULTILINE)
        text = re.sub(r"\]\([^)]*\)|\{[^}]*\}", " ", text)
        return len(re.findall(r"\w[\w'’.,%–-]*", text))

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
    body = _dedent(lines[row + 1 : after], depth)
    comment = _ID.match(body.lstrip())
    return PageCard(name, row + 1, hit["title"], body, comment["id"] if comment else "")


def _dedent(lines: list[str], depth: int) -> str:
    return "\n".join(line[depth:] for line in lines).strip("\n") + "\n"
