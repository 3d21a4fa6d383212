"""Cards to notes: both sides rendered, with the content of their package fields."""

from collections.abc import Mapping
from urllib.parse import quote

from msgspec.structs import replace

from generator.config import Config, DeckDepth, NavPage
from generator.errors import Diagnostic
from generator.identity.authored import Authorship
from generator.identity.content import content_of
from generator.identity.sketch import sketch_of
from generator.markup.writer import end, start, write
from generator.model import Card, CardKind, Document, Note
from generator.pipeline.decks import deck_at, deck_name
from generator.render.context import FindMedia, RenderContext
from generator.render.html import render_fragment
from generator.render.links import at_anchor, resolve
from generator.render.reuse import Reuse
from generator.render.site_path import locale_of, post_path


class CardRenderer:
    """Renders the cards of a page; shared values are computed once."""

    def __init__(
        self,
        document: Document,
        title: str,
        *,
        config: Config,
        find_media: FindMedia,
        reuse: Reuse | None = None,
    ) -> None:
        """Prepare for a page.

        Args:
            document: The parsed page.
            title: Of the page, see `Card.page_title`.
            config: Its settings.
            find_media: Looks up pictures and sounds.
            reuse: Formulas and code of the page's last version.
        """
        context = RenderContext(document, config, find_media, reuse=reuse or Reuse())
        self._contexts = {kind: replace(context, kind=kind) for kind in CardKind}
        page = document.source.page
        self._page = page
        self._url = resolve("#", page=page, config=config).url
        self._post_url = _post_url(document, title, config)
        self._above, self._depth = deck_above(page, title, config), config.deck_depth
        self._authorship = Authorship(document, config.macros)

    def render(self, card: Card) -> tuple[Note, tuple[Diagnostic, ...]]:
        """Render both sides of a card of the page."""
        context = self._contexts[card.kind]
        question, of_question = render_fragment(card.question, context=context)
        answer, of_answer = render_fragment(card.answer, context=context)
        source = self._source(card.anchor)
        written = self._authorship.hash(card, (*question.media, *answer.media))
        note = Note(
            location=card.location,
            page=card.page,
            page_title=card.page_title,
            section=card.section,
            anchor=card.anchor,
            kind=card.kind,
            deck=self._deck(card),
            question=question,
            answer=answer,
            sketch=sketch_of(answer.text),
            source=source,
            outline=card.outline,
            tags=card.tags,
            explicit_id=card.explicit_id,
            is_unanswered=card.is_unanswered,
            is_bank=card.is_bank,
            is_suspended=card.is_suspended,
            is_typed=card.is_typed,
            lines=card.lines,
            content=content_of(card, question, answer, source, source_hash=written),
        )
        return note, of_question + of_answer

    def _deck(self, card: Card) -> str:
        """The deck chosen by its author, else that of the card's place."""
        if card.deck and not card.deck.startswith("::"):
            return deck_name(card.deck, "", (), card.subdeck)
        below = f"{card.deck}::{card.subdeck}"
        return deck_at(self._above, card.section, depth=self._depth, below=below)

    def _source(self, anchor: str) -> str:
        """The `Source` field: a link to the card's place on the site, else the page's path."""
        if self._post_url:
            url = f"{self._post_url}#{quote(anchor)}"
        elif self._url:
            url = at_anchor(self._url, anchor)
        else:
            return write([self._page])
        return write([start("a", {"href": url}), self._page, end("a")])


def _post_url(document: Document, title: str, config: Config) -> str:
    """The path of a blog post on the site; "" for other pages."""
    source = document.source
    post = post_path(source.page, front=source.front_matter, title=title, config=config)
    if post is None or not config.site_url:
        return ""
    return f"{config.site_url.rstrip('/')}/{quote(post)}"


def deck_above(page: str, title: str, config: Config) -> tuple[str, str]:
    """A page's place in the site's navigation, and its name there, else its title.

    Args:
        page: See `SourceFile.page`.
        title: See `Card.page_title`.
        config: What is in force.

    Returns:
        The decks above the page's own, and its name.
    """
    locale, base = locale_of(page, config)
    here = next((item for item in config.site.nav if item.page == base), NavPage(base))
    folders = here.section
    if config.deck_depth is DeckDepth.FOLDER and not config.site.nav:
        folders = tuple(map(_folder_title, base.split("/")[:-1]))
    said = _translations(locale, config)
    folders = tuple(said.get(name, name) for name in folders)
    above = (part.replace("::", ": ") for part in (locale, *folders) if part)
    root = "::".join((config.deck_root, *above))
    named = said.get(here.title, "" if locale else here.title) if here.title else ""
    return root, named or title


def _translations(locale: str, config: Config) -> Mapping[str, str]:
    """Return how a language of the site calls titles of the navigation."""
    languages = config.site.languages
    return languages.translations.get(locale or languages.default, {}) if languages else {}


def _folder_title(name: str) -> str:
    """The name of a folder in MkDocs' automatic navigation (`dirname_to_title`)."""
    title = name.replace("-", " ").replace("_", " ")
    return title.capitalize() if title.lower() == title else title
