"""Reworded, rewritten, split, swapped: who keeps the reviews."""

import random
import time

import pytest

from generator.errors import Diagnostic
from generator.identity.identify import Scope, identify
from generator.identity.lock import Lock
from generator.identity.wording import Wording
from generator.model import CardKind, Note
from tests.identity.builders import NOW_S, build, guids, note

_DROPOUT = "Units are switched off at random, so that the network cannot rely on single ones"
_BATCH = "Activations are normalised over the batch, then scaled and shifted by learnt factors"
_LAYER = "Each example is normalised over its own features, whatever else is in the batch"


def _after(first: list[Note], second: list[Note]) -> tuple[list[int | None], list[Diagnostic]]:
    """For each note of the second build, which of the first it is; and what was said."""
    before, lock = build(Lock(), *first)
    after, _, diagnostics = identify(second, lock, now_s=NOW_S + 9)
    places = {guid: number for number, guid in enumerate(guids(before))}
    return [places.get(one.guid) for one in after], list(diagnostics)


def test_a_reworded_question_with_the_same_answer_is_kept_and_said_so() -> None:
    kept, said = _after(
        [note("What is dropout?", _DROPOUT), note("What is batch norm?", _BATCH)],
        [note("How does dropout regularise?", _DROPOUT), note("What is batch norm?", _BATCH)],
    )
    assert kept == [0, 1]
    assert [d.code for d in said] == ["L630"]
    assert "('What is dropout?')" in said[0].message


def test_a_rewritten_answer_under_a_nearly_equal_question_is_kept() -> None:
    kept, _ = _after(
        [note("What is dropout good for?", _DROPOUT)],
        [note("What's dropout good for?", "It fights overfitting.")],
    )
    assert kept == [0]


def test_another_wording_altogether_is_kept_by_a_long_answer_on_the_page() -> None:
    kept, _ = _after(
        [note("What is dropout?", _DROPOUT), note("Loss?", "A number.")],
        [note("Why mask units in training?", _DROPOUT), note("Criterion, defined?", "A number.")],
    )
    assert kept == [0, None]


def test_a_card_that_was_cut_out_may_return_reworded() -> None:
    other = note("What is batch norm?", _BATCH)
    before, lock = build(Lock(), note("What is dropout good for?", _DROPOUT), other)
    _, lock = build(lock, other)
    after, _ = build(lock, other, note("What is dropout good for in practice?", _DROPOUT))
    assert after[1].guid == before[0].guid


def test_a_card_gone_before_lends_its_guid_to_no_neighbour() -> None:
    other = note("What is batch norm?", _BATCH)
    before, lock = build(Lock(), note("What is layer norm good for?", _LAYER), other)
    _, lock = build(lock, other)
    after, _ = build(lock, other, note("What is weight norm good for?", _DROPOUT))
    assert after[1].guid != before[0].guid


def test_another_question_with_another_answer_is_new() -> None:
    kept, said = _after(
        [note("What is batch normalisation?", _BATCH)],
        [note("What is layer normalisation?", _LAYER)],
    )
    assert kept == [None]
    assert said == []


def test_a_typo_is_no_new_question() -> None:
    kept, _ = _after(
        [note("What is regularisaton?", _DROPOUT)], [note("What is regularisation?", _DROPOUT)]
    )
    assert kept == [0]


def test_a_question_split_in_two_goes_to_neither_when_both_are_as_good() -> None:
    kept, said = _after(
        [note("What are batch norm and layer norm?", f"{_BATCH}. {_LAYER}")],
        [
            note("What are batch norm then?", f"{_BATCH}. {_LAYER}", line=3),
            note("What are layer norm then?", f"{_BATCH}. {_LAYER}", line=9),
        ],
    )
    assert kept == [None, None]
    assert [d.code for d in said] == ["W620"]
    assert "source/ml/basics.md:9:1" in said[0].message


def test_a_question_split_in_two_stays_where_its_wording_stays() -> None:
    kept, _ = _after(
        [note("What are the norms?", f"{_BATCH}. {_LAYER}")],
        [note("What are the norms?", _BATCH), note("And what about layers?", _LAYER)],
    )
    assert kept == [0, None]


