"""What authors write → the TeX that converters read right, with atoms for the rest."""

from msgspec import Struct

from generator.math.atoms import Atoms, is_atom
from generator.math.rewriting.boxes import BOXES
from generator.math.rewriting.braket import BRAKET
from generator.math.rewriting.chemistry import CHEMISTRY
from generator.math.rewriting.coloring import COLORING
from generator.math.rewriting.delimiters import DELIMITERS
from generator.math.rewriting.fonts import FONTS
from generator.math.rewriting.layout import LAYOUT
from generator.math.rewriting.operators import OPERATORS
from generator.math.rewriting.rewriter import Rewrite, Rewriter, UnsupportedError
from generator.math.rewriting.symbols import SYMBOLS
from generator.math.rewriting.tables import TABLES, place_tags
from generator.math.rewriting.text import TEXTS
from generator.math.tex.tokens import TexToken

_REWRITES: dict[str, Rewrite] = {
    **TEXTS,
    **BOXES,
    **TABLES,
    **DELIMITERS,
    **OPERATORS,
    **FONTS,
    **COLORING,
    **LAYOUT,
    **BRAKET,
    **CHEMISTRY,
    **SYMBOLS,
}


class Canonical(Struct, frozen=True):
    r"""A formula in the small TeX.

    Attributes:
        pieces: Tokens and opaque runs (`\begin{matrix}`), in order.
        tex: The same as one text.
        atoms: The pieces that its private-use characters represent.
    """

    pieces: list[str]
    tex: str
    atoms: Atoms


def normalise(tokens: list[TexToken]) -> Canonical:
    """Rewrite a formula.

    Args:
        tokens: Its tokens, macros expanded and found valid.

    Returns:
        The formula in canonical TeX.

    Raises:
        UnsupportedError: For what MathML on a card cannot express.
    """
    texts = [token.text for token in tokens]
    if not "".join(texts).isascii():
        _refuse_atoms(tokens)
    if _REWRITES.keys().isdisjoint(texts):  # as most are
        pieces = [text for text in texts if text != " "]
        return Canonical(pieces, _write(pieces), Atoms())
    rewriter = Rewriter(tokens, _REWRITES)
    rewriter.run()
    if rewriter.has_tags:
        place_tags(rewriter)
        rewriter.run()
    pieces = _in_lines(rewriter.out) if rewriter.is_broken else rewriter.out
    return Canonical(pieces, _write(pieces), rewriter.atoms)


def _refuse_atoms(tokens: list[TexToken]) -> None:
    for token in tokens:
        if is_atom(token.text[0]):
            raise UnsupportedError(token.offset, "a private-use character")


def _write(pieces: list[str]) -> str:
    """Write pieces as TeX, commands apart from what follows."""
    return "".join(
        [f"{piece} " if piece[0] == "\\" and piece[-1].isalpha() else piece for piece in pieces]
    )


def _in_lines(pieces: list[str]) -> list[str]:
    r"""Give `a \\ b` outside every environment the lines that KaTeX shows."""
    while pieces and pieces[-1] == "\\\\":
        pieces.pop()
    return ["\\begin{gathered}", *pieces, "\\end{gathered}"]
