"""The MathML that a card may hold: elements of MathML Core and their attributes."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

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
