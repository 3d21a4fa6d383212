"""What holds for every page, however it is written."""

import re
from collections import Counter
from collections.abc import Iterator

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from generator.config import Config
from generator.model import Document, SourceFile
from generator.parser import parse
from generator.reader.page import read_text
from tests.parser.documents import boxes, indented, noise
from tests.parser.outline import outline

_WORD = re.compile(r"[^\W_]{3,}")


def document(text: str) -> Document:
    source, _ = read_text(text, page="p.md", display="p.md")
    return parse(source, config=Config())[0]


def shape(text: str) -> str:
    """What a page is read as, without the places."""
    lines = outline(document(text)).split("\n")
    return "\n".join(re.sub(r"@\d+:\d+|(?<=\w) \d+(-\d+)?(?= |$)", "", line) for line in lines)


def said(tokens: object) -> Iterator[str]:
    """All text of tokens, of attributes and of headers."""
    for token in tokens if isinstance(tokens, list) else []:
        assert isinstance(token, Token)
        if token.children:
            yield from said(token.children)
        else:
            yield from (token.content, token.info)
        yield from map(str, token.attrs.values())


def words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


@settings(max_examples=60, deadline=None)
@given(boxes())
def test_no_word_is_lost(lines: list[str]) -> None:
    page = document("\n".join(lines))
    kept = words(" ".join(said(list(page.tokens))))
    marks = Counter({"note": 99, "question": 99, "tip": 99, "inline": 99})
    assert not words("\n".join(lines)) - kept - marks


@settings(max_examples=60, deadline=None)
@given(boxes())
def test_indenting_a_box_changes_nothing_but_its_place(lines: list[str]) -> None:
    outer = '!!! note "Outer"'
    alone = shape("\n".join(lines))
    inside = shape("\n".join([outer, "", *indented(lines, 4)]))
    head, _, rest = inside.partition("    inline Outer\n")
    assert head.startswith("admonition !!! note")
    assert rest == "".join(f"  {line}\n" for line in alone.splitlines())


@settings(max_examples=60, deadline=None)
@given(boxes())
def test_line_ends_and_a_byte_order_mark_change_nothing(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert outline(document("\ufeff" + text.replace("\n", "\r\n"))) == outline(document(text))
    assert outline(document(text.replace("\n", "\r"))) == outline(document(text))


@settings(max_examples=60, deadline=None)
@given(boxes())
def test_tabs_for_four_spaces_change_nothing(lines: list[str]) -> None:
    text = "\n".join(lines)
    tabs = re.sub(r"(?m)^(?: {4})+", lambda match: "\t" * (len(match[0]) // 4), text)
    assert shape(tabs) == shape(text)


@settings(max_examples=60, deadline=None)
@given(boxes())
def test_a_trailing_space_changes_nothing(lines: list[str]) -> None:
    text = "\n".join(lines)
    spaced = "\n".join(f"{line} " if line.strip() else line for line in lines)
    assert re.sub(r" +\\n", r"\\n", shape(spaced)) == re.sub(r" +\\n", r"\\n", shape(text))


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 5), boxes())
def test_more_blank_lines_change_nothing_outside_of_code(count: int, lines: list[str]) -> None:
    if any(line.strip().startswith("```") for line in lines):
        return
    text = "\n".join(lines)
    assert shape(text.replace("\n\n", "\n" * count)) == shape(text)


@settings(max_examples=300, deadline=None)
@given(noise)
def test_noise_is_read_and_its_lines_are_in_the_page(text: str) -> None:
    source, _ = read_text(text, page="p.md", display="p.md")
    page, found = parse(source, config=Config())
    lines = source.text.split("\n")
    depth = 0
    for token in page.tokens:
        depth += token.nesting
        assert depth >= 0
        if token.map:
            assert 0 <= token.map[0] - source.body_line < token.map[1] <= len(lines) + 1
    assert depth == 0
    for problem in found:
        line = problem.location.line - source.body_line
        assert 1 <= line <= len(lines)
        assert 1 <= problem.location.column <= len(lines[line - 1]) + 1


@settings(max_examples=200, deadline=None)
@given(noise)
@example("[^1]: [^1]: \nword")
@example("[^1]: a\n\n[^1]: b\nword")
def test_no_word_of_noise_is_lost(text: str) -> None:
    text = text.replace("<!--", "")
    page = document(text)
    notes = [token for tokens in page.footnotes.values() for token in tokens]
    kept = " ".join(said([*page.tokens, *notes]))
    # A type, an option and a definition are not text of the page.
    plain = re.sub(
        r"(!!!|\?\?\?|///).*|\[\^?.\]:.*|\*\[.*|\b(?:markdown|div|begin|end)\b", "", text
    )
    assert not words(plain) - words(kept)


def test_front_matter_counts_as_lines() -> None:
    text = "---\ntitle: T\n---\n\n# A\n\nText with $x$.\n"
    source, _ = read_text(text, page="p.md", display="p.md")
    page, _ = parse(source, config=Config())
    assert next(token.map for token in page.tokens if token.map) == [4, 5]
    formula = next(c for t in page.tokens for c in t.children or () if c.type == "math_inline")
    assert (formula.meta["location"].line, formula.meta["location"].column) == (7, 12)


def test_same_page_gives_the_same_document() -> None:
    source = SourceFile("p", "p", "# A\n\n- a\n\n!!! note\n    b\n")
    assert outline(parse(source, config=Config())[0]) == outline(parse(source, config=Config())[0])
