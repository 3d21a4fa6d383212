"""`admonki diff`: what changed since the last build, between two packages, or since a revision."""

import subprocess
import sys
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import click

from generator.apkg.notetypes import note_type_ids, project_of_note_type
from generator.apkg.reader import Package, read_package
from generator.commands.diff_formats import to_json, to_markdown, to_text
from generator.commands.messages import plural
from generator.commands.output import show, show_ready
from generator.commands.session import (
    Session,
    config_options,
    has_color,
    identified_notes,
    open_session,
)
from generator.errors import AdmonkiError
from generator.fields import FIELD_NAMES, SHIPPED, note_deck
from generator.html_text import plain_text
from generator.identity.difference import CardState, compare
from generator.identity.lock import Lock
from generator.identity.lock_reader import parse_lock
from generator.pipeline.collect import find_lock
from generator.pipeline.decks import packages_of_all_cards
from generator.pipeline.identify import Identified
from generator.pull.reader_side import is_new_layout, read_export

_MOST_READ = 32_000_000
"""Characters of questions and answers; ten thousand long cards that all changed have fewer."""
_LONGEST_KEY = 1_000
_FORMATS = click.Choice(["text", "markdown", "json"])


@click.command("diff")
@click.argument("packages", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--git", "revision", metavar="REV", help="Compare with the lock file of a git revision."
)
@click.option("--format", "style", type=_FORMATS, default="text", show_default=True)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if there are changes.")
@config_options
def command(
    packages: tuple[Path, ...],
    revision: str | None,
    style: str,
    exit_code: bool,
) -> None:
    """Show what changed since the last build, or between two packages.

    `admonki diff` compares the packages of the last build with the pages as they are now,
    `admonki diff OLD.apkg NEW.apkg` compares two packages, `admonki diff --git REV` compares the
    lock file of that revision with the pages. NEW.apkg may be an export of a reader's deck; then
    the fields, tags and decks that the reader changed are listed. For removed cards it prints the
    search that finds them in Anki, since an import deletes nothing.
    """
    if (revision and packages) or len(packages) not in (0, 2):
        raise click.UsageError("name two packages, or a revision with --git, or nothing")
    session = open_session(needs_sources=not packages)
    if packages:
        old, new = _of_packages(packages)
    else:
        old, new = _of_revision(session, revision) if revision else _of_build(session)
    difference = compare(old, new)
    if style == "json":
        show_ready(to_json(difference))
    elif style == "markdown":
        show(to_markdown(difference))
    else:
        show_ready(to_text(difference, color=has_color(sys.stdout)))
    raise SystemExit(1 if exit_code and difference else 0)


_BeforeAndAfter = tuple[tuple[CardState, ...], tuple[CardState, ...]]
"""The cards before and after."""


class _Held(NamedTuple):
    """A note as a package holds it; `family` are the note types of its project."""

    guid: str
    deck: str
    names: tuple[str, ...]
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    family: tuple[int, ...]


def _held_in(package: Package) -> list[_Held]:
    names = {kind.id: kind.fields for kind in package.note_types}
    return [
        _Held(
            note.guid,
            note.deck,
            names.get(note.note_type, ()),
            note.fields,
            note.tags,
            _family(note.note_type) if names.get(note.note_type) == FIELD_NAMES else (),
        )
        for note in package.notes
    ]


def _state(note: _Held, *, is_read: bool = True) -> CardState:
    fields = dict(zip(note.names, note.fields, strict=False))
    first, second = _sides(note)
    key = plain_text(fields.get("ID", note.guid)[:_LONGEST_KEY])
    content = "\x1f".join((*note.fields, *sorted(note.tags)))
    return CardState(
        note.guid,
        key,
        note.deck,
        plain_text(first) if is_read else key,
        plain_text(second) if is_read else None,
        blake2b(content.encode("utf-8", "surrogatepass")).hexdigest(),
        note.family,
        tuple((name, value) for name, value in fields.items() if name != SHIPPED),
        tuple(sorted(note.tags)),
    )


def _sides(note: _Held) -> tuple[str, str]:
    """Question and answer; the first two fields of what is not ours."""
    fields = dict(zip(note.names, note.fields, strict=False))
    first, second = (*note.fields, "", "")[:2]
    return fields.get("Text", first), fields.get("Answer", second)


def _changed(old: Iterable[_Held], new: Iterable[_Held]) -> _BeforeAndAfter:
    """States of the notes that differ between the two sides; the others need no reading."""
    before, after = dict.fromkeys(old), dict.fromkeys(new)
    gone = [note for note in before if note not in after]
    come = [note for note in after if note not in before]
    unread = _beyond_budget((*come, *gone))
    if unread:
        counted = plural(len(unread), "card")
        text = f"{counted} listed by ID only: there is too much text to compare"
        show(text, is_error=True)
    return (
        tuple(_state(note, is_read=note.guid not in unread) for note in gone),
        tuple(_state(note, is_read=note.guid not in unread) for note in come),
    )


