"""One page through all pure stages: what a worker process does."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from generator.cards import Box, extract
from generator.config import Config
from generator.decks import deck_name
from generator.errors import Diagnostic
from generator.model import Card, Directive, Document, Note
from generator.parser import parse
from generator.pipeline.links import PageLink, links_of
from generator.reader import read
from generator.render import FindMedia, RenderContext, render_fragment
from generator.render.links import Target, resolve


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page to read.

    Attributes:
        path: Absolute.
        root: The folder that its identity is relative to, absolute.
        display: See `Location.path`.
    """

    path: Path
    root: Path
    display: str


@dataclass(frozen=True, slots=True)
class PageResult:
    """What a page gave.

    Attributes:
        file: The page.
        title: Page title, "" when it could not be read.
        notes: Its rendered cards in reading order.
        boxes: What became of every admonition.
        directives: Comments addressed to us.
        anchors: What links may point at.
        links: Its links to pages of the site.
        name: See `SourceFile.page`; "" when it could not be read.
        diagnostics: Of all stages.
    """

    file: PageFile
    title: str = ""
    notes: tuple[Note, ...] = ()
    boxes: tuple[Box, ...] = ()
    directives: tuple[Directive, ...] = ()
    anchors: frozenset[str] = frozenset()
    links: tuple[PageLink, ...] = ()
    name: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


def process(file: PageFile, *, config: Config, find_media: FindMedia) -> PageResult:
    """Read, parse, extract and render one page."""
    source, problems = read(file.path, root=file.root, display=file.display)
    if source is None:
        return PageResult(file, diagnostics=problems)
    document, found = parse(source, config=config)
    problems += found
    extraction, found = extract(document, config=config)
    problems += found
    notes = []
    for card in extraction.cards:
        note, found = render_card(card, document, config=config, find_media=find_media)
        notes.append(note)
        problems += found
    return PageResult(
        file,
        title=extraction.title,
        notes=tuple(notes),
        boxes=extraction.boxes,
        directives=document.directives,
        anchors=document.anchors,
        links=links_of(document),
        name=source.page,
        diagnostics=problems,
    )


def render_card(
    card: Card, document: Document, *, config: Config, find_media: FindMedia
) -> tuple[Note, tuple[Diagnostic, ...]]:
    """Render both sides of a card."""
    context = RenderContext(document, config, find_media, card.kind)
    question, of_question = render_fragment(card.question, context=context)
    answer, of_answer = render_fragment(card.answer, context=context)
    note = Note(
        location=card.location,
        page=card.page,
        page_title=card.page_title,
        section=card.section,
        anchor=card.anchor,
        kind=card.kind,
        deck=deck_name(config.deck_root, card.page_title, card.section),
        question=question,
        answer=answer,
        source=source_link(card, config),
        outline=card.outline,
        tags=card.tags,
        explicit_id=card.explicit_id,
        is_unanswered=card.is_unanswered,
        is_bank=card.is_bank,
    )
    return note, of_question + of_answer


def source_link(card: Card, config: Config) -> str:
    """The `Source` field: a link to the card's place on the site, else the page's path."""
    target: Target = resolve(f"#{card.anchor}", page=card.page, config=config)
    if not target.url:
        return escape(card.page)
    return f'<a href="{escape(target.url)}">{escape(card.page)}</a>'
