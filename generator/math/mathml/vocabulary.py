"""The MathML that a card may hold: elements of MathML Core and their attributes."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from generator.markup.allowed import FORMULA_ELEMENTS
from generator.markup.names import names

_GLOBAL = names("class displaystyle scriptlevel mathcolor mathbackground")
_OWN = {
    "math": "display data-tex alttext",
    "mi": "mathvariant",
    "mo": "form stretchy symmetric minsize maxsize largeop fence movablelimits lspace rspace "
    "separator accent",
    "mspace": "width height depth",
    "mstyle": "mathsize",
    "mfrac": "linethickness",
    "mpadded": "width height depth lspace voffset",
    "munder": "accentunder",
    "mover": "accent",
    "munderover": "accent accentunder",
}
VOCABULARY: Mapping[str, frozenset[str]] = MappingProxyType(
    {name: _GLOBAL | names(_OWN.get(name, "")) for name in FORMULA_ELEMENTS}
)
"""Elements, and the attributes that each may have."""

_VALUE = re.compile(r"[\w#.%+ -]*\Z")


class VocabularyError(ValueError):
    """A tree holds something that is not in the vocabulary."""


def check_element(tag: str, attributes: Iterable[tuple[str, str]]) -> None:
    """Check an element but for its content.

    Raises:
        VocabularyError: For an element or attribute that no formula may have.
    """
    allowed = VOCABULARY.get(tag)
    if allowed is None:
        raise VocabularyError(tag)
    for name, value in attributes:
        if name not in allowed or not _VALUE.match(value):
            raise VocabularyError(f"{tag} {name}={value}")
