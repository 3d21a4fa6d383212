r"""`\ce` and `\pu` are MathML; what mhchem writes otherwise is left to MathJax, or an error."""

from xml.etree.ElementTree import fromstring

import pytest

from generator.math.chemistry import UnknownChemistryError, equation_to_tex, quantity_to_tex
from generator.math.conversion import convert


@pytest.mark.parametrize(
    ("equation", "tex"),
    [
        ("H2O", r"\mathrm{H}_{2}\mathrm{O}"),
        ("Sb2O3", r"\mathrm{Sb}_{2}\mathrm{O}_{3}"),
        ("H+", r"\mathrm{H}^{+}"),
        ("CrO4^2-", r"\mathrm{CrO}_{4}{\vphantom{A}}^{2-}"),
        ("[AgCl2]-", r"[\mathrm{AgCl}_{2}]^{-}"),
        ("Y^{99+}", r"\mathrm{Y}^{99+}"),
        ("2H2O", r"2\,\mathrm{H}_{2}\mathrm{O}"),
        ("0.5 H2O", r"0.5\,\mathrm{H}_{2}\mathrm{O}"),
        ("1/2H2O", r"\tfrac{1}{2}\,\mathrm{H}_{2}\mathrm{O}"),
        ("$n$ H2O", r"{n}\,\mathrm{H}_{2}\mathrm{O}"),
        ("^{227}_{90}Th+", r"{\vphantom{A}}^{227}_{90}\mathrm{Th}^{+}"),
        ("A ->[x] B", r"\mathrm{A}{}\mathrel{\xrightarrow{x}}{}\mathrm{B}"),
        ("A->[{a b}][$c$]B", r"\mathrm{A}{}\mathrel{\xrightarrow[{{c}}]{\text{a b}}}{}\mathrm{B}"),
        ("A <=> B", r"\mathrm{A}{}\mathrel{\rightleftharpoons}{}\mathrm{B}"),
        ("(NH4)2S", r"(\mathrm{NH}_{4})_{2}\mathrm{S}"),
        ("NaOH(aq)", r"\mathrm{NaOH}(\mathrm{aq})"),
        ("NO_x", r"\mathrm{NO}_{x}"),
        (r"\mu-Cl", r"\mu {-}\mathrm{Cl}"),
        ("X_{{red}}", r"\mathrm{X}_{\text{red}}"),
        ("C6H5-CHO", r"\mathrm{C}_{6}\mathrm{H}_{5}{-}\mathrm{CHO}"),
        ("A=B#C", r"\mathrm{A}{=}\mathrm{B}{\equiv}\mathrm{C}"),
        ("CuSO4*5H2O", r"\mathrm{CuSO}_{4}\,\cdot\,5\,\mathrm{H}_{2}\mathrm{O}"),
        ("Fe^{III}2", r"\mathrm{Fe}^{\mathrm{III}}{\vphantom{A}}_{2}"),
        ("A + B", r"\mathrm{A}{}+{}\mathrm{B}"),
        ("AgCl v", r"\mathrm{AgCl}\,\downarrow "),
        ("CO2 ^", r"\mathrm{CO}_{2}\,\uparrow "),
        ("O_{7-x}", r"\mathrm{O}_{7-x}"),
        ("M_i", r"\mathrm{M}_{\mathrm{i}}"),
        ("Li^x_{Li,1-2x}", r"\mathrm{Li}^{\times}_{\mathrm{Li}{,}1-2x}"),
        ("Li^x", r"\mathrm{Li}^{x}"),
        ("n-Pr", r"n\text{-}\mathrm{Pr}"),
        ("(a, b), c", r"(\mathrm{a}{,}\mkern3mu \mathrm{b}){,}\mkern6mu c"),
    ],
)
def test_equations(equation: str, tex: str) -> None:
    assert equation_to_tex(equation) == tex


@pytest.mark.parametrize(
    ("quantity", "tex"),
    [
        ("123 kJ", r"123\,\mathrm{kJ}"),
        ("9.81 m/s2", r"9.81\,\mathrm{m}/\mathrm{s}^{2}"),
        ("123 kJ mol-1", r"123\,\mathrm{kJ}\,\mathrm{mol}^{-1}"),
        ("123 J*s", r"123\,\mathrm{J}\mkern1mu{\cdot}\mkern1mu \mathrm{s}"),
        ("123 kJ//mol", r"123\,\frac{\mathrm{kJ}}{\mathrm{mol}}"),
        ("1.2e3 J", r"1.2\cdot 10^{3}\,\mathrm{J}"),
        ("6.02E-23", r"6.02\times 10^{-23}"),
        ("25 °C", r"25\,{}^{\circ}\mathrm{C}"),
        ("m^2", r"\mathrm{m}^{2}"),
    ],
)
def test_quantities(quantity: str, tex: str) -> None:
    assert quantity_to_tex(quantity) == tex


