"""What we store about a project in a collection: the notes it sent, and what it did to them.

It is kept in the collection's own configuration, so that every computer that syncs knows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Json: TypeAlias = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Memory:
    """The stored state of one project.

    Attributes:
        placed: GUID of each note that was in the collection → deck in which it was put.
        suspended: GUIDs of the notes that we suspended.
    """

    placed: Mapping[str, str] = field(default_factory=dict)
    suspended: frozenset[str] = frozenset()


def memory_key(project: str) -> str:
    """Name the entry of the collection's configuration.

    Args:
        project: See `Project.id`.
    """
    return f"admonki:{project}"


def read_memory(value: object) -> Memory:
    """Read an entry; invalid parts are ignored."""
    if not isinstance(value, Mapping):
        return Memory()
    placed: dict[str, str] = {}
    for deck, guids in _entries(value.get("decks")):
        placed.update(dict.fromkeys(_texts(guids), deck))
    return Memory(placed, frozenset(_texts(value.get("suspended"))))


def write_memory(memory: Memory) -> Json:
    """Make the entry."""
    decks: dict[str, list[str]] = {}
    for guid, deck in sorted(memory.placed.items()):
        decks.setdefault(deck, []).append(guid)
    return {"decks": decks, "suspended": sorted(memory.suspended)}


def _entries(value: object) -> list[tuple[str, object]]:
    return [(str(key), item) for key, item in value.items()] if isinstance(value, Mapping) else []


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
