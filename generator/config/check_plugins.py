"""What is wrong with the options of plugins that we follow."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from generator.config.document import ConfigDocument
from generator.config.entries import Entry
from generator.config.schema import describe_type
from generator.errors import Diagnostic

_Types = tuple[type, ...]
_TEXT: Final = ((str,), "a string")
_TEXTS: Final = ((str, list), "a string or a list")
_EXPECTED: Final[Mapping[str, Mapping[str, tuple[_Types, str]]]] = {
    "awesome-nav": {"filename": _TEXT},
    "awesome-pages": {"filename": _TEXT, "order": _TEXT, "sort_type": _TEXT},
    "blog": {"blog_dir": _TEXT, "post_dir": _TEXT, "post_url_format": _TEXT},
    "exclude": {"glob": _TEXTS, "regex": _TEXTS},
    "i18n": {"languages": ((list, dict), "a list"), "docs_structure": _TEXT},
    "literate-nav": {"nav_file": _TEXT},
    "macros": {"include_yaml": ((list, dict), "a list")},
}
"""Plugin → option → the types that it may have, and what they are called."""

_UNFOLLOWED: Final[Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]] = {
    "blog": ((("draft_if_future_date",), "posts of the future have cards"),),
    "i18n": (
        (("languages", "*", "nav"), "decks follow the navigation of the whole site"),
        (("languages", "*", "site_name"), "decks have the name of the whole site"),
    ),
}
"""Plugin → ways to options that change decks or cards → what happens instead."""


def check_plugins(listed: Iterable[Entry], document: ConfigDocument) -> Iterator[Diagnostic]:
    """Yield E804 and E805 for options that their plugin would refuse, W809 for some not followed.

    Args:
        listed: The site's plugins.
        document: Where they are.
    """
    for entry in listed:
        for option, (types, name) in _EXPECTED.get(entry.name, {}).items():
            value = entry.options.get(option)
            if value is not None and not isinstance(value, types):
                message = f'"{option}" of {entry.name} must be {name}, not {describe_type(value)}'
                yield Diagnostic(document.at_value(*entry.keys, option), "E804", message)
        yield from _unfollowed(entry, document)
        if entry.name == "exclude" and not document.is_secret(*entry.keys):
            yield from _check_patterns(entry, document)


def _unfollowed(entry: Entry, document: ConfigDocument) -> Iterator[Diagnostic]:
    """Yield the options that would change decks or cards if they were followed."""
    for way, instead in _UNFOLLOWED.get(entry.name.partition(" ")[0], ()):
        for keys, value in _values(entry.options, way):
            if value not in (None, False):
                message = f'"{way[-1]}" of {entry.name} is not followed: {instead}'
                yield Diagnostic(document.at_key(*entry.keys, *keys), "W809", message)
                break


def _values(value: object, way: Sequence[str]) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield what is at the end of a way of keys, in which `*` is any item of a list."""
    if not way:
        yield (), value
    elif way[0] == "*":
        for index, item in enumerate(value if isinstance(value, list) else ()):
            yield from (((str(index), *keys), found) for keys, found in _values(item, way[1:]))
    elif isinstance(value, dict) and way[0] in value:
        found = _values(value[way[0]], way[1:])
        yield from (((way[0], *keys), item) for keys, item in found)


def _check_patterns(entry: Entry, document: ConfigDocument) -> Iterator[Diagnostic]:
    value = entry.options.get("regex")
    for index, pattern in enumerate(value if isinstance(value, list) else [value]):
        if not isinstance(pattern, str):
            continue
        try:
            re.compile(pattern)
        except re.error as error:
            place = document.at_value(*entry.keys, "regex", str(index))
            message = f'"regex" of exclude holds {pattern!r}: {error.msg}'
            yield Diagnostic(place, "E805", message)
