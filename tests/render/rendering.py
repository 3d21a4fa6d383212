"""Rendering a page's text in one call."""

from collections.abc import Callable, Mapping

from generator.config import Config
from generator.errors import Diagnostic
from generator.model import CardKind, Fragment, Media, SourceFile
from generator.parser import parse
from generator.render.context import MediaProblem, RenderContext
from generator.render.html import render_fragment


def _finder(media: Mapping[str, str]) -> Callable[[str, str], Media | MediaProblem]:
    def find(page: str, target: str) -> Media | MediaProblem:
        if target not in media:
            return MediaProblem.MISSING
        return Media(media[target], f"/docs/{target}")

    return find


def render(
    text: str,
    *,
    media: Mapping[str, str] | None = None,
    config: Config | None = None,
    kind: CardKind = CardKind.BASIC,
    page: str = "page.md",
) -> tuple[Fragment, tuple[Diagnostic, ...]]:
    """Parse and render a page; `media` maps paths as written to names."""
    config = config or Config()
    document, found = parse(SourceFile(page, page, text), config=config)
    context = RenderContext(document, config, _finder(media or {}), kind)
    fragment, diagnostics = render_fragment(document.tokens, context=context)
    return fragment, found + diagnostics
