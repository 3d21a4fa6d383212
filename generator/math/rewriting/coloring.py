r"""Colours of formulas: `\color`, `\textcolor`, `\definecolor`."""

from generator.math.commands import kind_of
from generator.math.rewriting.boxes import take_color
from generator.math.rewriting.colors import COLOR_COMMANDS, parse_color
from generator.math.rewriting.rewriter import Rewrite, Rewriter, UnsupportedError, keep_infix
from generator.math.tex.tokens import TexToken


def _rewrite_color(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\color{red}` up to the end of the group."""
    is_first = not rewriter.out or rewriter.out[-1] in _OPENING
    rewriter.out.append(_color_switch(rewriter, token))
    if not is_first:
        keep_infix(rewriter)


_OPENING = frozenset({"{", "(", "[", "=", "&", "\\\\"})


def _rewrite_textcolor(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\textcolor{red}{x}`."""
    _color_argument(rewriter, _color_switch(rewriter, token), token.offset)


def _color_argument(rewriter: Rewriter, switch: str, offset: int) -> None:
    r"""Colour an argument; signs at its ends keep the space they have without colour."""
    content = rewriter.argument()
    signs = [kind_of(part.text) in _SIGNS for part in content if part.text != " "] or [False]
    follows = bool(rewriter.out) and kind_of(rewriter.out[-1]) in _OPERANDS
    precedes = rewriter.peek() == "(" or kind_of(rewriter.peek()) in ("ord", "op")
    empty = (TexToken("{", offset), TexToken("}", offset))
    before, after = empty * (follows and signs[0]), empty * (precedes and signs[-1])
    rewriter.out += ["{", switch]
    rewriter.push(*before, *content, *after, TexToken("}", offset))


_SIGNS, _OPERANDS = frozenset({"bin", "rel"}), frozenset({"ord", "close", "inner"})


def _color_switch(rewriter: Rewriter, token: TexToken) -> str:
    color = take_color(rewriter, token)
    return f"\\color[HTML]{{{color[1:].upper()}}}"


def _named_color(name: str) -> Rewrite:
    r"""Make the rule of KaTeX's `\blue{x}`."""
    color = parse_color(name) or "#000000"

    def rewrite(rewriter: Rewriter, token: TexToken) -> None:
        _color_argument(rewriter, f"\\color[HTML]{{{color[1:].upper()}}}", token.offset)

    return rewrite


def _rewrite_definecolor(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\definecolor{mine}{rgb}{1,0.5,0}` for the rest of the formula."""
    name, model = rewriter.word(), rewriter.word()
    color = parse_color(rewriter.word(), model)
    if color is None:
        raise UnsupportedError(token.offset, token.text)
    rewriter.colors[name] = color


COLORING: dict[str, Rewrite] = {
    "\\color": _rewrite_color,
    "\\textcolor": _rewrite_textcolor,
    "\\definecolor": _rewrite_definecolor,
    **{f"\\{name}": _named_color(name) for name in COLOR_COMMANDS},
}
