"""Any notes at all: what goes in comes out, and the same notes make the same bytes."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.apkg.notetypes import note_types
from generator.apkg.reader import read_package
from generator.fields import note_deck
from generator.model import CardKind, IdentifiedNote
from tests.apkg.conftest import a_note, dated, write_package

_TEXT = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>&{}[]:\x00\x1e\x1f\udce9\"' "),
    max_size=40,
)
_NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@st.composite
def _notes(draw: st.DrawFn) -> list[IdentifiedNote]:
    numbers = draw(st.lists(st.integers(1, 10**6), min_size=1, max_size=8, unique=True))
    notes = []
    for number in numbers:
        kind = draw(st.sampled_from(CardKind))
        gap = "{{c1::gap}}" if kind is CardKind.CLOZE else "Q"
        note = a_note(
            number,
            kind=kind,
            question=gap + draw(_TEXT),
            answer=draw(_TEXT),
            deck=draw(_NAMES) + draw(_TEXT),
            tags=tuple(draw(st.lists(_TEXT, max_size=3))),
            mod_s=draw(st.integers(1, 2**33)),
        )
        notes.append(note)
    return notes


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(notes=_notes())
def test_what_goes_in_comes_out(notes: list[IdentifiedNote], tmp_path: Path) -> None:
    types = dated(note_types())
    one, two = tmp_path / "one.apkg", tmp_path / "two.apkg"
    write_package(one, notes, note_types=types)
    write_package(two, notes[::-1], note_types=types)
    assert one.read_bytes() == two.read_bytes()
    got = [(n.guid, n.mod_s, n.deck, n.due, n.fields, n.tags) for n in read_package(one).notes]
    wanted = [
        (n.guid, n.mod_s, note_deck(n.note), n.due, n.fields, n.tags)
        for n in sorted(notes, key=lambda note: note.due)
    ]
    assert got == wanted
