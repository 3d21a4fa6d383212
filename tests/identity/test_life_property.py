"""Whatever an author does: no GUID for a different question, no `mod` moves without a change."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.identity.identify import identify
from generator.identity.lock import Lock
from generator.identity.lock_reader import parse_lock
from generator.identity.lock_text import format_lock
from generator.model import Fragment, Note
from tests.identity.builders import NOW_S, note

_TOPICS = (
    "gradient descent with momentum",
    "batch normalisation at inference",
    "attention masks in decoders",
    "dropout between layers",
    "learning-rate warm-up",
    "beam search and its width",
    "byte-pair encoding of rare words",
    "weight decay in AdamW",
    "retrieval with dense vectors",
    "low-rank adapters",
    "key-value caches",
    "rotary position embeddings",
)
_PAGES = ("a.md", "b/c.md", "d.md")
_VERBS = ("move", "answer", "remove", "restore", "section", "swap", "copy", "id", "format", "page")


def _card(topic: str) -> Note:
    answer = f"About {topic}: " + " ".join(sorted(f"{word}{len(topic)}" for word in topic.split()))
    return note(f"What is the point of {topic}?", answer, page=_PAGES[len(topic) % 3])


class _Deck:
    """A deck that is edited at random; each card knows its topic."""

    def __init__(self) -> None:
        self.cards = {topic: _card(topic) for topic in _TOPICS}
        self.order = list(_TOPICS)
        self.copies: list[Note] = []

    def edit(self, verb: str, first: int, second: int) -> None:
        getattr(self, verb)(_TOPICS[first % len(_TOPICS)], second)

    def change(self, topic: str, **parts: Any) -> None:
        self.cards[topic] = replace(self.cards[topic], **parts)

    def move(self, topic: str, number: int) -> None:
        self.change(topic, page=_PAGES[number % 3])

    def section(self, topic: str, number: int) -> None:
        self.change(topic, section=(f"Section {number % 4}",))

    def answer(self, topic: str, number: int) -> None:
        text = f"{self.cards[topic].answer.text} More in {number}."
        self.change(topic, answer=Fragment(text, text))

    def format(self, topic: str, number: int) -> None:
        html = f"<p><b>{number}</b></p>"
        self.change(topic, answer=Fragment(html, self.cards[topic].answer.text))

    def id(self, topic: str, _number: int) -> None:
        self.change(topic, explicit_id=topic.replace(" ", "-"))

    def remove(self, topic: str, _number: int) -> None:
        if topic in self.order and len(self.order) > 1:
            self.order.remove(topic)

    def restore(self, topic: str, _number: int) -> None:
        if topic not in self.order:
            self.order.append(topic)

    def swap(self, topic: str, number: int) -> None:
        a, b = len(topic) % len(self.order), number % len(self.order)
        self.order[a], self.order[b] = self.order[b], self.order[a]

    def copy(self, topic: str, _number: int) -> None:
        if len(self.copies) < 3:
            card = replace(self.cards[topic], section=("Copies",), explicit_id=None)
            self.copies.append(card)

    def page(self, topic: str, number: int) -> None:
        old = self.cards[topic].page
        for name, card in self.cards.items():
            if card.page == old:
                self.change(name, page=f"new-{number}.md")

    def notes(self) -> list[Note]:
        return [*(self.cards[topic] for topic in self.order), *self.copies]


_SCRIPTS = st.lists(
    st.lists(
        st.tuples(st.sampled_from(_VERBS), st.integers(0, 99), st.integers(0, 99)),
        min_size=1,
        max_size=6,
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(_SCRIPTS)
def test_a_guid_never_goes_to_a_different_question(
    script: list[list[tuple[str, int, int]]],
) -> None:
    """The edits of this test never reword, so a GUID must stay with its wording for ever."""
    deck = _Deck()
    lock = Lock()
    owner: dict[str, str] = {}
    shown: dict[str, tuple[str, int]] = {}
    for day, edits in enumerate([[], *script]):
        for verb, first, second in edits:
            deck.edit(verb, first, second)
        now_s = NOW_S + 100 * day
        identified, lock, diagnostics = identify(deck.notes(), lock, now_s=now_s)
        assert not [d for d in diagnostics if d.code.startswith("E")]
        assert len({one.guid for one in identified}) == len(identified)
        entries = {entry.guid: entry for entry in lock.entries}
        for one in identified:
            assert owner.setdefault(one.guid, one.note.question.text) == one.note.question.text
            content = entries[one.guid].source_hash
            old_content, old_mod = shown.get(one.guid, ("", 0))
            if old_content == content:
                assert one.mod_s == old_mod, "mod moved without a change"
            else:
                assert one.mod_s == now_s, "a change without a new mod"
            shown[one.guid] = (content, one.mod_s)
        again, same, _ = identify(deck.notes(), lock, now_s=now_s + 50)
        assert again == identified
        assert same is lock
        assert parse_lock(format_lock(lock), "x") == (lock, ())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_TOPICS), unique=True, min_size=2), st.data())
def test_each_card_of_a_moved_and_shuffled_deck_keeps_its_guid(
    topics: list[str], data: st.DataObject
) -> None:
    cards = [_card(topic) for topic in topics]
    first, lock, _ = identify(cards, Lock(), now_s=NOW_S)
    guids = {one.note.question.text: one.guid for one in first}
    moved = [
        replace(card, page=data.draw(st.sampled_from(("x.md", *_PAGES))), section=("Elsewhere",))
        for card in data.draw(st.permutations(cards))
    ]
    second, _, _ = identify(moved, lock, now_s=NOW_S + 1)
    assert {one.note.question.text: one.guid for one in second} == guids


@pytest.mark.parametrize("count", [10_000])
def test_ten_thousand_unchanged_cards_are_identified_at_once(count: int) -> None:
    """Well under 0.2 s on an idle machine; the bound here only catches a wrong order of growth."""
    import time

    cards = [
        note(f"What is thing number {n}?", f"It is {n}. " * 20, page=f"{n // 50}.md")
        for n in range(count)
    ]
    _, lock, _ = identify(cards, Lock(), now_s=NOW_S)
    begin = time.process_time()
    _, same, _ = identify(cards, lock, now_s=NOW_S + 1)
    assert same is lock
    assert time.process_time() - begin < 2
