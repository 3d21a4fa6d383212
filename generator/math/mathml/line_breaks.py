r"""Where a formula in a line of text may break: after relations and signs between things.

Engines break no line within `<math>`, but between two of them, as TeX does after `=` and `+`. So a
card has a long formula in several pieces.
"""

from collections.abc import Iterator
from functools import cache
from xml.etree.ElementTree import Element

from generator.math.commands import known_commands

_LONG = 14  # letters and signs: what is shorter fits into the line of a phone
_LEAST = 3  # of them in each piece
_LEAST_CHILDREN = 3  # a sign between two things
_OPENING, _CLOSING = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")


def find_breaks(root: Element) -> list[int]:
    """Find the signs after which lines may break, outside of brackets.

    Args:
        root: `<math>`, finished, not displayed.

    Returns:
        Indices of children; none for a short formula.
    """
    if len(root) < _LEAST_CHILDREN or sum(map(len, root.itertext())) < _LONG:
        return []
    return list(_breaks(root, [sum(map(len, child.itertext())) for child in root]))


def _breaks(root: Element, lengths: list[int]) -> Iterator[int]:
    depth, length, left = 0, 0, sum(lengths)
    for index, child in enumerate(root):
        length += lengths[index]
        left -= lengths[index]
        depth += (child.text in _OPENING) - (child.text in _CLOSING)
        if min(length, left) >= _LEAST and depth <= 0 and _is_between(root[index - 1], child):
            yield index
            length = 0


def _is_between(before: Element, sign: Element) -> bool:
    """Tell whether a sign is a relation, or one between two things."""
    if sign.tag != "mo" or sign.text not in _signs() or sign.get("form", "infix") != "infix":
        return False
    return before.tag != "mo" or before.text in _CLOSING


@cache
def _signs() -> frozenset[str]:
    known = known_commands().values()
    shown = {command.shows for command in known if command.kind in ("rel", "bin")}
    return frozenset({sign for sign in shown if len(sign) == 1} | set("=<>+−:"))
