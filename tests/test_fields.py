"""The content of a note's fields: the key is added last, and can be removed again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.fields import (
    ANSWER,
    FIELD_NAMES,
    ID,
    QUESTION,
    TEXT,
    fields_of,
    note_fields,
    note_tags,
    with_key,
    without_key,
)
from generator.model import CardKind, Fragment
from tests.identity.builders import note

_KEYS = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=12)


@given(text=st.sampled_from(("", "Why is <b> bold?")), key=_KEYS)
def test_a_key_goes_in_and_out(text: str, key: str) -> None:
    card = note(text)
    fields = fields_of(card)
    packaged = with_key(fields, key)
    assert packaged[FIELD_NAMES.index(ID)] == key
    assert packaged[FIELD_NAMES.index(TEXT)] == (fields[0] or key)
    assert without_key(packaged) == fields


def test_quotes_of_a_text_stay_and_tags_do_not_act() -> None:
    card = note("")
    fields = note_fields(card, Fragment("<p>?</p>", '"a" < [sound:b] [c]'), card.answer, "a.md")
    assert fields[FIELD_NAMES.index(TEXT)] == '"a" &lt; &#91;sound:b] [c]'


@pytest.mark.parametrize(
    ("kind", "question", "answer"),
    [
        (CardKind.CLOZE, '<div class="question-title">q</div>\n{{c1::a}}', ""),
        (CardKind.BASIC, "q", "{{c1::a}}"),
    ],
)
def test_gaps_of_an_answer_join_the_question(kind: CardKind, question: str, answer: str) -> None:
    card = replace(note(""), kind=kind)
    fields = note_fields(card, Fragment("q", "q"), Fragment("{{c1::a}}", "a"), "a.md")
    assert fields[FIELD_NAMES.index(QUESTION)] == question
    assert fields[FIELD_NAMES.index(ANSWER)] == answer


def test_a_note_without_text_is_shown_by_its_key() -> None:
    card = note("")
    fields = fields_of(card)
    assert with_key(fields, "sky & sea")[FIELD_NAMES.index(TEXT)] == "sky &amp; sea"


def test_no_tag_is_html() -> None:
    """A template with `{{Tags}}` shows them as they are."""
    assert note_tags(("<b onclick=a()>", "a b", "a_b")) == ("a_b", "‹b_onclick=a()›")
