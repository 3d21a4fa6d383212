"""A note type's style: the author's new one is sent, the reader's own is kept.

Like notes, a note type records how it was sent: in a comment at the top of its CSS.
"""

from collections.abc import Mapping, MutableMapping
from typing import Any, TypeAlias

from generator.apkg.reader import PackageNoteType
from generator.apkg.style import shipped_style, style_of

NoteTypeDict: TypeAlias = MutableMapping[str, Any]
"""A note type as Anki's library gives it (`NotetypeDict`)."""


def merge_style(found: NoteTypeDict, kind: PackageNoteType) -> bool:
    """Put the author's style into a note type, except for parts that the reader changed.

    Args:
        found: The note type in the collection; changed in place.
        kind: The note type in the package.

    Returns:
        Whether anything changed.
    """
    sent = shipped_style(found["css"])
    now = style_of(found["css"], tuple(_sides(found).values()))
    changed = False
    if found["css"] != kind.css and sent and sent.css == now.css:
        found["css"] = kind.css
        changed = True
    if _sides(found) != _packaged(kind) and sent and sent.templates == now.templates:
        for template in found["tmpls"]:
            own = (template["qfmt"], template["afmt"])
            template["qfmt"], template["afmt"] = _packaged(kind).get(template["name"], own)
        changed = True
    return changed


def is_own_style(found: Mapping[str, Any], kind: PackageNoteType) -> bool:
    """Whether a note type's style differs from what its author made."""
    return found["css"] != kind.css or _sides(found) != _packaged(kind)


def _sides(found: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    return {t["name"]: (t["qfmt"], t["afmt"]) for t in found["tmpls"]}


def _packaged(kind: PackageNoteType) -> dict[str, tuple[str, str]]:
    return {name: (front, back) for name, front, back in kind.templates}
