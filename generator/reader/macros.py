"""`{{ name }}` of the plugin macros, and tables of the plugin table-reader: data, never code.

A name is looked up in the site's variables and inserted if it is a text or a number. Whatever
would have to be run (a call, a filter, an expression) is left as it is and reported as Jinja.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Final

from generator.errors import Diagnostic
from generator.model import SourceFile
from generator.reader.lines import Numbered, not_inserted, with_lines
from generator.reader.snippets import Absence, FindText
from generator.reader.text import MOST_ADDED, normalize

_NAME = re.compile(
    r"\{\{-?[ \t]*(?P<name>[A-Za-z_]\w*(?:\.\w+|\[(?:\d+|'[^']*'|\"[^\"]*\")\])*)[ \t]*-?\}\}"
)
_TABLE = re.compile(
    r"\{\{-?[ \t]*(?P<reader>read_csv|read_table|read_raw)\([ \t]*"
    r"(?P<quote>[\"'])(?P<path>[^\"'\n]{1,500}+)(?P=quote)"
    r"(?P<options>[^(){}]*+)\)[ \t]*-?\}\}"
)
_SEPARATOR = re.compile(r"\bsep(?:arator)?[ \t]*=[ \t]*(?P<quote>[\"'])(?P<sep>\\t|.)(?P=quote)")
_PART = re.compile(
    r"\.(?P<key>\w+)|\[(?P<number>\d+)\]|\[(?P<quote>['\"])(?P<text>.*?)(?P=quote)\]"
)
_MOST_ROWS: Final = 2_000


def put_variables_in(
    source: SourceFile, variables: Mapping[str, object]
) -> tuple[SourceFile, tuple[Diagnostic, ...]]:
    """Insert the values of variables.

    Args:
        source: The page.
        variables: Of the site: mappings, lists, texts and numbers.

    Returns:
        The page, in which unknown names are left unchanged, and W508 for one that became too long.
    """
    if "{{" not in source.text or not variables:
        return source, ()
    left = MOST_ADDED

    def fill(match: re.Match[str]) -> str:
        nonlocal left
        value = _value(match, variables) if left >= 0 else match[0]
        left -= len(value) - len(match[0])
        return value if left >= 0 else match[0]

    lines: list[Numbered] = []
    for number, line in enumerate(source.text.split("\n")):
        new = _NAME.sub(fill, line) if "{{" in line else line
        lines += (Numbered(part, number, None) for part in new.split("\n"))
    if left >= 0:
        return with_lines(source, lines), ()
    message = "the site's variables are not all filled in: they make the page too long"
    return with_lines(source, lines), (not_inserted(source, message, "use them less often"),)


def _value(match: re.Match[str], variables: Mapping[str, object]) -> str:
    head = re.match(r"\w+", match["name"])
    value: object = variables.get(head[0]) if head else None
    for part in _PART.finditer(match["name"]):
        key = part["key"] or part["text"]
        if isinstance(value, Mapping) and key is not None:
            value = value.get(key)
        elif isinstance(value, list) and part["number"] and int(part["number"]) < len(value):
            value = value[int(part["number"])]
        else:
            return match[0]
    return str(value) if isinstance(value, str | int | float) else match[0]


_TOO_LONG: Final = "the page's tables are too long"


def put_tables_in(
    source: SourceFile, *, find_text: FindText
) -> tuple[SourceFile, tuple[Diagnostic, ...]]:
    """Insert the tables that a page reads from CSV files.

    Returns:
        The page, and what could not be read (W508).
    """
    if "{{" not in source.text or not _TABLE.search(source.text):
        return source, ()
    problems: list[Diagnostic] = []
    lines: list[Numbered] = []
    left = MOST_ADDED
    for number, line in enumerate(source.text.split("\n")):
        match = _TABLE.search(line)
        indent = _indent(line, match)
        rows = _indented(_rows(match, find_text, left), indent, left) if match else [line]
        if match and isinstance(rows, Absence):
            message = f"{match['path'][:80]} is left out: {rows.reason}"
            hint = "only tables inside the docs folder are read, each up to a size limit"
            problems.append(not_inserted(source, message, hint, line=number, column=match.start()))
        if match is None or isinstance(rows, Absence):
            lines.append(Numbered(line, number, None))
            continue
        left -= sum(map(len, rows))
        lines += (Numbered(row, number, None) for row in rows)
    return with_lines(source, lines), tuple(problems)


def _indent(line: str, match: re.Match[str] | None) -> str:
    before = line[: match.start()] if match else ""
    return "" if before.strip() else before


def _indented(rows: "list[str] | Absence", indent: str, most: int) -> "list[str] | Absence":
    """Put an indent before each row; it counts as added."""
    if isinstance(rows, Absence) or not indent:
        return rows
    is_short = len(indent) * len(rows) <= most
    return [indent + row for row in rows] if is_short else Absence(_TOO_LONG)


def _rows(match: re.Match[str], find_text: FindText, most: int) -> "list[str] | Absence":
    """Return the lines that replace a tag, of `most` characters at most."""
    found = find_text(match["path"])
    if isinstance(found, Absence):
        return found
    text = normalize(found)
    if match["reader"] == "read_raw":
        rows = text.rstrip("\n").split("\n")
        return rows if len(text) <= most else Absence(_TOO_LONG)
    separator = _SEPARATOR.search(match["options"])
    sep = separator["sep"].replace("\\t", "\t") if separator else ""
    sep = sep or ("\t" if match["reader"] == "read_table" else ",")
    try:
        return _table(csv.reader(io.StringIO(text), delimiter=sep), most)
    except (csv.Error, TypeError, ValueError):  # a cell of 128 KB, a quote as the separator
        return Absence("it cannot be read as a table")


def _table(rows: Iterable[list[str]], most: int) -> "list[str] | Absence":
    filled = (row for row in islice(rows, _MOST_ROWS) if row)
    head = next(filled, None)
    if head is None:
        return [""]
    width = len(head)
    lines = ["", _row(head), "|" + "---|" * width]
    left = most - sum(map(len, lines))
    for row in filled:
        left -= 3 * width + sum(map(len, row))
        if left < 0:
            return Absence(_TOO_LONG)
        lines.append(_row(row[:width] + [""] * (width - len(row))))
    return [*lines, ""]


def _row(cells: list[str]) -> str:
    shown = (" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(shown)} |"
