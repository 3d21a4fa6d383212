"""Styles of math-core → attributes and classes of the card's CSS.

The card's CSS knows the classes, a sanitizer need not read declarations, and a formula can never
lay itself over the card.
"""

from functools import lru_cache
from xml.etree.ElementTree import Element

from generator.math.converters.refusal import RefusedError

_SIDES, _LINE = ("left", "right", "top", "bottom"), "0.05em"
_CLASSES = {
    "text-align:left": "m-l",
    "text-align:right": "m-r",
    "justify-items:start": "",
    "justify-items:end": "",
    "padding-left:1em": "m-pl1",
    "padding-left:0.1em": "",
    "padding-right:0.1em": "",
    "padding-top:0.1667em": "m-cfrac",
    **{f"padding-{side}:0": f"m-p{side[0]}0" for side in _SIDES},
    **{f"border-{side}:{_LINE} solid currentcolor": f"m-b{side[0]}" for side in _SIDES},
    **{f"border-{side}:{_LINE} dashed currentcolor": f"m-b{side[0]} m-dashed" for side in _SIDES},
}


class UnknownStyleError(RefusedError):
    """The converter used a style that the card's CSS has no class for."""


def replace_style(element: Element) -> None:
    """Replace an element's style by attributes, in place.

    Args:
        element: Any; padding, which only a cell may have, gets an attribute of its own name.

    Raises:
        UnknownStyleError: For a style without a class.
    """
    style = element.attrib.pop("style", "")
    for name, value in _read_style(style) if style else ():
        if name == "margin-left":
            element.set("class", _negative_space(value))
        elif element.tag == "mtd" or not _NO_PADDING.issuperset(value.split()):
            element.set(name, value)


@lru_cache(maxsize=512)
def _read_style(style: str) -> tuple[tuple[str, str], ...]:
    """Turn declarations into attributes: `class`, `mathcolor`, `width`, `margin` in em."""
    classes: list[str] = []
    attributes: list[tuple[str, str]] = []
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        known = _CLASSES.get(f"{name}:{value}")
        if known is not None:
            classes += known.split()
        elif name == "color":
            attributes.append(("mathcolor", value.lower()))
        elif name == "width" and value.endswith("em"):
            attributes.append(("width", value.replace("rem", "em")))
        elif name in ("margin-left", "padding-left", "padding-right"):
            attributes.append((name, value))
        else:
            raise UnknownStyleError(declaration)
    if classes:
        attributes.append(("class", " ".join(dict.fromkeys(classes))))
    return tuple(attributes)


_NO_PADDING = frozenset({"m-pl0", "m-pr0"})  # only cells have padding by default


_FINEST_MU = 18  # beyond, the card's CSS has classes for 27 and 36 only


def _negative_space(value: str) -> str:
    """Return the class of a negative space, rounded to eighteenths of an em (TeX's mu)."""
    units = round(-float(value.removesuffix("em")) * 18)
    if units > _FINEST_MU:
        units = 27 if units < 32 else 36
    return f"m-neg{max(1, units)}"
