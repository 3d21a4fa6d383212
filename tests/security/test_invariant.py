"""No place of a page lets text become markup: every field is judged under every normal form."""

import unicodedata

import pytest

from generator.config import MathMode
from tests.fuzz.hostile import LEAVES
from tests.security.invariant import check_field, check_note
from tests.security.places import BOX, PLACES
from tests.security.vectors import notes_of, render_vector, vectors

_LIVE = (
    "<script>canary()</script>",
    "<img src=x onerror=canary()>",
    '<p title="a">\u0338 onclick=canary()</p>',
    "a\uff1cimg src=x onerror=canary()\uff1e",
    '<a href="javascript:canary()">a</a>',
    '<a href="//e.org">a</a>',
    '<p style="position:fixed">a</p>',
    '<code class="mathjax_process">a</code>',
    "<p>\\(\\href{javascript:canary()}{x}\\)</p>",
    "<p>\\<br>(\\style{x}{y}\\)</p>".replace("\\<br>(", "\\("),
    "<p>\\(\\verb|{|\\) b } \\href{javascript:canary()}{x}\\)</p>",
    "<p>[[type:Question]]</p>",
    "<p>a</p></div><p>b",
    "<!-- a",
    "<p>[sound:other.mp3]</p>",
    "<p>[latex]x[/latex]</p>",
    "e\u0301",
    '<p id="q">a</p>',
    "<math><mi><img src=x></mi></math><svg></svg>",
)


@pytest.mark.parametrize("field", _LIVE)
def test_the_judge_sees_what_acts(field: str) -> None:
    with pytest.raises(AssertionError):
        check_field(field)


@pytest.mark.parametrize(
    "field",
    [
        "<p>a &lt; b <b>c</b> \\) [x]</p>",
        '<p><span class="tex2jax_ignore">\\</span>(\\href{a}{b}\\)</p>',
        "[sound:a.mp3]",
        '<math data-tex="x"><mi>x</mi><mo>&#824;</mo></math>',
    ],
)
def test_the_judge_lets_pass_what_does_not(field: str) -> None:
    check_field(field, sounds=frozenset({"a.mp3"}))


@pytest.mark.parametrize("place", PLACES)
def test_no_hostile_piece_acts_at(place: str) -> None:
    cards = 0
    for leaf in LEAVES:
        for math in MathMode if "$" in leaf or "\\" in leaf else (MathMode.MATHML,):
            for note in notes_of(PLACES[place].replace("@", leaf) + "\n", math=math):
                check_note(note)
                cards += 1
    assert cards > len(LEAVES) // 2


@pytest.mark.parametrize("leaf", LEAVES[:10])
def test_no_name_of_a_page_acts(leaf: str) -> None:
    notes = notes_of(BOX + "a\n", page=f"{leaf.replace('/', '')} a.md")
    assert notes
    for note in notes:
        check_note(note)


@pytest.mark.parametrize("vector", vectors())
def test_no_vector_acts(vector: str) -> None:
    check_field(render_vector(vector).html, sounds=frozenset({"file-12.png"}))


@pytest.mark.parametrize("prefix", ["\u0338", "&#824;", "\u0316\u0338"])
def test_what_anki_composes_is_the_field_itself(prefix: str) -> None:
    """Anki's importer normalises: NFC of a field must be the field."""
    for note in notes_of(f'??? question "{prefix} a"\n    **b**{prefix} onload=canary() x\n'):
        for field in note.fields:
            assert unicodedata.normalize("NFC", field) == field
