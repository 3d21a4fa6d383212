"""The destination of a note: its deck in Anki and its package on disk."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from generator.cards.tags import slug
from generator.config import DeckDepth
from generator.errors import Diagnostic, Location
from generator.markup.text import without_brackets
from generator.model import IdentifiedNote, Note

ALL = "all.apkg"

_UNANSWERED = "-question-bank"
_LONGEST_NAME = 80
# Windows reserves these for devices, with any extension.
_DEVICES = re.compile(r"(con|prn|aux|nul|(com|lpt)[\d¹²³])", re.IGNORECASE)


@lru_cache(maxsize=4096)  # the cards of a section are consecutive
def deck_name(root: str, page_title: str, section: tuple[str, ...], subdeck: str = "") -> str:
    """`Root::Page title::Section::Subdeck`.

    `::` inside a title would open a level, so it is split; in `root` and `subdeck` it is kept.
    `<` and `>` become `‹` and `›`: Anki may show the name as HTML. Colons at the ends of a level
    are removed, as Anki does: a deck must have the name that the lock file records.
    """
    titles = [part.replace("::", ": ") for part in (page_title, *section[:1])]
    parts = (*root.split("::"), *titles, *subdeck.split("::"))
    levels = [part for part in (" ".join(part.split()).strip(": ") for part in parts) if part]
    return without_brackets("::".join(levels))


def deck_at(
    above: tuple[str, str], section: tuple[str, ...], *, depth: DeckDepth, below: str = ""
) -> str:
    """Name the deck of a place.

    Args:
        above: The decks above the page's own, and its name.
        section: Headings above the place, outermost first.
        depth: Maximum depth of decks.
        below: A deck below that one, levels joined by `::`; "" for none.
    """
    root, title = above
    if depth is DeckDepth.SECTION:
        return deck_name(root, title, section, below)
    # Without a folder, navigation or root the page is the deck, as Anki's decks need a name.
    is_page = depth is DeckDepth.PAGE or not root.strip(":")
    return deck_name(root, title if is_page else "", (), below)


def package_name(note: Note) -> str:
    """The package of a note below the output folder, with `/`: `page/section.apkg`.

    Unanswered notes are separate, in `page/section-question-bank.apkg`.
    """
    suffix = _UNANSWERED if note.is_unanswered else ""
    return f"{_section_path(note.page, note.section[:1])}{suffix}.apkg"


def package_names(page: str, section: str) -> tuple[str, ...]:
    """The packages that a section may have: of its answered and of its unanswered notes.

    Args:
        page: See `SourceFile.page`.
        section: The outermost heading, or "".
    """
    path = _section_path(page, (section,) if section else ())
    return f"{path}.apkg", f"{path}{_UNANSWERED}.apkg"


@lru_cache(maxsize=4096)  # the cards of a section are consecutive
def _section_path(page: str, section: tuple[str, ...]) -> str:
    folders = [file_name(part) for part in page.rsplit(".", 1)[0].split("/")]
    return "/".join((*folders, file_name(section[0]) if section else folders[-1]))


def file_name(text: str) -> str:
    """A file name made from a title, valid on every operating system."""
    name = slug(text) or "untitled"
    if _DEVICES.fullmatch(name):
        return f"{name}-"
    if len(name.encode()) <= _LONGEST_NAME:
        return name
    digest = hashlib.blake2b(name.encode(), digest_size=4).hexdigest()
    return f"{name.encode()[:_LONGEST_NAME].decode(errors='ignore')}-{digest}"


def plan(
    notes: Iterable[IdentifiedNote], *, include_unanswered: bool, has_all: bool = True
) -> Mapping[str, tuple[IdentifiedNote, ...]]:
    """Sort notes into packages.

    Args:
        notes: All notes of the build.
        include_unanswered: Whether `all.apkg` holds unanswered notes too.
        has_all: Whether there is an `all.apkg`.

    Returns:
        Package name → its notes, in reading order; `all.apkg` last, if it is not empty.
    """
    packages: dict[str, list[IdentifiedNote]] = {}
    everything = []
    for identified in notes:
        packages.setdefault(package_name(identified.note), []).append(identified)
        if include_unanswered or not identified.note.is_unanswered:
            everything.append(identified)
    found = {name: tuple(held) for name, held in sorted(packages.items())}
    return found | ({ALL: tuple(everything)} if everything and has_all else {})


def packages_of_all_cards(output: Path) -> tuple[Path, ...]:
    """List the packages that together hold all cards of a build.

    Args:
        output: The folder of the packages.

    Returns:
        `all.apkg` and those of unanswered cards, if they exist.
    """
    found = sorted(output.rglob(f"*{_UNANSWERED}.apkg"))
    return tuple(path for path in (output / ALL, *found) if path.is_file())


def collisions(notes: Iterable[Note]) -> tuple[Diagnostic, ...]:
    """Report two pages or sections with the same package file (E720)."""
    owners: dict[str, tuple[tuple[str, str], Location]] = {}
    found: dict[tuple[str, str], Diagnostic] = {}
    for note in notes:
        owner = (note.page, note.section[0] if note.section else "")
        name = package_name(note)
        first, place = owners.setdefault(name, (owner, note.location))
        if first != owner:
            message = f"{name} would hold two sections, {_shown(owner)} and {_shown(first)}"
            hint = f"rename one of them; the other begins at {place}"
            found.setdefault(owner, Diagnostic(note.location, "E720", message, hint))
    return tuple(found.values())


def _shown(owner: tuple[str, str]) -> str:
    page, section = owner
    return f"“{section}” of {page}" if section else page
