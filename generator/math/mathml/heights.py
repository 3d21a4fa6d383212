"""How high and deep TeX would make a formula: engines do not agree, and differ from TeX.

The rules are those of Appendix G of The TeXbook, the numbers those of Computer Modern.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from math import ceil
from typing import NamedTuple
from xml.etree.ElementTree import Element

from generator.math.mathml.elements import (
    BRACES,
    INTEGRALS,
    LARGE_OPERATORS,
    base_of,
    is_binomial,
    is_fence,
)
from generator.math.mathml.sign_extents import (
    AXIS_EM,
    NOTHING,
    RULE_EM,
    SCALES,
    X_HEIGHT_EM,
    Extent,
    UnknownExtentError,
    em_of,
    scaled,
    sign_extent,
)
from generator.math.mathml.struts import strut_of
from generator.math.mathml.styles import Size, Style, child_styles, own_style

# By size: how far scripts and the parts of fractions are moved, in em of that size.
_SUPERSCRIPT = (0.413, 0.363, 0.431, 0.404)
_CRAMPED_SUPERSCRIPT = (0.289, 0.289, 0.286, 0.294)
_SUBSCRIPT, _SUBSCRIPT_OF_BOTH = (0.15, 0.15, 0.143, 0.2), (0.247, 0.247, 0.286, 0.4)
_SUPERSCRIPT_DROP, _SUBSCRIPT_DROP = (0.386, 0.386, 0.353, 0.494), (0.05, 0.05, 0.071, 0.1)
_NUMERATOR, _BARE_NUMERATOR = (0.677, 0.394, 0.384, 0.387), (0.677, 0.444, 0.471, 0.504)
_DENOMINATOR = (0.686, 0.345, 0.344, 0.532)
_ABOVE_LIMIT, _LIMIT_GAP_ABOVE, _LIMIT_GAP_BELOW = 0.1, (0.111, 0.2), (0.167, 0.6)
_BRACE_EM, _BRACE_GAP_EM, _ACCENT_EM, _WIDE_ACCENT_EM = 0.548, 0.1, 0.694, 0.24
_ARROWS = frozenset("→←↔⇀↼⇒")
_TOKENS = frozenset({"mi", "mn", "mo", "mtext"})
# Class → what it adds above and below.
_PADDING = {
    "m-box": Extent(0.34, 0.34),
    "m-pad": Extent(0.15, 0.15),
    "m-overline": Extent(0.2, 0.0),
    "m-underline": Extent(0.0, 0.2),
}
_UNKNOWN = frozenset({"m-rule", "m-small", "m-vcenter", "m-cfrac", "m-phase"})
_ROW_GAP_EM = 0.3
"""Between displayed equations: TeX's `jot`."""


def measure(elements: Iterable[Element], style: Style) -> Extent:
    """Return what TeX makes of elements in a line, before they have been finished.

    Args:
        elements: Of a tree with its atoms in their places.
        style: Around them.

    Raises:
        UnknownExtentError: When something is inside of which nothing is known.
    """
    elements = list(elements)
    _refuse_deep(elements)
    return _highest(elements, style)


def _refuse_deep(elements: Iterable[Element]) -> None:
    level = list(elements)
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
    if level:
        raise UnknownExtentError("deep nesting")


_DEEPEST = 40


def _extent_of(element: Element, style: Style) -> Extent:
    if element.keys():
        style = own_style(element, style)
    return _RULES.get(element.tag, _of_row)(element, style)


def _highest(elements: Iterable[Element], style: Style) -> Extent:
    height = depth = 0.0
    for element in elements:
        own_height, own_depth = _extent_of(element, style)
        if own_height > height:
            height = own_height
        if own_depth > depth:
            depth = own_depth
    return Extent(height, depth)


def _of_row(row: Element, style: Style) -> Extent:
    height, depth = _highest((child for child in row if not is_fence(child)), style)
    is_pair = is_binomial(row)
    inside = Extent(height, depth)
    for fence in filter(is_fence, row):
        size = binomial_size(row, style) if is_pair else fence_size(inside, fence.text or "", style)
        half = size / 2
        height, depth = max(height, half + AXIS_EM), max(depth, half - AXIS_EM)
    for name in row.get("class", "").split():
        if name in _UNKNOWN:
            raise UnknownExtentError(name)
        added = _PADDING.get(name, NOTHING)
        height, depth = height + added.height, depth + added.depth
    return Extent(height, depth)


def _of_space(space: Element, style: Style) -> Extent:
    return scaled(Extent(em_of(space.get("height", "0")), em_of(space.get("depth", "0"))), style)


def _of_padded(padded: Element, style: Style) -> Extent:
    height, depth = _of_row(padded, style)
    shift = em_of(padded.get("voffset", "0"))
    height = em_of(padded.get("height", f"{height + shift}"))
    return Extent(height, em_of(padded.get("depth", f"{depth - shift}")))


