"""The first lines of a directive: its name, argument and options."""

import re
from collections.abc import Mapping

from msgspec import Struct

from generator.parser.block_state import BlockState

_HEAD = re.compile(r"(?:`{3,}|~{3,}|:{3,})[ ]*\{(?P<name>[\w:.-]+)\}[ ]*(?P<argument>.*?)[ ]*$")
_OPTION = re.compile(r":(?P<key>[\w-]+):[ ]*(?P<value>.*?)[ ]*$")
_YAML_OPTION = re.compile(r"(?P<key>[\w-]+):[ ]*(?P<value>.*?)[ ]*$")


class Head(Struct, frozen=True):
    """What comes before the body of a directive.

    Attributes:
        name: In lower case.
        argument: After the name.
        argument_at: Its column in the line.
        options: Lines `:key: value`, or `key: value` between `---`.
        first: Line that the body begins at.
    """

    name: str
    argument: str
    argument_at: int
    options: Mapping[str, str]
    first: int


def read_head(state: BlockState, start: int, last: int) -> Head | None:
    """Read the head of the directive at a line.

    Args:
        state: Where the rules are.
        start: Line of the marker.
        last: Line of the marker that ends it.
    """
    match = _HEAD.match(state.line_text(start))
    if match is None:
        return None
    options: dict[str, str] = {}
    line, pattern = start + 1, _OPTION
    is_block = line < last and state.line_text(line).rstrip() == "---"
    if is_block:
        line, pattern = line + 1, _YAML_OPTION
    while line < last and (option := pattern.match(state.line_text(line))):
        options[option["key"]] = _unquoted(option["value"])
        line += 1
    if is_block and line < last and state.line_text(line).rstrip() == "---":
        line += 1
    at = state.column(start) + match.start("argument")
    return Head(match["name"].lower(), match["argument"], at, options, line)


def _unquoted(value: str) -> str:
    """Return a value without the quotes around it; `"a", "b"` keeps its own."""
    mark = value[:1]
    is_one = mark in ("'", '"') and value.endswith(mark) and value.count(mark) == 2
    return value[1:-1] if is_one else value


def name_at(state: BlockState, start: int) -> str:
    """Return the name of the directive at a line, or ""."""
    match = _HEAD.match(state.line_text(start))
    return match["name"].lower() if match else ""
