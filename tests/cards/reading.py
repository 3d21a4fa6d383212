"""What the tests of this folder ask of a page."""

from textwrap import dedent

from generator.cards.extract import Extraction, extract
from generator.config import Config
from generator.errors import Diagnostic
from generator.model import SourceFile
from generator.parser import parse
from generator.parser.words import text_of


def extraction(
    text: str, *, config: Config | None = None
) -> tuple[Extraction, tuple[Diagnostic, ...]]:
    """Extract the cards of a page."""
    config = config or Config()
    source = SourceFile("page.md", "page.md", dedent(text).lstrip("\n"))
    document, _ = parse(source, config=config)
    return extract(document, config=config)


def pairs(text: str, *, config: Config | None = None) -> list[tuple[str, str]]:
    """Return question and answer of each card as plain text."""
    found, _ = extraction(text, config=config)
    return [(text_of(card.question), text_of(card.answer)) for card in found.cards]


def verdicts(text: str, *, config: Config | None = None) -> list[str]:
    """Return the verdict on each box."""
    return [box.verdict for box in extraction(text, config=config)[0].boxes]


def rules(text: str, *, config: Config | None = None) -> list[str]:
    """Return the name of the rule for each verdict."""
    return [box.rule for box in extraction(text, config=config)[0].boxes]
