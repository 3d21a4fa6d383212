r"""`\ce{…}` and `\pu{…}` become plain TeX."""

from collections.abc import Callable

from generator.math.chemistry import UnknownChemistryError, equation_to_tex, quantity_to_tex
from generator.math.rewriting.rewriter import InvalidError, Rewrite, Rewriter, UnsupportedError
from generator.math.tex.syntax import check_syntax
from generator.math.tex.tokens import TexToken, tokens_at


def _expand(to_tex: Callable[[str], str]) -> Rewrite:
    def rewrite(rewriter: Rewriter, token: TexToken) -> None:
        text = "".join(part.text for part in rewriter.argument())
        try:
            tex = to_tex(text)
        except UnknownChemistryError as error:
            raise UnsupportedError(token.offset, f"{error} in {token.text}") from None
        tokens = tokens_at(f"{{{tex}}}", token.offset)
        problems, _ = check_syntax(tokens)
        if problems:  # in the formulas between its dollars
            raise InvalidError(problems[0])
        rewriter.push(*tokens)

    return rewrite


CHEMISTRY: dict[str, Rewrite] = {
    "\\ce": _expand(equation_to_tex),
    "\\pu": _expand(quantity_to_tex),
}
