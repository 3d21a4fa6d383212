"""latex2mathml against math-core: what the checker lets through of both shows the same."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.math.checking import find_difference, keys_due
from generator.math.checking.keys import character_keys
from generator.math.conversion import convert
from generator.math.converters.latex2mathml_adapter import convert_with_latex2mathml
from generator.math.converters.math_core_adapter import convert_with_math_core
from generator.math.converters.refusal import RefusedError
from generator.math.letters import letters
from generator.math.mathml.finish import finish
from generator.math.mathml.serialise import serialise
from generator.math.rewriting.normalise import normalise
from generator.math.rewriting.rewriter import UnsupportedError
from generator.math.tex.expansion import expand
from generator.math.tex.tokens import tokenize
from tests.math.formulas import of_the_corpus, of_the_decks

_INVISIBLE = frozenset("\u2061\u2062\u2063\u200b\ufe00\ufe01")
_SCRIPTS = {"msub": "_", "munder": "_", "msup": "^", "mover": "^"}


def shape(element: Element) -> str:
    """Write what a tree shows and where, however it is marked up."""
    return "".join(_shape(element)).replace("′}^{′", "′′")  # primes one by one or together


def _shape(element: Element) -> Iterator[str]:
    tag = element.tag
    if tag in ("mi", "mn", "mo"):
        for character in element.text or "":
            if character not in _INVISIBLE and not character.isspace():
                yield from character_keys(*letters().get(character, (character, "")))
        return
    parts = [shape(child) for child in element]
    if tag in ("msub", "munder", "msup", "mover"):
        yield parts[0] + (f"{_SCRIPTS[tag]}{{{parts[1]}}}" if parts[1] else "")
    elif tag in ("msubsup", "munderover"):
        yield f"{parts[0]}_{{{parts[1]}}}^{{{parts[2]}}}"
    elif tag in ("mfrac", "msqrt", "mroot"):
        yield f"{tag}{{{'}{'.join(parts)}}}"
    elif tag not in ("mtext", "mspace"):
        yield from parts


def _outcomes(formulas: list[tuple[str, bool]]) -> tuple[Counter[str], list[str]]:
    """Count formulas by what becomes of latex2mathml's result, and list those that differ."""
    count: Counter[str] = Counter()
    different: list[str] = []
    for tex, display in formulas:
        try:
            canonical = normalise(expand(tokenize(tex), {}))
            ours = convert_with_math_core(canonical.tex, display=display)
        except (UnsupportedError, RefusedError):
            continue
        count["compared"] += 1
        try:
            theirs = convert_with_latex2mathml(canonical.tex, display=display)
        except RefusedError:
            count["refused"] += 1
            continue
        if find_difference(keys_due(canonical.pieces), theirs):
            count["caught"] += 1
        elif shape(ours) != shape(theirs):
            different.append(tex)
    return count, different


def test_formulas_of_the_decks() -> None:
    count, different = _outcomes(of_the_decks())
    assert count["compared"] > 500
    assert different == []
    assert count["refused"] + count["caught"] <= 0.02 * count["compared"]


@pytest.mark.slow
def test_formulas_of_notes() -> None:
    count, different = _outcomes(of_the_corpus(is_suite=False))
    assert different == []
    assert count["refused"] + count["caught"] <= 0.005 * count["compared"]


@pytest.mark.slow
def test_formulas_of_suites() -> None:
    count, different = _outcomes(of_the_corpus(is_suite=True))
    assert len(different) <= 0.02 * count["compared"], different
    assert count["refused"] + count["caught"] <= 0.15 * count["compared"]


_LETTERS = st.sampled_from(["x", "N", r"\alpha", r"\theta", r"\ell", r"\omega"])
_SCRIPT = st.from_regex(r"[A-Za-z0-9]|\{([A-Za-z]{1,5}|[0-9]{1,5})\}", fullmatch=True)


@given(letter=_LETTERS, below=st.none() | _SCRIPT, above=st.none() | _SCRIPT)
def test_a_letter_with_scripts_is_written_alike(
    letter: str, below: str | None, above: str | None
) -> None:
    tex = letter + (f"_{below}" if below else "") + (f"^{above}" if above else "")
    canonical = normalise(tokenize(tex))
    written = []
    for converter in (convert_with_latex2mathml, convert_with_math_core):
        root = converter(canonical.tex, display=False)
        finish(root, is_inline=True)
        written.append(serialise(root, tex, display=False).html)
    assert written[0] == written[1] == convert(tex, display=False).html


@pytest.mark.parametrize("operator", ["max", "lim", "sup", "bigcup", "sum", "prod", "argmax"])
def test_a_bare_operator_has_its_limit_below(operator: str) -> None:
    html = convert(rf"\{operator}_x", display=True).html
    assert "<munder>" in html, html
    assert "<munderover>" in convert(rf"\{operator}_x^n", display=True).html


def test_what_math_core_refuses_is_taken_from_latex2mathml() -> None:
    canonical = normalise(tokenize(LEFT_TO_LATEX2MATHML))
    with pytest.raises(RefusedError):
        convert_with_math_core(canonical.tex, display=True)
    assert convert(LEFT_TO_LATEX2MATHML, display=True).how == "mathml"


LEFT_TO_LATEX2MATHML = "a ∴ b"


def test_greek_capitals_are_upright() -> None:
    assert '<mi mathvariant="normal">Ω</mi>' in convert(r"\Omega", display=False).html