def test_two_questions_merged_into_one_go_to_neither_when_both_are_as_good() -> None:
    kept, said = _after(
        [
            note("What are batch norms then?", f"{_BATCH}. {_LAYER}"),
            note("What are batch norms now?", f"{_BATCH}. {_LAYER}"),
        ],
        [note("What are batch norms today?", f"{_BATCH}. {_LAYER}")],
    )
    assert kept == [None]
    assert [d.code for d in said] == ["W620"]
    assert "'What are batch norms then?'" in said[0].message
    assert "'What are batch norms now?'" in said[0].message


def test_a_note_in_doubt_does_not_take_the_guid_of_a_card_gone_before() -> None:
    norms = [
        note(f"What are batch norms {when}?", f"{_BATCH}. {_LAYER}") for when in ("then", "now")
    ]
    gone = note("What are batch norms before?", f"{_BATCH}. {_LAYER}")
    before, lock = build(Lock(), gone, *norms)
    _, lock = build(lock, *norms)
    merged = note("What are batch norms today?", f"{_BATCH}. {_LAYER}")
    after, _, said = identify([merged], lock, now_s=NOW_S + 9)
    assert [d.code for d in said] == ["W620"]
    assert after[0].guid not in guids(before)


def test_a_doubt_is_settled_by_the_old_key() -> None:
    first = [note("What are batch norm and layer norm?", f"{_BATCH}. {_LAYER}")]
    split = [
        note("What are batch norm then?", f"{_BATCH}. {_LAYER}"),
        note("What are layer norm then?", f"{_BATCH}. {_LAYER}"),
    ]
    before, lock = build(Lock(), *first)
    _, lock = build(lock, *split)
    settled = [note(split[0].question.text, split[0].answer.text, explicit_id=before[0].key)]
    after, _ = build(lock, *settled, split[1])
    assert after[0].guid == before[0].guid


def test_two_that_change_places_keep_their_guids() -> None:
    one, two = note("What is dropout?", _DROPOUT), note("What is batch norm?", _BATCH)
    assert _after([one, two], [two, one])[0] == [1, 0]


def test_two_that_exchange_their_answers_are_known_by_their_questions() -> None:
    kept, _ = _after(
        [note("What is dropout?", _DROPOUT), note("What is batch norm?", _BATCH)],
        [note("What is dropout?", _BATCH), note("What is batch norm?", _DROPOUT)],
    )
    assert kept == [0, 1]


def test_two_explicit_ids_are_two_cards_however_alike() -> None:
    kept, _ = _after(
        [note("What is dropout?", _DROPOUT, explicit_id="a")],
        [note("What is dropout good for?", _DROPOUT, explicit_id="b")],
    )
    assert kept == [None]


def test_a_new_id_on_a_reworded_card_makes_it_a_new_one_and_says_how_to_keep_it() -> None:
    first = [note("What is dropout?", _DROPOUT)]
    kept, said = _after(first, [note("What is dropout for?", _DROPOUT, explicit_id="dropout")])
    assert kept == [None]
    assert [d.code for d in said] == ["W626"]
    before, lock = build(Lock(), *first)
    named = note("What is dropout for?", _DROPOUT, explicit_id=before[0].key)
    assert f"<!-- id: {before[0].key} -->" in said[0].hint
    assert build(lock, named)[0][0].guid == before[0].guid


def test_a_renamed_page_and_a_reworded_question_at_once() -> None:
    stay = [
        note(f"What about thing number {n}?", f"It is {n} {_LAYER}", page="a.md") for n in "xyz"
    ]
    gone = [note(one.question.text, one.answer.text, page="b.md") for one in stay]
    kept, _ = _after(
        [*stay, note("What is dropout?", _DROPOUT, page="a.md")],
        [*gone, note("What is dropout good for?", "Another answer", page="b.md")],
    )
    assert kept[:3] == [0, 1, 2]


def test_an_id_that_moves_to_another_question_is_said() -> None:
    _, said = _after(
        [note("What is dropout?", _DROPOUT, explicit_id="x")],
        [note("Why layer norm?", "Because sequences differ in length", explicit_id="x")],
    )
    assert [d.code for d in said] == ["W623"]


def test_a_changed_id_is_said() -> None:
    kept, said = _after(
        [note("What is dropout?", _DROPOUT, explicit_id="x")],
        [note("What is dropout?", _DROPOUT, explicit_id="y")],
    )
    assert kept == [0]
    assert [d.code for d in said] == ["L631"]


