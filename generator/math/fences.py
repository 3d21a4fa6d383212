r"""Widths that browsers do not take from the size that they chose: fences, integrals, roots.

MathML Core makes a stretching operator as wide as its widest size. The card's font gives all
sizes of a fence one width, that of a fence around a fraction, with the ink at the formula
(`benchmarks/math_font.py`); here smaller and taller ones get a class that moves their neighbours.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from generator.math.letters import letters
from generator.math.memo import Memo
from generator.math.tree import Branch, Element, Node, add_class, set_attribute, shared, walk

_FIRST_SIZE = "1.2em"
_SIZES = {_FIRST_SIZE: "1.2em", "1.623em": "1.8em", "2.047em": "2.4em", "2.470em": "3em"}
"""Of `\\big` and its like: math-core's, and the glyphs that TeX takes."""

# Opening and closing fences → eighteenths of an em that sizes 1.2 and 1.8 are narrower.
_NARROWER = {"(": (4, 2), "[": (2, 1), "{": (3, 1), "⟨": (4, 2), "⌊": (2, 1), "⌈": (2, 1)}
_OPENING = {text: ("m-o", *less) for text, less in _NARROWER.items()}
_CLOSING = {
    closing: ("m-c", *_NARROWER[opening])
    for opening, closing in zip("([{⟨⌊⌈", ")]}⟩⌋⌉", strict=True)
}
_FENCES = _OPENING | _CLOSING
_FLAT = frozenset({"mi", "mn", "mo", "mtext", "mrow", "mpadded", "msub", "mspace"})
_SHORT = frozenset("acegmnopqrsuvwxyzαγεηικμνοπρςστυχω+−=∗′,.")  # as high as an x
_LARGE = frozenset("∫∬∭⨌∮∯∰∑∏∐⋂⋃⋀⋁⨀⨁⨂⨄⨆")
_SLANTED = frozenset("∫∬∭⨌∮∯∰")
# Letters by the eighteenths of an em that their slant takes, as the font has them.
_SLANTS = {
    letter: slant
    for slant, signs in enumerate(
        ("CEHKSXZγζνς∂𝑪𝑬𝑯𝑰𝑲𝑺𝒁𝜸𝜻𝝂𝝇𝝏", "FIJMNUWfτ𝑱𝑴𝑵𝑼𝒇𝝉", "PT𝑭𝑷𝑻𝑾", "VY𝑽𝒀"), 1
    )
    for letter in signs
}
_BRACES = frozenset("⏞⏟⏜⏝⎴⎵→←↔⇀↼")
_SCRIPTED = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover"})
_COLUMNS = _SCRIPTED | {"mfrac", "mroot", "mtable", "mtr", "mmultiscripts"}
_NO_LETTERS = frozenset({"mo", "mspace", "mrow"})
_APPLY, _THIN, _THICK = "\u2061", "0.1667em", "0.2778em"
_WIDE_TILDE = "\u02dc"
_ROWS_OF_TALLEST = 3
_LEAST_ARROW = "2.938em"  # of KaTeX, at the size of its script's script
_INDEX_INDENT = "0.5556em"  # TeX's 5mu, at the size of an index


Fit: TypeAlias = Callable[[Branch, bool], None]
"""Changes the children of an element of a finished tree; whether it is in a line of text."""


def fit_of(tag: str) -> Fit | None:
    """Return what says, for elements of a kind, what a browser cannot know about widths.

    Outer elements come first.
    """
    return _FITS.get(tag, _space_operators)


def fit_element(element: Element) -> Node:
    r"""Say what a browser cannot know about `\big(`, `\Big[`: the size is written."""
    if element.tag != "mo" or "minsize" not in element.attributes:
        return element
    size = _SIZES.get(element.attributes["minsize"])
    if size is None:
        return element
    sized = Element("mo", {**element.attributes, "minsize": size, "maxsize": size}, element.text)
    kind, small, medium = _FENCES.get(element.text, ("", 0, 0))
    narrower = {"1.2em": small, "1.8em": medium}.get(size, 0)
    return add_class(sized, f"{kind}{narrower}") if narrower else sized


def _fit_row(row: Branch, is_inline: bool) -> None:
    r"""`\left( … \right)`: the size follows from what is inside."""
    if len(row) < 2:
        return
    _space_operators(row, is_inline)
    if not (_stretches(row[0]) or _stretches(row[-1])):
        _fit_arrow(row)
        return
    height = _tallest(row[1:-1])
    for index in (0, -1):
        fence = row[index]
        if isinstance(fence, Element) and _stretches(fence):
            row[index] = _fit_fence(fence, height, row, is_inline=is_inline)


def _fit_fence(fence: Element, height: int, row: Branch, *, is_inline: bool) -> Node:
    if height == _BASE:
        return set_attribute(fence, "stretchy", "false")
    if height == _BIG:
        return set_attribute(fence, "minsize", _FIRST_SIZE)  # as if it were written
    kind, small, _ = _FENCES[fence.text]
    if height == _FRACTION and is_inline:
        return add_class(fence, f"{kind}{small}")
    return add_class(fence, kind) if any(map(_is_long, walk(row))) else fence


def _is_long(node: Node) -> bool:
    return isinstance(node, Branch) and node.tag == "mtable" and len(node) >= _ROWS_OF_TALLEST


_BASE, _BIG, _FRACTION, _UNKNOWN = range(4)


