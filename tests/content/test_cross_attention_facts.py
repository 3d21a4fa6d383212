"""Formulas and figures of `cross-attention-and-bert.md`, recomputed."""

import math
import random

import pytest

from tests.content.numeric import softmax
from tests.content.pages import cards


def test_shapes_of_cross_attention() -> None:
    """`cross-explain`: T rows come out, each row of weights sums to 1."""
    rng = random.Random(4)
    queries = [[rng.gauss(0, 1) for _ in range(3)] for _ in range(2)]
    keys = [[rng.gauss(0, 1) for _ in range(3)] for _ in range(5)]
    rows = [
        softmax([sum(a * b for a, b in zip(q, k, strict=True)) / math.sqrt(3) for k in keys])
        for q in queries
    ]
    assert [len(row) for row in rows] == [5, 5]
    assert [sum(row) for row in rows] == pytest.approx([1, 1])


def test_a_third_more_weights_with_cross_attention() -> None:
    """`cross-versus-multihead`: 16 d² against 12 d²."""
    card = cards()["cross-versus-multihead"]
    with_cross, without = card.number(r"8d\^2=(\d+)d"), card.number(r"without \$(\d+)d")
    assert (with_cross, without) == (4 + 4 + 8, 4 + 8)
    assert with_cross / without == pytest.approx(4 / 3)


def test_latent_pixels() -> None:
    """`cross-applications`: 64 · 64."""
    assert cards()["cross-applications"].number(r"64\\cdot64=(\d+)\$") == 64 * 64


def test_a_closed_gate_still_has_a_gradient() -> None:
    """`cross-advantages-challenges`: tanh(0) = 0, its slope is 1."""
    assert math.tanh(0) == 0
    assert (math.tanh(1e-6) - math.tanh(-1e-6)) / 2e-6 == pytest.approx(1)


def test_bert_base_gives_thirteen_states() -> None:
    """`bert-hidden-states`: the embedding output and twelve blocks."""
    card = cards()["bert-hidden-states"]
    assert card.number(r"BERT-base: (\d+) tensors") == 12 + 1
    assert list(range(13))[-2] == card.number(r"\[-2\]` is block (\d+)")
