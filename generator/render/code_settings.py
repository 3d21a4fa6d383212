"""What the site's settings add to code: a language, a title, numbers of lines."""

from typing import Final

from msgspec.structs import replace

from generator.config.extensions import Extensions, Highlight
from generator.parser.block.code_fence import FenceHeader
from generator.render.lexers import lexer_for

DRAWN: Final = {"mermaid": "Mermaid diagram"}
"""Language that a script of the site draws → what it is; a card has no scripts and no network."""


def with_settings(header: FenceHeader, used: Extensions) -> FenceHeader:
    """Complete the header of a block of code as pymdownx.highlight or codehilite does.

    Args:
        header: As written.
        used: The extensions of the site.
    """
    settings = used.highlight or used.codehilite
    if settings is None or header.language in DRAWN:
        return header
    start = _first_number(header.line_numbers_start, is_on=settings.linenums)
    header = replace(header, line_numbers_start=start)
    return _with_language(header, settings) if isinstance(settings, Highlight) else header


def _first_number(given: int | None, *, is_on: bool | None) -> int | None:
    if is_on is False or given == 0:
        return None
    return 1 if given is None and is_on else given


def _with_language(header: FenceHeader, settings: Highlight) -> FenceHeader:
    language = header.language or settings.default_lang.lower()
    title = header.title
    if title is None and settings.auto_title:
        title = _title_of(language, dict(settings.auto_title_map))
    return replace(header, language=language, title=title)


def _title_of(language: str, named: dict[str, str]) -> str:
    """Return a language's name as Pygments writes it, or what the site calls it."""
    lexer = lexer_for(language)
    words = (lexer.name if lexer else "Text only").split()
    name = " ".join(word.title() if word.islower() else word for word in words)
    return named.get(name, name)
