"""A page as it is now: its cards, the content of their fields, and their places in its text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.cards.extract import extract
from generator.config import Config, page_config
from generator.fields import ANSWER, FIELD_NAMES, QUESTION
from generator.model import Card, Note, SourceFile, Tokens
from generator.parser import parse
from generator.pipeline.notes import CardRenderer
from generator.pull.alignment import Span
from generator.pull.leaves import leaves_of
from generator.pull.mapping import Sides
from generator.reader.files_in import put_files_in
from generator.reader.page import decode
from generator.render.context import FindMedia
from generator.render.media import text_finder

_QUESTION, _ANSWER = FIELD_NAMES.index(QUESTION), FIELD_NAMES.index(ANSWER)


@dataclass(frozen=True, slots=True)
class PageCard:
    """A card of a page.

    Attributes:
        number: Its position among the page's cards, from 0.
        note: As a build makes it, without identity.
        sides: Content of its question and answer.
        regions: For each side, the parts of the text that it comes from.
    """

    number: int
    note: Note
    sides: Sides
    regions: tuple[tuple[Span, ...], tuple[Span, ...]]


class Page:
    """A page whose text may be edited and read again."""

    def __init__(
        self, data: bytes, *, page: str, display: str, config: Config, find_media: FindMedia
    ) -> None:
        """Decode a page and insert its snippets.

        Args:
            data: The file.
            page: See `SourceFile.page`.
            display: The path as messages name it.
            config: What is in force for the build.
            find_media: Looks up pictures and snippets.
        """
        reads_meta = config.site.extensions.meta is not None
        source, _ = decode(data, page=page, display=display, reads_meta=reads_meta)
        self._find_media = find_media
        self.source = source or SourceFile(display, page, "")
        self.config, _ = page_config(config, self.source.front_matter, path=display)
        self.whole, _ = put_files_in(
            self.source, config=self.config, find_text=text_finder(find_media)
        )

    @property
    def text(self) -> str:
        """The body with its snippets, as the parser reads it."""
        return self.whole.text

    def cards(self) -> tuple[PageCard, ...]:
        """Read all cards."""
        cards, renderer = self._extract(self.text)
        return tuple(self._page_card(number, card, renderer) for number, card in enumerate(cards))

    def read(self, text: str, number: int, count: int) -> Sides | None:
        """Read one card from an edited text.

        Args:
            text: The edited body.
            number: See `PageCard.number`.
            count: How many cards there must be.

        Returns:
            The content of its sides; None when the edit changed the set of cards.
        """
        cards, renderer = self._extract(text)
        if len(cards) != count:
            return None
        return _sides(renderer.render(cards[number])[0])

    def others(self, text: str, number: int) -> tuple[Sides, ...]:
        """Read all cards but one from an edited text.

        Args:
            text: The edited body.
            number: Of the card to leave out.
        """
        cards, renderer = self._extract(text)
        return tuple(
            _sides(renderer.render(card)[0]) for at, card in enumerate(cards) if at != number
        )

    def _extract(self, text: str) -> tuple[Sequence[Card], CardRenderer]:
        source = replace(self.source, text=text, lines=(), body_line=0)
        document, _ = parse(source, config=self.config)
        extraction, _ = extract(document, config=self.config)
        renderer = CardRenderer(
            document, extraction.title, config=self.config, find_media=self._find_media
        )
        return extraction.cards, renderer

    def _page_card(self, number: int, card: Card, renderer: CardRenderer) -> PageCard:
        note, _ = renderer.render(card)
        regions = tuple(self._regions(side) for side in (card.question, card.answer))
        return PageCard(number, note, _sides(note), (regions[0], regions[1]))

    def _regions(self, tokens: Tokens) -> tuple[Span, ...]:
        """Join the lines of tokens to runs."""
        starts = [0]
        for text in self.text.split("\n"):
            starts.append(starts[-1] + len(text) + 1)
        lines = sorted({line for first, after in _maps(tokens) for line in range(first, after)})
        runs: list[list[int]] = []
        for line in lines:
            if runs and line == runs[-1][1]:
                runs[-1][1] = line + 1
            else:
                runs.append([line, line + 1])
        return tuple(Span(starts[a], min(starts[b], len(self.text))) for a, b in runs)


def _maps(tokens: Tokens) -> Iterator[tuple[int, int]]:
    for token in tokens:
        if token.map:
            yield token.map[0], token.map[1]


def _sides(note: Note) -> Sides:
    assert note.content is not None  # noqa: S101 - a rendered note has one
    fields = note.content.fields
    return leaves_of(fields[_QUESTION]), leaves_of(fields[_ANSWER])
