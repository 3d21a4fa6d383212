"""Content with TeX's height in places where it shows: engines take that of a line of text."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from generator.math.mathml.elements import add_class, make
from generator.math.mathml.heights import measure, measure_root
from generator.math.mathml.sign_extents import SCALES, Extent, UnknownExtentError
from generator.math.mathml.styles import Style

_WITH_BARS = frozenset({"m-box", "m-overline", "m-underline"})
_TALLEST_EM = 3.0  # of a root's sign in one piece


def lengths(extent: Extent) -> dict[str, str]:
    """Return an extent as attributes of an element."""
    return {"height": f"{extent.height:.3g}em", "depth": f"{extent.depth:.3g}em"}


def hold(content: Iterable[Element], extent: Extent, style: Style) -> Element:
    """Put elements into a box of the height and depth that TeX gives them.

    Args:
        content: Elements in a line.
        extent: In em of the formula.
        style: Around them.
    """
    scale = SCALES[style.size]
    own = Extent(extent.height / scale, extent.depth / scale)
    return make("mpadded", *content, **lengths(own))


def hold_framed(row: Element, style: Style) -> None:
    """Hold what is in a frame, or under a bar; other rows stay as they are."""
    if _WITH_BARS.isdisjoint(row.get("class", "").split()):
        return
    try:
        row[:] = [hold(row[:], measure(row, style), style)]
    except UnknownExtentError:
        return


def hold_root(root: Element, style: Style) -> None:
    """Put the bar of a root as high as TeX, and make room for a sign that hangs out on the left.

    Args:
        root: `<msqrt>` or `<mroot>`.
        style: Around it.
    """
    try:
        content, _, lift, sign = measure_root(root, style)
    except UnknownExtentError:
        return
    inside = root[:1] if root.tag == "mroot" else root[:]
    lifted = Extent(content.height + lift, content.depth)
    root[: len(inside)] = [hold(inside, lifted, style)]
    if sign > SCALES[style.size]:
        add_class(root, "m-root" if sign <= _TALLEST_EM else "m-roott")
