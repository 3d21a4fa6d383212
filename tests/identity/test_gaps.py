"""Gaps of a cloze keep their numbers, and with them their reviews."""

import re

import pytest

from generator.errors import Severity
from generator.identity.gaps import gaps_of, number_gaps
from generator.identity.identify import identify
from generator.identity.lock import Gap, Lock
from generator.model import CardKind
from tests.identity.builders import NOW_S, build, note

_CLOZE = CardKind.CLOZE
_FIRST = "A {{c0::loss}} measures a prediction, a {{c0::risk}} its mean over {{c0::data}}."


def _fields(html: str) -> tuple[str, ...]:
    return ("", html, *[""] * 9)


def _after(*versions: str) -> list[tuple[int, str]]:
    """Numbers and texts of the gaps of the last version, when all were built in a row."""
    known: tuple[Gap, ...] = ()
    html = ""
    for version in versions:
        numbering = number_gaps(_fields(version), known)
        known, html = numbering.gaps, numbering.fields[1]
    return [(int(n), text) for n, text in re.findall(r"\{\{c(\d+)::(.*?)(?:::.*?)?\}\}", html)]


def test_gaps_are_numbered_in_order() -> None:
    assert _after(_FIRST) == [(1, "loss"), (2, "risk"), (3, "data")]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (
            "A {{c0::loss}}, or {{c0::cost}}, measures a prediction, a {{c0::risk}} its mean"
            " over {{c0::data}}.",
            [(1, "loss"), (4, "cost"), (2, "risk"), (3, "data")],
        ),
        (
            "A loss measures a prediction, a {{c0::risk}} its mean over {{c0::data}}.",
            [(2, "risk"), (3, "data")],
        ),
        (
            "A {{c0::risk}} is the mean over {{c0::data}} of the {{c0::loss}} of a prediction.",
            [(2, "risk"), (3, "data"), (1, "loss")],
        ),
        (
            "A {{c0::loss}} measures a prediction, a {{c0::expected risk}} its mean over"
            " {{c0::the data}}.",
            [(1, "loss"), (2, "expected risk"), (3, "the data")],
        ),
        (
            "A {{c0::loss}} measures a prediction, a {{c0::hazard}} its mean over {{c0::data}}.",
            [(1, "loss"), (2, "hazard"), (3, "data")],
        ),
        (
            "A {{c2::loss}} measures a prediction, a {{c2::risk}} its mean over {{c0::data}}.",
            [(2, "loss"), (2, "risk"), (3, "data")],
        ),
    ],
    ids=["inserted", "removed", "moved", "reworded", "replaced", "numbered"],
)
def test_whatever_happens_a_gap_keeps_its_number(
    second: str, expected: list[tuple[int, str]]
) -> None:
    assert _after(_FIRST, second) == expected


def test_a_gap_that_returns_gets_its_number_back_and_no_other_does() -> None:
    without = _FIRST.replace("{{c0::risk}}", "risk")
    other = without.replace("prediction", "{{c0::prediction}}")
    assert _after(_FIRST, without, other) == [(1, "loss"), (4, "prediction"), (3, "data")]
    assert _after(_FIRST, without, other, _FIRST) == [(1, "loss"), (2, "risk"), (3, "data")]


def test_a_vanished_number_is_named_once() -> None:
    first = number_gaps(_fields(_FIRST), ())
    without = _fields(_FIRST.replace("{{c0::risk}}", "risk"))
    second = number_gaps(without, first.gaps)
    assert [(gap.number, gap.text) for gap in second.vanished] == [(2, "risk")]
    assert number_gaps(without, second.gaps).vanished == ()


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("A {{c2::loss}} measures a prediction, a {{c1::risk}} its mean over {{c0::data}}.", "12"),
        ("A {{c1::loss}} measures, a {{c1::risk}} its mean over {{c0::data}}.", ""),
        ("A loss measures a {{c1::prediction}}, a {{c0::risk}} its mean over {{c0::data}}.", "1"),
        ("A {{c9::loss}} measures a prediction, a {{c0::risk}} its mean over {{c0::data}}.", ""),
        ("A {{c1::losses}} measures a prediction, a {{c2::hazard}} its mean over data.", ""),
    ],
    ids=["exchanged", "joined", "of another", "of its own", "reworded"],
)
def test_a_number_that_its_author_gives_to_another_gap_is_named(second: str, expected: str) -> None:
    known = number_gaps(_fields(_FIRST), ()).gaps
    replaced = number_gaps(_fields(second), known).replaced
    assert "".join(str(old.number) for old, _ in replaced) == expected


def test_reviews_that_change_hands_are_said_in_the_build() -> None:
    one, two = (
        note("What is there?", f"Some {{{{c{a}::water}}}} and {{{{c{b}::salt}}}}.", kind=_CLOZE)
        for a, b in ((0, 0), (2, 1))
    )
    _, lock = build(Lock(), one)
    _, _, found = identify([two], lock, now_s=NOW_S + 9)
    assert [(item.code, item.severity) for item in found] == [("W629", Severity.WARNING)] * 2
    assert "gap 1" in found[0].message
    assert found[0].message.endswith("asked 'water', now it asks 'salt'")


def test_formulas_hints_entities_and_nesting_are_read_as_people_see_them() -> None:
    html = (
        'The <b>norm</b> is {{c1::<math alttext="\\|x\\|"><mi>x</mi></math>::symbol}}, '
        "written {{c2::a &#123;&#123; b {{c3::inner}} c}}."
    )
    assert [(gap.number, gap.text) for gap in gaps_of(_fields(html))] == [
        (1, "$\\|x\\|$"),
        (2, "a {{ b inner c"),
        (3, "inner"),
    ]


def test_marks_in_a_gap_and_around_it_are_not_its_text() -> None:
    html = "<p>A <em>very</em> {{c1::<strong>large</strong> loss}} is <b>bad</b>.</p>"
    (gap,) = gaps_of(_fields(html))
    assert (gap.text, gap.context) == ("large loss", "A very … is bad .")
