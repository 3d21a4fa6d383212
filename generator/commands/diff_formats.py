"""A difference as text, Markdown and JSON."""

import json
from collections.abc import Iterable, Sequence

import click

from generator.identity.difference import CardState, Change, Difference, word_diff

_NOTHING = "No card changed."


def to_text(difference: Difference, *, color: bool = False) -> str:
    """Write a difference for a terminal.

    Args:
        difference: What changed.
        color: Whether to colour what was added and removed.
    """
    if not difference:
        return f"{_NOTHING}\n"
    lines = [_summary(difference)]
    for title, cards in (("New", difference.added), ("Removed", difference.removed)):
        lines += _section(title, (f"  {card.question}  [{card.key}]" for card in cards))
    lines += _section("Renamed", (f"  {_marked_question(c, color)}" for c in difference.renamed))
    lines += _section("Changed", (_changed_text(c, color) for c in difference.changed))
    moves = (f"  {c.new.question}: {c.old.place} → {c.new.place}" for c in difference.moved)
    lines += _section("Moved", moves)
    if difference.search:
        lines += ["", "To find the removed notes, search in Anki's browser:", difference.search]
    return "\n".join(lines) + "\n"


def to_markdown(difference: Difference) -> str:
    """Write a difference as release notes."""
    if not difference:
        return f"{_NOTHING}\n"
    lines = [_summary(difference)]
    lines += _section("### New", (f"- {_inline(card.question)}" for card in difference.added))
    renamed = (
        f"- {_inline(c.new.question)} (was: {_inline(c.old.question)})" for c in difference.renamed
    )
    lines += _section("### Renamed", renamed)
    lines += _section("### Changed", (_changed_markdown(c) for c in difference.changed))
    moved = (
        f"- {_inline(c.new.question)}: {_inline(c.old.place)} → {_inline(c.new.place)}"
        for c in difference.moved
    )
    lines += _section("### Moved", moved)
    lines += _section("### Removed", (f"- {_inline(card.question)}" for card in difference.removed))
    if difference.search:
        about = "An import does not delete. To find the removed notes, search in Anki's browser:"
        lines += ["", about, "", "```text", difference.search, "```"]
    return "\n".join(lines) + "\n"


def to_json(difference: Difference) -> str:
    """Write a difference for other programs."""
    value = {
        "added": [_card(card) for card in difference.added],
        "changed": [_change(change) for change in difference.changed],
        "renamed": [_change(change) for change in difference.renamed],
        "moved": [_change(change) for change in difference.moved],
        "removed": [_card(card) for card in difference.removed],
        "search": difference.search,
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _summary(difference: Difference) -> str:
    names = ("added", "changed", "renamed", "moved", "removed")
    counts = ((len(getattr(difference, name)), name) for name in names)
    return ", ".join(f"{count} {_WORDS[name]}" for count, name in counts if count) + "."


_WORDS = {"added": "new", **{name: name for name in ("changed", "renamed", "moved", "removed")}}


def _section(title: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return ["", title, "", *found] if title.startswith("#") and found else _plain(title, found)


def _plain(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *lines] if lines else []


def _changed_text(change: Change, color: bool) -> str:
    head = f"  {change.new.question}"
    if change.old.answer is None or change.new.answer is None:
        return head
    parts = [head]
    if change.old.answer != change.new.answer:
        parts.append(f"    {_marked(change.old.answer, change.new.answer, color)}")
    return "\n".join([*parts, *(f"    {line}" for line in _details(change))])


def _details(change: Change) -> list[str]:
    """Which fields and tags differ, where the words of the answer do not tell."""
    fields = [name for name in change.changed_fields if name != "Answer"]
    if change.old.answer == change.new.answer and "Answer" in change.changed_fields:
        fields.append("Answer (layout or links)")
    lines = [f"fields: {', '.join(fields)}"] if fields else []
    return [*lines, *([f"tags: {' '.join(change.changed_tags)}"] if change.changed_tags else [])]


def _marked_question(change: Change, color: bool) -> str:
    return _marked(change.old.question, change.new.question, color)


def _marked(old: str, new: str, color: bool) -> str:
    """Changed words in the style of `git diff --word-diff`."""
    signs = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
    colors = {"-": "red", "+": "green"}
    out = []
    for name, text in word_diff(" ".join(old.split()), " ".join(new.split())):
        before, after = signs[name]
        piece = f"{before}{text}{after}"
        out.append(click.style(piece, fg=colors[name]) if color and name in colors else piece)
    return "".join(out)


def _changed_markdown(change: Change) -> str:
    head = f"- {_inline(change.new.question)}"
    old, new = change.old.answer, change.new.answer
    if old is None or new is None or old == new:
        return "  \n  ".join([head, *map(_inline, _details(change))])
    signs = {"=": "", "-": "~~", "+": "**"}
    pieces = word_diff(" ".join(old.split()), " ".join(new.split()))
    words = "".join(_emphasize(signs[name], text) for name, text in pieces)
    return f"{head}  \n  {words}"


def _emphasize(sign: str, text: str) -> str:
    """Blanks go outside: `** x**` would not be bold."""
    inner = text.strip()
    if not sign or not inner:
        return _inline(text)
    before, _, after = text.partition(inner)
    return f"{before}{sign}{_inline(inner)}{sign}{after}"


def _inline(text: str) -> str:
    """Plain text in Markdown: what would act is escaped."""
    return "".join(f"\\{char}" if char in r"\`*_[]<>#|~$" else char for char in text)


def _card(card: CardState) -> dict[str, str | None]:
    return {
        "guid": card.guid,
        "key": card.key,
        "place": card.place,
        "question": card.question,
        "answer": card.answer,
    }


def _change(change: Change) -> dict[str, object]:
    diff = []
    if change.old.answer is not None and change.new.answer is not None:
        diff = [list(piece) for piece in word_diff(change.old.answer, change.new.answer)]
    return {
        "old": _card(change.old),
        "new": _card(change.new),
        "answer_diff": diff,
        "fields": list(change.changed_fields),
        "tags": list(change.changed_tags),
    }
