"""Diagnostics and their counts as text, JSON, GitHub annotations and SARIF."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import asdict

from generator.errors import Diagnostic, Severity
from generator.safe_text import as_json, for_github, for_github_property, for_terminal

if TYPE_CHECKING:
    from generator.model import Directive

_PAGE = "docs/reference/diagnostics.md"
_WIDTH = 100  # of a quoted source line
_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.LINT: "36"}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.LINT: "notice"}
_SARIF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.LINT: "note"}

SECURITY = frozenset({"W502", "W503", "W504", "W505", "W506", "W507"})
"""Blocked for security; only the configuration can silence these."""

Lines = Mapping[str, Sequence[str]]
"""Path as in a `Location` → lines of that file, for quoting."""


class Counts(Struct, frozen=True):
    """How many diagnostics there are of each severity."""

    errors: int = 0
    warnings: int = 0
    lints: int = 0

    def __str__(self) -> str:
        named = ((self.errors, "error"), (self.warnings, "warning"), (self.lints, "lint"))
        parts = [f"{n} {name}{'' if n == 1 else 's'}" for n, name in named if n]
        return ", ".join(parts) or "no problems"


def count(diagnostics: Iterable[Diagnostic]) -> Counts:
    """Count by severity."""
    severities = [item.severity for item in diagnostics]
    return Counts(*(severities.count(severity) for severity in Severity))


def silence(
    diagnostics: Iterable[Diagnostic],
    *,
    ignore: frozenset[str] = frozenset(),
    directives: "Iterable[Directive]" = (),
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics that the author did not silence, sorted, each once.

    Args:
        diagnostics: Of all stages.
        ignore: Codes that the configuration silences everywhere.
        directives: Those of all pages; `<!-- admonki: ignore E103 -->` silences the code in the
            lines that it covers, without a code all of them. A page cannot silence `SECURITY`
            codes: the warning may concern the page's own author.
    """
    quiet = [item for item in directives if item.name == "ignore"]
    kept = {item for item in diagnostics if item.code not in ignore}
    return tuple(sorted(item for item in kept if not any(_covers(d, item) for d in quiet)))


def _covers(directive: "Directive", diagnostic: Diagnostic) -> bool:
    if diagnostic.code in SECURITY:
        return False
    first, last = directive.lines
    place = diagnostic.location
    is_inside = place.path == directive.location.path and first <= place.line <= last
    return is_inside and (not directive.arguments or diagnostic.code in directive.arguments)


def to_text(diagnostics: Iterable[Diagnostic], *, lines: Lines, color: bool = False) -> str:
    """Return each diagnostic with its line, a caret and its hint.

    Args:
        diagnostics: In the order to print them.
        lines: The files to quote from; a file that is missing is not quoted.
        color: Whether to use ANSI colours.
    """
    return "".join(_block(item, lines.get(item.location.path, ()), color) for item in diagnostics)


def _block(item: Diagnostic, lines: Sequence[str], color: bool) -> str:
    tint = _COLORS[item.severity]
    label = _paint(f"{item.severity}[{item.code}]", f"1;{tint}", color)
    block = f"{for_terminal(str(item.location))}: {label}: {for_terminal(item.message)}\n"
    if 0 < item.location.line <= len(lines):
        number = str(item.location.line)
        line, caret = _quoted(lines[item.location.line - 1], item.location.column)
        bar = _paint("|", "2", color)
        block += f"{number:>6} {bar} {line}\n".replace(" \n", "\n")
        block += f"{'':>6} {bar} {caret}{_paint('^', f'1;{tint}', color)}\n"
    if item.hint:
        block += f"{'':>6} {_paint('=', '2', color)} hint: {for_terminal(item.hint)}\n"
    return block


def _paint(text: str, code: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color else text


def _quoted(line: str, column: int) -> tuple[str, str]:
    """Return the line, cut to a window around the column, and the blanks before the caret."""
    line = line.rstrip("\r\n")
    before, after = line[: column - 1].expandtabs(4), line[column - 1 :].expandtabs(4)
    if len(before) + len(after) > _WIDTH:
        keep = max(_WIDTH - len(after), _WIDTH // 2)
        if len(before) > keep:
            before = f"…{before[-keep:]}"
        room = _WIDTH - len(before)
        after = f"{after[:room]}…" if len(after) > room else after
    shown = for_terminal(before)
    return shown + for_terminal(after), " " * sum(_cells(c) for c in shown)


def _cells(character: str) -> int:
    """Return how many columns of a terminal a character takes."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def to_record(item: Diagnostic) -> dict[str, str | int]:
    """Return one diagnostic as a JSON object."""
    return {
        "path": item.location.path,
        "line": item.location.line,
        "column": item.location.column,
        "code": item.code,
        "severity": str(item.severity),
        "message": item.message,
        "hint": item.hint,
    }


def to_json(diagnostics: Sequence[Diagnostic], **more: object) -> str:
    """Return all diagnostics and their counts as one JSON object.

    Args:
        diagnostics: In the order to list them.
        **more: Further members of the object.
    """
    report = {
        "version": 1,
        "counts": asdict(count(diagnostics)),
        "diagnostics": [to_record(item) for item in diagnostics],
        **more,
    }
    return as_json(report) + "\n"


def to_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Return workflow commands that GitHub shows beside the lines of a change."""
    return "".join(map(_annotation, diagnostics))


def _annotation(item: Diagnostic) -> str:
    place = item.location
    message = f"{item.message}\n{item.hint}" if item.hint else item.message
    return (
        f"::{_GITHUB[item.severity]} file={for_github_property(place.path)},line={place.line},"
        f"col={place.column},title={item.code}::{for_github(message)}\n"
    )


def to_sarif(diagnostics: Sequence[Diagnostic], *, version: str) -> str:
    """Return a SARIF 2.1.0 log.

    Args:
        diagnostics: In the order to list them.
        version: Our own version.
    """
    driver = {
        "name": "admonki",
        "version": version,
        "rules": [
            {"id": code, "help": {"text": f"cause and fix: {code} in {_PAGE}"}}
            for code in sorted({item.code for item in diagnostics})
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item) for item in diagnostics],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return as_json(log) + "\n"


def _result(item: Diagnostic) -> dict[str, object]:
    text = f"{item.message} ({item.hint})" if item.hint else item.message
    place = {
        "artifactLocation": {"uri": quote(item.location.path, errors="replace")},
        "region": {"startLine": item.location.line, "startColumn": item.location.column},
    }
    return {
        "ruleId": item.code,
        "level": _SARIF[item.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }
