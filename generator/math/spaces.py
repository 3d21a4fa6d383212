"""Spaces of a given length, in the one spelling that converters read."""

from generator.math.boxes import take_length
from generator.math.lengths import format_em, parse_length
from generator.math.rewriter import Rewriter, UnsupportedError
from generator.math.tokens import Token


def rewrite_space(rewriter: Rewriter, token: Token) -> None:
    r"""`\hspace{1em}`, `\hspace*{…}`, `\kern1pt`, `\mkern 3mu`, `\hskip 1cm`."""
    rewriter.accept("*")
    length = parse_length(take_length(rewriter))
    if length is None:
        raise UnsupportedError(token.offset, token.text)
    if token.text in ("\\hskip", "\\mskip"):
        _skip_stretch(rewriter, token)
    rewriter.out.append(f"\\hspace{{{format_em(length) if length else '0em'}}}")


def _skip_stretch(rewriter: Rewriter, token: Token) -> None:
    r"""Take `plus 2pt minus 1pt`: on a card nothing stretches."""
    for word in ("plus", "minus"):
        if rewriter.accept_word(word) and parse_length(take_length(rewriter)) is None:
            raise UnsupportedError(token.offset, f"{token.text} … {word}")
