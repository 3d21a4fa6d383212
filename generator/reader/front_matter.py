"""The YAML block at the top of a page, read as data of a bounded size."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import yaml

from generator.errors import Diagnostic, Location
from generator.model import FrontMatter
from generator.yaml_data import find_places, load_yaml

_MOST_CHARACTERS: Final = 32_000
_MOST_VALUES: Final = 10_000
_TAB_AFTER_KEY: Final = re.compile(r"^([\w-]+:)\t+", re.MULTILINE)
"""libyaml, with which MkDocs reads front matter, treats a tab there as a space."""


def read_front_matter(text: str, *, display: str) -> tuple[FrontMatter | None, Diagnostic | None]:
    """Read a page's settings.

    Args:
        text: Between the two `---`.
        display: See `SourceFile.path`.

    Returns:
        The settings; None for a block that is not a mapping, with a diagnostic when it is broken.
    """
    try:
        spaced = _TAB_AFTER_KEY.sub(r"\1 ", text)
        data = load_yaml(spaced, longest=_MOST_CHARACTERS, most=_MOST_VALUES)
        if not isinstance(data, dict | None):
            return None, None
        front = to_front_matter(data or {})
        places = find_places(spaced, "admonki", first_line=2) if front.options else {}
        return replace(front, option_places=places), None
    except yaml.YAMLError as error:
        return None, _broken(error, display)
    except ValueError as error:
        message = f"invalid front matter: {error}"
        return None, Diagnostic(Location(display), "E103", message, "correct it")


def _broken(error: yaml.YAMLError, display: str) -> Diagnostic:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    reason = error.problem if isinstance(error, yaml.MarkedYAMLError) else None
    # The block begins on the file's second line.
    location = Location(display, mark.line + 2, mark.column + 1) if mark else Location(display)
    return Diagnostic(
        location,
        "E103",
        f"invalid front matter: {reason or 'not valid YAML'}",
        "quote values that contain `:`, `#` or quotes",
    )


def to_front_matter(data: Mapping[object, object]) -> FrontMatter:
    """Return what cards need of a page's metadata.

    Args:
        data: Key → value.
    """
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
