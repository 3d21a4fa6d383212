"""`{{ name }}` of the plugin macros, and tables of the plugin table-reader: data, never code.

A name is looked up in the site's variables and inserted if it is a text or a number. Whatever
would have to be run (a call, a filter, an expression) stays, and is reported as Jinja.
"""

import csv
import io
import re
from collections.abc import Mapping
from typing import Final

from generator.errors import Diagnostic, Location
from generator.model import SourceFile
from generator.reader.lines import Numbered, with_lines
from generator.reader.snippets import Absence, FindText
from generator.reader.text import normalize

_NAME = re.compile(
    r"\{\{-?[ \t]*(?P<name>[A-Za-z_]\w*(?:\.\w+|\[(?:\d+|'[^']*'|\"[^\"]*\")\])*)[ \t]*-?\}\}"
)
_TABLE = re.compile(
    r"\{\{-?[ \t]*(?P<reader>read_csv|read_table|read_raw)\([ \t]*"
    r"(?P<quote>[\"'])(?P<path>.+?)(?P=quote)"
    r"(?P<options>[^(){}]*)\)[ \t]*-?\}\}"
)
_SEPARATOR = re.compile(r"\bsep(?:arator)?[ \t]*=[ \t]*(?P<quote>[\"'])(?P<sep>\\t|.)(?P=quote)")
_PART = re.compile(
    r"\.(?P<key>\w+)|\[(?P<number>\d+)\]|\[(?P<quote>['\"])(?P<text>.*?)(?P=quote)\]"
)
_MOST_ROWS: Final = 2_000


def put_variables_in(source: SourceFile, variables: Mapping[str, object]) -> SourceFile:
    """Insert the values of variables.

    Args:
        source: The page.
        variables: Of the site: mappings, lists, texts and numbers.

    Returns:
        The page; unknown names are left unchanged.
    """
    if "{{" not in source.text or not variables:
        return source
    lines: list[Numbered] = []
    for number, line in enumerate(source.text.split("\n")):
        new = _NAME.sub(lambda match: _value(match, variables), line) if "{{" in line else line
        lines += (Numbered(part, number, None) for part in new.split("\n"))
    return with_lines(source, lines)


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


def put_tables_in(
    source: SourceFile, *, find_text: FindText
) -> tuple[SourceFile, tuple[Diagnostic, ...]]:
    """Insert the tables that a page reads from CSV files.

    Args:
        source: The page.
        find_text: See `FindText`.

    Returns:
        The page, and what could not be read (W508).
    """
    if "{{" not in source.text or not _TABLE.search(source.text):
        return source, ()
    problems: list[Diagnostic] = []
    lines: list[Numbered] = []
    for number, line in enumerate(source.text.split("\n")):
        match = _TABLE.search(line)
        text = find_text(match["path"]) if match else None
        if match is None or isinstance(text, Absence):
            if match and isinstance(text, Absence):
                place = Location(source.path, number + 1 + source.body_line, match.start() + 1)
                message = f"{match['path'][:80]} is left out: {text.reason}"
                hint = "only files inside the docs folder are read"
                problems.append(Diagnostic(place, "W508", message, hint))
            lines.append(Numbered(line, number, None))
            continue
        indent = line[: match.start()] if not line[: match.start()].strip() else ""
        lines += (Numbered(indent + row, number, None) for row in _rows(match, text or ""))
    return with_lines(source, lines), tuple(problems)


def _rows(match: re.Match[str], text: str) -> list[str]:
    text = normalize(text)
    if match["reader"] == "read_raw":
        return text.rstrip("\n").split("\n")
    found = _SEPARATOR.search(match["options"])
    separator = (found["sep"] if found else "").replace("\\t", "\t")
    separator = separator or ("\t" if match["reader"] == "read_table" else ",")
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))[:_MOST_ROWS]
    rows = [row for row in rows if row]
    if not rows:
        return [""]
    width = len(rows[0])
    head, *body = [_row(row[:width] + [""] * (width - len(row))) for row in rows]
    return ["", head, "|" + "---|" * width, *body, ""]


def _row(cells: list[str]) -> str:
    shown = (" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(shown)} |"
