"""Formulas are spoken: MathJax's Speech Rule Engine reads the MathML of cards."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from benchmarks.math_corpus import draw_notes
from generator.math.conversion import convert
from tests.conftest import ROOT

pytestmark = pytest.mark.e2e
FOLDER = ROOT / "tests" / "e2e"
COUNT, SEED = 200, 8
# What a formula has, and what is said of it.
WORDS = {
    r"\\frac\{[^0-9]": "Over",
    r"\\sqrt": "Root",
    r"\\sum": "summation",
    r"\\int": "integral",
    r"\\alpha": "alpha",
    r"\\lambda": "lamda",
    r"\\mathbb\{R\}": "double struck upper R",
    r"\\leq?(?![a-z])": "less than or equals",
    r"\\in(?![a-z])": "element of",
    r"\\to(?![a-z])": "right arrow",
    r"\\log(?![a-z])": "log",
    r"\\begin\{[bp]matrix": "Row",
}


def speak(formulas: list[str]) -> list[str]:
    """Return what is said of each formula."""
    if not (FOLDER / "node_modules" / "speech-rule-engine").is_dir() or not shutil.which("node"):
        pytest.skip("the Speech Rule Engine is missing: npm ci in tests/e2e")
    done = subprocess.run(
        ["node", str(FOLDER / "speech.mjs")],
        input="\n".join(json.dumps(html) for html in formulas),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def spoken(request: pytest.FixtureRequest) -> list[tuple[str, str]]:
    """Formulas of notes, and what is said of them."""
    corpus: Path = request.getfixturevalue("shared") / "corpora" / "formulas.jsonl"
    drawn = draw_notes(corpus, count=COUNT, seed=SEED)
    said = speak([convert(tex, display=display).html for tex, display in drawn])
    return [(tex, words) for (tex, _), words in zip(drawn, said, strict=True)]


def test_every_formula_is_spoken_without_tex(spoken: list[tuple[str, str]]) -> None:
    assert [tex for tex, said in spoken if not said.strip() or "\\" in said] == []


def test_what_a_formula_has_is_named(spoken: list[tuple[str, str]]) -> None:
    unnamed = [
        (word, tex, said)
        for tex, said in spoken
        for pattern, word in WORDS.items()
        if re.search(pattern, tex) and word.lower() not in said.lower()
    ]
    assert unnamed == []


def test_spaces_and_struts_are_not_spoken() -> None:
    formulas = [r"\left(\frac{a}{b}\right)", r"\underbrace{x}_n", r"\min(a)", r"\sum_i x"]
    (fence, brace, name, total) = speak([convert(tex, display=True).html for tex in formulas])
    assert fence == "left parenthesis StartFraction a Over b EndFraction right parenthesis"
    assert brace == "ModifyingBelow x With bottom brace Underscript n Endscripts"
    assert name == "min left parenthesis a right parenthesis"
    assert total == "sigma summation Underscript i Endscripts x"
