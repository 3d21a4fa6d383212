"""What MathJax gets is a formula and nothing else, whatever macros expand to."""

import re
from html import unescape

import pytest

from generator.config import MathMode
from generator.markup.writer import formula as markup_of
from generator.math.conversion import convert
from generator.math.mathjax import one_line
from tests.security.invariant import end_of_formula

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


@pytest.mark.parametrize("tex", [r"\href{x}\(y\)", "latex] x", "sound:x.mp3]", "/$ x"])
def test_the_opening_bracket_begins_no_tag_of_anki(tex: str) -> None:
    html = convert(tex, display=True, mode=MathMode.MATHJAX).html
    assert not re.search(r"\[(?:/?\$|/?latex\]|sound:|anki:)", html), html


@pytest.mark.parametrize(
    "tex", [r"\verb|{|", r"\verb|a{{b}|", r"a\\", r"\verb|\|", r"\{", r"\verb|}{|"]
)
def test_mathjax_finds_the_end_of_a_formula_at_its_end(tex: str) -> None:
    r"""It counts the braces inside of `\verb`, and would go on into the page's text."""
    html = markup_of(convert(tex, display=False, mode=MathMode.MATHJAX).html, tex).html
    text = unescape(html) + r" b } \href{javascript:x}{y}\)"
    assert end_of_formula(text, 2) == len(unescape(html))


@pytest.mark.parametrize(
    ("tex", "html", "codes"),
    [
        (r"\enclose{circle}{x}", r"\(\enclose{circle}{x}\)", []),
        (r"\enclose{circle}[style=x]{x}", r"\(\enclose{circle}{x}\)", ["W507"]),
        (r"\href{u}{x} \verb|a_b| + y", r"\({x} \verb|a_b| + y\)", ["W507"]),
        (r"\verb|\href{u}| + \verb|a|", r"\(+ \verb|a|\)", ["W507"]),
        (r"\verb|\nobody| + \verb|\char\pi|", r"\(+ \verb|\char\pi|\)", ["W507"]),
        ("a % note\n + b", r"\(a + b\)", []),
        ("a \\% % note\n + b", r"\(a \% + b\)", []),
    ],
)
def test_only_what_acts_and_comments_are_left_out(tex: str, html: str, codes: list[str]) -> None:
    formula = convert(tex, display=False, mode=MathMode.MATHJAX)
    assert formula.html == html
    assert [problem.code for problem in formula.problems] == codes


def test_one_line_has_no_comment() -> None:
    assert one_line("a % note\n + b") == "a + b"
    assert one_line("a \\% b\n + c") == "a \\% b + c"


def test_the_content_of_verb_is_kept() -> None:
    assert convert(r"\verb|\frac{|", display=False, mode=MathMode.MATHJAX).problems == ()


@pytest.mark.parametrize("mode", MathMode)
@pytest.mark.parametrize(
    "tex",
    [
        r"\text{\verb|$\href{javascript:alert(1)}{x}$|}",
        r"\tag{\verb+$\style{position:fixed}{x}$+}",
        r"\verb|\url{javascript:x}|",
        r"\enclose{\href{javascript:x}{circle}}{x}",
    ],
)
def test_nothing_that_mathjax_reads_differently_hides_it(tex: str, mode: MathMode) -> None:
    html = convert(tex, display=True, mode=mode).html
    for read in (html, *re.findall(r'data-tex="([^"]*)"', html)):
        assert "<math" in read or not _LEFT.search(read), html
