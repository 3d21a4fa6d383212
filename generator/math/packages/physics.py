r"""The package physics: `\dv{f}{x}`, `\abs{x}`, `\ev{A}`, `\qty(…)`."""

from collections.abc import Callable

from generator.math.packages.arguments import ArgumentStream
from generator.math.packages.siunitx import quantity
from generator.math.tex.tokens import join

_PAIRS = {"(": (")", "(", ")"), "[": ("]", "[", "]"), "|": ("|", "|", "|")}
_MATRICES = {"(": "pmatrix", "[": "bmatrix", "|": "vmatrix", "{": "matrix"}


def _option(stream: ArgumentStream) -> str:
    return join(token.text for token in stream.optional() or ())


def _filled(body: str, arity: int = 1) -> Callable[[ArgumentStream], str]:
    """Make the macro whose body has the arguments at `<0>`, `<1>` …; a star is dropped."""

    def macro(stream: ArgumentStream) -> str:
        stream.accept("*")
        made = body
        for number in range(arity):
            made = made.replace(f"<{number}>", stream.tex())
        return made

    return macro


def _derivative(sign: str) -> Callable[[ArgumentStream], str]:
    r"""`\dv{x}`, `\dv{f}{x}`, `\dv[n]{f}{x}`, `\pdv{f}{x}{y}`."""

    def macro(stream: ArgumentStream) -> str:
        stream.accept("*")
        order = _option(stream)
        first = stream.tex()
        variables: list[str] = []
        while stream.peek() == "{" and len(variables) < _MOST_VARIABLES:
            variables.append(stream.tex())
        if not variables:
            first, variables = "", [first]
        power = order or (str(len(variables)) if len(variables) > 1 else "")
        power = f"^{{{power}}}" if power else ""
        below = "".join(f"{sign} {name}" for name in variables)
        return f"\\frac{{{sign}{power}{first}}}{{{below}{power if order else ''}}}"

    return macro


_MOST_VARIABLES = 2


def _sized(stream: ArgumentStream) -> str:
    r"""`\qty(x)`; with two groups it is siunitx's."""
    opening = stream.peek()
    if opening in _PAIRS:
        closing, left, right = _PAIRS[opening]
        return f"\\left{left}{stream.enclosed(opening, closing)}\\right{right}"
    content = stream.tex()
    if stream.peek() == "{":
        return quantity(content, stream.argument())
    return f"\\left\\{{{content}\\right\\}}"


def _matrix(stream: ArgumentStream) -> str:
    r"""`\mqty(a & b \\ c & d)`."""
    opening = stream.peek()
    kind = _MATRICES.get(opening, "matrix")
    inside = stream.enclosed(opening, _PAIRS[opening][0]) if opening in _PAIRS else ""
    inside = inside or stream.tex()
    return f"\\begin{{{kind}}}{inside}\\end{{{kind}}}"


def _expectation(stream: ArgumentStream) -> str:
    r"""`\ev{A}`, `\ev{A}{\psi}`."""
    stream.accept("*")
    operator = stream.tex()
    if stream.peek() != "{":
        return f"\\left\\langle {operator}\\right\\rangle "
    state = stream.tex()
    return f"\\left\\langle {state}\\middle|{operator}\\middle|{state}\\right\\rangle "


def _differential(stream: ArgumentStream) -> str:
    r"""`\dd x`, `\dd{x}`, `\dd[3]{x}`."""
    order = _option(stream)
    power = f"^{{{order}}}" if order else ""
    variable = stream.tex() if stream.peek() == "{" else ""
    return f"\\,\\mathrm{{d}}{power}{variable} "


def _vector(stream: ArgumentStream) -> str:
    r"""`\vb{a}`, `\vb*{\theta}`."""
    command = "\\boldsymbol" if stream.accept("*") else "\\mathbf"
    return f"{command}{{{stream.tex()}}}"


