"""What counts as the author's edit: what was written, not where it is or how it is shown."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.config import Config, MathMode, load
from generator.model import Note
from generator.pipeline.collect import collect
from generator.render.media import media_name

_PAGE = """---
title: Losses
tags: [ml]
---

# Losses

## Basics

??? question "What is a *loss*?"
    A number, see [the paper][paper] and the note[^1].

    - for one example: $\\ell(y)$
    - for all: ![curve](curve.png)

    ```python
    # <!-- kept -->
    loss = 1
    ```

[paper]: https://example.org/paper
[^1]: Not a metric.

## More

??? question "Another?"
    Yes.
"""
_PNG = b"\x89PNG\r\n\x1a\n"


def _notes(folder: Path, text: str, *, page: str = "losses.md", **settings: object) -> list[Note]:
    folder.mkdir(exist_ok=True)
    place = folder / "docs" / page
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)
    if not (place.parent / "curve.png").exists():
        (place.parent / "curve.png").write_bytes(_PNG)
    config = Config(root=folder, sources=(folder / "docs",), home=folder / "docs")
    found = collect(replace(config, **settings), cwd=folder)
    place.unlink()
    return list(found.notes)


def _hash(folder: Path, text: str, **settings: object) -> str:
    note = next(n for n in _notes(folder, text, **settings) if "loss" in n.question.text)  # type: ignore[arg-type]
    assert note.content
    return note.content.source_hash


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Losses", "title: Loss functions"),
        ("tags: [ml]", "tags: [dl]"),
        ("# Losses", "# All about losses"),
        ("## Basics", "## Groundwork"),
        ("    Yes.", "    No."),
        ('??? question "What is', '???+ question "What is'),
        ('loss*?"\n', 'loss*?"\n    <!-- id: loss -->\n'),
        ('loss*?"\n', 'loss*?"\n\n\n'),
    ],
)
def test_place_and_marker_are_not_content(tmp_path: Path, old: str, new: str) -> None:
    assert old in _PAGE
    assert _hash(tmp_path, _PAGE.replace(old, new, 1)) == _hash(tmp_path, _PAGE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("What is a *loss*?", "What is a **loss**?"),
        ("A number", "A score"),
        ("for one example", "for any example"),
        ("\\ell(y)", "\\ell(x)"),
        ("    - for all", "    for all"),
        ("loss = 1", "loss = 2"),
        ("<!-- kept -->", "<!-- changed -->"),
        ("example.org/paper", "example.org/book"),
        ("Not a metric.", "A metric."),
        ("![curve]", "![a curve]"),
        ('??? question "What', '??? question reversed "What'),
        ("    A number", "    > A number"),
    ],
)
def test_what_was_written_is_content(tmp_path: Path, old: str, new: str) -> None:
    assert old in _PAGE
    assert _hash(tmp_path, _PAGE.replace(old, new, 1)) != _hash(tmp_path, _PAGE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[paper]:", "[paper2]: https://example.org/second\n[paper]:"),
        ("[paper]:", "[pap]: https://example.org/second\n[paper]:"),
        ("[^1]:", "[^10]: Of another card.\n[^1]:"),
        ("[paper]:", "*[ample]: a part of a word\n[paper]:"),
        ("[paper]:", "*[NUMBER]: in capitals\n[paper]:"),
    ],
)
def test_a_definition_that_the_card_does_not_use_is_not_content(
    tmp_path: Path, old: str, new: str
) -> None:
    assert _hash(tmp_path, _PAGE.replace(old, new, 1)) == _hash(tmp_path, _PAGE)


@pytest.mark.parametrize("text", ["A number", "A _number_", "A numbers"])
def test_an_abbreviation_is_content_where_it_is_a_word(tmp_path: Path, text: str) -> None:
    page = _PAGE.replace("A number", text)
    meaning = page.replace("[paper]:", "*[number]: a quantity\n[paper]:")
    assert (_hash(tmp_path, meaning) == _hash(tmp_path, page)) is (text == "A numbers")


def test_a_page_of_another_name_and_site_is_the_same_text(tmp_path: Path) -> None:
    here = _hash(tmp_path, _PAGE)
    assert _hash(tmp_path, _PAGE, page="ml/loss.md") == here
    assert _hash(tmp_path, _PAGE, site_url="https://example.org/") == here
    assert _hash(tmp_path, _PAGE, math=MathMode.MATHJAX) == here


def test_a_card_in_a_list_or_a_quote_is_the_same_text(tmp_path: Path) -> None:
    plain = '??? question "What is a loss?"\n    A number:\n\n    - low\n    - high\n'
    lines = plain.splitlines()
    listed = "- " + "\n  ".join(["Here:", "", *lines]) + "\n"
    quoted = "\n".join(f"> {line}".rstrip() for line in lines) + "\n"
    assert _hash(tmp_path, listed) == _hash(tmp_path, plain)
    assert _hash(tmp_path, quoted) == _hash(tmp_path, plain)


def test_a_picture_and_a_macro_that_the_card_uses_are_content(tmp_path: Path) -> None:
    here = _hash(tmp_path, _PAGE, macros={"\\ell": "l", "\\other": "o"})
    assert _hash(tmp_path, _PAGE, macros={"\\ell": "L", "\\other": "o"}) != here
    assert _hash(tmp_path, _PAGE, macros={"\\ell": "l", "\\other": "x"}) == here
    (tmp_path / "docs/curve.png").write_bytes(_PNG + b"\0")
    assert media_name("curve.png", _PNG) != media_name("curve.png", _PNG + b"\0")
    assert _hash(tmp_path, _PAGE, macros={"\\ell": "l", "\\other": "o"}) != here


def test_a_snippet_is_content(tmp_path: Path) -> None:
    text = '??? question "What is a loss?"\n    --8<-- "part.txt"\n\n    And more.\n'
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/part.txt").write_text("A number.\n")
    before = _hash(tmp_path, text)
    (tmp_path / "docs/part.txt").write_text("A number.\n\nOf two lines.\n")
    assert _hash(tmp_path, text) != before


def test_a_snippet_above_a_card_is_not_part_of_it(tmp_path: Path) -> None:
    card = '??? question "What is a loss?"\n    - One number.\n    - No more.\n'
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/part.txt").write_text("Five\n\nlines\n\nlong.\n")
    alone = _hash(tmp_path, card)
    assert _hash(tmp_path, f'--8<-- "part.txt"\n\n{card}') == alone


def test_the_first_letter_of_a_text_counts(tmp_path: Path) -> None:
    text = '??? question "What is a loss?"\n    Bits.\n'
    assert _hash(tmp_path, text) != _hash(tmp_path, text.replace("Bits", "Hits"))


def test_every_word_of_our_own_cards_counts(tmp_path: Path) -> None:
    """Each line of a card's source is hashed: a word more in it is seen."""
    config, _ = load({}, cwd=Path(__file__).parents[2], environ={})
    pages = sorted(path for source in config.sources for path in source.glob("**/*.md"))[:3]
    assert pages
    for page in pages:
        text = page.read_text()
        before = _notes(tmp_path, text)
        for number in range(0, len(before), 4):
            line = before[number].location.line
            lines = text.splitlines()
            body = next(
                n for n in range(line, len(lines)) if lines[n].strip() and "<!--" not in lines[n]
            )
            lines[body] += " indeed"
            after = _notes(tmp_path, "\n".join(lines))
            changed = [
                a.question.text
                for a, b in zip(before, after, strict=True)
                if a.content and b.content and a.content.source_hash != b.content.source_hash
            ]
            assert changed == [before[number].question.text]
