"""Which card keeps which GUID, and when `mod` moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.identity.content import content
from generator.identity.identify import Origin, Scope, identify
from generator.identity.lock import Lock
from generator.model import CardKind, Fragment, Note
from tests.identity.builders import NOW_S, build, guids, note

_LATER_S = NOW_S + 1000


def test_nothing_changed_gives_the_same_lock_and_notes() -> None:
    page = [note("What is a loss?", "A number."), note("What is bias?", "An offset.")]
    first, lock = build(Lock(), *page)
    second, same = build(lock, *page, now_s=_LATER_S)
    assert same is lock
    assert second == first


def test_a_changed_answer_moves_only_its_own_mod() -> None:
    first, lock = build(Lock(), note("What is a loss?", "A number."), note("Bias?", "x"))
    second, _ = build(lock, note("What is a loss?", "A score."), note("Bias?", "x"), now_s=_LATER_S)
    assert guids(second) == guids(first)
    assert [one.mod_s for one in second] == [_LATER_S, NOW_S]


def test_mod_grows_even_when_the_clock_stands_still() -> None:
    _, lock = build(Lock(), note("Loss?", "A number."))
    second, _ = build(lock, note("Loss?", "A score."))
    assert second[0].mod_s == NOW_S + 1


def test_a_change_of_place_alone_is_no_edit() -> None:
    """Page, section, deck and tags may move; what the reader edited in the note stays."""
    first, lock = build(Lock(), note("What is a loss?", "A", tags=("a", "b")))
    moved = note("What is a loss?", "A", tags=("c",), page="new.md", section="Other")
    second, _ = build(lock, replace(moved, deck="New::Other"), now_s=_LATER_S)
    assert guids(second) == guids(first)
    assert second[0].mod_s == NOW_S
    assert second[0].tags == ("c",)


def test_another_spelling_of_the_same_card_is_no_edit() -> None:
    """As when a formatter writes `_x_` for `*x*`: readers have what they would get."""
    old = note("What is a loss?", "A number")
    first, lock = build(Lock(), old)
    spelt = replace(old, content=replace(content(old), source_hash="f" * 16))
    second, after = build(lock, spelt, now_s=NOW_S + 9)
    assert second[0].mod_s == first[0].mod_s
    assert after.entries[0].source_hash == "f" * 16
    changed = replace(spelt, answer=Fragment("<p>A score</p>", "A score"), content=None)
    assert build(after, changed, now_s=NOW_S + 99)[0][0].mod_s == NOW_S + 99


def test_cards_that_only_look_different_are_sent_when_asked() -> None:
    _, lock = build(Lock(), note("Loss?", "A", tags=("a",)))
    other = note("Loss?", "A", tags=("b",))
    (kept,), lock, _ = identify([other], lock, now_s=_LATER_S)
    (sent,), lock, _ = identify([other], lock, now_s=_LATER_S + 1, refreshes=True)
    assert (kept.mod_s, sent.mod_s) == (NOW_S, _LATER_S + 1)
    assert identify([other], lock, now_s=_LATER_S + 2, refreshes=True)[1] is lock


def test_cards_of_one_day_have_row_ids_of_that_day() -> None:
    first, lock = build(Lock(), note("A?", "1"), note("B?", "2"))
    second, lock = build(lock, note("A?", "1"), note("C?", "3"), note("B?", "x"), now_s=_LATER_S)
    assert [one.row_id // 1000 for one in second] == [NOW_S, _LATER_S, NOW_S]
    assert len({one.row_id for one in second}) == 3
    assert second[0].row_id == first[0].row_id


def test_reordered_cards_and_sections_keep_their_guids() -> None:
    page = [
        note("A?", "1", section="S"),
        note("B?", "2", section="S"),
        note("C?", "3", section="T"),
    ]
    first, lock = build(Lock(), *page)
    second, same = build(lock, *reversed(page), now_s=_LATER_S)
    assert guids(second) == guids(first)[::-1]
    assert same is lock
    assert [one.due for one in second] == [1, 2, 3]


def test_a_renamed_page_keeps_its_cards() -> None:
    page = [note(f"What about thing {n}?", f"It is {n}", page="old.md") for n in range(5)]
    first, lock = build(Lock(), *page)
    second, after = build(lock, *(replace(one, page="new.md") for one in page))
    assert guids(second) == guids(first)
    assert {(entry.page, entry.is_gone) for entry in after.entries} == {("new.md", False)}


def test_equal_questions_are_told_apart_by_section() -> None:
    one, two = note("Exercise", "x", section="A"), note("Exercise", "y", section="B")
    first, lock = build(Lock(), one, two)
    assert len(set(guids(first))) == 2
    second, _ = build(lock, two, one)
    assert guids(second) == guids(first)[::-1]


def test_equal_questions_are_told_apart_by_answer() -> None:
    one = note("Exercise", "The gradient vanishes in deep networks")
    two = note("Exercise", "Batches are normalised over examples")
    first, lock = build(Lock(), one, two)
    changed = note("Exercise", "The gradient explodes in deep networks")
    second, _ = build(lock, two, changed)
    assert guids(second) == guids(first)[::-1]


def test_equal_questions_without_a_difference_go_by_order() -> None:
    first, lock = build(Lock(), note("Exercise"), note("Exercise"))
    second, same = build(lock, note("Exercise"), note("Exercise"))
    assert guids(first) == guids(second)
    assert same is lock


def test_a_copy_gets_a_guid_of_its_own() -> None:
    first, lock = build(Lock(), note("Loss?", "A number.", section="S"))
    second, _ = build(
        lock, note("Loss?", "A number.", section="Copy"), note("Loss?", "A number.", section="S")
    )
    assert guids(second)[1] == guids(first)[0]
    assert guids(second)[0] != guids(first)[0]


@pytest.mark.parametrize("has_number", [False, True])
def test_a_chapter_that_is_inserted_shifts_no_reviews(has_number: bool) -> None:
    """Each chapter asks the same, and file names, perhaps also titles, are numbered again."""

    def chapter(number: int, title: str, answer: str) -> Note:
        asked = note("What is it for?", answer, page=f"{number}.md", section="Aim")
        return replace(asked, deck=f"{number}. {title}" if has_number else title)

    train, store = "To train a model with gradients", "To store vectors for a search"
    first, lock = build(Lock(), chapter(1, "Training", train), chapter(2, "Stores", store))
    new = chapter(1, "Basics", "To know the words that the others use")
    now, _ = build(lock, new, chapter(2, "Training", train), chapter(3, "Stores", store))
    assert guids(now)[1:] == guids(first)
    assert guids(now)[0] not in guids(first)


def test_a_copy_of_a_card_that_was_then_edited_takes_no_reviews() -> None:
    old = note("What is it for?", "To train a model with many gradients", page="a.md")
    first, lock = build(Lock(), old)
    edited = note("What is it for?", "To train a model with all gradients", page="a.md")
    copy = replace(old, page="b.md", deck="b.md::Loss")
    now, _ = build(lock, copy, edited)
    assert guids(now)[1:] == guids(first)


def test_of_two_copies_of_a_page_that_moved_the_one_of_the_same_deck_is_the_old_one() -> None:
    """`loss.md` became `en/loss.md`, and `de/loss.md` begins as its copy."""
    old = replace(note("What is a loss of weights?", "A number", page="loss.md"), deck="Loss")
    first, lock = build(Lock(), old)
    copy, moved = (replace(old, page=f"{name}/loss.md") for name in ("de", "en"))
    now, _ = build(lock, replace(copy, deck="de::Loss"), moved)
    assert guids(now)[1:] == guids(first)


def test_a_short_title_on_another_page_is_another_card() -> None:
    first, lock = build(Lock(), note("Exercise 1", "Two plus two is four", page="a.md"))
    second, _ = build(lock, note("Exercise 1", "Recursion needs a base case", page="b.md"))
    assert guids(second) != guids(first)


def test_a_card_that_returns_gets_its_guid_back() -> None:
    card = note("What is a loss?", "A number.")
    first, lock = build(Lock(), card, note("Other?"))
    _, lock = build(lock, note("Other?"), now_s=_LATER_S)
    assert [entry.is_gone for entry in lock.entries].count(True) == 1
    third, _ = build(lock, card, note("Other?"), now_s=_LATER_S + 1)
    assert (third[0].guid, third[0].mod_s) == (first[0].guid, NOW_S)


def test_an_explicit_id_is_the_key_and_outlives_everything() -> None:
    first, lock = build(Lock(), note("Loss?", "A number.", explicit_id="loss"))
    assert first[0].key == "loss"
    second, _ = build(lock, note("Entirely new", "text", page="z.md", explicit_id="loss"))
    assert guids(second) == guids(first)


def test_an_id_added_later_keeps_guid_and_key() -> None:
    first, lock = build(Lock(), note("Loss?", "A number."))
    second, lock = build(lock, note("Loss?", "A number.", explicit_id="loss"), now_s=_LATER_S)
    assert (second[0].guid, second[0].key, second[0].mod_s) == (
        first[0].guid,
        first[0].key,
        NOW_S,
    )
    third, _ = build(lock, note("What now?", "Something", explicit_id="loss"))
    assert guids(third) == guids(first)


def test_the_key_from_the_lock_serves_as_an_id() -> None:
    first, lock = build(Lock(), note("Loss?", "A number."))
    second, _ = build(lock, note("Rewritten", "fully", explicit_id=first[0].key))
    assert guids(second) == guids(first)


def test_a_changed_id_keeps_the_guid_while_the_question_stands() -> None:
    first, lock = build(Lock(), note("What is the loss?", "A number.", explicit_id="loss"))
    second, _ = build(lock, note("What is the loss?", "A number.", explicit_id="the-loss"))
    assert guids(second) == guids(first)


def test_the_same_id_twice_is_an_error_that_names_both_places() -> None:
    notes = [note("A?", explicit_id="x", line=3), note("B?", explicit_id="x", line=9)]
    identified, _, diagnostics = identify(notes, Lock(), now_s=NOW_S)
    assert [(d.code, d.location.line) for d in diagnostics] == [("E601", 9)]
    assert "source/ml/basics.md:3:1" in diagnostics[0].message
    assert len({one.guid for one in identified}) == 2


def test_an_id_with_a_blank_is_an_error() -> None:
    _, _, diagnostics = identify([note("A?", explicit_id="a b")], Lock(), now_s=NOW_S)
    assert [d.code for d in diagnostics] == ["E602"]


def test_ids_that_differ_in_case_only_get_keys_that_anki_can_search_apart() -> None:
    first, _ = build(Lock(), note("A?", explicit_id="Loss"), note("B?", explicit_id="loss"))
    assert [one.key for one in first] == ["Loss", "loss-2"]


def test_a_card_that_becomes_cloze_is_a_new_note() -> None:
    """Anki refuses to change the note type under one GUID."""
    first, lock = build(Lock(), note("A?", "b", explicit_id="x"))
    second, lock = build(lock, note("A?", "b", explicit_id="x", kind=CardKind.CLOZE))
    assert guids(second) != guids(first)
    third, _ = build(lock, note("A?", "b", explicit_id="x"))
    assert guids(third) == guids(first)


def test_a_question_that_gets_its_answer_keeps_its_guid() -> None:
    first, lock = build(Lock(), note("Why is softmax stable?", is_unanswered=True, page="bank.md"))
    second, _ = build(lock, note("Why is softmax stable?", "We shift by the maximum.", page="a.md"))
    assert guids(second) == guids(first)


def test_two_projects_with_equal_ids_have_different_guids() -> None:
    one, _ = build(Lock(), note("A?", explicit_id="x"))
    two, _ = build(Lock(), note("B?", explicit_id="x"))
    assert guids(one) != guids(two)


def test_ids_outlive_lock_and_packages() -> None:
    """Nothing is left but the pages, which were edited since."""
    site = Origin("https://example.org/")
    one, _, _ = identify([note("B?", explicit_id="x")], Lock(), now_s=NOW_S, origin=site)
    two, _, _ = identify([note("C?", explicit_id="x")], Lock(), now_s=NOW_S + 1, origin=site)
    assert guids(list(one)) == guids(list(two))


def test_two_sites_made_from_one_template_are_two_projects() -> None:
    """The same first card, no site_url; made on different days, or with other cards."""
    template = note("What is this site about?", "Cards.")
    _, one = build(Lock(), template)
    _, two = build(Lock(), template, now_s=_LATER_S)
    _, three = build(Lock(), template, note("Own?", "Yes."))
    assert len({lock.project.id for lock in (one, two, three)}) == 3
    assert len({entry.guid for lock in (one, two, three) for entry in lock.entries}) == 4


def test_a_build_of_one_page_leaves_the_others_in_the_lock() -> None:
    a, b = note("A?", "1", page="a.md"), note("B?", "2", page="b.md")
    _, lock = build(Lock(), a, b)
    _, after, _ = identify(
        [a], lock, now_s=NOW_S, scope=Scope(frozenset({"a.md"}), frozenset({"a.md"}))
    )
    assert after is lock


def test_a_long_question_is_told_by_its_end_too() -> None:
    long = "Given that " + "the network is deep, " * 30
    one, two = note(long + "why?", "x"), note(long + "how?", "y")
    first, lock = build(Lock(), one, two)
    second, _ = build(lock, two, one)
    assert guids(second) == guids(first)[::-1]


@given(st.permutations([f"What does number {n} mean?" for n in range(6)]))
def test_any_order_gives_the_same_lock(questions: list[str]) -> None:
    _, expected = build(Lock(), *(note(q, q) for q in sorted(questions)))
    assert build(Lock(), *(note(q, q) for q in questions))[1] == expected


def test_html_alone_is_content() -> None:
    _, lock = build(Lock(), note("A?", "b"))
    bold = replace(note("A?", "b"), answer=Fragment("<p><b>b</b></p>", "b"))
    assert build(lock, bold, now_s=_LATER_S)[0][0].mod_s == _LATER_S