def _evaluated(stream: ArgumentStream) -> str:
    r"""`\eval{x^2}_0^1`."""
    return f"\\left.{stream.tex()}\\right|"


_COMMUTATOR = _filled(r"\left[<0>,<1>\right]", 2)
_MELEMENT = _filled(r"\left\langle <0>\middle|<1>\middle|<2>\right\rangle ", 3)
PHYSICS: dict[str, Callable[[ArgumentStream], str]] = {
    **dict.fromkeys(("\\dv", "\\derivative"), _derivative("\\mathrm{d}")),
    **dict.fromkeys(("\\pdv", "\\partialderivative"), _derivative("\\partial")),
    **dict.fromkeys(("\\fdv", "\\functionalderivative"), _derivative("\\delta")),
    **dict.fromkeys(("\\qty", "\\quantity"), _sized),
    **dict.fromkeys(("\\abs", "\\absolutevalue"), _filled(r"\left|<0>\right|")),
    "\\norm": _filled(r"\left\|<0>\right\|"),
    **dict.fromkeys(("\\eval", "\\evaluated"), _evaluated),
    "\\order": _filled(r"\mathcal{O}\left(<0>\right)"),
    **dict.fromkeys(("\\comm", "\\commutator"), _COMMUTATOR),
    **dict.fromkeys(
        ("\\acomm", "\\acommutator", "\\anticommutator", "\\pb", "\\poissonbracket"),
        _filled(r"\left\{<0>,<1>\right\}", 2),
    ),
    **dict.fromkeys(("\\vb", "\\vectorbold"), _vector),
    **dict.fromkeys(("\\va", "\\vectorarrow"), _filled(r"\vec{\mathbf{<0>}}")),
    **dict.fromkeys(("\\vu", "\\vectorunit"), _filled(r"\hat{\mathbf{<0>}}")),
    "\\vdot": _filled(r"\cdot ", 0),
    "\\cross": _filled(r"\times ", 0),
    **dict.fromkeys(("\\grad", "\\gradient"), _filled(r"\nabla ", 0)),
    "\\divergence": _filled(r"\nabla\cdot ", 0),
    "\\curl": _filled(r"\nabla\times ", 0),
    "\\laplacian": _filled(r"\nabla^2 ", 0),
    **dict.fromkeys(("\\dd", "\\differential"), _differential),
    **dict.fromkeys(("\\tr", "\\trace"), _filled(r"\operatorname{tr} ", 0)),
    **dict.fromkeys(("\\Tr", "\\Trace"), _filled(r"\operatorname{Tr} ", 0)),
    "\\rank": _filled(r"\operatorname{rank} ", 0),
    "\\erf": _filled(r"\operatorname{erf} ", 0),
    "\\Res": _filled(r"\operatorname{Res} ", 0),
    **dict.fromkeys(("\\ev", "\\expval", "\\expectationvalue"), _expectation),
    **dict.fromkeys(("\\mel", "\\matrixelement", "\\matrixel"), _MELEMENT),
    **dict.fromkeys(
        ("\\ip", "\\innerproduct"), _filled(r"\left\langle <0>\middle|<1>\right\rangle ", 2)
    ),
    **dict.fromkeys(
        ("\\op", "\\dyad", "\\outerproduct", "\\ketbra"),
        _filled(r"\left|<0>\right\rangle\left\langle <1>\right|", 2),
    ),
    **dict.fromkeys(("\\mqty", "\\matrixquantity"), _matrix),
    "\\pmqty": _filled(r"\begin{pmatrix}<0>\end{pmatrix}"),
    "\\bmqty": _filled(r"\begin{bmatrix}<0>\end{bmatrix}"),
    "\\vmqty": _filled(r"\begin{vmatrix}<0>\end{vmatrix}"),
    "\\smqty": _filled(r"\begin{smallmatrix}<0>\end{smallmatrix}"),
    "\\qq": _filled(r"\quad\text{<0>}\quad "),
}
"""Macro → what makes TeX of its arguments."""
