r"""Spaces around operators that browsers do not set as TeX does."""

from itertools import pairwise
from xml.etree.ElementTree import Element

from generator.math.mathml.elements import (
    LARGE_OPERATORS,
    OPENING,
    SCRIPTED,
    add_class,
    base_of,
    is_fence,
    make,
)

_NO_LETTERS = frozenset({"mo", "mspace", "mrow"})
_APPLY, _THIN, _THICK = "\u2061", "0.1667em", "0.2778em"
SPACED = LARGE_OPERATORS | {_APPLY}
_LEAST_ARROW = "2.938em"  # of KaTeX, at the size of its script's script


def space_operators(row: Element) -> None:
    r"""Set the spaces around `\sum` and `\log` in a row, in place."""
    _space_before_letters(row)
    _move_spaces(row)
    _apply_functions(row)


def _space_before_letters(parent: Element) -> None:
    r"""`\sum {x}`, `\log {n}`: a group is a letter to TeX, with a thin space before it."""
    for index in range(len(parent) - 1):
        operator = base_of(parent[index])
        if operator.tag == "mo" and _is_unspaced(operator) and _is_letter(parent[index + 1]):
            if operator.text == _APPLY:
                operator.set("lspace", _THIN)
            else:
                del operator.attrib["rspace"]


def _apply_functions(row: Element) -> None:
    r"""Write the space of `\log p` as such, and `\log (p)` in one row.

    Firefox adds a space of its own between an invisible operator and anything but a sign.
    """
    for index in range(len(row) - 1, -1, -1):
        sign = row[index]
        if sign.tag != "mo" or sign.text != _APPLY:
            continue
        if sign.get("lspace"):
            row[index] = make("mspace", width=sign.get("lspace", ""))
        following = row[index + 1] if index + 1 < len(row) else sign
        if following.tag == "mrow" and not following.attrib:
            row[index + 1 : index + 2] = following[:]


def _is_unspaced(operator: Element) -> bool:
    """Tell whether an operator lacks the space that it has before letters."""
    if operator.text == _APPLY:
        return not operator.keys()
    return operator.text in LARGE_OPERATORS and operator.get("rspace") == "0"


def _is_letter(element: Element) -> bool:
    while len(element) and element.tag not in SCRIPTED:
        element = element[0]
    if element.tag in SCRIPTED and base_of(element).text in OPENING:
        return False
    return element.tag not in _NO_LETTERS or is_fence(element)


def space_arrow(row: Element) -> None:
    r"""`\xrightarrow{f}`: math-core's spaces around it double those of the operator."""
    if len(row) != 3 or row[0].tag != "mspace" or row[2].tag != "mspace" or len(row[1]) < 2:
        return
    arrow = row[1]
    found = [(script, index) for script in arrow[1:] for index in _least_lengths(script)]
    for script, index in found:
        script[index] = make("mspace", width=_LEAST_ARROW)
    if found:
        arrow[0].attrib.setdefault("lspace", _THICK)  # none beside another relation
        arrow[0].attrib.setdefault("rspace", _THICK)
        row[:] = [arrow]


def _least_lengths(script: Element) -> list[int]:
    return [index for index, part in enumerate(script) if part.get("width") == "3.5em"]


def _move_spaces(row: Element) -> None:
    r"""Set the spaces of `\sum_i^n` around its scripts: WebKit sets them inside."""
    for index in range(len(row) - 1, -1, -1):
        operator = base_of(row[index])
        if operator is row[index] or operator.tag != "mo" or operator.text not in LARGE_OPERATORS:
            continue
        needs = [operator.get(side) is None for side in ("lspace", "rspace")]
        operator.attrib.update(lspace="0", rspace="0")
        if needs[1] and index + 1 < len(row):
            row.insert(index + 1, make("mspace", width=_THIN))
        if needs[0] and index:
            row.insert(index, make("mspace", width=_THIN))


def space_sign(sign: Element, *, has_scripts: bool) -> None:
    """Write what engines' tables of operators do not agree on: spaces, sizes."""
    text = sign.text or ""
    if text in _UNSPACED:
        sign.attrib.update(lspace="0", rspace="0")
    elif text in LARGE_OPERATORS and not has_scripts:
        sign.attrib.setdefault("lspace", _THIN)
        sign.attrib.setdefault("rspace", _THIN)
    elif text in _NEVER_LARGE:
        sign.set("largeop", "false")
    elif text in _NEVER_STRETCHED and "stretchy" not in sign.attrib:
        sign.set("stretchy", "false")


_PRIMES = frozenset("′″‴⁗")
_UNSPACED, _NEVER_LARGE = frozenset("!¬∀∃∄∁⎰⎱"), frozenset("⊕⊖⊗⊘⊙⊎")
_NEVER_STRETCHED = frozenset("↗↘↙↖⎰⎱")


def close_up(operator: Element) -> None:
    r"""Remove an operator's spaces in scripts (`T^*`), where TeX does not set any."""
    if operator.text in LARGE_OPERATORS or operator.text == _APPLY:
        return
    for side in ("lspace", "rspace"):
        if operator.get(side) is None:
            operator.set(side, "0")
    if operator.text in _PRIMES:
        add_class(operator, "m-prime")


def keep_infix(row: Element) -> None:
    """Let a sign after an empty group be one between two things: `{}+ x`.

    The group becomes an empty letter: rows of operators and nothing else are operators
    themselves to Chromium, and it sets no space in them.
    """
    for before, sign in pairwise(row):
        is_empty = before.tag == "mrow" and not len(before)
        if is_empty and sign.tag == "mo" and sign.text in _TWO_FACED:
            before.tag = "mi"
            sign.set("form", "infix")


_TWO_FACED = frozenset("+-−±∓")
