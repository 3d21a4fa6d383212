"""Spaces between neighbours other than operators: engines set some by kind, TeX sets others."""

from itertools import pairwise
from xml.etree.ElementTree import Element

from generator.math.commands import relations
from generator.math.mathml.elements import BRACES, CLOSING, SCRIPTED, base_of, make
from generator.math.mathml.styles import Style

BLANK, _BLANK_WIDTH = "\u00a0", "0.25em"  # as KaTeX and MathJax set it
_THIN, _AFTER_CLOSING, _PUNCTUATION = "0.1667em", frozenset("?!"), frozenset(",;")
CLOSED_UP = _AFTER_CLOSING | _PUNCTUATION


def set_blanks(row: Element) -> None:
    r"""Write `~` as a space: the font's blank is wider than that of TeX's engines."""
    for index, child in enumerate(row):
        if child.tag == "mtext" and child.text == BLANK and not child.attrib:
            row[index] = make("mspace", width=_BLANK_WIDTH)


def close_up_punctuation(row: Element) -> None:
    r"""Remove math-core's space between `\right)` and `?`, between `\overset{x}{=}` and `,`."""
    for group, sign in pairwise(row):
        if not len(group):
            continue
        if sign.text in _AFTER_CLOSING and group[-1].get("width") == _THIN and len(group) > 1:
            del group[-1]
        elif sign.text in _PUNCTUATION and base_of(group).tag == "mo":
            base_of(group).set("rspace", "0")


def close_up_relations(row: Element) -> None:
    r"""Take away the space after `>_u` before what closes, another relation, and at the end.

    math-core does so for relations without scripts.
    """
    for index, scripted in enumerate(row):
        if scripted.tag not in SCRIPTED:
            continue
        sign = base_of(scripted)
        if sign.tag != "mo" or sign.text not in relations():
            continue
        following = base_of(row[index + 1]).text if index + 1 < len(row) else ")"
        if following in CLOSING or following in relations():
            sign.set("rspace", "0")


def close_up_phantom(padded: Element, style: Style) -> None:
    r"""Remove the spaces of `\hphantom{=}`: to TeX it is a box."""
    sign = padded[0][0] if padded[0].tag == "mphantom" and len(padded[0]) == 1 else padded
    if sign.tag == "mo":
        sign.attrib.update(lspace="0", rspace="0")


def space_braces(row: Element) -> None:
    r"""Set thin spaces around `\underbrace{…}`: to TeX it is an operator."""
    for index in range(len(row) - 1, -1, -1):
        if not _has_brace(row[index]):
            continue
        if index + 1 < len(row) and not _is_sign(row[index + 1]):
            row.insert(index + 1, make("mspace", width=_THIN))
        if index and (not _is_sign(row[index - 1]) or row[index - 1].text in CLOSING):
            row.insert(index, make("mspace", width=_THIN))


def _has_brace(element: Element) -> bool:
    while element.tag in ("munder", "mover") and len(element) > 1:
        if element[1].text in BRACES:
            return True
        element = element[0]
    return False


def _is_sign(element: Element) -> bool:
    return base_of(element).tag in ("mo", "mspace")


def isolate(row: Element) -> None:
    r"""Put into boxes what Firefox would set apart from its neighbours: `\frac ab c`, `\Delta x`.

    It keeps a thin space between a fraction and anything but a sign, and between an upright
    letter and a slanted one.
    """
    bases = [base_of(child) for child in row]
    kinds = [_kind(base) for base in bases]
    if not any(kinds):
        return
    for index, kind in enumerate(kinds):
        beside = bases[max(0, index - 1) : index] + bases[index + 1 : index + 2]
        is_fraction = kind == "mfrac"
        if kind and any(_is_apart(other, is_fraction=is_fraction) for other in beside):
            row[index] = make("mpadded", row[index])


def _kind(base: Element) -> str:
    """Return the kind of something that Firefox sets apart, "" for everything else."""
    if base.tag == "mfrac":
        return base.tag
    return base.tag if base.tag == "mi" and is_upright(base) else ""


def is_upright(letter: Element) -> bool:
    """Tell whether a `<mi>` is upright: a name, or a letter that says so."""
    return letter.get("mathvariant") is not None or len(letter.text or "") > 1


def _is_apart(other: Element, *, is_fraction: bool) -> bool:
    return other.tag != "mo" if is_fraction else other.tag == "mi"
