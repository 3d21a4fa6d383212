"""The Material dialect as a markdown-it plugin: `MarkdownIt().use(dialect)`."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.config import Config
from generator.config.extension_sets import RECOMMENDED
from generator.config.extensions import Extensions
from generator.model import SourceFile
from generator.parser import block, inline
from generator.parser.abbreviations import mark_abbreviations
from generator.parser.anchors import set_anchors
from generator.parser.block.footnotes import take_footnotes
from generator.parser.caption_numbers import number_captions
from generator.parser.comments import take_comments
from generator.parser.directives import find_ids, read_directives
from generator.parser.jinja import report_jinja
from generator.parser.macro_calls import open_macro_calls
from generator.parser.page import Page, attach, page_of
from generator.parser.regions import find_regions
from generator.parser.unread import report_unread

_Pass: TypeAlias = Callable[[list[Token], Page], None]


def dialect(md: MarkdownIt, *, extensions: Extensions = RECOMMENDED) -> None:
    """Let a `MarkdownIt` read pages as the site does.

    Args:
        md: Its rules of the same names are replaced, others are added.
        extensions: Of the site; rules of those that are off are disabled.
    """
    blocks = block.add_rules(md, extensions)
    texts = inline.add_rules(md, extensions)
    core = md.core.ruler
    core.at("normalize", _open)
    core.at("block", blocks.read_page)
    core.at("inline", texts.read_all)
    for name, look in _PASSES.items():
        core.push(name, _rule_of(look))
    if not extensions.abbr:
        core.disable("abbreviations")


def open_page(source: SourceFile, config: Config) -> Page:
    """Prepare a page for the rules: expand tabs, remove comments and macro calls, find regions.

    Args:
        source: The page.
        config: What is in force.
    """
    uncut = source.text.expandtabs(4) if "\t" in source.text else source.text
    taken = take_comments(uncut)
    text = open_macro_calls(taken.text)
    used = config.site.extensions
    page = Page(
        source,
        config,
        text,
        find_regions(text, reads_directives=used.myst is not None, files=_files(source)),
        shifts=taken.shifts,
        comments=taken.comments,
        commented=uncut.split("\n") if taken.comments else (),
        explicit_ids=find_ids(taken.comments),
        abbreviations=dict(used.abbr.glossary) if used.abbr else {},
        placeholders=_placeholders(used),
    )
    page.comment_columns = {
        line: comment.column
        for comment in taken.comments
        if comment.is_alone
        for line in range(comment.line, comment.last + 1)
    }
    if taken.unclosed:
        page.report(
            page.place_before(*taken.unclosed),
            "W206",
            "the comment is not closed: it is shown as text",
            "close it with -->",
        )
    return page


def _placeholders(used: Extensions) -> tuple[str, ...]:
    """Return the texts in whose place the site puts a page's contents and footnotes."""
    toc = (used.toc.marker,) if used.toc and used.toc.marker else ()
    return (*toc, used.footnotes.place_marker) if used.footnotes else toc


def _files(source: SourceFile) -> tuple[str | None, ...]:
    """Return the file that each line of a page was included from."""
    return tuple(origin.path if origin else None for origin in source.origins)


def _open(state: StateCore) -> None:
    """Make a page from plain text; a page from `open_page` is used unchanged."""
    if state.inlineMode:
        return
    if state.src != page_of(state.env).text:
        text = state.src.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
        attach(state.env, open_page(SourceFile("", "", text), Config()))
    state.src = page_of(state.env).text


def _rule_of(look: _Pass) -> Callable[[StateCore], None]:
    return lambda state: look(state.tokens, page_of(state.env))


def _set_anchors(_tokens: list[Token], page: Page) -> None:
    page.anchors = set_anchors(page.headings, page.attributed, page.slug_style)


def _shift_lines(tokens: list[Token], page: Page) -> None:
    """Number lines as in the file: from its first line, without the lines of snippets."""
    source = page.source
    by = source.body_line
    if not by and not source.lines:
        return
    shifted = None
    for lines in filter(None, [token.map for token in tokens]):
        if lines is shifted:  # a text has those of its block
            continue
        shifted = lines
        if source.lines:
            first, after = lines
            lines[:] = source.file_line(first), source.file_line(max(first, after - 1)) + 1
        else:
            lines[0] += by
            lines[1] += by


_PASSES: Mapping[str, _Pass] = {
    "captions": number_captions,
    "abbreviations": mark_abbreviations,
    "anchors": _set_anchors,
    "jinja": report_jinja,
    "unread": report_unread,
    "directives": read_directives,
    "lines": _shift_lines,
    "footnotes": take_footnotes,
}
"""What looks at all tokens of a page, in this order."""
