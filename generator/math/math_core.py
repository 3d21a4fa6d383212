"""The converter math-core (Rust): TeX to MathML Core, strict about what it does not know."""

import re
from functools import cache
from html import unescape
from typing import NamedTuple

from math_core import LatexError, LatexToMathML

from generator.math.core import RULES, Rule
from generator.math.memo import Memo
from generator.math.styles import without_style
from generator.math.tree import CHILDLESS, Branch, Element, Tree


class RefusedError(ValueError):
    """The converter does not know something in the formula."""


@cache
def _converter() -> LatexToMathML:
    # `\widetilde` counts as unreliable there, because it stretches only with a math font.
    return LatexToMathML(fancy_error=False, allow_unreliable_rendering=True)


def convert_with_math_core(tex: str, *, display: bool) -> Tree:
    """Convert canonical TeX.

    Args:
        tex: See `normalise`; not nested deeper than `certain.DEEPEST`, math-core recurses.
        display: Whether the formula stands on its own.

    Returns:
        The `<math>` element.

    Raises:
        RefusedError: For what math-core does not know.
        UnknownStyleError: For a style without a class.
    """
    try:
        return read(_converter().convert_with_local_state(tex, displaystyle=display))
    except LatexError as error:
        raise RefusedError(str(error)) from None


_PARTS = re.compile(r"<m(?:[ino]|text)[ >][^<]*</\w+>|<[^>]*>|[^<]+")
"""A letter, number, sign or text as a whole; else a tag, or text where none belongs."""

_TAG = re.compile(r"<(/?)(\w+)((?: [\w-]+=\"[^\"<]*\")*)(/?)>")
_ATTRIBUTE = re.compile(r"([\w-]+)=\"([^\"]*)\"")


def read(markup: str) -> Tree:
    """Read MathML as math-core writes it.

    Args:
        markup: A `<math>` element: no comments, no blanks between elements.

    Returns:
        Its tree, with attributes and classes in the place of styles.

    Raises:
        RefusedError: For what is no such element.
        UnknownStyleError: For a style without a class.
    """
    elements: list[Element] = []
    branches: list[Branch] = []
    outers: list[Branch] = []
    branch = Branch.of(Element(""))
    for part in map(_PART.__getitem__, _PARTS.findall(markup)):
        if isinstance(part, Element):
            elements.append(part)
            branch.append(part)
        elif isinstance(part, Branch):
            elements.append(part.head)
            outers.append(branch)
            branch = Branch()
            branch.head = part.head
        elif part.tag == branch.head.tag:
            node = branch if part.rule is None else part.rule(branch)
            if isinstance(node, Branch):
                branches.append(node)
            branch = outers.pop()
            branch.append(node)
        else:
            raise RefusedError(f"</{part.tag}> without its beginning")
    if outers or len(branch) != 1 or not branches or branch[0] is not branches[-1]:
        raise RefusedError("not one element")
    return Tree(branches[-1], elements, branches)


class _End(NamedTuple):
    """The end of an element, and what is done to it now that its children are known."""

    tag: str
    rule: Rule | None


def _read_part(part: str) -> Element | Branch | _End:
    """Read a whole element, the beginning of one as a branch without children, or its end."""
    tag = _TAG.match(part)
    if tag is None or (tag[4] and tag[2] not in CHILDLESS):
        raise RefusedError(f"{part!r} is no element")
    slash, name, attributes, end = tag.groups()
    if slash:
        return _End(name, RULES.get(name))
    given = {key: unescape(value) for key, value in _ATTRIBUTE.findall(attributes)}
    is_open = not end and tag.end() == len(part)
    text = "" if end or is_open else unescape(part[tag.end() : part.rindex("<")])
    element = Element(name, without_style(name, given), text)
    return Branch.of(element) if is_open else element


_PART = Memo(_read_part)
