"""One page through all pure stages: what a worker process does."""

from dataclasses import replace
from html import escape
from urllib.parse import quote

from generator.cards.extract import extract
from generator.config import Config, NavPage, page_config
from generator.decks import deck_name
from generator.errors import Diagnostic, Location
from generator.fields import clean_fragment
from generator.identity.sketch import sketch_of
from generator.model import Card, CardKind, Directive, Document, Media, Note, SourceFile
from generator.parser import parse
from generator.pipeline.encoding import encode
from generator.pipeline.links import links_of
from generator.pipeline.results import PageFile, PageResult
from generator.reader import decode, page_name
from generator.render.context import FindMedia, MediaProblem, RenderContext
from generator.render.html import render_fragment
from generator.render.links import resolve
from generator.render.media import text_finder
from generator.render.site_path import locale_of, post_path
from generator.snippets import include_snippets


class _Recorder:
    """A `FindMedia` that remembers what it was asked."""

    def __init__(self, find_media: FindMedia) -> None:
        self._find_media = find_media
        self.lookups: dict[tuple[str, str], Media | MediaProblem] = {}

    def __call__(self, page: str, target: str) -> Media | MediaProblem:
        found = self._find_media(page, target)
        self.lookups[page, target] = found
        return found


def process(file: PageFile, data: bytes, *, config: Config, find_media: FindMedia) -> PageResult:
    """Decode, parse, extract and render one page.

    Args:
        file: The page.
        data: Its bytes.
        config: What is in force.
        find_media: Looks up pictures and sounds.
    """
    recorder = _Recorder(find_media)
    document, config, problems = read_document(file, data, config=config, find_media=recorder)
    if document is None:
        return PageResult(file, diagnostics=problems)
    extraction, found = extract(document, config=config)
    problems += found
    notes = []
    for card in extraction.cards:
        note, found = render_card(card, document, config=config, find_media=recorder)
        notes.append(note)
        problems += found
    return PageResult(
        file,
        title=extraction.title,
        notes=tuple(notes),
        boxes=encode(extraction.boxes),
        directives=(*document.directives, *_page_wide(document.source, config)),
        anchors=document.anchors,
        links=links_of(document),
        name=document.source.page,
        diagnostics=problems,
        lookups=tuple((*asked, media) for asked, media in recorder.lookups.items()),
    )


def _page_wide(source: SourceFile, config: Config) -> tuple[Directive, ...]:
    """Return what the front matter silences as a directive for every line of the page."""
    if "ignore" not in source.front_matter.options:
        return ()
    lines = (1, source.body_line + source.text.count("\n") + 1)
    return (Directive(Location(source.path), "ignore", tuple(sorted(config.ignore)), lines),)


def read_document(
    file: PageFile, data: bytes, *, config: Config, find_media: FindMedia
) -> tuple[Document | None, Config, tuple[Diagnostic, ...]]:
    """Decode and parse one page.

    Args:
        file: The page.
        data: Its bytes.
        config: What is in force for the build.
        find_media: Looks up snippets.

    Returns:
        The document, None when the page cannot be read; what is in force for it; findings.
    """
    page = page_name(file.path, file.root)
    source, problems = decode(data, page=page, display=file.display)
    if source is None:
        return None, config, problems
    config, of_settings = page_config(config, source.front_matter.options, path=file.display)
    find_text = text_finder(find_media)
    source, of_snippets = include_snippets(source, config=config, find_text=find_text)
    document, of_text = parse(source, config=config)
    return document, config, (*problems, *of_settings, *of_snippets, *of_text)


def render_card(
    card: Card, document: Document, *, config: Config, find_media: FindMedia
) -> tuple[Note, tuple[Diagnostic, ...]]:
    """Render both sides of a card."""
    context = RenderContext(document, config, find_media, card.kind)
    question, of_question = render_fragment(card.question, context=context)
    if card.kind is CardKind.CLOZE:
        context = replace(context, clozes_before=question.html.count("{{c"))
    answer, of_answer = render_fragment(card.answer, context=context)
    note = Note(
        location=card.location,
        page=card.page,
        page_title=card.page_title,
        section=card.section,
        anchor=card.anchor,
        kind=card.kind,
        deck=deck_of(card, config),
        question=clean_fragment(question),
        answer=clean_fragment(answer),
        sketch=sketch_of(answer.text),
        source=source_link(card, document, config),
        outline=card.outline,
        tags=card.tags,
        explicit_id=card.explicit_id,
        is_unanswered=card.is_unanswered,
        is_bank=card.is_bank,
    )
    return note, of_question + of_answer


def source_link(card: Card, document: Document, config: Config) -> str:
    """The `Source` field: a link to the card's place on the site, else the page's path."""
    if not config.site_url:
        return escape(card.page)
    url = resolve(f"#{card.anchor}", page=card.page, config=config).url
    front = document.source.front_matter
    post = post_path(card.page, front=front, title=card.page_title, config=config)
    if post is not None:
        url = f"{config.site_url.rstrip('/')}/{quote(post)}#{quote(card.anchor)}"
    if not url:
        return escape(card.page)
    return f'<a href="{escape(url)}">{escape(card.page)}</a>'


def deck_of(card: Card, config: Config) -> str:
    """The deck of a card: where the site's navigation has its page, else by the page's title."""
    locale, page = locale_of(card.page, config)
    here = next((item for item in config.site.nav if item.page == page), NavPage(page))
    above = (part.replace("::", ": ") for part in (locale, *here.section) if part)
    root = "::".join((config.deck_root, *above))
    return deck_name(
        root, here.title if here.title and not locale else card.page_title, card.section
    )
