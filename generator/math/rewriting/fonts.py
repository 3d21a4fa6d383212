"""Fonts of letters: many names for few alphabets."""

from generator.math.rewriting.replacements import rename
from generator.math.rewriting.rewriter import Rewrite, Rewriter
from generator.math.tex.tokens import TexToken


def _rewrite_boldsymbol(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\boldsymbol{x_0}`: converters leave digits light."""
    offset = token.offset
    content: list[TexToken] = []
    for part in rewriter.argument():
        letter = LATIN_CAPITALS.get(part.text, part.text)
        if letter in "0123456789" or letter != part.text:
            bold = (TexToken("\\mathbf", offset), TexToken("{", offset), TexToken(letter, offset))
            content += (*bold, TexToken("}", offset))
        elif part.text == "\\mathrm":
            content.append(TexToken("\\mathbf", offset))
        else:
            content.append(part)
    rewriter.out += ["\\boldsymbol", "{"]
    rewriter.push(*content, TexToken("}", offset))


# Greek capitals that look Latin; KaTeX knows them, unlike TeX.
LATIN_CAPITALS = {
    "\\Alpha": "A",
    "\\Beta": "B",
    "\\Epsilon": "E",
    "\\Zeta": "Z",
    "\\Eta": "H",
    "\\Iota": "I",
    "\\Kappa": "K",
    "\\Mu": "M",
    "\\Nu": "N",
    "\\Omicron": "O",
    "\\Rho": "P",
    "\\Tau": "T",
    "\\Chi": "X",
}


_SAME = {
    "bold": "mathbf",
    "mathup": "mathrm",
    "mit": "mathit",
    "Bbb": "mathbb",
    "frak": "mathfrak",
    "scr": "mathscr",
    "pmb": "boldsymbol",
    "bm": "boldsymbol",
    "mathbfit": "boldsymbol",
    "symbf": "mathbf",
    "symrm": "mathrm",
    "symbb": "mathbb",
    "symcal": "mathcal",
    "symscr": "mathscr",
    "symfrak": "mathfrak",
    "symit": "mathit",
    "symsf": "mathsf",
    "symtt": "mathtt",
}
FONTS: dict[str, Rewrite] = {
    "\\boldsymbol": _rewrite_boldsymbol,
    **{f"\\{name}": rename(f"\\{same}") for name, same in _SAME.items()},
}
