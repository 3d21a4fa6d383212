"""A page as it is now: its cards, the content of their fields, and their places in its text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from generator.cards.extract import extract
from generator.config import Config, page_config
from generator.fields import ANSWER, FIELD_NAMES, QUESTION, fields_of
from generator.model import Card, Media, Note, SourceFile, Tokens
from generator.parser import parse
from generator.pipeline.notes import CardRenderer
from generator.pull.alignment import Span
from generator.pull.leaves import leaves_of
from generator.pull.mapping import Sides
from generator.reader.files_in import put_files_in
from generator.reader.lines import line_starts
from generator.reader.page import decode
from generator.reader.snippets import Absence, FindText
from generator.render.context import FindMedia
from generator.render.media import SNIPPET, text_finder

NOTHING_EDITED: Final[Mapping[Path, str]] = MappingProxyType({})

Structure: TypeAlias = tuple[object, ...]
"""What belongs to a card besides its words."""

_RUN = re.compile(r"\{[{%#]|8<-")
"""What a site runs, or replaces by a file, wherever it is in a page."""

_QUESTION, _ANSWER = FIELD_NAMES.index(QUESTION), FIELD_NAMES.index(ANSWER)


class PageCard(Struct, frozen=True):
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
        self,
        data: bytes,
        *,
        page: str,
        display: str,
        config: Config,
        find_media: FindMedia,
        texts: Mapping[Path, str] = NOTHING_EDITED,
    ) -> None:
        """Decode a page and insert its snippets.

        Args:
            data: The file.
            page: See `SourceFile.page`.
            display: The path as messages name it.
            config: What is in force for the build.
            find_media: Looks up pictures and snippets.
            texts: Text of snippets that differ from those on disk, by their absolute paths.
        """
        reads_meta = config.site.extensions.meta is not None
        source, _ = decode(data, page=page, display=display, reads_meta=reads_meta)
        self._find_media = find_media
        self.source = source or SourceFile(display, page, "")
        self.config, _ = page_config(config, self.source.front_matter, path=display)
        self.whole, _ = put_files_in(
            self.source, config=self.config, find_text=_with_texts(find_media, texts)
        )
        self._last: tuple[str, Sequence[Card], CardRenderer, dict[int, Note]] | None = None

    @property
    def text(self) -> str:
        """The body with its snippets, as the parser reads it."""
        return self.whole.text

    def cards(self) -> tuple[PageCard, ...]:
        """Read all cards."""
        return tuple(
            self._page_card(number, card, note)
            for number, (card, note) in enumerate(self._all(self.text))
        )

    def read(self, text: str, number: int, count: int) -> Sides | None:
        """Read one card from an edited text.

        Args:
            text: The edited body.
            number: See `PageCard.number`.
            count: How many cards there must be.

        Returns:
            The content of its sides; None when the edit changed the set of cards, or put
            something into the page that the site would run.
        """
        if len(_RUN.findall(text)) > len(_RUN.findall(self.text)):
            return None
        cards = self._extract(text)[0]
        return sides_of_note(self._render(text, number)) if len(cards) == count else None

    def others(self, text: str, number: int) -> tuple[tuple[Sides | None, Structure], ...]:
        """What an edit of one card must not change: all others, and the structure around them.

        Args:
            text: The edited body.
            number: Of the card that may read differently, -1 for none.

        Returns:
            Equal values for texts that differ in the words of this card only.
        """
        return tuple(
            (None if at == number else sides_of_note(note), _structure(note))
            for at, (_, note) in enumerate(self._all(text))
        )

    def notes(self, text: str) -> tuple[Note, ...]:
        """Read all cards from an edited text."""
        return tuple(note for _, note in self._all(text))

    def _all(self, text: str) -> Iterator[tuple[Card, Note]]:
        for number, card in enumerate(self._extract(text)[0]):
            yield card, self._render(text, number)

    def _render(self, text: str, number: int) -> Note:
        cards, renderer, notes = self._extract(text)
        if number not in notes:
            notes[number], _ = renderer.render(cards[number])
        return notes[number]

    def _extract(self, text: str) -> tuple[Sequence[Card], CardRenderer, dict[int, Note]]:
        """Find the cards of a text; the last text is remembered, as it is asked for repeatedly."""
        if self._last is None or self._last[0] != text:
            self._last = (text, *self._parse(text), {})
        return self._last[1:]

    def _parse(self, text: str) -> tuple[Sequence[Card], CardRenderer]:
        source = replace(self.source, text=text, lines=(), body_line=0)
        document, _ = parse(source, config=self.config)
        extraction, _ = extract(document, config=self.config)
        renderer = CardRenderer(
            document, extraction.title, config=self.config, find_media=self._find_media
        )
        return extraction.cards, renderer

    def _page_card(self, number: int, card: Card, note: Note) -> PageCard:
        regions = tuple(self._regions(side) for side in (card.question, card.answer))
        return PageCard(number, note, sides_of_note(note), (regions[0], regions[1]))

    def _regions(self, tokens: Tokens) -> tuple[Span, ...]:
        """Join the lines of tokens to runs."""
        starts = line_starts(self.text)
        lines = sorted({line for token in tokens if token.map for line in range(*token.map)})
        runs: list[list[int]] = []
        for line in lines:
            if runs and line == runs[-1][1]:
                runs[-1][1] = line + 1
            else:
                runs.append([line, line + 1])
        return tuple(Span(starts[a], min(starts[b], len(self.text))) for a, b in runs)


def _with_texts(find_media: FindMedia, texts: Mapping[Path, str]) -> FindText:
    on_disk = text_finder(find_media)
    if not texts:
        return on_disk

    def find_text(path: str) -> str | Absence:
        found = find_media("", SNIPPET + path)
        edited = texts.get(Path(found.path)) if isinstance(found, Media) else None
        return on_disk(path) if edited is None else edited.removeprefix("\ufeff")

    return find_text


def _structure(note: Note) -> Structure:
    """Depths, not names: headings and titles around a card may be reworded."""
    depths = len(note.section), len(note.outline)
    return (*depths, note.kind, note.explicit_id, note.is_unanswered, note.is_suspended)


def sides_of_note(note: Note) -> Sides:
    """Return the content of a rendered note's question and answer."""
    fields = fields_of(note)
    return leaves_of(fields[_QUESTION]), leaves_of(fields[_ANSWER])
