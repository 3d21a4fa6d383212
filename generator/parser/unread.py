"""Constructs that no rule reads: those of other programs, and of disabled extensions.

Each kind is reported once per page, at its first occurrence.
"""

import re
from collections.abc import Collection, Sequence
from typing import Final

from markdown_it.token import Token

from generator.parser.off import report_off
from generator.parser.page import Page
from generator.parser.texts import Texts, place_of
from generator.parser.unread_kinds import FILLED_IN, KINDS

_TAG: Final = re.compile(r"<\??/?quiz\b", re.IGNORECASE)
_COMPONENT: Final = re.compile(r"</?[A-Z][a-z]\w*[\s/>]")
_QUIZ_OR_COMPONENT: Final = re.compile(r"<(?:/?[A-Z]|\??/?[Qq][Uu][Ii][Zz])")
_DIRECTIVE: Final = re.compile(r"\{[A-Za-z][\w:-]*\}")
_VERBATIM: Final = frozenset({"fence", "html_block"})
_DRAWN: Final = frozenset({"mermaid"})
_FILLED: Final = frozenset({"dataview", "dataviewjs", "query", "tasks", "ad-note"})


def report_unread(tokens: Sequence[Token], page: Page) -> None:
    """Report what is left in the texts of a page, each kind once."""
    inlines = [token for token in tokens if token.type == "inline"]
    texts = Texts(inlines)
    _report_texts(texts, page)
    report_off(texts, page)
    if _QUIZ_OR_COMPONENT.search(texts.whole):
        for token in inlines:
            _report_tags(token, page)
    for token in [token for token in tokens if token.type in _VERBATIM]:
        if token.type == "fence":
            _report_fence(token, page)
        elif _TAG.search(token.content):
            _report_quiz(token, page, 0)


def _report_fence(token: Token, page: Page) -> None:
    language = token.meta["fence"].language
    place = page.place(token.map[0] if token.map else 0, 0)
    if language in _FILLED:
        message, hint = f"a block of {language}: {FILLED_IN}", "write out what the card should show"
        page.report_kind("query", place, message, hint)
    elif language in _DRAWN:
        message = f"a diagram in {language}: the site draws it, the card shows its source"
        page.report_kind("diagram", place, message, "export it as a picture and show that")
    elif language in _custom_fences(page):
        message = f"a block of {language}: the site draws it, the card shows its source"
        page.report_kind("custom fence", place, message, "export it as a picture and show that")
    elif _DIRECTIVE.match(token.info):
        message = "a directive of MyST: its source is shown as code"
        hint = 'write a box: !!! note "Title"; or keep the page in a book (a folder with myst.yml)'
        page.report_kind("directive", place, message, hint)


def _custom_fences(page: Page) -> Collection[str]:
    """Return the languages for which the site has a formatter of its own."""
    fences = page.extensions.superfences
    return [kind.name.lower() for kind in fences.custom_fences] if fences else ()


def _report_texts(texts: Texts, page: Page) -> None:
    for kind in KINDS:
        if kind.is_read(page.extensions) or not kind.may_be_in(texts.whole):
            continue
        if first := texts.find(kind.marks, kind.pattern):
            message = f"{first[1][:40]}: {kind.message}"
            page.report_kind(kind.name, place_of(*first, page), message, kind.hint)


def _report_tags(token: Token, page: Page) -> None:
    for child in token.children or ():
        if child.type == "html_inline" and _TAG.match(child.content):
            _report_quiz(token, page, max(token.content.find(child.content), 0))
        elif child.type == "html_inline" and _COMPONENT.match(child.content):
            message = f"{child.content[:40]}: a component: {FILLED_IN}"
            hint = "write out what the card should show"
            page.report_kind("component", place_of(token, child.content, page), message, hint)


def _report_quiz(token: Token, page: Page, offset: int) -> None:
    message = f"a tag of a quiz plugin: {FILLED_IN}"
    hint = 'write the question as a box: ??? question "…"'
    page.report_kind("quiz", page.place_in(token, offset), message, hint)