def _of_scripts(element: Element, style: Style) -> Extent:
    """Rule 18."""
    base, *scripts = element
    above = scripts[-1] if element.tag in ("msup", "msubsup", "munderover", "mover") else None
    below = scripts[0] if element.tag in ("msub", "msubsup", "munderover", "munder") else None
    return _with_scripts(base, below, above, style)


def _with_scripts(
    base: Element, below: Element | None, above: Element | None, style: Style
) -> Extent:
    own = _extent_of(base, style)
    small = style.of_scripts()
    scale = SCALES[style.size]
    up = down = 0.0
    if base_of(base).tag not in _TOKENS or base_of(base).text in LARGE_OPERATORS:
        small_scale = SCALES[small.size]
        up = own.height - _SUPERSCRIPT_DROP[small.size] * small_scale
        down = own.depth + _SUBSCRIPT_DROP[small.size] * small_scale
    over = NOTHING if above is None else _extent_of(above, small)
    under = NOTHING if below is None else _extent_of(below, small.cramped())
    raised = _CRAMPED_SUPERSCRIPT if style.is_cramped else _SUPERSCRIPT
    up = max(up, raised[style.size] * scale, over.depth + X_HEIGHT_EM * scale / 4)
    if above is None:
        down = max(down, _SUBSCRIPT[style.size] * scale, under.height - 0.8 * X_HEIGHT_EM * scale)
    elif below is not None:
        down = max(down, _SUBSCRIPT_OF_BOTH[style.size] * scale)
        down = max(down, 4 * RULE_EM * scale - (up - over.depth) + under.height)
        more = max(0.0, 0.8 * X_HEIGHT_EM * scale - (up - over.depth))
        up, down = up + more, down - more
    height = own.height if above is None else max(own.height, up + over.height)
    return Extent(height, own.depth if below is None else max(own.depth, down + under.depth))


def _of_limits(element: Element, style: Style) -> Extent:
    """Rule 13a; accents, braces and arrows are not limits."""
    base = element[0]
    if element.get("accent") or element.get("accentunder"):
        return _of_accent(element, style)
    if style.size is not Size.DISPLAY and _moves(base):
        return _of_scripts(element, style)
    height, depth = _extent_of(base, style)
    small = child_styles(element, style)[1]
    if element[-1].tag == "mspace":  # the least width of an arrow
        return _extent_of(base, style)
    if element.tag != "munder":
        over = _extent_of(element[-1], small)
        least, apart = _LIMIT_GAP_ABOVE
        height += max(least, apart - over.depth) + over.total + _ABOVE_LIMIT
    if element.tag != "mover":
        under = _extent_of(element[1], small.cramped())
        least, apart = _LIMIT_GAP_BELOW
        depth += max(least, apart - under.height) + under.total + _ABOVE_LIMIT
    return Extent(height, depth)


def _moves(base: Element) -> bool:
    if base.get("movablelimits") == "false":
        return False
    return base.get("movablelimits") == "true" or base.text in LARGE_OPERATORS - INTEGRALS


def _of_accent(element: Element, style: Style) -> Extent:
    height, depth = _extent_of(element[0], style.cramped())
    if element.tag == "munderover":
        raise UnknownExtentError(element.tag)
    sign = base_of(element[1])
    if sign.text in _ARROWS:
        raise UnknownExtentError(sign.text or "")
    if sign.text in BRACES:
        added = _BRACE_GAP_EM + _BRACE_EM
    elif sign.get("stretchy") == "true":
        added = _WIDE_ACCENT_EM
    else:
        scale = SCALES[style.size]
        added = _ACCENT_EM * scale - min(height, X_HEIGHT_EM * scale)
    is_above = element.tag == "mover"
    return Extent(height + added, depth) if is_above else Extent(height, depth + added)


def _of_fraction(fraction: Element, style: Style) -> Extent:
    """Rule 15."""
    if "m-cfrac" in fraction.get("class", ""):
        raise UnknownExtentError("cfrac")
    first, second = child_styles(fraction, style)
    over, under = _extent_of(fraction[0], first), _extent_of(fraction[1], second)
    size, scale = style.size, SCALES[style.size]
    thickness = 0.0 if fraction.get("linethickness") == "0" else RULE_EM
    up = (_NUMERATOR if thickness else _BARE_NUMERATOR)[size] * scale
    down = _DENOMINATOR[size] * scale
    is_displayed = size is Size.DISPLAY
    if not thickness:
        gap = (7 if is_displayed else 3) * RULE_EM
        more = max(0.0, gap - (up - over.depth) + (under.height - down)) / 2
        return Extent(up + more + over.height, down + more + under.depth)
    gap = (3 if is_displayed else 1) * thickness + thickness / 2
    up = max(up, AXIS_EM * scale + gap + over.depth)
    down = max(down, gap + under.height - AXIS_EM * scale)
    return Extent(up + over.height, down + under.depth)