@pytest.mark.parametrize("equation", [r"\foo", r"A\bond{?}B", "A <-->[x] B", "H^", "A ->[", "$x"])
def test_what_is_not_known_is_refused(equation: str) -> None:
    with pytest.raises(UnknownChemistryError):
        equation_to_tex(equation)


def test_chemistry_is_mathml() -> None:
    formula = convert(r"\frac{\ce{[H+]}}{x} + \pu{5 mol} \ce{SO4^2- -> A}", display=True)
    assert (formula.how, formula.problems) == ("mathml", ())
    assert "SO" in "".join(fromstring(formula.html).itertext())


def test_what_stays_with_mathjax_is_named() -> None:
    formula = convert(r"\ce{A <-->[x] B}", display=True)
    assert [problem.message for problem in formula.problems] == [
        r"the arrow <--> with a text in \ce is left to MathJax"
    ]


@pytest.mark.parametrize(
    "tex", [r"\ce{A <=>>[x][y] B}", r"\ce{A <<=> B}", r"\ce{A\bond{~}B\bond{~-}C}"]
)
def test_unequal_arrows_and_dashed_bonds_are_mathml(tex: str) -> None:
    assert convert(tex, display=True).how == "mathml"


@pytest.mark.parametrize(
    ("tex", "code"), [(r"\ce{$x^$}", "E409"), (r"\ce{\foo}", "E411"), (r"\ce", "E409")]
)
def test_what_no_engine_knows_is_an_error(tex: str, code: str) -> None:
    assert [problem.code for problem in convert(tex, display=True).problems] == [code]


def test_an_equation_of_any_length_takes_linear_time() -> None:
    for piece in ("H2O + ", "->[", "{", "$", "(", "^", "A ", "  ", "*"):
        assert convert(rf"\ce{{{piece * 900}}}", display=True).how in ("mathml", "mathjax", "error")


@pytest.mark.parametrize(
    ("equation", "tex"),
    [
        (r"A \pm B", r"\mathrm{A}{}\pm{}\mathrm{B}"),
        (r"\{B\}", r"\{\mathrm{B}\}"),
        (r"\overset{x}{A}", r"\overset{x}{\mathrm{A}}"),
        (r"\frac{1}{2}A", r"\frac{1}{2}\mathrm{A}"),
        (r"\mu-Cl", r"\mu {-}\mathrm{Cl}"),
        ("{text}A", r"\text{text}\mathrm{A}"),
        (r"A ->[\Delta] B", r"\mathrm{A}{}\mathrel{\xrightarrow{\mathrm{\Delta}}}{}\mathrm{B}"),
        ("A v", r"\mathrm{A}\,\downarrow "),
        ("A^{*}", r"\mathrm{A}^{*}"),
        ("A^{.}", r"\mathrm{A}^{{\bullet}}"),
        ("A^{'}", r"\mathrm{A}^{\prime }"),
        (r"A^{\alpha}", r"\mathrm{A}^{\alpha }"),
        ("A_{1,2}", r"\mathrm{A}_{1{,}2}"),
        ("A_{{x y}}", r"\mathrm{A}_{\text{x y}}"),
    ],
)
def test_scripts_and_commands_of_equations(equation: str, tex: str) -> None:
    assert equation_to_tex(equation) == tex


@pytest.mark.parametrize("equation", [r"\color{red}{A}", r"A_{\text x}", r"\frac x", "A^{§}"])
def test_what_is_not_known_of_equations_stays_with_mathjax(equation: str) -> None:
    with pytest.raises(UnknownChemistryError):
        equation_to_tex(equation)


@pytest.mark.parametrize(
    ("quantity", "tex"),
    [
        ("J//(mol)", r"\frac{\mathrm{J}}{(\mathrm{mol})}"),
        ("1,000.5(2) m", r"1{,}000.5(2)\,\mathrm{m}"),
        (r"5 \degree C", r"5\,{}^{\circ}\mathrm{C}"),
        ("(kJ/mol)", r"(\mathrm{kJ}/\mathrm{mol})"),
        ("-3e-4 N*m", r"-3\cdot 10^{-4}\,\mathrm{N}\mkern1mu{\cdot}\mkern1mu \mathrm{m}"),
    ],
)
def test_numbers_and_units_of_quantities(quantity: str, tex: str) -> None:
    assert quantity_to_tex(quantity) == tex


def test_a_sign_that_no_quantity_holds_stays_with_mathjax() -> None:
    with pytest.raises(UnknownChemistryError):
        quantity_to_tex("§")
