"""The arguments of commands: how many are required, and which of them are not formulas."""

from collections.abc import Iterable

from generator.math.tex.tokens import TexToken

_ONE = """
    sqrt hat widehat tilde widetilde bar vec dot ddot dddot ddddot acute grave check breve mathring
    widecheck utilde overline underline underbar overbrace underbrace overbracket underbracket
    overparen underparen overgroup undergroup overrightarrow overleftarrow overleftrightarrow
    underrightarrow underleftarrow underleftrightarrow mathbf mathrm mathit mathsf mathtt mathcal
    mathscr mathfrak mathbb boldsymbol bm pmb bold text textbf textit textrm texttt textsf
    textnormal textup textmd mbox hbox operatorname boxed fbox cancel bcancel xcancel sout phantom
    hphantom vphantom smash mathllap mathrlap mathclap mathop mathbin mathrel mathord mathopen
    mathclose mathpunct mathinner substack pmod pod color hspace tag xrightarrow xleftarrow
    xRightarrow xLeftarrow ce pu Aboxed shoveleft shoveright
"""
_TWO = """
    frac dfrac tfrac cfrac binom dbinom tbinom overset underset stackrel textcolor colorbox
    cancelto rule raisebox href
"""
ARITY = {f"\\{name}": 1 for name in _ONE.split()} | {f"\\{name}": 2 for name in _TWO.split()}
ARITY |= {"\\fcolorbox": 3, "\\genfrac": 6}

TEXT_COMMANDS = frozenset(
    {"\\text", "\\mbox", "\\hbox", "\\textmd", "\\textup", "\\textnormal", "\\textrm", "\\textbf"}
    | {"\\textit", "\\textsl", "\\emph", "\\textsf", "\\texttt", "\\textsc"}
)
_RAW_ONE = """
    tag label color textcolor href class url cssId style htmlClass htmlId htmlStyle htmlData ref
    underbar llap rlap clap unicode ce pu eqref intertext shortintertext require definecolor
    includegraphics framebox fbox mathtoolsset texttip mathtip
"""
RAW_ARGUMENTS = {
    **dict.fromkeys(TEXT_COMMANDS, 1),
    **{f"\\{name}": 1 for name in _RAW_ONE.split()},
    "\\colorbox": 2,
    "\\raisebox": 2,
    "\\fcolorbox": 3,
}
"""How many of a command's first arguments are texts, colours, names or lengths."""

FOREIGN = frozenset({"\\ce", "\\pu"})
"""Their argument is neither a formula nor text, but a language of its own."""

OF_MHCHEM = frozenset({"\\bond", "\\ca"})
"""Commands that are known in `\\ce` only."""


def is_in_text(tokens: Iterable[TexToken]) -> bool:
    r"""Tell whether what follows these tokens is text: in `\text{`, outside of its dollars."""
    groups = [False]
    is_due = False
    for token in tokens:
        if token.text == "{":
            groups.append(is_due or groups[-1])
        elif token.text == "}" and len(groups) > 1:
            groups.pop()
        elif token.text == "$":
            groups[-1] = not groups[-1]
        is_due = token.text in TEXT_COMMANDS
    return groups[-1]
