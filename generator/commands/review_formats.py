"""Review statistics as text, Markdown and JSON."""

from collections.abc import Mapping, Sequence

from msgspec.structs import asdict

from generator.commands.list_cards import clipped
from generator.pull.reviews import ReviewStats
from generator.safe_text import as_json, for_markdown

_SHOWN = 20
_NAMES = ("failed", "answers", "lapses", "retention", "minutes")


def to_text(found: Mapping[str, Sequence[ReviewStats]]) -> str:
    """Write tables, the worst first."""
    if not found["cards"]:
        return "no card of these pages has been answered\n"
    lines: list[str] = []
    for title, rows in found.items():
        lines += [*([""] if lines else []), f"{title}, worst first"]
        lines.append("  ".join(f"{name:>9}" for name in _NAMES))
        lines += [_row(stats) for stats in rows[:_SHOWN]]
        if len(rows) > _SHOWN:
            lines.append(f"and {len(rows) - _SHOWN} more (--format json lists all)")
    return "".join(f"{line}\n" for line in lines)


def _row(stats: ReviewStats) -> str:
    cells = "  ".join(f"{cell:>9}" for cell in _cells(stats))
    leech = "  leech" if stats.leeches and stats.cards <= 1 else ""
    return f"{cells}  {stats.place}  {clipped(stats.name, 60)}{leech}".rstrip()


def _cells(stats: ReviewStats) -> tuple[str, ...]:
    kept = "-" if stats.retention is None else f"{stats.retention:.0%}"
    minutes = f"{stats.seconds / 60:.1f}"
    return (str(stats.failed), str(stats.answers), str(stats.lapses), kept, minutes)


def to_markdown(found: Mapping[str, Sequence[ReviewStats]]) -> str:
    """Write tables as Markdown."""
    lines: list[str] = []
    for title, rows in found.items():
        lines += [f"## {title.capitalize()}", "", f"| place | | {' | '.join(_NAMES)} | leeches |"]
        lines.append(f"|---|---|{'--:|' * (len(_NAMES) + 1)}")
        lines += [_markdown_row(stats) for stats in rows]
        lines.append("")
    return "\n".join(lines)


def _markdown_row(stats: ReviewStats) -> str:
    cells = " | ".join((*_cells(stats), str(stats.leeches)))
    return f"| {for_markdown(str(stats.place))} | {for_markdown(stats.name)} | {cells} |"


def to_json(found: Mapping[str, Sequence[ReviewStats]]) -> str:
    """Write everything for other programs."""
    value = {
        title: [{**asdict(stats), "retention": stats.retention} for stats in rows]
        for title, rows in found.items()
    }
    return as_json(value) + "\n"
