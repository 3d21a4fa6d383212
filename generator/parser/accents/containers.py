"""What the accents with containers have in common: a box between two markers."""

from generator.config.box_types import TYPES
from generator.model import Admonition
from generator.parser.block.box import box
from generator.parser.block_state import BlockState

KNOWN = TYPES | {"admonition", "details", "dropdown", "secondary"}
"""Names of containers that are boxes even without a declared type."""


def find_last(state: BlockState, start: int, end: int) -> int | None:
    """Return the line of the marker that ends the container begun at `start`, or None."""
    last = state.page.regions.pairs.get(start)
    return last if last is not None and last < end else None


def push_container(
    state: BlockState, admonition: Admonition, lines: tuple[int, int, int], *, title_column: int
) -> None:
    """Push a box whose body has the indent of its markers.

    Args:
        state: Where the rules are.
        admonition: The parsed first line.
        lines: Of the first marker, of the body's beginning, of the last marker.
        title_column: 0-based column of the title.
    """
    start, first, last = lines
    with box(state, admonition, (start, last + 1), title_column=title_column):
        state.read_between(first, last, "admonition")
        state.line = last + 1
