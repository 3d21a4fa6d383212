r"""Delimiters: `\left`, `\right`, `\big` and their like, and fractions between delimiters."""

from generator.math.commands import kind_of
from generator.math.rewriting.rewriter import Rewrite, Rewriter, close_inner
from generator.math.tex.lengths import format_em, parse_length
from generator.math.tex.tokens import TexToken, in_braces


def _rewrite_delimiter(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\left<`, `\big<`: angles; `\bigl.`: nothing to see."""
    if rewriter.peek() == "{":  # `\\big{|}`
        rewriter.push(*rewriter.argument())
    text = rewriter.peek()
    if text in ("<", ">"):
        rewriter.argument()
        rewriter.out += [token.text, "\\langle" if text == "<" else "\\rangle"]
    elif text == "." and token.text.startswith(("\\big", "\\Big")):
        rewriter.argument()
        if token.text.endswith("l") and kind_of(rewriter.peek()) == "bin":  # a prefix there
            rewriter.out += ["\\mathopen", "{", "}"]
    else:
        rewriter.out.append(token.text)
        if text.startswith("\\") and text in _DELIMITERS:
            rewriter.argument()
            rewriter.out.append(_DELIMITERS[text])


def _rewrite_left(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\left(`: TeX sets a thin space around the whole, which converters know by `\mathinner`."""
    rewriter.out += ["\\mathinner", "{"]
    _rewrite_delimiter(rewriter, token)


def _rewrite_right(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\right)^2`: the scripts belong to the whole, before its space."""
    _rewrite_delimiter(rewriter, token)
    if rewriter.out[-1] == "\\right":
        rewriter.out.append("".join(part.text for part in rewriter.argument()) or ".")
    close_inner(rewriter, token.offset)


_DELIMITERS = {
    "\\arrowvert": "\\vert",
    "\\bracevert": "\\vert",
    "\\lt": "\\langle",
    "\\gt": "\\rangle",
    "\\lang": "\\langle",
    "\\rang": "\\rangle",
}


def _rewrite_genfrac(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\genfrac(.{1pt}{2}{a}{b}`: delimiters may lack braces."""
    offset = token.offset
    left, right = rewriter.word() or ".", rewriter.word() or "."
    thickness, style = rewriter.word(), rewriter.word()
    width = parse_length(thickness)
    line = format_em(width) if width else "0pt" if thickness else ""
    head = f"\\genfrac{{}}{{}}{{{line}}}{{{style if style in ('0', '1', '2', '3') else ''}}}"
    fraction = [TexToken(head, offset)]
    for _ in range(2):
        fraction += in_braces(rewriter.argument(), offset)
    begin = (TexToken("\\left", offset), TexToken(left, offset))
    end = (TexToken("\\right", offset), TexToken(right, offset))
    rewriter.push(*in_braces([*begin, *fraction, *end], offset))


_BIG = ("big", "Big", "bigg", "Bigg")
DELIMITERS: dict[str, Rewrite] = {
    "\\left": _rewrite_left,
    "\\right": _rewrite_right,
    "\\middle": _rewrite_delimiter,
    "\\genfrac": _rewrite_genfrac,
    **{f"\\{size}{side}": _rewrite_delimiter for size in _BIG for side in ("", "l", "r", "m")},
}
