r"""Finished pieces of MathML that pass through the converters as letters.

Before the conversion, a text, a box or a rule becomes one private-use character; afterwards the
character's `<mi>` is replaced by the piece. So `\text{<b>}` never meets a converter at all.
"""

from collections.abc import Mapping

from msgspec import Struct, field

FIRST, LAST = 0xE000, 0xF8FF
"""The private use area: one code point for each atom of a formula."""

LOAD, STORE = "load", "store"
"""Tags of the pair that moves an operator's name into its place; see `Rewriter.defer`."""


class Atom(Struct, frozen=True):
    """An element to put in the place of its character.

    Attributes:
        tag: MathML Core element.
        attributes: Its attributes.
        text: Its text; None makes it a wrapper around the one element that follows.
    """

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str | None = None


def is_atom(character: str) -> bool:
    """Whether a character is in the private use area."""
    return "\ue000" <= character <= "\uf8ff"


class Atoms:
    """The atoms of one formula."""

    def __init__(self) -> None:
        self._by_character: dict[str, Atom] = {}

    def __len__(self) -> int:
        return len(self._by_character)

    def add(self, atom: Atom) -> str:
        """Keep an atom and return its character.

        Raises:
            OverflowError: A formula with more than 6,400 atoms.
        """
        code = FIRST + len(self._by_character)
        if code > LAST:
            raise OverflowError("a formula with too many texts and boxes")
        character = chr(code)
        self._by_character[character] = atom
        return character

    def get(self, character: str | None) -> Atom | None:
        """Return the atom of a character, or None."""
        return self._by_character.get(character) if character else None
