"""Explicit ids written into pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.identity.keys import slug_of
from generator.identity.lock import Lock
from generator.identity.stamping import choose_ids, stamp_ids
from tests.identity.builders import build, note


@pytest.mark.parametrize(
    ("before", "line", "after"),
    [
        ('??? q "A"\n    b\n', 1, '??? q "A"\n    <!-- id: x -->\n    b\n'),
        ('??? q "A"\r\n    b\r\n', 1, '??? q "A"\r\n    <!-- id: x -->\r\n    b\r\n'),
        ('??? q "A"\r    b\r', 1, '??? q "A"\r    <!-- id: x -->\r    b\r'),
        ('??? q "A"\n\tb\n', 1, '??? q "A"\n\t<!-- id: x -->\n\tb\n'),
        ('??? q "A"\n\n    b\n', 1, '??? q "A"\n    <!-- id: x -->\n\n    b\n'),
        ('??? q "A"\n        code\n', 1, '??? q "A"\n    <!-- id: x -->\n        code\n'),
        ('??? q "A"\n  b\n', 1, '??? q "A"\n  <!-- id: x -->\n  b\n'),
        ('t\n    !!! q "A"\n        b', 2, 't\n    !!! q "A"\n        <!-- id: x -->\n        b'),
        ('- ??? q "A"\n      b\n', 1, '- ??? q "A"\n      <!-- id: x -->\n      b\n'),
        ('> ??? q "A"\n>     b\n', 1, '> ??? q "A"\n>     <!-- id: x -->\n>     b\n'),
        ('\ufeff??? q "A"\n    b\n', 1, '\ufeff??? q "A"\n    <!-- id: x -->\n    b\n'),
        ('??? q "A"', 1, '??? q "A"\n    <!-- id: x -->'),
        ('???+ "A"\nno body\n', 1, '???+ "A"\n    <!-- id: x -->\nno body\n'),
    ],
)
def test_the_id_is_the_first_line_of_the_body(before: str, line: int, after: str) -> None:
    assert stamp_ids(before, {line: "x"}) == (after, frozenset())


def test_a_line_without_a_marker_is_left_alone_and_named() -> None:
    assert stamp_ids("a\nb\n", {2: "x", 9: "y"}) == ("a\nb\n", frozenset({2, 9}))


@given(st.text(alphabet='a ?!"\t\r\n>-', max_size=60), st.integers(1, 6))
def test_all_other_lines_stay_as_they_were(text: str, line: int) -> None:
    after, _ = stamp_ids(text, {line: "here"})
    kept = [part for part in after.splitlines(keepends=True) if "<!-- id: here -->" not in part]
    assert "".join(kept).rstrip("\r\n") == text.rstrip("\r\n")


def test_ids_are_readable_and_unique() -> None:
    notes, lock = build(
        Lock(),
        note("What is bias, and why?", "a"),
        note("What is bias – and why?", "b", page="b.md"),
        note("Loss?", explicit_id="what-is-loss"),
        note("What is loss?"),
        note("¿?"),
    )
    chosen = choose_ids(notes, (entry.key for entry in lock.entries))
    assert chosen == {
        0: "what-is-bias-and-why",
        1: "what-is-bias-and-why-2",
        3: "what-is-loss-2",
        4: "card",
    }


def test_a_slug_ends_at_a_word() -> None:
    slug = slug_of(
        "Why does the gradient of a deep recurrent network without gates vanish so fast?"
    )
    assert slug == "why-does-the-gradient-of-a-deep-recurrent"
    assert slug_of("Was heißt „Größe“?") == "was-heisst-grösse"