class Root(NamedTuple):
    """What TeX makes of a root.

    Attributes:
        content: What is under the bar.
        gap: Between the content and the bar, as an engine sets it, too.
        lift: How much higher TeX sets the bar, because the sign has more room than it needs.
        sign: The size of the sign, in em.
    """

    content: Extent
    gap: float
    lift: float
    sign: float


def measure_root(root: Element, style: Style) -> Root:
    """Measure `<msqrt>` or `<mroot>` in a style, before it has been finished.

    Raises:
        UnknownExtentError: When something is inside of which nothing is known.
    """
    _refuse_deep(root)
    return _root(root, style)


def _root(root: Element, style: Style) -> Root:
    """Rule 11."""
    content = _highest(root if root.tag == "msqrt" else root[:1], style.cramped())
    scale = SCALES[style.size]
    gap = RULE_EM + (X_HEIGHT_EM if style.size is Size.DISPLAY else RULE_EM) / 4 * scale
    least = max(content.height, X_HEIGHT_EM * scale) + content.depth + gap + RULE_EM
    sign = delimiter_size(least, scale)
    return Root(content, gap, max(0.0, sign - RULE_EM - content.total - gap) / 2, sign)


def _of_root(root: Element, style: Style) -> Extent:
    content, gap, lift, sign = _root(root, style)
    height = content.height + gap + lift + 2 * RULE_EM
    return Extent(height, max(content.depth, sign + RULE_EM - height))


def delimiter_size(least: float, smallest: float) -> float:
    """Return the size of a delimiter, in em, that is higher than the least: TeX has a few.

    Args:
        least: What it has to cover.
        smallest: The scale of the letters around.
    """
    size = next((size for size in (smallest, *_SIZES_EM) if least < size), 0.0)
    return size or max(_LEAST_BUILT_EM, ceil(least / _STEP_EM) * _STEP_EM)


_SIZES_EM = (1.0, 1.2, 1.8, 2.4, 3.0)
_LEAST_BUILT_EM, _STEP_EM = 3.6, 0.6
"""Of delimiters put together from pieces."""


def fence_size(content: Extent, sign: str, style: Style) -> float:
    """Return the size, in em, of a delimiter around something: a tenth may stick out."""
    axis = AXIS_EM * SCALES[style.size]
    reach = max(content.height - axis, content.depth + axis)
    least = max(_COVERED * 2 * reach, 2 * reach - _MOST_UNCOVERED_EM)
    if sign in _BARS and least >= 1:
        return ceil(least / _STEP_EM) * _STEP_EM
    size = delimiter_size(least, SCALES[style.size])
    return min(size, _SIZES_EM[-1]) if sign in "⟨⟩" else size


def binomial_size(row: Element, style: Style) -> float:
    r"""Return the size, in em, of the delimiters of `\binom`: it follows from the style alone."""
    return 2.4 if own_style(row[1], style).size is Size.DISPLAY else 1.2


_COVERED, _MOST_UNCOVERED_EM = 0.901, 0.5
_BARS = frozenset("|‖")


def _of_table(table: Element, style: Style) -> Extent:
    total = sum(extent.total for extent in _row_extents(table, style))
    if table.get("displaystyle") == "true":
        total += _ROW_GAP_EM * (len(table) - 1)
    return Extent(total / 2 + AXIS_EM, total / 2 - AXIS_EM)


def row_extents(table: Element, style: Style) -> list[Extent]:
    """Return what each row of a table takes.

    Raises:
        UnknownExtentError: When something is inside of which nothing is known.
    """
    _refuse_deep([table])
    return _row_extents(table, style)


def _row_extents(table: Element, style: Style) -> list[Extent]:
    if style.size > Size.TEXT:
        raise UnknownExtentError("table in a script")
    style = child_styles(table, style)[0]
    height, depth = strut_of(table)
    rows = (_highest(chain.from_iterable(row), style) for row in table)
    return [Extent(max(height, row.height), max(depth, row.depth)) for row in rows]


def _of_unknown(element: Element, _style: Style) -> Extent:
    raise UnknownExtentError(element.tag)


_RULES: Mapping[str, Callable[[Element, Style], Extent]] = {
    **dict.fromkeys(_TOKENS, sign_extent),
    **dict.fromkeys(("msub", "msup", "msubsup"), _of_scripts),
    **dict.fromkeys(("munder", "mover", "munderover"), _of_limits),
    "mspace": _of_space,
    "mpadded": _of_padded,
    "mfrac": _of_fraction,
    "msqrt": _of_root,
    "mroot": _of_root,
    "mtable": _of_table,
    "mmultiscripts": _of_unknown,
}
