"""Random edits of random cards: mapped for certain, or left to the author; never guessed."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.fields import ANSWER, FIELD_NAMES, QUESTION, fields_of
from generator.pull.field import apply
from generator.pull.leaves import leaves_of
from generator.pull.mapping import Mapped, Sides, map_card
from generator.pull.page import Page, PageCard
from tests.fuzz import grammar
from tests.pull.editor import KINDS, edit
from tests.pull.mapped import page_of


def _edited(rng: random.Random, card: PageCard) -> Sides | None:
    fields = dict(zip(FIELD_NAMES, fields_of(card.note), strict=True))
    question, answer = fields[QUESTION], fields[ANSWER]
    for _ in range(rng.randint(1, 3)):
        if rng.random() < 0.3:
            question = edit(rng, question, rng.choice(list(KINDS))) or question
        else:
            answer = edit(rng, answer, rng.choice(list(KINDS))) or answer
    wanted = leaves_of(question), leaves_of(answer)
    return None if wanted == card.sides else wanted


def _map(page: Page, card: PageCard, wanted: Sides, count: int) -> Mapped:
    others = page.others(page.text, card.number)
    return map_card(
        page.text,
        shipped=card.sides,
        wanted=wanted,
        regions=card.regions,
        read=lambda text: page.read(text, card.number, count),
        is_apart=lambda text: page.others(text, card.number) == others,
    )


@given(st.randoms())
@settings(max_examples=60, deadline=None)
def test_a_patch_gives_what_the_reader_wrote_or_a_remark_says_what_it_does_not(
    rng: random.Random,
) -> None:
    page = page_of(grammar.page(rng))
    cards = page.cards()
    for card in cards:
        wanted = _edited(rng, card)
        if wanted is None:
            continue
        mapped = _map(page, card, wanted, len(cards))
        assert mapped.edits or mapped.unmapped
        after = page.read(apply(page.text, mapped.edits), card.number, len(cards))
        if not mapped.unmapped:
            assert after == wanted
        others = [other for other in cards if other.number != card.number]
        edited_page = page_of(apply(page.text, mapped.edits))
        assert [edited_page.cards()[other.number].sides for other in others] == [
            other.sides for other in others
        ]


def test_nothing_to_map_gives_nothing() -> None:
    page = page_of('??? question "Q?"\n\n    A.\n')
    (card,) = page.cards()
    assert _map(page, card, card.sides, 1) == Mapped()


def test_the_structure_around_cards_counts_as_a_change() -> None:
    box = '??? question "{}?"\n\n    A.\n\n'
    page = page_of(f"# P\n\n## Part\n\n{box.format('One')}{box.format('Two')}")
    as_it_is = page.others(page.text, -1)
    assert page.others(page.text.replace("## Part", "## Other"), -1) == as_it_is
    assert page.others(page.text.replace("## Part\n", ""), -1) != as_it_is
    assert page.others(page.text.replace("    A.", "    <!-- id: x -->\n    A.", 1), -1) != as_it_is
