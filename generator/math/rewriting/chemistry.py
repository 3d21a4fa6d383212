r"""`\ce{…}` and `\pu{…}` become plain TeX."""

from generator.math.rewriting.rewriter import InvalidError, Rewrite, Rewriter, UnsupportedError
from generator.math.tex.syntax import check_syntax
from generator.math.tex.tokens import TexToken, tokens_at


def _expand(rewriter: Rewriter, token: TexToken) -> None:
    text = "".join(part.text for part in rewriter.argument())
    tokens = tokens_at(f"{{{_to_tex(text, token)}}}", token.offset)
    problems, _ = check_syntax(tokens)
    if problems:  # in the formulas between its dollars
        raise InvalidError(problems[0])
    rewriter.push(*tokens)


def _to_tex(text: str, token: TexToken) -> str:
    from generator.math import chemistry  # few pages hold any

    read = chemistry.equation_to_tex if token.text == "\\ce" else chemistry.quantity_to_tex
    try:
        return read(text)
    except chemistry.UnknownChemistryError as error:
        raise UnsupportedError(token.offset, f"{error} in {token.text}") from None


CHEMISTRY: dict[str, Rewrite] = {"\\ce": _expand, "\\pu": _expand}
