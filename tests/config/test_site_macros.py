"""Macros of MathJax and KaTeX, read out of JavaScript as data."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config import load
from generator.config.site_macros import read_macros

MATHJAX = r"""
window.MathJax = {
  tex: {
    inlineMath: [["\\(", "\\)"]],
    macros: {
      R: "\\mathbb{R}",          // the reals
      'bold': ['\\boldsymbol{#1}', 1],
      /* computed: */ sum: "a" + b, fn: () => { return "x, y" },
      opt: ["#1_{#2}", 2, "x"],
      last: `\\ell`
    }
  },
  options: { ignoreHtmlClass: ".*|" }
};
"""


def test_strings_and_strings_with_arguments_are_read() -> None:
    assert read_macros([MATHJAX]) == {
        "\\R": "\\mathbb{R}",
        "\\bold": "\\boldsymbol{#1}",
        "\\last": "\\ell",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'katex.render(x, y, {macros: {"\\RR": "\\mathbb{R}"}})', {"\\RR": "\\mathbb{R}"}),
        (r'MathJax.Hub.Config({TeX: {Macros: {N: "\\mathbb N"}}})', {"\\N": "\\mathbb N"}),
        (r'macros: {a: "\u0041\x42\n"}', {"\\a": "AB\n"}),
        (r'macros: {a: "unclosed', {}),
        ("macros: {", {}),
        ("macros: {a: `${steal()}`, b: 'c'}", {"\\b": "c"}),
        ("const macros = 3", {}),
    ],
)
def test_each_way_to_write_them(text: str, expected: dict[str, str]) -> None:
    assert read_macros([text]) == expected


@given(st.text("macros:{}[]()\"'`\\,/*\n ab#1$=>", max_size=80))
@settings(max_examples=200, deadline=None)
def test_no_script_is_too_strange(text: str) -> None:
    read_macros([f"macros: {{{text}"])


def test_macros_of_the_site_are_in_force_below_ones_own(tmp_path: Path) -> None:
    (tmp_path / "docs" / "js").mkdir(parents=True)
    (tmp_path / "docs" / "js" / "mathjax.js").write_text(MATHJAX, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nextra_javascript: [js/mathjax.js]\n")
    (tmp_path / "admonki.toml").write_text("[macros]\nR = '\\mathbf{R}'\n")
    config, problems = load(cwd=tmp_path)
    assert problems == ()
    assert config.macros == {
        "\\R": "\\mathbf{R}",
        "\\bold": "\\boldsymbol{#1}",
        "\\last": "\\ell",
    }
