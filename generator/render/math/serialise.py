"""Elements into HTML text; what is not MathML Core as the card knows it does not get through."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from unicodedata import normalize
from xml.etree.ElementTree import Element

from generator.render.math.atoms import is_atom
from generator.render.math.escape import escape

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


def serialise(root: Element, source: str, *, display: bool) -> str:
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
    parts = [f'<math data-tex="{tex}" alttext="{tex}"{block}>']
    # Innermost first would need recursion, which deep formulas must not have: a stack of work.
    ahead: list[Element | str] = ["</math>", *root[::-1]]
    while ahead:
        item = ahead.pop()
        if isinstance(item, str):
            parts.append(item)
        elif len(item):
            parts.append(_opening(item.tag, tuple(item.items())))
            ahead.append(f"</{item.tag}>")
            ahead += item[::-1]
        else:
            parts.append(_leaf(item.tag, item.text, tuple(item.items())))
    return normalize("NFC", "".join(parts))


# Formulas are made of the same few hundred tags and leaves again and again.
@lru_cache(maxsize=4096)
def _opening(tag: str, attributes: tuple[tuple[str, str], ...]) -> str:
    allowed = VOCABULARY.get(tag)
    if allowed is None:
        raise VocabularyError(tag)
    parts = [tag]
    for name, value in attributes:
        if name not in allowed or not _VALUE.match(value):
            raise VocabularyError(f"{tag} {name}={value}")
        parts.append(f'{name}="{escape(value)}"')
    return f"<{' '.join(parts)}>"


@lru_cache(maxsize=4096)
def _leaf(tag: str, text: str | None, attributes: tuple[tuple[str, str], ...]) -> str:
    return f"{_opening(tag, attributes)}{_text(text) if text else ''}</{tag}>"


def _text(text: str) -> str:
    if any(is_atom(character) for character in text):
        raise VocabularyError("an atom that found no place")
    if text[0] == _STROKE:
        text = "\u200b" + text
    return escape(text)
