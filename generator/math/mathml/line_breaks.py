r"""Where a formula may break: after relations, and in a line of text after signs between things.

Engines break no line within `<math>`, but between two of them, as TeX does after `=` and `+`. So a
card has a long formula in several pieces.
"""

from collections.abc import Iterator
from functools import cache
from xml.etree.ElementTree import Element

from generator.math.commands import relations, signs_of
from generator.math.mathml.elements import CLOSING, OPENING

_LONG = 14  # letters and signs: what is shorter fits into the line of a phone
_LONG_DISPLAY = 24  # the same for one that begins a line
_LEAST = 3  # of them in each piece
_LEAST_CHILDREN = 3  # a sign between two things


def find_breaks(root: Element, *, display: bool) -> list[int]:
    """Find the signs after which lines may break, outside of brackets.

    Args:
        root: `<math>`, finished.
        display: Whether it is displayed: then lines break after relations only.

    Returns:
        Indices of children; none for a short formula.
    """
    long = _LONG_DISPLAY if display else _LONG
    if len(root) < _LEAST_CHILDREN or sum(map(len, root.itertext())) < long:
        return []
    signs = relations() if display else _signs()
    return list(_breaks(root, [sum(map(len, child.itertext())) for child in root], signs))


def _breaks(root: Element, lengths: list[int], signs: frozenset[str]) -> Iterator[int]:
    depth, length, left = 0, 0, sum(lengths)
    for index, child in enumerate(root):
        length += lengths[index]
        left -= lengths[index]
        depth += (child.text in OPENING) - (child.text in CLOSING)
        is_end = child.tag == "mo" and child.text in signs
        if is_end and min(length, left) >= _LEAST and depth <= 0 and _is_between(root, index):
            yield index
            length = 0


def _is_between(root: Element, index: int) -> bool:
    """Tell whether a sign has something on both of its sides."""
    before = root[index - 1]
    is_infix = root[index].get("form", "infix") == "infix"
    return is_infix and (before.tag != "mo" or before.text in CLOSING)


@cache
def _signs() -> frozenset[str]:
    return relations() | signs_of("bin") | frozenset("+−")
