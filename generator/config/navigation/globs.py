"""Globs of navigation plugins, in time that grows with path times pattern.

One regular expression for a whole glob takes seconds for `*a*a*a*a*a*b`, and a stranger's
navigation may hold one for every page.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import islice, product
from typing import Final

_MOST_SPELLINGS: Final = 100
_NEGATED: Final = re.compile(r"!\(([^()]*)\)")
_GROUP: Final = re.compile(r"@\(([^()]*)\)|\{([^{}]*)\}")


def matches(path: str, pattern: str) -> bool:
    """Whether a path matches a glob in which `**` crosses folders and `*` does not.

    Args:
        path: Below the docs folder.
        pattern: The glob; `@(a|b)` and `{a,b}` offer alternatives, up to 100 combinations;
            `!(a|b)` is what neither is.
    """
    parts = path.split("/")
    spellings = islice(_spelled_out(pattern), _MOST_SPELLINGS)
    return any(_is_match(parts, spelling.split("/")) for spelling in spellings)


def _spelled_out(pattern: str) -> Iterator[str]:
    """Yield a glob once for each combination of its alternatives."""
    pieces: list[list[str]] = []
    at = 0
    for group in _GROUP.finditer(pattern):
        inside = group[1].split("|") if group[1] is not None else group[2].split(",")
        pieces += ([pattern[at : group.start()]], inside)
        at = group.end()
    yield from map("".join, product(*pieces, [pattern[at:]]))


def _is_match(parts: Sequence[str], globs: Sequence[str]) -> bool:
    """Walk through all ways to match at once: each is the number of globs that are used up."""
    if globs[-1] == "**":  # what is in a folder, not the folder
        globs = (*globs, "*")
    reached = frozenset(_past_globstars({0}, globs))
    for part in parts:
        after = {at + (globs[at] != "**") for at in reached if _takes(globs, at, part)}
        reached = frozenset(_past_globstars(after, globs))
    return len(globs) in reached


def _takes(globs: Sequence[str], at: int, part: str) -> bool:
    if at >= len(globs):
        return False
    if negated := _NEGATED.fullmatch(globs[at]):
        return not any(fnmatchcase(part, other) for other in negated[1].split("|"))
    return globs[at] == "**" or fnmatchcase(part, globs[at])


def _past_globstars(reached: Iterable[int], globs: Sequence[str]) -> Iterator[int]:
    """Yield positions, and those after `**`, which may also match no folder."""
    for at in reached:
        yield at
        while at < len(globs) and globs[at] == "**":
            at += 1
            yield at
