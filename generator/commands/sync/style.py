"""A note type's style: the author's new one arrives, the reader's own stays."""

import hashlib
from collections.abc import Mapping, MutableMapping
from typing import Any, TypeAlias

from generator.apkg.reader import PackageNoteType

Style: TypeAlias = tuple[str, str]
"""Digests of CSS and templates."""
NoteTypeDict: TypeAlias = MutableMapping[str, Any]
"""A note type as Anki's library gives it (`NotetypeDict`)."""


def style_of(kind: PackageNoteType) -> Style:
    """Digest a note type's style."""
    return _digest(kind.css), _digest(repr([template[1:] for template in kind.templates]))


def merge_style(found: NoteTypeDict, kind: PackageNoteType, sent: Style | None) -> bool:
    """Put the author's style into a note type, as far as the reader has not changed it.

    Args:
        found: The note type in the collection; changed in place.
        kind: The note type in the package.
        sent: Digests of what came last; None when unknown: then the newer one counts.

    Returns:
        Whether anything changed.
    """
    css, templates = sent or ("", "")
    is_newer = sent is None and int(found["mod"]) < kind.mod_s
    changed = False
    if found["css"] != kind.css and (is_newer or _digest(found["css"]) == css):
        found["css"] = kind.css
        changed = True
    sides = _sides(found)
    if sides != _packaged(kind) and (is_newer or _digest(repr(list(sides.values()))) == templates):
        for template in found["tmpls"]:
            front, back = _packaged(kind).get(
                template["name"], (template["qfmt"], template["afmt"])
            )
            template["qfmt"], template["afmt"] = front, back
        changed = True
    return changed


def is_own_style(found: Mapping[str, Any], kind: PackageNoteType) -> bool:
    """Whether a note type looks otherwise than its author made it."""
    return found["css"] != kind.css or _sides(found) != _packaged(kind)


def _sides(found: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    return {t["name"]: (t["qfmt"], t["afmt"]) for t in found["tmpls"]}


def _packaged(kind: PackageNoteType) -> dict[str, tuple[str, str]]:
    return {name: (front, back) for name, front, back in kind.templates}


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
