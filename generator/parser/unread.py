"""Constructs that no rule reads: those of other programs, and of disabled extensions.

Each kind is reported once per page, at its first occurrence.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from markdown_it.token import Token

from generator.config.extensions import Extensions
from generator.errors import Location
from generator.parser.page import Page

_ALONE = "the site fills it in when it is built: it is not on the card"


class _Kind(NamedTuple):
    """A construct that may be left in a text.

    Attributes:
        name: Of the kind.
        mark: Which every one of them holds.
        pattern: Finds it.
        message: What it is, and what happens to it.
        hint: What to do.
        is_read: Whether the site has rules for it, which then rejected it on purpose.
    """

    name: str
    mark: str
    pattern: re.Pattern[str]
    message: str
    hint: str
    is_read: Callable[[Extensions], object] = lambda _: None


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


_KINDS: Final = (
    _Kind(
        "embed",
        "![[",
        _pattern(r"!\[\[[^\[\]\n]+\]\]"),
        "an Obsidian embed: it stays as text",
        "write ![text](path), or keep the page in a vault (a folder with .obsidian)",
        lambda used: used.obsidian,
    ),
    _Kind(
        "wiki link",
        "[[",
        _pattern(r"(?<!!)\[\[(?![\s\d,.]*\])[^\[\]\n]+\]\]"),
        "a wiki link: it stays as text",
        "write [text](path), or keep the page in a vault (a folder with .obsidian)",
        lambda used: used.obsidian or used.wikilinks,
    ),
    _Kind(
        "cross-reference",
        "][",
        _pattern(r"\[[^\[\]\n]+\]\[(?:[\w.]+\.[\w.]+)?\]"),
        "a cross-reference (autorefs): it stays as text",
        "write a link with an address: [text](page.md#anchor)",
    ),
    _Kind(
        "callout",
        "[!",
        _pattern(r"\A\[![A-Za-z][\w -]*\][+-]?"),
        "a callout that the site does not read: it becomes a quote",
        "enable pymdownx.quotes with callouts: true, or the plugin callouts",
        lambda used: used.callouts,
    ),
    _Kind(
        "mkdocstrings",
        ":::",
        _pattern(r"^:::\s*[A-Za-z_]\w*(?:\.\w+)+\s*$"),
        f"an identifier for mkdocstrings: {_ALONE}",
        "write out what the card should show",
        lambda used: used.docusaurus,
    ),
    _Kind(
        "container",
        ":::",
        _pattern(r"^:{3,}\s*(?:\{[^}\n]*\}|\w+(?![\w.]))"),
        "a container that is not read: its markers stay as text",
        "close it with ::: on a line of its own, or write a box: !!! note",
    ),
    _Kind(
        "shortcode",
        "{{",
        _pattern(r"\{\{[<%].*?[>%]\}\}"),
        f"a shortcode: {_ALONE}",
        "write out what the card should show",
    ),
)
_OFF: Final = (
    ("mark", "==", _pattern(r"(?<![=\w])==(?=[^\s=])[^=\n]*[^\s=]==(?![=\w])")),
    ("caret", "^^", _pattern(r"\^\^(?=[^\s^])[^^\n]+\^\^")),
    ("tilde", "~~", _pattern(r"(?<!~)~~(?=[^\s~])[^~\n]+~~(?!~)")),
    ("keys", "++", _pattern(r"(?<!\{)\+\+[\w-]+(?:\+[\w-]+)*\+\+(?!\})")),
    ("critic", "{", _pattern(r"\{(?:\+\+.+?\+\+|--.+?--|>>.+?<<|~~.+?~>.*?~~)\}")),
)
_TAG: Final = re.compile(r"<\??/?quiz\b", re.IGNORECASE)
_FILLED: Final = frozenset({"dataview", "dataviewjs", "query", "tasks", "ad-note"})


def report_unread(tokens: Sequence[Token], page: Page) -> None:
    """Report what is left in the texts of a page, each kind once."""
    _report_texts([(token, text) for token in tokens for text in _texts(token)], page)
    for token in tokens:
        if token.type == "inline":
            _report_tags(token, page)
        elif token.type == "html_block" and _TAG.search(token.content):
            _report_quiz(token, page, 0)
        elif token.type == "fence" and token.meta["fence"].language in _FILLED:
            line = token.map[0] if token.map else 0
            language = token.meta["fence"].language
            page.report_kind(
                "query",
                page.place(line, 0),
                f"a block of {language}: {_ALONE}",
                "write out what the card should show",
            )


def _report_texts(texts: Sequence[tuple[Token, str]], page: Page) -> None:
    """Look for each kind: most of their marks are nowhere on a page."""
    whole = "\n".join([text for _, text in texts])
    for kind in _KINDS:
        if kind.mark not in whole or kind.is_read(page.extensions):
            continue
        if first := _first(kind.mark, kind.pattern, texts):
            message = f"{first[1][:40]}: {kind.message}"
            page.report_kind(kind.name, _place(*first, page), message, kind.hint)
    for name, mark, pattern in _OFF:
        if mark not in whole or getattr(page.extensions, name):
            continue
        if first := _first(mark, pattern, texts):
            page.report_off(name, _place(*first, page))


def _first(
    mark: str, pattern: re.Pattern[str], texts: Iterable[tuple[Token, str]]
) -> tuple[Token, str] | None:
    """Return the first occurrence of a kind, or None."""
    for token, text in texts:
        if mark in text and (match := pattern.search(text)):
            return token, match[0]
    return None


def _report_tags(token: Token, page: Page) -> None:
    for child in token.children or ():
        if child.type == "html_inline" and _TAG.match(child.content):
            _report_quiz(token, page, max(token.content.find(child.content), 0))


def _texts(token: Token) -> Iterator[str]:
    """Yield each run of text, with the breaks between its lines."""
    run: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "softbreak"):
            run.append(child.content or "\n")
        elif run:
            yield "".join(run)
            run.clear()
    if run:
        yield "".join(run)


def _place(token: Token, found: str, page: Page) -> Location:
    return page.place_in(token, max(token.content.find(found), 0))


def _report_quiz(token: Token, page: Page, offset: int) -> None:
    message = f"a tag of a quiz plugin: {_ALONE}"
    hint = 'write the question as a box: ??? question "…"'
    page.report_kind("quiz", page.place_in(token, offset), message, hint)
