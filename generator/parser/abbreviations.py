"""Mark abbreviations in the text: `*[HTML]: Hyper Text Markup Language` (abbr)."""

import re
from collections.abc import Mapping, Sequence

from markdown_it.token import Token

from generator.parser.page import Page


def mark_abbreviations(tokens: Sequence[Token], page: Page) -> None:
    """Wrap each abbreviation of a page's text in `abbr_open` and `abbr_close`.

    Args:
        tokens: Of the page; the children of its inline tokens are changed.
        page: It knows the abbreviations.
    """
    meanings = page.abbreviations
    if not meanings:
        return
    longest_first = sorted(meanings, key=lambda short: (-len(short), short))
    any_of = "|".join(map(re.escape, longest_first))
    pattern, anywhere = re.compile(rf"(?<!\w)(?:{any_of})(?!\w)"), re.compile(any_of)
    for token in tokens:
        if token.type == "inline" and anywhere.search(token.content):  # `_HTML_` has no edges
            token.children = _marked((token.children or ()), pattern, meanings)


def _marked(
    children: Sequence[Token], pattern: re.Pattern[str], meanings: Mapping[str, str]
) -> list[Token]:
    marked: list[Token] = []
    is_address = False
    for child in children:
        if child.type in ("link_open", "link_close") and child.info == "auto":
            is_address = child.nesting > 0
        if child.type == "text" and not is_address and pattern.search(child.content):
            marked += _split(child, pattern, meanings)
        else:
            marked.append(child)
    return marked


def _split(text: Token, pattern: re.Pattern[str], meanings: Mapping[str, str]) -> list[Token]:
    parts: list[Token] = []
    position = 0
    for match in pattern.finditer(text.content):
        _add_text(parts, text.content[position : match.start()], text.level)
        title: dict[str, str | int | float] = {"title": meanings[match[0]]}
        parts.append(Token("abbr_open", "abbr", 1, attrs=title, level=text.level))
        _add_text(parts, match[0], text.level + 1)
        parts.append(Token("abbr_close", "abbr", -1, level=text.level))
        position = match.end()
    _add_text(parts, text.content[position:], text.level)
    return parts


def _add_text(parts: list[Token], content: str, level: int) -> None:
    if content:
        parts.append(Token("text", "", 0, content=content, level=level))
