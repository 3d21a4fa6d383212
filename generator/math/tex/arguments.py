"""How many arguments commands take, for those whose lack of one is an error; of what kind."""

_ONE = """
    sqrt hat widehat tilde widetilde bar vec dot ddot dddot ddddot acute grave check breve mathring
    widecheck utilde overline underline underbar overbrace underbrace overbracket underbracket
    overparen underparen overgroup undergroup overrightarrow overleftarrow overleftrightarrow
    underrightarrow underleftarrow underleftrightarrow mathbf mathrm mathit mathsf mathtt mathcal
    mathscr mathfrak mathbb boldsymbol bm pmb bold text textbf textit textrm texttt textsf
    textnormal textup textmd mbox hbox operatorname boxed fbox cancel bcancel xcancel sout phantom
    hphantom vphantom smash mathllap mathrlap mathclap mathop mathbin mathrel mathord mathopen
    mathclose mathpunct mathinner substack pmod pod color hspace tag xrightarrow xleftarrow
    xRightarrow xLeftarrow
"""
_TWO = """
    frac dfrac tfrac cfrac binom dbinom tbinom overset underset stackrel textcolor colorbox
    cancelto rule raisebox href
"""
ARITY = {f"\\{name}": 1 for name in _ONE.split()} | {f"\\{name}": 2 for name in _TWO.split()}

TEXT_COMMANDS = frozenset(
    {"\\text", "\\mbox", "\\hbox", "\\textmd", "\\textup", "\\textnormal", "\\textrm", "\\textbf"}
    | {"\\textit", "\\textsl", "\\emph", "\\textsf", "\\texttt", "\\textsc"}
)

# Their first argument is no formula; nor is that of the commands for text.
RAW = frozenset({"\\tag", "\\label", "\\color", "\\textcolor", "\\href", "\\class", "\\url"})
RAW |= {"\\cssId", "\\style", "\\htmlClass", "\\htmlId", "\\htmlStyle", "\\htmlData", "\\ref"}
RAW |= {
    "\\colorbox",
    "\\fcolorbox",
    "\\underbar",
    "\\llap",
    "\\rlap",
    "\\clap",
    "\\unicode",
    "\\ce",
}
RAW |= {"\\pu", "\\eqref", "\\intertext", "\\shortintertext", "\\require", "\\definecolor"}
RAW |= {"\\includegraphics", "\\raisebox", "\\framebox", "\\fbox"}
TWICE_RAW = frozenset({"\\colorbox", "\\fcolorbox", "\\raisebox"})