def _beyond_budget(notes: Iterable[_Held]) -> frozenset[str]:
    """GUIDs of the notes after the point where comparing more text would take too long."""
    left, unread = _MOST_READ, set()
    for note in notes:
        left -= sum(map(len, _sides(note)))
        if left < 0:
            unread.add(note.guid)
    return frozenset(unread)


def _family(note_type: int) -> tuple[int, ...]:
    """The note types of the project that one of them is of."""
    found = project_of_note_type(note_type)
    return note_type_ids(found[0]) if found else ()


def states_of_lock(lock: Lock) -> tuple[CardState, ...]:
    """List the living cards of a lock.

    Args:
        lock: As read; it holds no answers.
    """
    return tuple(
        CardState(
            entry.guid,
            entry.key,
            " › ".join(filter(None, (entry.page, entry.section))),
            entry.question,
            None,
            f"{entry.source_hash} {entry.shown_hash}",
            note_type_ids(lock.project.id),
        )
        for entry in lock.entries
        if not entry.is_gone
    )


def _of_packages(packages: Iterable[Path]) -> _BeforeAndAfter:
    old, new = map(_held_by, packages)
    return _changed(old, new)


def _held_by(path: Path) -> list[_Held]:
    """Notes of a package, or of an export in the layout that only newer versions of Anki read."""
    if not is_new_layout(path):
        return _held_in(read_package(path))
    return [
        _Held(
            note.guid,
            note.cards[0].deck if note.cards else "",
            tuple(note.fields),
            tuple(note.fields.values()),
            note.tags,
            (),
        )
        for note in read_export(path)
    ]


def _of_build(session: Session) -> _BeforeAndAfter:
    """Compare the packages of the last build with the pages as they are now."""
    files = packages_of_all_cards(session.config.output)
    if not files:
        message = "no earlier build to compare with"
        hint = "run `admonki build` first, name two packages, or a revision with --git"
        raise AdmonkiError.at(session.config.output, "E708", message, hint)
    identified = _identified(session)
    left_out = _left_out(identified)
    held = (note for file in files for note in _held_in(read_package(file)))
    old = [note for note in held if note.guid not in left_out]
    family = note_type_ids(identified.lock.project.id)
    new = [
        _Held(known.guid, note_deck(known.note), FIELD_NAMES, known.fields, known.tags, family)
        for known in identified.notes
    ]
    return _changed(old, new)


def _left_out(identified: Identified) -> frozenset[str]:
    """GUIDs of cards that are excluded because of an error: they are not removed."""
    living = {entry.guid for entry in identified.lock.entries if not entry.is_gone}
    return frozenset(living - {note.guid for note in identified.notes})


def _identified(session: Session) -> Identified:
    """Return the cards of the pages as they are now; exit when there can be none."""
    identified = identified_notes(session)
    session.say(identified.diagnostics)
    if identified.is_stopped:
        raise SystemExit(1)
    return identified


def _of_revision(session: Session, revision: str) -> _BeforeAndAfter:
    identified = _identified(session)
    old = lock_of_revision(find_lock(session.config), revision)
    return states_of_lock(old), states_of_lock(identified.lock)


def lock_of_revision(path: Path, revision: str) -> Lock:
    """Read the lock as a git revision has it.

    Args:
        path: The lock's path now.
        revision: Anything that git takes for a commit.

    Returns:
        The lock of that revision.

    Raises:
        AdmonkiError: E614 when git has no such lock, or what it has cannot be read.
    """
    name = f"{revision}:./{path.name}"
    if revision.startswith("-"):
        raise _no_lock(name, "not a revision")
    git = ["git", "-C", str(path.parent), "show", "--end-of-options", name]
    try:
        shown = subprocess.run(git, capture_output=True, check=False)  # noqa: S603 - no shell
    except OSError as error:
        raise _no_lock(name, f"git cannot be run: {error.strerror or error}") from error
    if shown.returncode:
        reason = shown.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _no_lock(name, reason[-1] if reason else "git failed")
    lock, problems = parse_lock(shown.stdout.decode("utf-8", "surrogateescape"), name)
    if problems:
        raise AdmonkiError(*problems)
    return lock


def _no_lock(name: str, reason: str) -> AdmonkiError:
    hint = "compare with a revision in which the lock was committed"
    return AdmonkiError.at(name, "E614", f"no lock to compare: {reason}", hint)
