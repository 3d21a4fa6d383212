r"""Macros: a body with places for arguments; `parse_macros` reads those of a configuration."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from msgspec import Struct

from generator.math.tex.tokens import TexToken, tokenize


class Macro(Struct, frozen=True):
    r"""A replacement.

    Attributes:
        body: Its tokens, `#` and a digit for an argument.
        arity: Number of arguments.
        default: Of the first argument, when that may be left out.
        delimiters: What is before the first argument and after each (`\def\x#1\end{…}`), or none.
        is_alias: The body is one token that is not looked up again (`\let`).
    """

    body: tuple[str, ...]
    arity: int = 0
    default: tuple[str, ...] | None = None
    delimiters: tuple[tuple[str, ...], ...] = ()
    is_alias: bool = False

    def fill(self, arguments: list[list[TexToken]], offset: int) -> list[TexToken]:
        """Return the body with arguments in their places."""
        filled: list[TexToken] = []
        body = iter(self.body)
        for text in body:
            if text != "#":
                filled.append(TexToken(text, offset))
                continue
            number = next(body, "")
            if number.isdecimal() and 0 < int(number) <= len(arguments):
                filled += arguments[int(number) - 1]
            else:
                filled.append(TexToken("#", offset))
        return filled


class PairedDelimiter(Struct, frozen=True):
    r"""`\DeclarePairedDelimiter\abs{\lvert}{\rvert}`: a macro with a star or a size.

    Attributes:
        left: Tokens of the opening delimiter.
        right: Tokens of the closing one.
        inner: What is between them.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    inner: Macro = Macro(("#", "1"), 1)

    def sized(self, *, is_stretched: bool, size: str) -> Macro:
        r"""Return the macro for `\abs*` (stretched) or `\abs[\big]` (a size)."""
        opening, closing = (f"{size}l", f"{size}r") if size else ("", "")
        if is_stretched:
            opening, closing = "\\left", "\\right"
        before = (opening, *self.left) if opening else ("\\mathopen", "{", *self.left, "}")
        after = (closing, *self.right) if closing else ("\\mathclose", "{", *self.right, "}")
        inner = tuple(text for text in self.inner.body if text != "\\delimsize")
        return Macro((*before, *inner, *after), self.inner.arity)


class MacroEnvironment(Struct, frozen=True):
    r"""`\newenvironment{name}[arity]{begin}{end}`."""

    begin: Macro
    end: tuple[str, ...]


def parse_macros(macros: Mapping[str, str]) -> dict[str, Macro]:
    r"""Read macros of a configuration.

    Args:
        macros: Name, with or without backslash, → body; the highest `#1` … `#9` counts.

    Returns:
        Command → macro.
    """
    return {
        name if name.startswith("\\") else f"\\{name}": read_body(tokenize(body))
        for name, body in macros.items()
    }


def read_body(tokens: Iterable[TexToken], arity: int = 0) -> Macro:
    """Make a macro of a body: it has at least `arity` arguments, and those that it mentions."""
    body = tuple(token.text for token in tokens)
    numbers = [
        int(after) for before, after in pairwise(body) if before == "#" and after in "123456789"
    ]
    return Macro(body, max([arity, *numbers]))
