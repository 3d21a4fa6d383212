"""One page through all pure stages: what a worker process does."""

from dataclasses import replace
from html import escape
from urllib.parse import quote

from generator.cards.extract import extract
from generator.config import Config, NavPage, page_config
from generator.decks import deck_name
from generator.errors import Diagnostic, Location
from generator.fields import clean_fragment
from generator.identity.content import content_of
from generator.identity.sketch import sketch_of
from generator.model import Card, CardKind, Directive, Document, Media, Note, SourceFile
from generator.parser import parse
from generator.pipeline.encoding import encode
from generator.pipeline.links import links_of
from generator.pipeline.results import PageFile, PageResult
from generator.reader import decode, page_name
from generator.render.context import FindMedia, MediaProblem, RenderContext
from generator.render.html import render_fragment
from generator.render.links import at_anchor, resolve
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
    renderer = CardRenderer(document, extraction.title, config=config, find_media=recorder)
    for card in extraction.cards:
        note, found = renderer.render(card)
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


class CardRenderer:
    """Renders the cards of a page; what they have in common is worked out once."""

    def __init__(
        self, document: Document, title: str, *, config: Config, find_media: FindMedia
    ) -> None:
        """Prepare for a page.

        Args:
            document: The parsed page.
            title: Of the page, see `Card.page_title`.
            config: What is in force for it.
            find_media: Looks up pictures and sounds.
        """
        self._contexts = {
            kind: RenderContext(document, config, find_media, kind) for kind in CardKind
        }
        page = document.source.page
        self._page = escape(page)
        self._url = resolve("#", page=page, config=config).url
        self._post_url = _post_url(document, title, config)
        self._deck_root, self._deck_title = _deck_above(page, title, config)

    def render(self, card: Card) -> tuple[Note, tuple[Diagnostic, ...]]:
        """Render both sides of a card of the page."""
        context = self._contexts[card.kind]
        question, of_question = render_fragment(card.question, context=context)
        if card.kind is CardKind.CLOZE:
            context = replace(context, clozes_before=question.html.count("{{c"))
        answer, of_answer = render_fragment(card.answer, context=context)
        question, answer = clean_fragment(question), clean_fragment(answer)
        source = self._source(card.anchor)
        note = Note(
            location=card.location,
            page=card.page,
            page_title=card.page_title,
            section=card.section,
            anchor=card.anchor,
            kind=card.kind,
            deck=deck_name(self._deck_root, self._deck_title, card.section),
            question=question,
            answer=answer,
            sketch=sketch_of(answer.text),
            source=source,
            outline=card.outline,
            tags=card.tags,
            explicit_id=card.explicit_id,
            is_unanswered=card.is_unanswered,
            is_bank=card.is_bank,
            content=content_of(card, question, answer, source),
        )
        return note, of_question + of_answer

    def _source(self, anchor: str) -> str:
        """The `Source` field: a link to the card's place on the site, else the page's path."""
        if self._post_url:
            url = f"{self._post_url}#{quote(anchor)}"
        elif self._url:
            url = at_anchor(self._url, anchor)
        else:
            return self._page
        return f'<a href="{escape(url)}">{self._page}</a>'


def _post_url(document: Document, title: str, config: Config) -> str:
    """Where the site serves a post of a blog; "" for other pages."""
    source = document.source
    post = post_path(source.page, front=source.front_matter, title=title, config=config)
    if post is None or not config.site_url:
        return ""
    return f"{config.site_url.rstrip('/')}/{quote(post)}"


def _deck_above(page: str, title: str, config: Config) -> tuple[str, str]:
    """The decks above a page's own and its name: as in the site's navigation, else its title."""
    locale, base = locale_of(page, config)
    here = next((item for item in config.site.nav if item.page == base), NavPage(base))
    above = (part.replace("::", ": ") for part in (locale, *here.section) if part)
    root = "::".join((config.deck_root, *above))
    return root, here.title if here.title and not locale else title
