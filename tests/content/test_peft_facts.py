"""Counts and memory figures of `peft.md`, recomputed."""

import random

import pytest

from tests.content.pages import cards

LLAMA2 = {"layers": 32, "d": 4096, "ff": 11008, "kv": 4096}
LLAMA3 = {"layers": 32, "d": 4096, "ff": 14336, "kv": 1024}
LLAMA2_SIZE, LLAMA3_SIZE = 6.738e9, 8.03e9
BYTES_OF_ADAM = 16  # bf16 weight and gradient, fp32 master weight, two fp32 moments


def lora(shape: dict[str, int], r: int, *, all_linear: bool = True) -> int:
    """Return the weights of LoRA on q and v, or on all seven linear layers of a block."""
    d, ff, kv = shape["d"], shape["ff"], shape["kv"]
    ends = [(d, d), (d, kv)]
    if all_linear:
        ends += [(d, kv), (d, d), (d, ff), (d, ff), (ff, d)]
    return shape["layers"] * sum(r * (a + b) for a, b in ends)


def adapters(layers: int, d: int, m: int) -> int:
    """Return the weights of two adapters with biases in each block."""
    return 2 * layers * (d * m + m + m * d + d)


def test_adapters_of_bert() -> None:
    """`peft-adapter-architecture`: the formula, the count and the share."""
    card = cards()["peft-adapter-architecture"]
    layers, d, m = (card.number(rf"{name}=(\d+)\$") for name in "Ldm")
    said = card.number(r": ([\d,]+) weights")
    assert said == 2 * layers * (2 * m * d + m + d) == adapters(int(layers), int(d), int(m))
    assert 100 * said / 110e6 == pytest.approx(card.number(r"weights, ([\d.]+) %"), abs=0.05)


def test_nine_tasks_on_one_base() -> None:
    """`peft-adapter-motivation`: 1 + 9 · 0.036."""
    card = cards()["peft-adapter-motivation"]
    share = card.number(r"n=([\d.]+)\\,N")
    assert 1 + 9 * share == pytest.approx(card.number(r"about \$([\d.]+)\\,N"), abs=0.05)


def test_gradients_of_lora() -> None:
    """`peft-lora-idea`: both formulas against finite differences, and the dead start."""
    rng = random.Random(1)
    d, k, r, s = 3, 4, 2, 0.7
    a = [[rng.gauss(0, 1) for _ in range(k)] for _ in range(r)]
    b = [[rng.gauss(0, 1) for _ in range(r)] for _ in range(d)]
    x, g = [rng.gauss(0, 1) for _ in range(k)], [rng.gauss(0, 1) for _ in range(d)]

    def loss() -> float:
        ax = [sum(a[i][j] * x[j] for j in range(k)) for i in range(r)]
        return s * sum(g[i] * sum(b[i][j] * ax[j] for j in range(r)) for i in range(d))

    def slope(matrix: list[list[float]], i: int, j: int) -> float:
        before, sides = matrix[i][j], []
        for step in (1e-6, -1e-6):
            matrix[i][j] = before + step
            sides.append(loss())
        matrix[i][j] = before
        return (sides[0] - sides[1]) / 2e-6

    ax = [sum(a[i][j] * x[j] for j in range(k)) for i in range(r)]
    bg = [sum(b[i][j] * g[i] for i in range(d)) for j in range(r)]
    assert slope(b, 2, 1) == pytest.approx(s * g[2] * ax[1], rel=1e-6)
    assert slope(a, 1, 3) == pytest.approx(s * bg[1] * x[3], rel=1e-6)
    for row in (*a, *b):
        row[:] = [0.0] * len(row)
    assert slope(a, 0, 0) == slope(b, 0, 0) == 0


def test_scales_of_rank() -> None:
    """`peft-lora-hyperparameters`: α/r against α/√r."""
    card = cards()["peft-lora-hyperparameters"]
    alpha = card.number(r"With \$\\alpha=(\d+)\$")
    assert alpha / 256 == card.number(r"from 1 to ([\d.]+),")
    assert alpha / 16 == 1
    assert alpha / 16**0.5 == card.number(r"only from (\d) to 1")
    assert alpha / 256**0.5 == 1
