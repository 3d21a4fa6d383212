"""Elements into HTML text; what is not MathML Core as the card knows it does not get through."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, pairwise, repeat
from typing import NamedTuple
from unicodedata import normalize
from xml.etree.ElementTree import Element

from generator.math.atoms import is_atom
from generator.math.escape import escape
from generator.math.formula import CONTINUED
from generator.math.mathml.line_breaks import find_breaks
from generator.math.mathml.vocabulary import VocabularyError, check_element

# `>` and U+0338 compose to `≯` under NFC, which would eat the tag's end.
_STROKE = "\u0338"


class Written(NamedTuple):
    """A formula as HTML.

    Attributes:
        html: One `<math>`, well-formed XML.
        pieces: The same as several, for a long formula; lines may break between them.
    """

    html: str
    pieces: tuple[str, ...]


def serialise(root: Element, source: str, *, display: bool) -> Written:
    """Write a tree as HTML text, NFC, without doubled braces or colons.

    Args:
        root: A `<math>` element in its final form; its own attributes are not written.
        source: The TeX, for screen readers, copying and engines without MathML.
        display: Whether the formula is on a line of its own.

    Returns:
        HTML, whole and in pieces.

    Raises:
        VocabularyError: For an element or attribute that no formula may have.
    """
    tex = escape(source)
    block = ' display="block"' if display else ""
    opening = f'<math data-tex="{tex}" alttext="{tex}"{block}>'
    children = _write_all(root)
    html = _enclose(opening, children)
    breaks = find_breaks(root, display=display)
    if not breaks:
        return Written(html, ())
    for index in breaks:
        root[index].set("form", "infix")  # it stays between two things
        children[index : index + 1] = _write_all([root[index]])
    edges = pairwise([0, *(index + 1 for index in breaks), len(root)])
    openings = chain([opening], repeat(f'<math class="{CONTINUED}"{block}>'))
    return Written(
        html, tuple(map(_enclose, openings, (children[first:end] for first, end in edges)))
    )


def _enclose(opening: str, children: list[str]) -> str:
    return normalize("NFC", f"{opening}{''.join(children)}</math>")


def _write_all(elements: Iterable[Element]) -> list[str]:
    return [
        _write(element)
        if len(element)
        else _leaf(element.tag, element.text, tuple(element.items()))
        for element in elements
    ]


def _write(element: Element) -> str:
    opening = _opening(element.tag, tuple(element.items()))
    text = _text(element.text) if element.text else ""
    return f"{opening}{text}{''.join(_write_all(element))}</{element.tag}>"


@lru_cache(maxsize=4096)
def _leaf(tag: str, text: str | None, attributes: tuple[tuple[str, str], ...]) -> str:
    return f"{_opening(tag, attributes)}{_text(text) if text else ''}</{tag}>"


@lru_cache(maxsize=4096)
def _opening(tag: str, attributes: tuple[tuple[str, str], ...]) -> str:
    check_element(tag, attributes)
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
    return f"<{tag}{written}>"


def _text(text: str) -> str:
    if any(is_atom(character) for character in text):
        raise VocabularyError("an atom without a place")
    if text[0] == _STROKE:
        text = "\u200b" + text
    return escape(text)
