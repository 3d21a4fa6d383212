"""What a sync or a push did, as lines of text."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.commands.messages import plural
from generator.commands.sync.apply import MANY, Outcome, Wish
from generator.commands.sync.plan import Update
from generator.errors import Diagnostic, Location
from generator.fields import TEXT
from generator.html_text import plain_text

_SHOWN = 20
_LONGEST = 120


def summary(packages: Sequence[Path], outcome: Outcome) -> str:
    """Return one line on the notes of all packages."""
    notes = outcome.notes
    names = ", ".join(path.name for path in packages)
    updated = sum(update.is_visible for update in notes.updates)
    unchanged = notes.unchanged + len(notes.updates) - updated
    counts = f"{len(notes.new)} new, {updated} updated, {unchanged} unchanged"
    return f"{names}: {counts}"


def describe(outcome: Outcome, wish: Wish) -> list[str]:
    """Return one line for each thing that a reader should know."""
    return [
        *_decks(outcome, wish),
        *_capped(_conflict(update, wish) for update in outcome.notes.conflicts),
        *_capped(f"{_named(guid, wish)}: {why}" for guid, why in outcome.notes.skipped.items()),
        *_deleted(outcome, wish),
        *_left(outcome, wish),
        *_strangers(outcome),
        *_empty(outcome, wish),
        *_edited(outcome),
        *(f"{name}: its style was changed in Anki and is kept" for name in outcome.own_styles),
    ]


def refusals(outcome: Outcome, wish: Wish) -> tuple[Diagnostic, ...]:
    """Return E770 where a removal was asked for and not confirmed."""
    if wish.retire == "keep" or outcome.is_retired or not outcome.left:
        return ()
    verb = {"suspend": "suspended", "delete": "deleted"}[wish.retire]
    why = f"more than {MANY}" if len(outcome.left) > MANY else "and the lock may be another site's"
    text = f"{plural(len(outcome.left), 'note')} would be {verb}, {why}: not done"
    place = Location(wish.packages[0].as_posix())
    return (Diagnostic(place, "E770", text, "run it again with --yes"),)


def _decks(outcome: Outcome, wish: Wish) -> Iterable[str]:
    for old, new in outcome.decks.renames.items():
        yield f"deck renamed: {old} → {new}"
    moves = outcome.decks.moves
    for old, new in outcome.decks.advised.items():
        if not wish.moves or old.casefold() == new.casefold():  # a move cannot change capitals
            yield f"rename the deck {old} to {new} in Anki: cards, reviews and preset go along"
    if not wish.moves:
        if moves:
            notes = plural(len(moves), "note stays", "notes stay")
            yield f"{notes} in another deck than in the pages: --move moves"
        return
    yield from _capped(f"moved: {m.old} → {m.new}: {_named(m.guid, wish)}" for m in moves)


def _conflict(update: Update, wish: Wish) -> str:
    kept = "the author's text was kept" if wish.overwrites else "the reader's text was kept"
    lines = [f"{_named(update.held.guid, wish)}: changed by both, {kept}"]
    for conflict in update.merged.conflicts:
        lines.append(f"  {conflict.field}, in Anki:  {_short(conflict.theirs)}")
        lines.append(f"  {conflict.field}, in pages: {_short(conflict.ours)}")
    return "\n".join(lines)


def _deleted(outcome: Outcome, wish: Wish) -> Iterable[str]:
    if outcome.notes.deleted:
        yield f"{plural(len(outcome.notes.deleted), 'note')} deleted in Anki: not restored"
        yield from _capped(f"  {_named(guid, wish)}" for guid in sorted(outcome.notes.deleted))


def _left(outcome: Outcome, wish: Wish) -> Iterable[str]:
    if not outcome.left:
        return
    verb = {"suspend": "suspended", "delete": "deleted"}.get(wish.retire, "")
    hint = "kept; --suspend-removed or --delete-removed retires them"
    done = verb if outcome.is_retired else hint
    yield f"{plural(len(outcome.left), 'note')} no longer in the pages: {done}"
    yield from _capped(f"  {_named(note.guid, wish)}" for note in outcome.left)


def _strangers(outcome: Outcome) -> Iterable[str]:
    count = len(outcome.strangers)
    if count:
        notes = plural(count, "note of this project is", "notes of this project are")
        yield f"{notes} not in its lock file: another site has a"
        yield "  copy of it or the same site_url, or this checkout is outdated (git pull)"
        yield from _capped(f"  {_short(note.fields[TEXT])}" for note in outcome.strangers)


def _empty(outcome: Outcome, wish: Wish) -> Iterable[str]:
    cards = sum(map(len, outcome.empty.values()))
    if not cards:
        return
    named = ", ".join(_named(guid, wish) for guid in list(outcome.empty)[:_SHOWN])
    noun = plural(cards, "empty card")
    done = "removed" if outcome.is_emptied else "kept; --yes removes them, or Tools → Empty Cards"
    yield f"{noun} of removed gaps or sides ({named}): {done}"


def _edited(outcome: Outcome) -> Iterable[str]:
    count = outcome.notes.edited
    if count:
        noun = plural(count, "note was", "notes were")
        yield f"{noun} corrected in Anki: `admonki pull` brings the corrections into the pages"


def _named(guid: str, wish: Wish) -> str:
    """A card's place and question, if the lock has it."""
    entry = next((entry for entry in wish.lock.entries if entry.guid == guid), None)
    if entry is None:
        return guid
    place = " › ".join(filter(None, (entry.page, entry.section)))
    return f"{place}: {_short(entry.question)}"


def _short(html: str) -> str:
    text = plain_text(html)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _capped(lines: Iterable[str]) -> Iterable[str]:
    found = list(lines)
    yield from found[:_SHOWN]
    if len(found) > _SHOWN:
        yield f"… and {len(found) - _SHOWN} more"
