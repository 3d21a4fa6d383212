"""What authors write → the TeX that converters read right, with atoms for the rest."""

from typing import NamedTuple

from generator.math.atoms import Atoms, is_atom
from generator.math.boxes import BOX_RULES
from generator.math.layout import LAYOUT_RULES, rewrite_option
from generator.math.memo import Memo
from generator.math.rewriter import Rewriter, Rule, UnsupportedError
from generator.math.symbols import SYMBOL_RULES
from generator.math.tables import TABLE_RULES, place_tags
from generator.math.text import TEXT_COMMANDS, VERB_COMMANDS, rewrite_text, rewrite_verb
from generator.math.tokens import Tokens

RULES: dict[str, Rule] = {
    **dict.fromkeys(TEXT_COMMANDS, rewrite_text),
    **dict.fromkeys(VERB_COMMANDS, rewrite_verb),
    **BOX_RULES,
    **TABLE_RULES,
    **LAYOUT_RULES,
    **SYMBOL_RULES,
}
_RULES_WITHOUT_OPTIONS = {name: rule for name, rule in RULES.items() if rule is not rewrite_option}


class Canonical(NamedTuple):
    r"""A formula in the small TeX.

    Attributes:
        pieces: Tokens and opaque runs (`\begin{matrix}`), in order.
        atoms: What its private-use characters stand for.
    """

    pieces: list[str]
    atoms: Atoms

    @property
    def tex(self) -> str:
        """The pieces as TeX."""
        return "".join(map(_APART.__getitem__, self.pieces))


def _apart(piece: str) -> str:
    """Keep a command apart from a letter that follows."""
    return piece + " " if piece[0] == "\\" and piece[-1].isalpha() else piece


_APART = Memo(_apart)


def normalise(tokens: Tokens) -> Canonical:
    """Rewrite a formula.

    Args:
        tokens: Its tokens, macros expanded and found valid.

    Returns:
        The formula in canonical TeX.

    Raises:
        UnsupportedError: For what MathML on a card cannot say.
    """
    if not "".join(tokens.texts).isascii():
        _refuse_private_use(tokens)
    needed = RULES if "[" in tokens.texts else _RULES_WITHOUT_OPTIONS
    if needed.keys().isdisjoint(tokens.texts):
        return Canonical([text for text in tokens.texts if text != " "], Atoms())
    rewriter = Rewriter(tokens, RULES)
    rewriter.run()
    if rewriter.tags:
        place_tags(rewriter)
        rewriter.run()
    pieces = rewriter.out
    if rewriter.is_broken:
        pieces = _in_lines(pieces)
    return Canonical(pieces, rewriter.atoms)


def _refuse_private_use(tokens: Tokens) -> None:
    for text, offset in tokens:
        if is_atom(text[0]):
            raise UnsupportedError(offset, "a private-use character")


def _in_lines(pieces: list[str]) -> list[str]:
    r"""Give `a \\ b` outside every environment the lines that KaTeX shows."""
    while pieces and pieces[-1] == "\\\\":
        pieces.pop()
    return ["\\begin{gathered}", *pieces, "\\end{gathered}"]
