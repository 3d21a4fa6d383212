"""Formulas and figures of `llm-basics.md`, recomputed."""

import re

import pytest

from tests.content.pages import cards


def test_gpt3_has_twelve_l_d_squared_weights() -> None:
    """`basics-parameter-counts`: 12 L d², and the embeddings."""
    card = cards()["basics-parameter-counts"]
    layers, width = card.number(r"\$L=(\d+)\$"), card.number(r"\$d=(\d+)\$")
    said = card.number(r"=([\d.]+)\$ billion")
    assert 12 * layers * width**2 / 1e9 == pytest.approx(said, abs=0.05)
    embeddings = card.number(r"embeddings add ([\d.]+)\.")
    assert 50257 * width / 1e9 == pytest.approx(embeddings, abs=0.05)


def test_two_thirds_of_a_block_are_ffn() -> None:
    """`basics-what-is-an-llm`: 8 d² against 4 d²."""
    d = 64
    attention, ffn = 4 * d * d, 2 * d * (4 * d)
    assert (ffn, attention) == (8 * d * d, 4 * d * d)
    assert ffn / (ffn + attention) == pytest.approx(2 / 3)


@pytest.mark.parametrize(("n", "m"), [(6, 3), (9, 0), (10, 10)])
def test_pairs_of_a_prefix_mask(n: int, m: int) -> None:
    """`basics-attention-masks`: n(n+1)/2 and m(m-1)/2 more."""
    pairs = sum(j <= i or j <= m for i in range(1, n + 1) for j in range(1, n + 1))
    assert pairs == n * (n + 1) // 2 + m * (m - 1) // 2


def test_smooth_accuracy_gives_a_jump_in_exact_match() -> None:
    """`basics-emergent-abilities`: the table of p and p^10."""
    body = cards()["basics-emergent-abilities"].body
    rows = [re.findall(r"\| ([01]\.\d+)(?= \|)", line) for line in body.splitlines()]
    accuracy, exact = (row for row in rows if row)
    assert len(accuracy) == len(exact) == 5
    for p, match in zip(accuracy, exact, strict=True):
        assert float(p) ** 10 == pytest.approx(float(match), abs=5.1e-3)


def test_tokens_per_parameter_of_the_classics() -> None:
    """`basics-compare-classics`: the three ratios."""
    card = cards()["basics-compare-classics"]
    assert 300 / 175 == pytest.approx(card.number(r"GPT-3 ([\d.]+),"), abs=0.05)
    assert 780 / 540 == pytest.approx(card.number(r"PaLM ([\d.]+),"), abs=0.05)
    assert 1400 / 65 == pytest.approx(card.number(r"LLaMA-65B ([\d.]+)\."), abs=0.05)
