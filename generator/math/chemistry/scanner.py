"""A place in a text that moves on as patterns match."""

import re


class UnknownChemistryError(ValueError):
    """Something that only MathJax's mhchem knows; the argument names it."""


class Scanner:
    """A text and a place in it.

    Attributes:
        text: All of it.
        place: 0-based index of the next character.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    def __bool__(self) -> bool:
        return self.place < len(self.text)

    def accept(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Move over what a pattern matches here; None, and no move, where it does not."""
        match = pattern.match(self.text, self.place)
        if match is not None:
            self.place = match.end()
        return match

    def enclosed(self, opening: str, closing: str) -> str | None:
        """Move over a balanced pair of brackets and return what is inside, None without one.

        Raises:
            UnknownChemistryError: For one that is not closed.
        """
        if not self.text.startswith(opening, self.place):
            return None
        return self._inside(closing, (opening, closing), f"{opening} without {closing}")

    def formula(self) -> str | None:
        r"""Move over `$…$` and return what is inside, None without one."""
        if not self.text.startswith("$", self.place):
            return None
        return self._inside("$", ("{", "}"), "$ without a second one")

    def _inside(self, closing: str, nested: tuple[str, str], unclosed: str) -> str:
        """Move over a bracket and what it holds, pairs of `nested` included."""
        depth = 0
        for index in range(self.place + 1, len(self.text)):
            char = self.text[index]
            if char == closing and depth == 0:
                inside = self.text[self.place + 1 : index]
                self.place = index + 1
                return inside
            depth += (char == nested[0]) - (char == nested[1])
        raise UnknownChemistryError(unclosed)
