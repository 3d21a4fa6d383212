"""The YAML block at the top of a page, read as data of a bounded size."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

import yaml

from generator.errors import Diagnostic, Location
from generator.model import FrontMatter

_MOST_CHARACTERS: Final = 32_000
_MOST_VALUES: Final = 10_000
_LONGEST_NUMBER: Final = 40
_TAB_AFTER_KEY: Final = re.compile(r"^([\w-]+:)\t+", re.MULTILINE)
"""libyaml, with which MkDocs reads front matter, treats a tab there as a space."""
_INTEGER, _TEXT = "tag:yaml.org,2002:int", "tag:yaml.org,2002:str"


class _TooLargeError(ValueError):
    """The block is larger than a page's settings can be."""


def read_front_matter(text: str, *, display: str) -> tuple[FrontMatter | None, Diagnostic | None]:
    """Read a page's settings.

    Args:
        text: Between the two `---`.
        display: See `SourceFile.path`.

    Returns:
        The settings; None for a block that is not a mapping, with a diagnostic when it is broken.
    """
    try:
        data = _load(text)
        return (_settings(data), None) if isinstance(data, dict | None) else (None, None)
    except yaml.YAMLError as error:
        return None, _broken(error, display)
    except (ValueError, RecursionError) as error:
        message = f"invalid front matter: {error}"
        return None, Diagnostic(Location(display), "E103", message, "correct it")


def _load(text: str) -> object:
    if len(text) > _MOST_CHARACTERS:
        raise _TooLargeError(f"it is longer than {_MOST_CHARACTERS:,} characters")
    loader = yaml.SafeLoader(_TAB_AFTER_KEY.sub(r"\1 ", text))
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        if _count(node, {}) > _MOST_VALUES:
            raise _TooLargeError(
                f"with its aliases expanded it has more than {_MOST_VALUES:,} values"
            )
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _count(node: yaml.Node, known: dict[int, int]) -> int:
    """Return how many values a node holds with all aliases written out; one in itself is endless.

    A long number becomes text: Python refuses to write it.
    """
    if isinstance(node, yaml.ScalarNode):
        if node.tag == _INTEGER and len(node.value) > _LONGEST_NUMBER:
            node.tag = _TEXT
        return 1
    if id(node) not in known:
        known[id(node)] = _MOST_VALUES + 1  # a node that contains itself is endless
        parts = [part for item in node.value for part in (item if _is_pair(node) else (item,))]
        known[id(node)] = min(1 + sum(_count(part, known) for part in parts), _MOST_VALUES + 1)
    return known[id(node)]


def _is_pair(node: yaml.Node) -> bool:
    return isinstance(node, yaml.MappingNode)


def _broken(error: yaml.YAMLError, display: str) -> Diagnostic:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    reason = error.problem if isinstance(error, yaml.MarkedYAMLError) else None
    # The block begins on the file's second line.
    location = Location(display, mark.line + 2, mark.column + 1) if mark else Location(display)
    return Diagnostic(
        location,
        "E103",
        f"invalid front matter: {reason or 'not valid YAML'}",
        "put values that contain :, # or quotes in quotes",
    )


def _settings(data: Mapping[object, object] | None) -> FrontMatter:
    if data is None:
        return FrontMatter()
    options = data.get("admonki")
    return FrontMatter(
        title=_text(data.get("title")) or None,
        tags=_texts(data.get("tags")),
        categories=_texts(data.get("categories")),
        date=_date(data.get("date")),
        slug=_text(data.get("slug")),
        options={str(k): v for k, v in options.items()} if isinstance(options, dict) else {},
    )


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(text for item in items if (text := _text(item)))


def _date(value: object) -> str:
    """Read `date: 2025-10-30` and Material's `date: {created: 2025-10-30}`."""
    if isinstance(value, dict):
        value = value.get("created")
    return value.isoformat() if isinstance(value, date) else _text(value)
