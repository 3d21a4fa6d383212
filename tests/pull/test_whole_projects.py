"""Random corrections of many cards at once, and new notes: together they do what each does."""

import random
from pathlib import Path

import pytest

from generator.apkg.reader import read_package
from generator.config import Config, load
from generator.fields import ANSWER, QUESTION, TEXT
from generator.pipeline.build import build
from generator.pipeline.identify import Identified, dry_run
from generator.pull.collection import ReaderCard, ReaderNote
from generator.pull.comparison import Shipped, shipped_notes, sides_of
from generator.pull.mapping import Sides
from generator.pull.page import sides_of_note
from generator.pull.run import pull
from tests.pull.editor import KINDS, edit

_NOW_S = 1_764_000_000
_BODIES = (
    "The *first* line of it.\n\n    And $x^2$, then more words.",
    "One of two:\n\n    - one thing\n    - two `things`\n\n    The end of it.",
    "See [the paper](https://example.org/c) for **all** of it.",
    "| a | b |\n    |---|---|\n    | one | two |",
    '--8<-- "part.txt"',
)
_SHARED_WORD = "Shared"
_PART = f"{_SHARED_WORD} words of both.\n\n- a thing\n- a word\n"


def _page(rng: random.Random, name: str) -> str:
    gap = rng.choice(("\n", "\n\n"))
    boxes = (
        f'??? question "What does {name} number {number} mean?"{gap}    {body}\n'
        for number, body in enumerate(rng.sample(_BODIES, 4))
    )
    return f"# {name}\n\n" + "\n".join(boxes)


def _project(rng: random.Random, folder: Path) -> Config:
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(
        "site_name: N\nmarkdown_extensions: [pymdownx.details, pymdownx.snippets, tables]\n"
    )
    for name in ("One", "Two"):
        (folder / "docs" / f"{name}.md").write_text(_page(rng, name))
    (folder / "docs" / "part.txt").write_text(_PART)
    config, problems = load({}, cwd=folder, environ={})
    assert problems == ()
    assert not build(config, cwd=folder, now_s=_NOW_S).has_errors
    return config


def _reader_note(rng: random.Random, note: Shipped) -> ReaderNote:
    fields = dict(note.fields)
    for name in (QUESTION, ANSWER, ANSWER):
        if rng.random() < 0.4:
            fields[name] = edit(rng, fields[name], rng.choice(list(KINDS))) or fields[name]
    return ReaderNote(note.guid, "", _NOW_S + 1, fields, note.tags)


def _new_note(number: int, deck: str, kind: str) -> ReaderNote:
    fields = {TEXT: f"New {number}?", ANSWER: f"<p>It is {number}.</p>"}
    return ReaderNote("", kind, _NOW_S, fields, (), (ReaderCard(0, deck, False, 0, 0),))


def _sides(identified: Identified) -> dict[str, Sides]:
    return {note.guid: sides_of_note(note.note) for note in identified.notes}


@pytest.mark.parametrize("seed", range(12))
def test_all_corrections_together_give_what_the_reader_wrote(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    config = _project(rng, tmp_path)
    before = dry_run(config, cwd=tmp_path, now_s=_NOW_S)
    packages = [read_package(tmp_path / "build" / "all.apkg")]
    reader = [_reader_note(rng, note) for note in shipped_notes(packages)]
    decks = sorted({note.note.deck for note in before.notes})
    added = [_new_note(n, rng.choice(decks), before.note_types[0].name) for n in range(3)]
    pulled = pull(
        before,
        packages,
        [*reader, *added],
        config=config,
        read_media=lambda _: None,
        now_s=_NOW_S,
    )
    for path, text in pulled.edited(pulled.cards).items():
        path.write_text(text)
    after = dry_run(config, cwd=tmp_path, now_s=_NOW_S + 2)
    assert len(after.notes) == len(before.notes) + sum(not card.key for card in pulled.cards)
    shipped, now = _sides(before), _sides(after)
    wanted = {note.guid: sides_of(note.fields) for note in reader}
    edited = {card.key for card in pulled.cards}
    unclear = {remark.path for remark in pulled.remarks}
    for note in before.notes:
        if note.guid not in now:  # its id would be in a snippet
            assert any(note.key in remark.reason for remark in pulled.remarks)
            continue
        if _SHARED_WORD in note.note.answer.text:  # changes of both cards are in the snippet
            continue
        if note.key not in edited:
            assert now[note.guid] == shipped[note.guid]
        elif note.note.location.path not in unclear:
            assert now[note.guid] == wanted[note.guid]
