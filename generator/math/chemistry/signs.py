"""Arrows, bonds and commands of mhchem, and what each is in TeX."""

_ARROWS = {
    "->": "rightarrow",
    "→": "rightarrow",
    "⟶": "rightarrow",
    "<-": "leftarrow",
    "<->": "leftrightarrow",
    "↔": "leftrightarrow",
    "<=>": "rightleftharpoons",
    "⇌": "rightleftharpoons",
    "<-->": "rightleftarrows",
}
_UNEQUAL = {
    "<=>>": "\\underset{\\leftharpoondown}{\\xrightharpoonup{}}",
    "<<=>": "\\overset{\\rightharpoonup}{\\xleftharpoondown{}}",
}
"""Equilibria that lie on one side: a long arrow and a short one."""

_LONG = {name: f"long{name}" for name in ("rightarrow", "leftarrow", "leftrightarrow")}
BONDS = {"-": "{-}", "=": "{=}", "#": "{\\equiv}", "1": "{-}", "2": "{=}", "3": "{\\equiv}"}
BONDS |= {"...": "{\\cdot}{\\cdot}{\\cdot}", "....": "{\\cdot}{\\cdot}{\\cdot}{\\cdot}"}
_DASHES = "\\scriptscriptstyle{-}\\,{-}\\,{-}"
BONDS |= {"~": f"{{{_DASHES}}}", "~-": f"{{\\overset{{{_DASHES}}}{{-}}}}"}
BONDS |= dict.fromkeys(("~--", "~="), f"{{\\overset{{{_DASHES}}}{{=}}}}")
BONDS |= {"->": "{\\rightarrow}", "<-": "{\\leftarrow}"}
SIGNS = {
    "\\pm": "{}\\pm{}",
    "\\approx": "{}\\approx{}",
    "\\cdot": "\\cdot ",
    "\\Delta": "\\mathrm{\\Delta}",
    "\\infty": "\\infty ",
    "\\circ": "\\circ ",
    "\\rightarrow": "{}\\rightarrow{}",
    "\\leftrightarrow": "{}\\leftrightarrow{}",
    "\\rightleftharpoons": "{}\\rightleftharpoons{}",
    "\\leftarrow": "{}\\leftarrow{}",
    "\\ca": "{\\sim}",
    "\\,": "\\,",
    "\\;": "\\;",
    "\\ ": "\\ ",
    "\\quad": "\\quad ",
    "\\dots": "\\ldots ",
    "\\ldots": "\\ldots ",
}
_GREEK = """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
    rho sigma tau upsilon phi varphi chi psi omega Gamma Theta Lambda Xi Pi Sigma Upsilon Phi Psi
    Omega
"""
GREEK_NAMES = frozenset(f"\\{name}" for name in _GREEK.split())
NESTED = {"\\overset": 2, "\\underset": 2, "\\frac": 2, "\\overbrace": 1, "\\underbrace": 1}
RAW = frozenset({"\\text", "\\mathrm", "\\textbf", "\\mathbf", "\\textit", "\\mathit"})


def arrow_to_tex(arrow: str, above: str, below: str) -> str:
    """Return the TeX of an arrow with its labels, "" for one that has no form with labels."""
    name = _ARROWS.get(arrow)
    if name is None:
        tex = _UNEQUAL[arrow]
        tex = f"\\overset{{{above}}}{{{tex}}}" if above else tex
        return f"\\underset{{{below}}}{{{tex}}}" if below else tex
    if not above and not below:
        return f"\\{_LONG.get(name, name)}"
    option = f"[{{{below}}}]" if below else ""
    return "" if name == "rightleftarrows" else f"\\x{name}{option}{{{above}}}"
