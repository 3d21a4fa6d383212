"""What we store about a project in a collection: the notes it sent, and what it did to them.

It is kept in the collection's own configuration, so that every computer that syncs knows it.
"""

from collections.abc import Mapping

from msgspec import Struct, field

from generator.json_text import Json


class Memory(Struct, frozen=True):
    """The stored state of one project.

    Attributes:
        placed: GUID of each note that was in the collection → deck in which it was put.
        suspended: GUID of each note that we suspended → its cards that were suspended before.
        newest_s: Latest change in the packages of the last sync, seconds since the epoch.
    """

    placed: Mapping[str, str] = field(default_factory=dict)
    suspended: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    newest_s: int = 0


def memory_key(project: str) -> str:
    """Name the entry of the collection's configuration for a project, by its `Project.id`."""
    return f"admonki:{project}"


def read_memory(value: object) -> Memory:
    """Read an entry; invalid parts are ignored."""
    if not isinstance(value, Mapping):
        return Memory()
    placed: dict[str, str] = {}
    for deck, guids in _entries(value.get("decks")):
        placed.update(dict.fromkeys(_texts(guids), deck))
    suspended = {guid: tuple(_numbers(cards)) for guid, cards in _entries(value.get("suspended"))}
    return Memory(placed, suspended, sum(_numbers([value.get("newest")])))


def write_memory(memory: Memory) -> Json:
    """Make the entry."""
    decks: dict[str, list[str]] = {}
    for guid, deck in sorted(memory.placed.items()):
        decks.setdefault(deck, []).append(guid)
    suspended = {guid: list(cards) for guid, cards in sorted(memory.suspended.items())}
    return {"decks": decks, "suspended": suspended, "newest": memory.newest_s}


def _entries(value: object) -> list[tuple[str, object]]:
    return [(str(key), item) for key, item in value.items()] if isinstance(value, Mapping) else []


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _numbers(value: object) -> list[int]:
    return [item for item in value if isinstance(item, int)] if isinstance(value, list) else []
