"""Symbols that a converter does not know, or shows differently from KaTeX and MathJax."""

import unicodedata

from generator.math.atoms import Atom
from generator.math.commands import known_commands
from generator.math.rewriting.fonts import LATIN_CAPITALS
from generator.math.rewriting.replacements import spell, write
from generator.math.rewriting.rewriter import Rewrite, Rewriter
from generator.math.tex.tokens import TexToken, in_braces

# Written as these characters, whose spacing the converters know from Unicode.
_CHARACTERS = {
    "shortmid": "∣",
    "nshortmid": "∤",
    "shortparallel": "∥",
    "nshortparallel": "∦",
    "thicksim": "∼",
    "thickapprox": "≈",
    "varpropto": "∝",
    "smallfrown": "⌢",
    "smallsmile": "⌣",
    "mapsfrom": "↤",
    "ngeqq": "≱",
    "ngeqslant": "≱",
    "nleqq": "≰",
    "nleqslant": "≰",
    "nsubseteqq": "⊈",
    "nsupseteqq": "⊉",
    "ncong": "≆",
    "backepsilon": "∍",
    "Join": "⋈",
    "bowtie": "⋈",
    "intop": "∫",
    "smallint": "∫",
    "bigtimes": "×",
    "coloncolon": "∷",
    "divsymbol": "÷",
}
# Binary operators that converters space as letters or relations.
_BINARY = """
    barwedge boxdot boxminus boxplus boxtimes Cap circledast circledcirc circleddash Cup curlyvee
    curlywedge divideontimes dotplus doublebarwedge doublecap doublecup gtrdot intercal
    leftthreetimes lessdot lhd ltimes rhd rightthreetimes rtimes unlhd unrhd veebar
"""
# Letters and signs without spacing of their own.
_LETTERS = {
    "blacktriangle": "▲",
    "blacktriangledown": "▼",
    "triangledown": "▽",
    "diagup": "╱",
    "diagdown": "╲",
    "circledR": "®",
    "surd": "√",
    "celsius": "℃",
    "degree": "°",
    "micro": "µ",
    "ohm": "Ω",
    "perthousand": "‰",
    "varnothing": "⌀",  # a circle, where \emptyset is a zero
    "varvdots": "⋮",
    "AA": "Å",
    "aa": "å",
    "minuso": "⦵",
    "notChar": "⧸",
}
_QUOTE = '"'  # a letter; math-core shows a curly one
# Written as other commands.
_SPELLINGS = {
    "centerdot": "\\mathbin{\\cdot}",
    "sdot": "\\cdot",
    "dotsb": "\\cdots",
    "dotsm": "\\cdots",
    "dotsi": "\\!\\cdots",
    "dotsc": "\\ldots",
    "dotso": "\\ldots",
    "dotsx": "\\ldots\\,",
    "mathellipsis": "\\ldots",
    "And": "\\mathbin{\\&}",
    "bigcirc": "\\mathbin{◯}",
    "triangleleft": "\\mathbin{◃}",
    "triangleright": "\\mathbin{▹}",
    "vartriangle": "\\mathrel{△}",
    "smallsetminus": "\\mathbin{∖}",
    "colon": "\\mkern2mu\\mathord:\\mkern6mu",
    "ordinarycolon": "\\mathrel:",
    "centercolon": "\\mathrel:",
    **{name[1:]: f"\\mathrm{{{letter}}}" for name, letter in LATIN_CAPITALS.items()},
    "Bbbk": "\\mathbb{k}",
    "Complex": "\\mathbb{C}",
    "cnums": "\\mathbb{C}",
    "N": "\\mathbb{N}",
    "natnums": "\\mathbb{N}",
    "R": "\\mathbb{R}",
    "Reals": "\\mathbb{R}",
    "reals": "\\mathbb{R}",
    "Z": "\\mathbb{Z}",
    "mathstrut": "\\vphantom{(}",
    "varinjlim": "\\mathop{\\underrightarrow{\\mathrm{lim}}}",
    "varprojlim": "\\mathop{\\underleftarrow{\\mathrm{lim}}}",
    "varliminf": "\\mathop{\\underline{\\mathrm{lim}}}",
    "varlimsup": "\\mathop{\\overline{\\mathrm{lim}}}",
    "Colonapprox": "\\mathrel{∷}\\mathrel{≈}",
    "Coloneq": "\\mathrel{∷}\\mathrel{-}",
    "Coloneqq": "\\mathrel{∷}\\mathrel{=}",
    "Colonsim": "\\mathrel{∷}\\mathrel{∼}",
    "Eqcolon": "\\mathrel{-}\\mathrel{∷}",
    "Eqqcolon": "\\mathrel{=}\\mathrel{∷}",
    "coloneq": "\\mathrel{:}\\mathrel{-}",
    "eqcolon": "\\mathrel{-}\\mathrel{:}",
}
# Accents of text in a formula.
_SPELLINGS |= {"'": "\\acute", "`": "\\grave", '"': "\\ddot", "^": "\\hat", "=": "\\bar"}
_SPELLINGS |= {".": "\\dot", "~": "\\tilde", "u": "\\breve", "v": "\\check", "r": "\\mathring"}
_TEXTS = {"LaTeX": "LaTeX", "TeX": "TeX", "KaTeX": "KaTeX"}