def test_a_card_that_becomes_a_cloze_is_said() -> None:
    kept, said = _after(
        [note("What is dropout?", _DROPOUT)],
        [note("What is dropout?", _DROPOUT, kind=CardKind.CLOZE)],
    )
    assert kept == [None]
    assert [d.code for d in said] == ["W624"]


@pytest.mark.parametrize(
    ("question", "page"), [("Dropout in training", "a.md"), ("What is dropout?", "b.md")]
)
def test_a_card_that_becomes_a_cloze_is_said_when_it_was_reworded_or_moved(
    question: str, page: str
) -> None:
    _, said = _after(
        [note("What is dropout?", _DROPOUT, page="a.md"), note("Else?", "No.", page="a.md")],
        [note(question, _DROPOUT, page=page, kind=CardKind.CLOZE), note("Other?", "Yes.")],
    )
    assert [d.code for d in said] == ["W624"]


def test_a_build_of_one_page_says_when_a_card_seems_to_have_moved_there() -> None:
    _, lock = build(Lock(), note("What is dropout?", _DROPOUT, page="a.md"))
    moved = [note("What is dropout?", _DROPOUT, page="b.md")]
    pages = frozenset({"b.md"})
    _, after, said = identify(moved, lock, now_s=NOW_S, scope=Scope(pages, pages))
    assert [d.code for d in said] == ["W625"]
    assert [entry.is_gone for entry in after.entries] == [False, False]


@pytest.mark.slow
def test_rewording_thousands_at_once_takes_no_minutes() -> None:
    """All pairs of 3,000 by 3,000 would be nine million comparisons."""
    rng = random.Random(5)
    words = [f"{a}{b}{c}" for a in "bdfgk" for b in "aeiou" for c in "lmnrst"]
    pages = []
    for number in range(3000):
        question = "What is " + " ".join(rng.sample(words, 5)) + "?"
        pages.append(note(question, " ".join(rng.sample(words, 20)), page=f"{number // 100}.md"))
    changed = [
        note(f"Why {one.question.text[8:]}", one.answer.text, page=one.page) for one in pages
    ]
    begin = time.process_time()
    kept, _ = _after(pages, changed)
    assert kept == list(range(3000))
    assert time.process_time() - begin < 30


def test_a_card_that_was_cut_out_may_return_reworded_on_another_page() -> None:
    other = note("What is batch norm?", _BATCH)
    before, lock = build(Lock(), note("What is dropout good for?", _DROPOUT), other)
    _, lock = build(lock, other)
    moved = note("What's dropout good for, then?", _DROPOUT, page="ml/more.md", section="New")
    after, _ = build(lock, other, moved)
    assert after[1].guid == before[0].guid


def test_an_id_on_another_question_is_doubted_only_where_the_answer_is_another_too() -> None:
    first = [note("What is dropout?", _DROPOUT, explicit_id="d")]
    kept, said = _after(first, [note("Why mask units?", _DROPOUT, explicit_id="d")])
    assert (kept, [d.code for d in said]) == ([0], [])
    kept, said = _after(first, [note("Define batch norm.", _BATCH, explicit_id="d")])
    assert (kept, [d.code for d in said]) == ([0], ["W623"])


def test_questions_of_signs_alone_are_alike_only_when_equal() -> None:
    wording = Wording(("??", "!!"))
    assert wording.similarity("??", "??") == 1.0
    assert wording.similarity("??", "!!") == 0.0


def test_equal_questions_keep_their_order_where_nothing_else_tells_them_apart() -> None:
    question = "What does the following example of a network show?"
    first = [note(question, _DROPOUT, section="One"), note(question, _BATCH, section="Two")]
    second = [note(question, "Green.", section="Three"), note(question, "Red.", section="Four")]
    assert _after(first, second)[0] == [0, 1]


def test_a_card_that_is_found_again_takes_no_second_one() -> None:
    first = [
        note("Why does dropout help a network to generalise?", _DROPOUT),
        note("Why does dropout help a network?", f"{_DROPOUT}, or so they say"),
    ]
    kept, _ = _after(first, [note("Why does dropout help a network to generalise well?", _DROPOUT)])
    assert kept == [0]
    kept, _ = _after(first[::-1], [note("Why does dropout help networks to generalise?", _DROPOUT)])
    assert kept == [1]
    kept, _ = _after(
        first[:1], [note("Why does dropout help networks to generalise?", _DROPOUT), first[1]]
    )
    assert kept == [0, None]
