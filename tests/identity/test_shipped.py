"""The field `Shipped` describes the other fields of the note that it is in."""

from msgspec.structs import replace

from generator.fields import FIELD_NAMES, SHIPPED
from generator.identity.lock import Lock
from generator.identity.shipped import MERGED, hash_field, read_shipped
from generator.model import CardKind, Fragment, IdentifiedNote
from tests.identity.builders import build, note


def _is_as_sent(identified: IdentifiedNote) -> bool:
    """Whether no field would count as edited by its reader."""
    fields = dict(zip(FIELD_NAMES, identified.fields, strict=True))
    shipped = read_shipped(fields[SHIPPED])
    assert shipped is not None
    return shipped.hashes == tuple(hash_field(fields[name]) for name in MERGED)


def test_of_a_note_without_text_that_gets_its_key_as_its_first_field() -> None:
    picture = replace(note("", ""), question=Fragment("<img>", ""), answer=Fragment("<img>", ""))
    (identified,), _ = build(Lock(), picture)
    assert identified.fields[0] == identified.key
    assert _is_as_sent(identified)


def test_of_a_cloze_whose_gaps_get_their_numbers() -> None:
    cloze = replace(
        note("Sun", kind=CardKind.CLOZE), question=Fragment("The {{c0::sun}} shines", "The sun")
    )
    (identified,), lock = build(Lock(), cloze)
    assert "{{c1::sun}}" in "".join(identified.fields)
    (again,), _ = build(lock, cloze)
    assert _is_as_sent(identified)
    assert _is_as_sent(again)


def test_of_a_plain_note() -> None:
    (identified,), _ = build(Lock(), note("What is a loss?", "A number.", tags=("b", "a")))
    assert _is_as_sent(identified)
