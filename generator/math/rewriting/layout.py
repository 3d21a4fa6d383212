"""The rest of layout: sizes, arrows with text, roots, characters by number, spaces."""

from generator.math.atoms import Atom
from generator.math.rewriting.replacements import drop, drop_argument, write
from generator.math.rewriting.rewriter import Rewrite, Rewriter, UnsupportedError
from generator.math.rewriting.spaces import rewrite_blank, rewrite_space, take_length
from generator.math.rewriting.text import place_string
from generator.math.tex.lengths import format_em
from generator.math.tex.tokens import TexToken, in_braces


def _rewrite_cfrac(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\cfrac[l]{1}{x}`: MathML Core aligns no numerator, so it stays in the middle."""
    rewriter.optional()
    rewriter.out.append(token.text)


def _size(ratio: float) -> Rewrite:
    def rewrite(rewriter: Rewriter, token: TexToken) -> None:
        atom = Atom("mstyle", {"mathsize": format_em(ratio)})
        rewriter.wrap(atom, rewriter.rest_of_group(), token.offset)

    return rewrite


def _rewrite_unicode(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\unicode{x3b1}` (MathJax), `\unicode{945}`."""
    rewriter.optional()
    word = rewriter.word()
    base, digits = (16, word[1:]) if word[:1] in "xX" else (10, word)
    _place_code(rewriter, token, digits, base)


def _rewrite_char(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\char"3B1`, `\char'101`, `\char65`, ``\char`a``."""
    first = rewriter.pop()
    if first is not None and first.text == "`":
        letter = rewriter.pop()
        place_string(rewriter, letter.text[-1] if letter else "", token.offset)
        return
    base = {'"': 16, "'": 8}.get(first.text if first else "", 10)
    digits = "" if base != 10 or first is None else first.text
    while (ahead := rewriter.pop()) is not None:
        if ahead.text not in "0123456789abcdefABCDEF":
            rewriter.push(ahead)
            break
        digits += ahead.text
    _place_code(rewriter, token, digits, base)


def _place_code(rewriter: Rewriter, token: TexToken, digits: str, base: int) -> None:
    try:
        character = chr(int(digits, base))
    except (ValueError, OverflowError):
        raise UnsupportedError(token.offset, token.text) from None
    if not character.isprintable():
        raise UnsupportedError(token.offset, token.text)
    place_string(rewriter, character, token.offset)


def rewrite_option(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\sqrt[n]{x}`, `\xrightarrow[below]{above}`: the bracket itself is not shown."""
    rewriter.out.append(token.text)
    option = rewriter.optional()
    if option is not None:
        rewriter.out.append("[{")
        rewriter.push(*option, TexToken("}]", token.offset))


def _rewrite_root(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\root 3 \of x`, plain TeX's `\sqrt[3]{x}`."""
    degree: list[TexToken] = []
    while (ahead := rewriter.pop()) is not None and ahead.text != "\\of":
        degree.append(ahead)
    if ahead is None:
        raise UnsupportedError(token.offset, token.text)
    rewriter.out += ["\\sqrt", "[{"]
    rewriter.push(*degree, TexToken("}]", token.offset))


def _rewrite_above(rewriter: Rewriter, token: TexToken) -> None:
    r"""`{a \above 1pt b}`: a fraction; the line keeps its usual thickness."""
    take_length(rewriter)
    rewriter.out.append("\\over")


_SIZES = {
    "tiny": 0.5,
    "Tiny": 0.6,
    "sixptsize": 0.6,
    "scriptsize": 0.7,
    "footnotesize": 0.8,
    "small": 0.9,
    "normalsize": 1.0,
    "large": 1.2,
    "Large": 1.44,
    "LARGE": 1.728,
    "huge": 2.074,
    "Huge": 2.488,
}
_ARROWS = """
    rightarrow leftarrow Rightarrow Leftarrow leftrightarrow mapsto Leftrightarrow hookrightarrow
    hookleftarrow rightharpoonup rightharpoondown leftharpoonup leftharpoondown rightleftharpoons
    leftrightharpoons twoheadrightarrow twoheadleftarrow longequal tofrom
"""
_SPACES = ("hspace", "kern", "mkern", "hskip", "mskip", "mspace")
_SILENT = """
    relax nobreak allowbreak goodbreak nonscript protect DOTSB DOTSI DOTSX displaylimits hfill hfil
    mathnormal ensuremath adjustlimits strut centering
"""
_SILENT_ARGUMENT = (
    "require class cssId style htmlClass htmlId htmlStyle htmlData vspace href mathtoolsset "
    "leftroot uproot"
)


def _rewrite_cramped(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\cramped[\scriptstyle]{x}`: powers are as high as in any formula."""
    style = rewriter.optional() or []
    rewriter.push(*in_braces([*style, *rewriter.argument()], token.offset))


LAYOUT: dict[str, Rewrite] = {
    "\\above": _rewrite_above,
    "\\cfrac": _rewrite_cfrac,
    "\\char": _rewrite_char,
    "\\gt": write(">"),
    "\\lt": write("<"),
    "\\negmedspace": write("\\hspace{-0.2222em}"),
    "\\negthickspace": write("\\hspace{-0.2778em}"),
    "\\root": _rewrite_root,
    "\\sqrt": rewrite_option,
    "\\thickspace": write("\\;"),
    "\\enskip": write("\\enspace"),
    "\\unicode": _rewrite_unicode,
    "~": rewrite_blank,
    "\\ ": rewrite_blank,
    "\\/": drop,
    "\u200c": drop,
    "\u200d": drop,
    "\\cramped": _rewrite_cramped,
    **{f"\\{name}": _size(ratio) for name, ratio in _SIZES.items()},
    **{f"\\x{name}": rewrite_option for name in _ARROWS.split()},
    **{f"\\{name}": rewrite_space for name in _SPACES},
    **{f"\\{name}": drop for name in _SILENT.split()},
    **{f"\\{name}": drop_argument for name in _SILENT_ARGUMENT.split()},
}
