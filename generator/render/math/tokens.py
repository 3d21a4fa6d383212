"""TeX text into tokens that remember where they stood."""

import re
from typing import NamedTuple


class Token(NamedTuple):
    r"""A piece of TeX.

    Attributes:
        text: One character, a command with its backslash, `" "` for blanks, or, after `\verb`,
            its content with delimiters (`|x|`).
        offset: 0-based index of its first character in the formula as the author wrote it.
    """

    text: str
    offset: int


_TOKEN = re.compile(
    r"""
    \\verb\*?([^a-zA-Z*\n])[^\n]*?\1   # the delimiter is whatever follows
  | \\(?:[a-zA-Z]+|.|$)            # \alpha, \{, a backslash at the very end
  | %[^\n]*(?:\n[^\S\n]*)?         # a comment takes its line's end along
  | \s+
  | .
    """,
    re.VERBOSE | re.DOTALL,
)


def tokenize(tex: str) -> list[Token]:
    """Split TeX into tokens; comments are gone, runs of blanks are one `" "`.

    Args:
        tex: The formula without delimiters.

    Returns:
        The tokens in order.
    """
    tokens: list[Token] = []
    for match in _TOKEN.finditer(tex):
        text = match[0]
        if text[0] == "%":
            continue
        if text[0].isspace():
            text = " "
        elif text[0] == "\\" and text[1:].isspace():
            text = "\\ "
        if match[1] is not None:
            command = text[: match.start(1) - match.start()]  # the delimiter may be a backslash
            tokens.append(Token(command, match.start()))
            text = text[len(command) :]
        tokens.append(Token(text, match.start()))
    return tokens


def is_command(text: str) -> bool:
    """Tell a control sequence from a character."""
    return text[0] == "\\"


def join(tokens: list[Token]) -> str:
    """Write tokens as TeX again, with the blanks that keep commands apart from letters."""
    parts: list[str] = []
    for text, _ in tokens:
        if parts and text[0].isalpha() and parts[-1][0] == "\\" and parts[-1][-1].isalpha():
            parts.append(" ")
        parts.append(text)
    return "".join(parts)
