"""Three-way merge of a note, field by field: no change of author or reader is lost."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator.fields import ANSWER, FIELD_NAMES, ID, QUESTION, REVERSED, SHIPPED, TEXT, TYPED
from generator.identity.shipped import MERGED, Shipped, read_shipped, write_shipped

_CONTENT = frozenset({QUESTION, ANSWER, REVERSED, TYPED})
"""Fields that the author writes; in the others (places), the reader's edit always wins."""
_WRITTEN = _CONTENT | {TEXT}


class Conflict(Struct, frozen=True):
    """A field that both changed.

    Attributes:
        field: Its name.
        theirs: What the reader has.
        ours: What the author has.
    """

    field: str
    theirs: str
    ours: str


class Merged(Struct, frozen=True):
    """A note as it should be.

    Attributes:
        fields: Name → new value, of the fields that change.
        tags: All tags that it should have.
        conflicts: Fields that both changed.
        is_blind: Whether the base is unknown, so that `mod` decided.
    """

    fields: Mapping[str, str]
    tags: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()
    is_blind: bool = False


def merge_note(
    held: Mapping[str, str],
    held_tags: Iterable[str],
    sent: Mapping[str, str],
    sent_tags: Iterable[str],
    *,
    is_newer: bool,
    has_arrived: bool = False,
    overwrites: bool = False,
) -> Merged:
    """Merge a note as the reader has it with the note as the author has it.

    Args:
        held: Name → value, of the fields that the reader has.
        held_tags: The reader's.
        sent: Name → value, from the package.
        sent_tags: From the package.
        is_newer: Whether the package's note is newer; decides only when the reader's note does not
            record what was sent.
        has_arrived: Whether its cards are in the package's deck.
        overwrites: Where both changed a field, take the author's value.
    """
    base = read_shipped(held.get(SHIPPED, ""))
    new = read_shipped(sent.get(SHIPPED, ""))
    conflicts = tuple(_conflicts(held, sent, base, new))
    kept = frozenset() if overwrites else frozenset(one.field for one in conflicts)
    fields = {
        name: sent[name]
        for name in FIELD_NAMES
        if name in held
        and held[name] != sent[name]
        and name != SHIPPED
        and _is_ours(name, held, base, new, kept, is_newer=is_newer)
    }
    shipped = _next_shipped(held, base, new, kept, has_arrived=has_arrived)
    if shipped != held.get(SHIPPED) and (base or fields):
        fields[SHIPPED] = shipped
    tags = _merge_tags(held_tags, base.tags if base else (), sent_tags)
    return Merged(fields, tags, conflicts, is_blind=base is None and is_newer and bool(fields))


def _conflicts(
    held: Mapping[str, str], sent: Mapping[str, str], base: Shipped | None, new: Shipped | None
) -> Iterable[Conflict]:
    if base is None or new is None or base.mod_s == new.mod_s:
        return
    for name, was, now in zip(MERGED, base.hashes, new.hashes, strict=True):
        if name not in _CONTENT or name not in held or was == now:
            continue
        if base.is_edited(name, held[name]) and held[name] != sent[name]:
            yield Conflict(name, held[name], sent[name])


def _is_ours(
    name: str,
    held: Mapping[str, str],
    base: Shipped | None,
    new: Shipped | None,
    kept: frozenset[str],
    *,
    is_newer: bool,
) -> bool:
    """Whether a field that differs gets the author's value."""
    if name == ID:
        return True
    if base is None or new is None:
        return is_newer
    if name in kept or (name == TEXT and QUESTION in kept):  # one is the other's plain text
        return False
    if name in _WRITTEN:  # a mere change of look waits for `build --refresh`
        is_free = base.mod_s != new.mod_s and (name != TEXT or not base.is_edited(name, held[name]))
    else:
        is_free = not base.is_edited(name, held[name])
    place = MERGED.index(name)
    return is_free and base.hashes[place] != new.hashes[place]


def _next_shipped(
    held: Mapping[str, str],
    base: Shipped | None,
    new: Shipped | None,
    kept: frozenset[str],
    *,
    has_arrived: bool,
) -> str:
    """The new record of what was sent: a conflict stays one until somebody resolves it.

    The deck stays, too, until the card is seen in its new deck.
    """
    if new is None:
        return held.get(SHIPPED, "")
    if base is None:
        return write_shipped(new)
    waiting = kept | (_WRITTEN if base.mod_s == new.mod_s else frozenset())
    hashes = tuple(
        was if name in waiting else now
        for name, was, now in zip(MERGED, base.hashes, new.hashes, strict=True)
    )
    deck = new.deck if has_arrived else base.deck
    mod_s = base.mod_s if kept else new.mod_s
    return write_shipped(Shipped(hashes, new.tags, deck, mod_s))


def _merge_tags(held: Iterable[str], base: Iterable[str], sent: Iterable[str]) -> tuple[str, ...]:
    """Keep the reader's own tags, and omit tags that the reader removed."""
    now, was, wanted = set(held), set(base), set(sent)
    return tuple(sorted((now - (was - wanted)) | (wanted - was)))
