"""A difference as text, Markdown and JSON."""

from collections.abc import Iterable, Mapping

import click

from generator.identity.difference import CardState, Change, Difference, word_diff
from generator.safe_text import as_json, as_markdown_block, for_terminal
from generator.safe_text import for_markdown as inline

_NOTHING = "No card changed."


def to_text(difference: Difference, *, color: bool = False) -> str:
    """Write a difference for a terminal."""
    if not difference:
        return f"{_NOTHING}\n"
    lines = [_summary(difference)]
    for title, cards in (("New", difference.added), ("Removed", difference.removed)):
        shown = (f"  {for_terminal(c.question)}  [{for_terminal(c.key)}]" for c in cards)
        lines += _section(title, shown)
    lines += _section("Renamed", (f"  {_marked_question(c, color)}" for c in difference.renamed))
    lines += _section("Changed", (_changed_text(c, color) for c in difference.changed))
    moves = (
        for_terminal(f"  {c.new.question}: {c.old.place} → {c.new.place}") for c in difference.moved
    )
    lines += _section("Moved", moves)
    if difference.search:
        lines += ["", "To find the removed notes, search in Anki's browser:"]
        lines.append(for_terminal(difference.search))
    return "\n".join(lines) + "\n"


def to_markdown(difference: Difference) -> str:
    """Write a difference as release notes."""
    if not difference:
        return f"{_NOTHING}\n"
    lines = [_summary(difference)]
    lines += _section("### New", (f"- {inline(card.question)}" for card in difference.added))
    renamed = (
        f"- {inline(c.new.question)} (was: {inline(c.old.question)})" for c in difference.renamed
    )
    lines += _section("### Renamed", renamed)
    lines += _section("### Changed", (_changed_markdown(c) for c in difference.changed))
    moved = (
        f"- {inline(c.new.question)}: {inline(c.old.place)} → {inline(c.new.place)}"
        for c in difference.moved
    )
    lines += _section("### Moved", moved)
    lines += _section("### Removed", (f"- {inline(card.question)}" for card in difference.removed))
    if difference.search:
        about = "An import does not delete. To find the removed notes, search in Anki's browser:"
        lines += ["", about, "", as_markdown_block(difference.search)]
    return "\n".join(lines) + "\n"


def to_json(difference: Difference) -> str:
    """Write a difference for other programs, one card per line."""
    lists: Mapping[str, Iterable[Mapping[str, object]]] = {
        "added": map(_card, difference.added),
        "changed": map(_change, difference.changed),
        "renamed": map(_change, difference.renamed),
        "moved": map(_change, difference.moved),
        "removed": map(_card, difference.removed),
    }
    lines = [f'  "{name}": {_list(items)},' for name, items in lists.items()]
    search = as_json(difference.search)
    return "\n".join(["{", *lines, f'  "search": {search}', "}"]) + "\n"


def _list(items: Iterable[Mapping[str, object]]) -> str:
    """Write a list; Python's encoder is slow, and takes much memory, when it indents."""
    rows = ",\n".join(f"    {as_json(item, indent=None)}" for item in items)
    return f"[\n{rows}\n  ]" if rows else "[]"


def _summary(difference: Difference) -> str:
    names = ("added", "changed", "renamed", "moved", "removed")
    counts = ((len(getattr(difference, name)), name) for name in names)
    return ", ".join(f"{count} {_WORDS[name]}" for count, name in counts if count) + "."


_WORDS = {"added": "new", **{name: name for name in ("changed", "renamed", "moved", "removed")}}


def _section(title: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    after = [""] if title.startswith("#") else []
    return ["", title, *after, *found] if found else []


def _changed_text(change: Change, color: bool) -> str:
    head = f"  {for_terminal(change.new.question)}"
    if change.old.answer is None or change.new.answer is None:
        return head
    parts = [head]
    if change.old.answer != change.new.answer:
        parts.append(f"    {_marked(change.old.answer, change.new.answer, color)}")
    return "\n".join([*parts, *(f"    {line}" for line in _details(change))])


def _details(change: Change) -> list[str]:
    """Which fields and tags differ when the words of the answer do not."""
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
        piece = f"{before}{for_terminal(text)}{after}"
        out.append(click.style(piece, fg=colors[name]) if color and name in colors else piece)
    return "".join(out)


def _changed_markdown(change: Change) -> str:
    head = f"- {inline(change.new.question)}"
    old, new = change.old.answer, change.new.answer
    if old is None or new is None or old == new:
        return "  \n  ".join([head, *map(inline, _details(change))])
    signs = {"=": "", "-": "~~", "+": "**"}
    pieces = word_diff(" ".join(old.split()), " ".join(new.split()))
    words = "".join(_emphasize(signs[name], text) for name, text in pieces)
    return f"{head}  \n  {words}"


def _emphasize(sign: str, text: str) -> str:
    """Move blanks outside, as `** x**` would not be bold."""
    inner = text.strip()
    if not sign or not inner:
        return inline(text)
    before, _, after = text.partition(inner)
    return f"{before}{sign}{inline(inner)}{sign}{after}"


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
