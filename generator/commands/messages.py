"""Which diagnostics a command prints, in which order, and how many of each code."""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from generator.errors import Diagnostic, Severity
from generator.pipeline.sources import Places
from generator.report import SECURITY, Lines, to_text

_MOST = 5  # of one code
# Errors that can hide boxes: an unclosed fence, an unclosed title.
_HIDING = frozenset({"E202", "E203"})
_ORDER = tuple(Severity)
_OF_PAGES = "2345"  # the hundreds of codes about a place in a page


class Selection(Struct, frozen=True):
    """The diagnostics of a run that are printed.

    Attributes:
        shown: In the order to print them: errors first, then warnings, then advice, by page.
        more: Code → how many more of it are not shown.
        elsewhere: Diagnostics outside of cards, which are not shown.
    """

    shown: tuple[Diagnostic, ...]
    more: Counter[str]
    elsewhere: tuple[Diagnostic, ...] = ()


def select(
    found: Iterable[Diagnostic], *, places: Places | None = None, is_all: bool = False
) -> Selection:
    """Choose the diagnostics to print.

    Args:
        found: Everything.
        places: Where the cards are; None to treat all places alike.
        is_all: Print everything.
    """
    ordered = sorted(found, key=lambda item: (_ORDER.index(item.severity), item))
    if is_all:
        return Selection(tuple(ordered), Counter())
    elsewhere = tuple(item for item in ordered if is_elsewhere(item, places or {}))
    seen: Counter[str] = Counter()
    shown = []
    for item in ordered:
        if is_elsewhere(item, places or {}):
            continue
        seen[item.code] += 1
        if seen[item.code] <= _MOST:
            shown.append(item)
    more = Counter({code: count - _MOST for code, count in seen.items() if count > _MOST})
    return Selection(tuple(shown), more, elsewhere)


def is_elsewhere(item: Diagnostic, places: Places) -> bool:
    """Whether a message refers to a place of a page without a card.

    False for an error that can hide boxes: the card may be missing because of it. False also
    for one about the whole page or its settings.
    """
    cards = places.get(item.location.path)
    if cards is None or any(first <= item.location.line <= last for first, last in cards):
        return False
    return item.code not in _HIDING and item.code[1] in _OF_PAGES


def to_lines(selection: Selection, *, quoted: Lines, option: str, color: bool = False) -> str:
    """Return the text to print, with a line after a code of which more are not shown.

    Args:
        selection: What was chosen.
        quoted: The files to quote from.
        option: The option that shows everything.
        color: Whether to use ANSI colours.
    """
    last = {item.code: number for number, item in enumerate(selection.shown)}
    text = ""
    for number, item in enumerate(selection.shown):
        text += to_text((item,), lines=quoted, color=color)
        if selection.more[item.code] and last[item.code] == number:
            text += (
                f"       and {selection.more[item.code]:,} more {item.code} like it ({option})\n"
            )
    hidden = selection.elsewhere
    if hidden:
        text += f"{plural(len(hidden), 'message')} about text outside of cards ({option})\n"
    return text


def way_out(selection: Selection) -> str:
    """Return how to silence what is shown; "" for errors, which need to be fixed."""
    codes = sorted({i.code for i in selection.shown if i.severity is not Severity.ERROR})
    of_pages = [code for code in codes if code[1] in _OF_PAGES and code not in SECURITY]
    code = next(iter((*of_pages, *codes)), "")
    if not code:
        return ""
    everywhere = f'to silence a code: ignore = ["{code}"] in admonki.toml'
    if code not in of_pages:
        return everywhere
    return f"{everywhere}, or <!-- admonki: ignore {code} --> in the box or above the block"


def totals(*, pages: int, cards: int, unanswered: int, left_out: int = 0) -> str:
    """Return a short summary of the cards."""
    parts = [plural(pages, "page"), plural(cards, "card"), f"{unanswered:,} unanswered"]
    if left_out:
        parts.append(f"{plural(left_out, 'card')} left out for an error")
    return ", ".join(parts)


def plural(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"
