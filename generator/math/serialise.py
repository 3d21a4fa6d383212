"""Elements into HTML text; what is not MathML Core as the card knows it does not get through."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from unicodedata import normalize

from generator.math.atoms import is_atom
from generator.math.escape import escape
from generator.math.fences import Fit, fit_element, fit_of
from generator.math.memo import Memo
from generator.math.tree import Branch, Element, Node

_GLOBAL = frozenset({"class", "displaystyle", "scriptlevel", "mathcolor", "mathbackground"})
_NONE: frozenset[str] = frozenset()

VOCABULARY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "math": _GLOBAL | {"display", "data-tex", "alttext"},
        "mi": _GLOBAL | {"mathvariant"},
        "mn": _GLOBAL,
        "mo": _GLOBAL
        | {"form", "stretchy", "symmetric", "minsize", "maxsize", "largeop", "fence"}
        | {"movablelimits", "lspace", "rspace", "separator", "accent"},
        "mtext": _GLOBAL,
        "ms": _GLOBAL,
        "mspace": _GLOBAL | {"width", "height", "depth"},
        "mrow": _GLOBAL,
        "mstyle": _GLOBAL | {"mathsize"},
        "mfrac": _GLOBAL | {"linethickness"},
        "msqrt": _GLOBAL,
        "mroot": _GLOBAL,
        "merror": _GLOBAL,
        "mpadded": _GLOBAL | {"width", "height", "depth", "lspace", "voffset"},
        "mphantom": _GLOBAL,
        "msub": _GLOBAL,
        "msup": _GLOBAL,
        "msubsup": _GLOBAL,
        "munder": _GLOBAL | {"accentunder"},
        "mover": _GLOBAL | {"accent"},
        "munderover": _GLOBAL | {"accent", "accentunder"},
        "mmultiscripts": _GLOBAL,
        "mprescripts": _NONE,
        "mtable": _GLOBAL,
        "mtr": _GLOBAL,
        "mtd": _GLOBAL,
    }
)
"""Elements and attributes that a formula on a card may have, for a sanitizer's allowlist."""

_VALUE = re.compile(r"[\w#.%+ -]*\Z")
# `>` and U+0338 compose to `≯` under NFC, which would eat the tag's end.
_STROKE = "\u0338"


class VocabularyError(ValueError):
    """A tree holds something that is not in the vocabulary."""


def serialise(root: Branch, source: str, *, display: bool) -> str:
    """Write a tree as HTML text, NFC, without doubled braces or colons.

    Args:
        root: A `<math>` element in its final form; its own attributes are not written.
        source: The TeX, for screen readers, copying and engines without MathML.
        display: Whether the formula stands on its own.

    Returns:
        HTML that is well-formed XML, too.

    Raises:
        VocabularyError: For an element or attribute that no formula may have.
    """
    tex = escape(source)
    block = ' display="block"' if display else ""
    parts = _write(root, is_inline=not display)
    parts[0] = f'<math data-tex="{tex}" alttext="{tex}"{block}>'
    return normalize("NFC", "".join(parts))


def _write(root: Branch, *, is_inline: bool) -> list[str]:
    """Fit and write from the outside in, without recursion: formulas may be deep."""
    parts: list[str] = []
    outer: list[tuple[Iterator[Node], str]] = []
    children: Iterator[Node] = iter((root,))
    while True:
        for child in children:
            if isinstance(child, Element):
                parts.append(_WHOLE[child])
                continue
            opening, closing, fit = _BRANCHES[child.head]
            if fit is not None:
                fit(child, is_inline)
            parts.append(opening)
            outer.append((children, closing))
            children = iter(child)
            break
        else:
            if not outer:
                return parts
            children, closing = outer.pop()
            parts.append(closing)


def _write_tags(element: Node) -> tuple[str, str]:
    allowed = VOCABULARY.get(element.tag)
    if allowed is None:
        raise VocabularyError(element.tag)
    parts = [element.tag]
    for name, value in element.attributes.items():
        if name not in allowed or not _VALUE.match(value):
            raise VocabularyError(f"{element.tag} {name}={value}")
        parts.append(f'{name}="{escape(value)}"')
    return f"<{' '.join(parts)}>", f"</{element.tag}>"


def _write_whole(element: Element) -> str:
    fitted = fit_element(element)
    opening, closing = _write_tags(fitted)
    return f"{opening}{_text(fitted.text) if fitted.text else ''}{closing}"


def _write_branch(head: Element) -> tuple[str, str, Fit | None]:
    return (*_write_tags(head), fit_of(head.tag))


_WHOLE, _BRANCHES = Memo(_write_whole), Memo(_write_branch)


def _text(text: str) -> str:
    if any(is_atom(character) for character in text):
        raise VocabularyError("an atom that found no place")
    if text[0] == _STROKE:
        text = "\u200b" + text
    return escape(text)
