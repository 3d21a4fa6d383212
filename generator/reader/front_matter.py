"""The YAML block at the top of a page, read as data of a bounded size."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

import yaml
from msgspec.structs import replace

from generator.config.document import Keys
from generator.config.schema import describe_type
from generator.config.yaml_data import YamlData, read_settings
from generator.errors import Diagnostic, Location
from generator.model import FrontMatter

_EXPECTED: Final = {
    "admonki": ((dict,), "a table"),
    "title": ((str, int, float, date), "a string"),
    "tags": ((str, int, float, list), "a list of strings"),
}
_MOST_SHOWN: Final = 2_000
"""Characters of title, tags, categories and decks: each card of the page repeats them."""
_DECKS: Final = ("deck_root", "inner_deck")
_TAB_AFTER_KEY: Final = re.compile(r"^([\w-]+:)\t+", re.MULTILINE)
"""libyaml, with which MkDocs reads front matter, treats a tab there as a space."""


def read_front_matter(text: str, *, display: str) -> tuple[FrontMatter | None, Diagnostic | None]:
    """Read a page's settings.

    Args:
        text: Between the two `---`.
        display: See `SourceFile.path`.

    Returns:
        The settings, None for a block that is not a mapping; and what is wrong with it.
    """
    try:
        found = read_settings(_TAB_AFTER_KEY.sub(r"\1 ", text))
        if not isinstance(found.value, dict | None):
            return None, None
        front = to_front_matter(found.value or {})
        wrong = _misfit(found, display)
        if sum(map(len, _shown_by_each(front))) > _MOST_SHOWN:
            front, wrong = FrontMatter(date=front.date, is_draft=front.is_draft), _long(display)
        return replace(front, option_places=_option_places(found)), wrong
    except yaml.YAMLError as error:
        return None, _broken(error, display)
    except ValueError as error:
        message = f"invalid front matter: {error}"
        return None, Diagnostic(Location(display), "E103", message, "correct it")


def _misfit(found: YamlData, display: str) -> Diagnostic | None:
    """Return E804 for the first value of a type that it cannot have."""
    data = found.value if isinstance(found.value, dict) else {}
    for key, (types, expected) in _EXPECTED.items():
        value = data.get(key)
        if value is not None and not isinstance(value, types):
            place = Location(display, *_in_file(found.places[key,].value))
            message = f'"{key}" must be {expected}, not {describe_type(value)}'
            return Diagnostic(place, "E804", message)
    return None


def _shown_by_each(front: FrontMatter) -> tuple[str, ...]:
    decks = (str(front.options.get(key, "")) for key in _DECKS)
    return (front.title or "", *front.tags, *front.categories, *decks)


def _long(display: str) -> Diagnostic:
    message = (
        f"title, tags, categories and decks have more than {_MOST_SHOWN:,} characters together"
    )
    hint = "shorten them: each card of the page repeats them"
    return Diagnostic(Location(display), "E103", message, hint)


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


def _option_places(found: YamlData) -> Mapping[Keys, tuple[tuple[int, int], tuple[int, int]]]:
    return {
        way[1:]: (_in_file(place.key), _in_file(place.value))
        for way, place in found.places.items()
        if way[0] == "admonki" and len(way) > 1
    }


def to_front_matter(data: Mapping[str, object]) -> FrontMatter:
    """Return what cards need of a page's metadata."""
    options = data.get("admonki")
    return FrontMatter(
        title=_text(data.get("title")) or None,
        tags=_texts(data.get("tags")),
        categories=_texts(data.get("categories")),
        date=_date(data.get("date")),
        slug=_text(data.get("slug")),
        is_draft=data.get("draft") is True,
        options=options if isinstance(options, dict) else {},
    )


def _in_file(place: tuple[int, int]) -> tuple[int, int]:
    """Convert a place in the block, which begins on the file's second line."""
    return place[0] + 1, place[1]


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
