"""All admonitions of the pages, cards or not, for `cards --all`."""

from pathlib import Path

from markdown_it.token import Token
from msgspec import Struct

from generator.cards.blocks import Block, tokens_of, tree
from generator.cards.extract import page_title
from generator.cards.sections import Sections
from generator.config import Config
from generator.errors import Diagnostic
from generator.model import Admonition, Document, Fragment, Tokens
from generator.pipeline.decks import deck_at
from generator.pipeline.notes import deck_above
from generator.pipeline.pages import read_document
from generator.pipeline.rendering import read_page
from generator.pipeline.results import PageResult
from generator.pipeline.sources import PageFile, page_files
from generator.render.context import FindMedia, RenderContext
from generator.render.html import render_fragment
from generator.render.media import MediaFolder


class RenderedBox(Struct, frozen=True):
    """An admonition with its title and body as HTML.

    Attributes:
        admonition: The parsed marker.
        page: See `SourceFile.page`.
        section: Headings above it, outermost first.
        deck: The deck of a card at this place.
        title: Rendered title; the type's name without one, as on the site.
        body: Rendered body.
    """

    admonition: Admonition
    page: str
    section: tuple[str, ...]
    deck: str
    title: Fragment
    body: Fragment


def list_boxes(
    config: Config, *, cwd: Path
) -> tuple[tuple[RenderedBox, ...], tuple[Diagnostic, ...]]:
    """Render every admonition of the sources, nested ones too, in reading order.

    Args:
        config: The settings in effect; `sources` selects the pages.
        cwd: What paths in diagnostics are relative to.
    """
    files, problems = page_files(config, cwd=cwd)
    find_media = MediaFolder(sorted({file.root for file in files}))
    boxes: list[RenderedBox] = []
    found = set(problems)
    for file in files:
        of_page, diagnostics = _of_page(file, config, find_media)
        boxes.extend(of_page)
        found.update(diagnostics)
    return tuple(boxes), tuple(sorted(found))


def _of_page(
    file: PageFile, config: Config, find_media: FindMedia
) -> tuple[list[RenderedBox], list[Diagnostic]]:
    result = read_page(file)
    if isinstance(result, PageResult):
        return [], list(result.diagnostics)
    document, config, problems = read_document(file, result, config=config, find_media=find_media)
    if document is None:
        return [], list(problems)
    context = RenderContext(document, config, find_media, has_footnotes=False)
    walk = _Listing(document, Sections(document.tokens), context)
    walk.visit(tree(document.tokens))
    return walk.boxes, [*problems, *walk.diagnostics]


class _Listing:
    """Walks through a page and renders its boxes."""

    def __init__(self, document: Document, sections: Sections, context: RenderContext) -> None:
        self.document = document
        self.sections = sections
        self.context = context
        title = page_title(document, sections)
        self.decks_above = deck_above(document.source.page, title, context.config)
        self.boxes: list[RenderedBox] = []
        self.diagnostics: list[Diagnostic] = []

    def visit(self, blocks: tuple[Block, ...]) -> None:
        """Handle siblings and their content."""
        for block in blocks:
            if block.kind == "admonition":
                self.add(block)
            self.visit(block.children)

    def add(self, block: Block) -> None:
        """Render one box."""
        admonition = block.admonition
        section = self.sections.at(block.first)
        title = [block.title] if block.title else _type_title(admonition)
        self.boxes.append(
            RenderedBox(
                admonition,
                self.document.source.page,
                (section.title, *section.path) if section.title else section.path,
                deck_at(self.decks_above, section.path, depth=self.context.config.deck_depth),
                self.render(title),
                self.render(tokens_of(block.body)),
            )
        )

    def render(self, tokens: Tokens) -> Fragment:
        """Render tokens and collect their diagnostics."""
        fragment, found = render_fragment(tokens, context=self.context)
        self.diagnostics.extend(found)
        return fragment


def _type_title(admonition: Admonition) -> list[Token]:
    """The title that the site gives a box without one: its type (Python-Markdown admonition)."""
    if admonition.title is not None or not admonition.type:
        return []
    return [Token("inline", "", 0, content=admonition.type.capitalize(), block=True)]