def _letter(text: str) -> Rewrite:
    is_letter = len(text) == 1
    atom = Atom("mi", {"mathvariant": "normal"}, text) if is_letter else Atom("mtext", text=text)

    def rewrite(rewriter: Rewriter, token: TexToken) -> None:
        rewriter.place(atom, token.offset)

    return rewrite


def _dotless(text: str) -> Rewrite:
    r"""`\mathbf{x\imath}`: a slanted letter in every font, apart from its neighbours."""

    def rewrite(rewriter: Rewriter, token: TexToken) -> None:
        rewriter.place(Atom("mi", text=text), token.offset)

    return rewrite


def _rewrite_not(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\not\in`: the negated sign where Unicode has one, else a stroke through what follows."""
    following = rewriter.peek()
    if following in ("", "&", "\\\\", "}", "^", "_"):
        rewriter.place(Atom("mo", text="⧸"), token.offset)
        return
    content = rewriter.argument()
    if len(content) == 1 and (negated := _negate(content[0].text)):
        rewriter.out.append(negated)
        return
    if following in _TAKES_ARGUMENT:
        content += in_braces(rewriter.argument(), token.offset)
    rewriter.wrap(Atom("mrow", {"class": "m-not"}), content, token.offset)


_TAKES_ARGUMENT = frozenset({"\\mathrel", "\\mathbin", "\\mathord", "\\text", "\\mathrm"})
_TAKES_ARGUMENT |= {"\\operatorname", "\\mathbf", "\\mathcal", "\\mathbb"}


def _negate(text: str) -> str:
    known = known_commands().get(text)
    sign = known.shows if known is not None else text
    composed = unicodedata.normalize("NFC", _UNSLANTED.get(sign, sign) + "\u0338")
    return composed if sign and len(composed) == 1 else ""


_UNSLANTED = {"⩽": "≤", "⩾": "≥"}


def _rewrite_dots(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\dots`: raised between operators and relations, by what follows (KaTeX, amsmath)."""
    following = rewriter.peek()
    known = known_commands().get(following)
    kind = known.kind if known is not None else ""
    is_raised = kind in ("bin", "rel", "op") and following not in _FUNCTIONS
    if is_raised or following in _OPERATORS or following.startswith("\\not"):
        rewriter.out.append("\\cdots")
    else:
        rewriter.out.append("\\ldots")
        _space_dots(rewriter, _CLOSING)


def _rewrite_cdots(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\cdots )`: a thin space before what closes or separates (KaTeX, amsmath)."""
    rewriter.out.append("\\cdots")
    _space_dots(rewriter, _CLOSING | {","})


def _space_dots(rewriter: Rewriter, signs: frozenset[str]) -> None:
    if rewriter.peek() in signs:
        rewriter.out.append("\\,")


_CLOSING = frozenset({")", "]", "\\rbrack", "\\}", "\\rbrace", "\\rangle", "\\rceil", "\\rfloor"})
_CLOSING |= {"\\right", "\\bigr", "\\Bigr", "\\biggr", "\\Biggr", ";", "."}


_OPERATORS = frozenset("+-*=<>:")
_FUNCTIONS = frozenset({"\\lim", "\\max", "\\min", "\\sup", "\\inf", "\\log", "\\exp", "\\sin"})


def _plain_names() -> dict[str, Rewrite]:
    r"""Rewrites for `\textdegree`, `\upalpha` and their kin: the character alone."""
    rewrites: dict[str, Rewrite] = {}
    for name, command in known_commands().items():
        rest = name[3:]
        is_greek = name[1:3] in ("up", "Up") and (
            f"\\{rest}" in known_commands() or f"\\{rest.capitalize()}" in known_commands()
        )
        is_text = name.startswith("\\text") and len(command.shows) == 1
        if (is_greek and "Α" <= command.shows <= "ϖ") or is_text or name in ("\\rq", "\\lq"):
            rewrites[name] = _letter(command.shows)
    return rewrites


SYMBOLS: dict[str, Rewrite] = {
    "\\not": _rewrite_not,
    "\\dots": _rewrite_dots,
    "\\cdots": _rewrite_cdots,
    "\\imath": _dotless("ı"),
    "\\jmath": _dotless("ȷ"),
    _QUOTE: _letter(_QUOTE),
}
SYMBOLS |= _plain_names()
SYMBOLS |= {f"\\{name}": write("\\mathbin", "{", f"\\{name}", "}") for name in _BINARY.split()}
SYMBOLS |= {known_commands()[f"\\{name}"].shows: spell(f"\\{name} ") for name in _BINARY.split()}
SYMBOLS |= {f"\\{name}": write(text) for name, text in _CHARACTERS.items()}
SYMBOLS |= {f"\\{name}": _letter(text) for name, text in (_LETTERS | _TEXTS).items()}
SYMBOLS |= {f"\\{name}": spell(text) for name, text in _SPELLINGS.items()}
