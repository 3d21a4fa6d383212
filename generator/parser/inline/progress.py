"""`[=65% "65%"]`: progress bars (pymdownx.progressbar)."""

import re

from markdown_it.rules_inline import StateInline

from generator.parser.inline_reader import InlineRule, matched

_BAR = re.compile(
    r"\[=+\s*(?:(?P<percent>100(?:\.0+)?|[1-9]?[0-9](?:\.\d+)?)%"
    r"|(?P<part>\d+(?:\.\d+)?)\s*/\s*(?P<whole>\d+(?:\.\d+)?))"
    r"(?:\s+(?P<quote>['\"])(?P<title>.*?)(?P=quote))?\s*\](?:\{:?[^}\n]*\})?"
)


def _push(state: StateInline, match: re.Match[str]) -> None:
    state.push("span_open", "span", 1).attrs = {"class": "progress"}
    state.append_pending(match["title"] or f"{_percent(match):.2f}%")
    state.push("span_close", "span", -1)


def _percent(match: re.Match[str]) -> float:
    if match["percent"]:
        return float(match["percent"])
    whole = float(match["whole"])
    return min(100 * float(match["part"]) / whole, 100.0) if whole else 0.0


RULE = InlineRule("progress", matched(_BAR, _push), "[", "=")
