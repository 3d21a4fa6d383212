"""Arrows, bonds and commands of mhchem, and what each is in TeX."""

ARROWS = {
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
LONG = {name: f"long{name}" for name in ("rightarrow", "leftarrow", "leftrightarrow")}
BONDS = {"-": "{-}", "=": "{=}", "#": "{\\equiv}", "1": "{-}", "2": "{=}", "3": "{\\equiv}"}
BONDS |= {"...": "{\\cdot}{\\cdot}{\\cdot}", "....": "{\\cdot}{\\cdot}{\\cdot}{\\cdot}"}
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
