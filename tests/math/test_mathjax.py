"""What MathJax gets is a formula and nothing else, whatever macros expand to."""

import re

import pytest

from generator.config import MathMode
from generator.math import convert

ACTIVE = (
    r"\href{javascript:alert(1)}{x}",
    r"\url{http://x}",
    r"\class{mathjax_process}{x}",
    r"\cssId{a}{x}",
    r"\style{position:fixed}{x}",
    r"\bbox[background:url(http://x)]{x}",
    r"\unicode[x;background:red]{65}",
    r"\enclose{box}[style=x]{x}",
    r"\mmlToken{mi}[href=x]{x}",
    r"\htmlData{a=b}{x}",
    r"\require{html}",
)
_LEFT = re.compile(r"href|url|javascript|class|cssId|style|background|http|require|html|mmlToken")


@pytest.mark.parametrize("mode", [MathMode.MATHJAX, MathMode.MATHML])
@pytest.mark.parametrize("tex", ACTIVE)
def test_active_tex_is_left_out(tex: str, mode: MathMode) -> None:
    formula = convert(rf"\begin{{CD}} {tex} @>>> B \end{{CD}}", display=True, mode=mode)
    assert formula.how == "mathjax"
    assert not _LEFT.search(formula.html), formula.html
    assert "W507" in [problem.code for problem in formula.problems]


@pytest.mark.parametrize("tex", ACTIVE)
@pytest.mark.parametrize("mode", [MathMode.MATHJAX, MathMode.MATHML])
def test_macros_do_not_hide_it(tex: str, mode: MathMode) -> None:
    for written, macros in (
        (r"\a + y", {r"\a": tex}),
        (rf"\def\a{{{tex}}} \a + y", {}),
        (r"\def\a#1#2{#1#2} \a{\hr}{ef}" + tex, {}),
    ):
        html = convert(written, display=False, macros=macros, mode=mode).html
        shown = re.sub(r'<math class="[^"]*"|class="m-[^"]*"|<code class="[^"]*"', "", html)
        if "<code" not in html:  # an error is shown as it was written, as code
            assert not _LEFT.search(shown), html


def test_no_delimiter_of_mathjax_is_in_the_tex_of_a_formula() -> None:
    tex = r"\begin{aligned} a \\(b) \\[6pt] \text{if \(x\)} \\[c\end{aligned}"
    html = convert(tex.replace(r"\\[c", ""), display=True).html
    assert "<math" in html
    assert not re.search(r"\\[()\[\]]", html)


def test_a_page_of_doubling_macros_is_soon_refused() -> None:
    for number in range(300):
        tex = rf"\def\a{{x{number}}}"
        for name, before in ("ba", "cb", "dc", "ed"):
            tex += rf"\def\{name}{{\{before}\{before}\{before}\{before}\{before}\{before}}}"
        tex += r"\e\e"
        formula = convert(tex, display=False)
        assert [problem.code for problem in formula.problems] == ["E413"]
