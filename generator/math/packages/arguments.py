"""Tokens ahead of a package's macro, which has to have its arguments."""

from generator.math.tex.stream import TokenStream
from generator.math.tex.tokens import TexToken, join

_ENDS = frozenset({"", "}", "&", "\\\\", "\\right", "\\end"})


class MissingArgumentError(ValueError):
    """A macro has fewer arguments than it needs."""


class ArgumentStream(TokenStream):
    """A stream whose arguments must be there."""

    def argument(self) -> list[TexToken]:
        """Take an argument.

        Raises:
            MissingArgumentError: At the end of a group, a cell or the formula.
        """
        if self.peek() in _ENDS:
            raise MissingArgumentError
        return super().argument()

    def tex(self) -> str:
        """Take an argument as TeX."""
        return join(token.text for token in self.argument())

    def enclosed(self, opening: str, closing: str) -> str:
        """Take what is between two delimiters, others of the kind inside, as TeX.

        Raises:
            MissingArgumentError: Without the closing one.
        """
        self.accept(opening)
        taken: list[str] = []
        depth = 0
        while (token := self.pop()) is not None:
            if token.text == closing and depth == 0:
                return join(taken)
            depth += (token.text in ("{", opening)) - (token.text in ("}", closing))
            taken.append(token.text)
        raise MissingArgumentError