def _tallest(nodes: list[Node]) -> int:
    """Tell what size TeX would take for a fence around nodes and all in them."""
    height = _BASE
    ahead = list(nodes)
    for node in ahead:  # grows as it goes
        if isinstance(node, Branch):
            ahead += node
            own = _height_of_branch(node)
        else:
            own = _HEIGHTS[node]
        if own > height:
            if own == _UNKNOWN:
                return own
            height = own
    return height


def _height(element: Element) -> int:
    """Tell the same for one element, but for its children."""
    if element.tag == "mo":
        is_tall = element.text in _LARGE or "minsize" in element.attributes
    else:
        is_tall = not _TALL.isdisjoint(element.attributes)
    if is_tall:
        return _UNKNOWN
    return _BASE if element.tag in _FLAT else _FRACTION if element.tag == "mfrac" else _UNKNOWN


def _height_of_branch(branch: Branch) -> int:
    tag = branch.head.tag
    if _TALL.isdisjoint(branch.head.attributes):
        if tag in ("msup", "msubsup"):
            return _height_of_raised(branch[-1])
        if tag == "mover" and branch.attributes.get("accent") and _is_short(branch[0]):
            return _BASE
    return _HEIGHTS[branch.head]


_HEIGHTS = Memo(_height)
_TALL = frozenset({"class", "height", "depth", "voffset"})


def _height_of_raised(script: Node) -> int:
    nodes = list(walk(script))
    if any(node.tag not in _FLAT for node in nodes):
        return _UNKNOWN
    return _BASE if all(map(_is_short, nodes)) else _BIG


def _is_short(node: Node) -> bool:
    known = letters()
    return all(known.get(sign, (sign,))[0] in _SHORT for sign in node.text)


def _space_operators(parent: Branch, _: bool) -> None:
    r"""`\sum {x}`, `\log {n}`: a group is a letter to TeX, with a thin space in front."""
    for index, left in enumerate(parent):
        if isinstance(left, Element) and _SPACED[left] is None:
            continue  # as most
        row, place = parent, index
        while isinstance(left, Branch) and left and left.head.tag in _SCRIPTED:
            row, place, left = left, 0, left[0]
        if isinstance(left, Element) and (spaced := _SPACED[left]) is not None:
            following = parent[index + 1 : index + 2]
            if following and _is_letter(following[0]):
                row[place] = spaced


def _is_letter(node: Node) -> bool:
    while isinstance(node, Branch) and node and node.tag not in _SCRIPTED:
        node = node[0]
    return node.tag not in _NO_LETTERS or _stretches(node)


def _spaced(operator: Element) -> Element | None:
    """Return an operator with the space that it has in front of letters; None for a letter."""
    attributes = dict(operator.attributes)
    if operator.tag == "mo" and operator.text == _APPLY and not attributes:
        return Element("mo", {"lspace": _THIN}, _APPLY)
    if operator.tag == "mo" and operator.text in _LARGE and attributes.pop("rspace", "") == "0":
        return Element("mo", attributes, operator.text)
    return None


_SPACED = Memo(_spaced)


def _fit_arrow(row: Branch) -> None:
    r"""`\xrightarrow{f}`: math-core's spaces around it double those of the operator."""
    if len(row) != 3 or row[0].tag != "mspace" or row[2].tag != "mspace":
        return
    arrow = row[1]
    label = arrow[-1] if isinstance(arrow, Branch) and len(arrow) > 1 else None
    if not isinstance(arrow, Branch) or not isinstance(label, Branch):
        return
    least = [part.tag == "mspace" and part.attributes.get("width") == "3.5em" for part in label]
    if any(least):
        label[least.index(True)] = shared("mspace", {"width": _LEAST_ARROW})
        arrow[0] = set_attribute(set_attribute(arrow[0], "lspace", _THICK), "rspace", _THICK)
        row[:] = [arrow]


def _stretches(node: Node) -> bool:
    return node.tag == "mo" and not node.attributes and node.text in _FENCES


def _fit_subscript(script: Branch, _: bool) -> None:
    """Put what is below under the slant of an integral or letter, where it takes no width."""
    base = script[0]
    if base.tag == "mo" and base.text in _SLANTED:
        script[1] = add_class(script[1], "m-slant")
    elif base.tag == "mi" and base.text in _SLANTS and "mathvariant" not in base.attributes:
        script[1] = add_class(script[1], f"m-k{_SLANTS[base.text]}")


def _fit_brace(script: Branch, _: bool) -> None:
    """Keep a brace away from what it holds together; take the tilde that stretches."""
    sign = script[1]
    if sign.text in _BRACES:
        script[1] = add_class(sign, "m-brace")
    elif sign.text == "~" and sign.attributes.get("stretchy") == "true":
        script[1] = shared(sign.tag, sign.attributes, _WIDE_TILDE)


def _indent_index(root: Branch, _: bool) -> None:
    space = shared("mspace", {"width": _INDEX_INDENT})
    root[1] = Branch.of(shared("mrow"), (space, root[1]))


_FITS: Mapping[str, Fit | None] = {
    **dict.fromkeys(_COLUMNS),
    "mrow": _fit_row,
    "msub": _fit_subscript,
    "msubsup": _fit_subscript,
    "munder": _fit_brace,
    "mover": _fit_brace,
    "mroot": _indent_index,
}
