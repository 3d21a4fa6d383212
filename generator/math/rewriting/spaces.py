"""Spaces of a given length, in the one spelling that converters read."""

from generator.math.rewriting.rewriter import Rewriter, no_length
from generator.math.tex.lengths import format_em, length_pattern, parse_length
from generator.math.tex.tokens import TexToken


def take_length(rewriter: Rewriter) -> str:
    r"""Take a length that is bare in the tokens ahead (`\kern1em`), or in braces."""
    if rewriter.peek() == "{":
        return rewriter.word()
    taken = ""
    while (token := rewriter.pop()) is not None:
        if not (token.text in "+-.," or token.text.isalnum() or token.text == " "):
            rewriter.push(token)
            break
        taken += token.text
        if length_pattern().match(taken):
            break
    return taken


def rewrite_space(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\hspace{1em}`, `\hspace*{…}`, `\kern1pt`, `\mkern 3mu`, `\hskip 1cm`."""
    rewriter.accept("*")
    length = parse_length(take_length(rewriter))
    if length is None:
        raise no_length(token)
    if token.text in ("\\hskip", "\\mskip"):
        _skip_stretch(rewriter, token)
    rewriter.out.append(f"\\hspace{{{format_em(length) if length else '0em'}}}")


def _skip_stretch(rewriter: Rewriter, token: TexToken) -> None:
    r"""Take `plus 2pt minus 1pt`: on a card nothing stretches."""
    for word in ("plus", "minus"):
        if not rewriter.accept_word(word):
            continue
        length = take_length(rewriter)
        if length.endswith("fi"):  # `1fil`, `1filll`
            while rewriter.accept("l"):
                pass
        elif parse_length(length) is None:
            raise no_length(token)
