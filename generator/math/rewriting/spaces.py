"""Spaces of a given length, in the one spelling that converters read."""

from generator.math.commands import kind_of
from generator.math.rewriting.rewriter import Rewriter, no_length
from generator.math.tex.lengths import format_em, length_pattern, parse_length
from generator.math.tex.tokens import TexToken, in_braces


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
    space = f"\\hspace{{{format_em(length) if length else '0em'}}}"
    _write_space(rewriter, space, token.offset)


def rewrite_blank(rewriter: Rewriter, token: TexToken) -> None:
    r"""`~`, `\ `."""
    _write_space(rewriter, token.text, token.offset)


def _write_space(rewriter: Rewriter, space: str, offset: int) -> None:
    r"""Write a space; to TeX the sign in `= ~ -x` is still a prefix, and `=` is beside `\sin`."""
    before = kind_of(next((piece for piece in reversed(rewriter.out) if not _is_space(piece)), ""))
    rewriter.out.append(space)
    if before in _BEFORE_PREFIXES and rewriter.peek() in _TWO_FACED:
        rewriter.push(*in_braces(rewriter.argument(), offset))
    elif before in _BEFORE_PREFIXES - {"op"}:
        drop_space_before(rewriter)


def drop_space_before(rewriter: Rewriter) -> None:
    r"""Write `\mathopen{}` before an operator or `\left(`, which have no space after it."""
    following = rewriter.peek()
    if following in _OPERATORS or kind_of(following) == "op":
        rewriter.out += ["\\mathopen", "{", "}"]


def _is_space(piece: str) -> bool:
    return piece in ("~", "\\ ") or piece.startswith("\\hspace{")


_BEFORE_PREFIXES = frozenset({"bin", "rel", "open", "punct", "op"})
_OPERATORS = frozenset({"\\mathop", "\\left"})
_TWO_FACED = frozenset({"+", "-", "\\pm", "\\mp"})


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
