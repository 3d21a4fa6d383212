"""What a converter's MathML shows."""

from functools import lru_cache
from xml.etree.ElementTree import Element

from generator.math.atoms import is_atom
from generator.math.checking.keys import FRACTION, INVISIBLE, ROOT, Keys, character_keys
from generator.math.letters import letters

_COUNTED = {"mfrac": FRACTION, "msqrt": ROOT, "mroot": ROOT}
_SIZES = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "mover": 2, "munder": 2}
_SIZES |= {"msubsup": 3, "munderover": 3}
_SIZES |= {"mi": 0, "mn": 0, "mo": 0, "mtext": 0, "mspace": 0}


_LEAVES = frozenset({"mi", "mn", "mo"})


def keys_shown(root: Element) -> list[str]:
    """Read what a tree shows; an element that cannot be right counts as something to see.

    Args:
        root: A `<math>` element.
    """
    seen: list[str] = []
    for element in root.iter():
        seen += _keys(element.tag, len(element), element.text, element.get("mathvariant"))
    return seen


@lru_cache(maxsize=4096)
def _keys(tag: str, count: int, text: str | None, variant: str | None) -> Keys:
    """Return what an element shows, without its children."""
    is_upright = tag == "mo" or variant is not None
    keys = _text_keys(text, is_upright) if text and tag in _LEAVES else ()
    if tag in _COUNTED:
        keys = (_COUNTED[tag],)
    return keys if _SIZES.get(tag, count) == count else (*keys, f"{tag} with {count} children")


def _text_keys(text: str, is_upright: bool) -> Keys:
    is_letter = len(text) == 1 and not is_upright
    if "\\" in text and len(text) > 1:
        return (f"a command: {text}",)
    keys: list[str] = []
    for character in text:
        if character not in INVISIBLE and not character.isspace() and not is_atom(character):
            letter, font = letters().get(character, (character, "" if is_letter else "rm"))
            keys += character_keys(letter, font)
    return tuple(keys)
