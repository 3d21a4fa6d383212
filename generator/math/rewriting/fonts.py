"""Fonts of letters: many names for few alphabets."""

from generator.math.atoms import Atom
from generator.math.commands import kind_of
from generator.math.letters import styled
from generator.math.rewriting.replacements import rename
from generator.math.rewriting.rewriter import Rewrite, Rewriter
from generator.math.tex.stream import TokenStream
from generator.math.tex.tokens import TexToken, in_braces


def _rewrite_boldsymbol(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\boldsymbol{x_0}`: converters leave digits light."""
    offset = token.offset
    content: list[TexToken] = []
    argument = TokenStream(rewriter.argument())
    while (part := argument.pop()) is not None:
        if part.text in _BOLD_ALPHABETS:
            content += _bold_letters(rewriter, part, argument.argument())
            continue
        letter = LATIN_CAPITALS.get(part.text, part.text)
        if letter in "0123456789" or letter != part.text:
            bold = in_braces([TexToken(letter, offset)], offset)
            content += (TexToken("\\mathbf", offset), *bold)
        elif part.text == "\\mathrm":
            content.append(TexToken("\\mathbf", offset))
        else:
            content.append(part)
    rewriter.out += ["\\boldsymbol", "{"]
    rewriter.push(*content, TexToken("}", offset))


def _rewrite_mathrm(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\mathrm{=}`: a sign has one font and keeps its spaces (KaTeX)."""
    content = rewriter.argument()
    if len(content) == 1 and kind_of(content[0].text) in ("bin", "rel"):
        rewriter.push(*content)
    else:
        rewriter.out.append(token.text)
        rewriter.push(*in_braces(content, token.offset))


def _bold_letters(rewriter: Rewriter, command: TexToken, content: list[TexToken]) -> list[TexToken]:
    r"""`\mathcal{L}` in bold, which converters write light: letters of Unicode's bold alphabet."""
    offset = command.offset
    letters: list[TexToken] = []
    for part in content:
        bold = styled().get((part.text, _BOLD_ALPHABETS[command.text]))
        if bold is None:
            letters += [command, *in_braces([part], offset)]
        else:
            letters += in_braces([rewriter.atom(Atom("mi", text=bold), offset)], offset)
    return letters


_BOLD_ALPHABETS = {
    "\\mathcal": "bfcal",
    "\\mathscr": "bfcal",
    "\\mathfrak": "bffrak",
}

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
}
_SYMBOL_FONTS = ("bf", "rm", "bb", "cal", "scr", "frak", "it", "sf", "tt")
FONTS: dict[str, Rewrite] = {
    "\\boldsymbol": _rewrite_boldsymbol,
    "\\mathrm": _rewrite_mathrm,
    **{f"\\{name}": rename(f"\\{same}") for name, same in _SAME.items()},
    **{f"\\sym{font}": rename(f"\\math{font}") for font in _SYMBOL_FONTS},
}
