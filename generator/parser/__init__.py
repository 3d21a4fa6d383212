"""Read a page: SourceFile → Document. Pure."""

from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from generator.config import Config
from generator.config.extensions import Extensions
from generator.errors import Diagnostic
from generator.model import Document, SourceFile
from generator.parser.dialect import dialect, open_page
from generator.parser.page import attach, page_of


@lru_cache(maxsize=8)
def _markdown(extensions: Extensions) -> MarkdownIt:
    return MarkdownIt("commonmark").use(dialect, extensions=extensions)


def parse(source: SourceFile, *, config: Config) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Read a page's Markdown.

    Args:
        source: The page.
        config: What is in force.

    Returns:
        The document and what is wrong in it.
    """
    page = open_page(source, config)
    env: EnvType = {}
    attach(env, page)
    tokens = _markdown(config.site.extensions).parse(page.text, env)
    return document_of(tokens, env), tuple(sorted(set(page.diagnostics)))


def document_of(tokens: Sequence[Token], env: EnvType) -> Document:
    """Return the document of a page that markdown-it has read.

    Args:
        tokens: Of the page.
        env: As markdown-it was given it.
    """
    page = page_of(env)
    return Document(page.source, tokens, page.footnotes, page.directives, page.anchors)
