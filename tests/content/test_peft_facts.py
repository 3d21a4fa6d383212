"""Counts and memory figures of `peft.md`, computed anew."""

import contextlib
import io
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


def test_lora_counts_of_the_table() -> None:
    """`peft-lora-parameter-count`: three rows and the rank where LoRA stops paying."""
    card = cards()["peft-lora-parameter-count"]
    row = r"{} \| \d+ \| ([\d,]+) \|"
    said = card.number(row.format("7B \\| q, v"))
    assert said == lora(LLAMA2, 8, all_linear=False)
    said = card.number(row.format("7B \\| all linear"))
    assert said == lora(LLAMA2, 16)
    assert 100 * said / LLAMA2_SIZE == pytest.approx(
        card.number(r"9,976,960 \| ([\d.]+) %"), abs=5e-3
    )
    said = card.number(row.format("8B \\| all linear"))
    assert said == lora(LLAMA3, 16)
    assert 100 * said / LLAMA3_SIZE == pytest.approx(
        card.number(r"1,943,040 \| ([\d.]+) %"), abs=5e-3
    )
    limit = card.number(r"\$: (\d+) for a")
    assert limit * (4096 + 4096) == 4096 * 4096


def test_the_printed_counts_are_those_of_the_table() -> None:
    """`peft-lora-parameter-count`: the program prints what the table says."""
    card = cards()["peft-lora-parameter-count"]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(card.blocks[0].code, {})
    printed = [f"{int(line):,}" for line in out.getvalue().split()]
    assert printed
    assert all(f"| {number} |" in card.body for number in printed)


def test_memory_of_full_lora_and_qlora() -> None:
    """`peft-why`: the rows of the table add up."""
    card = cards()["peft-why"]
    trained = lora(LLAMA2, 16)
    base = [2 * LLAMA2_SIZE, 2 * LLAMA2_SIZE, LLAMA2_SIZE * (4 + 0.127) / 8]
    state = [(BYTES_OF_ADAM - 2) * LLAMA2_SIZE, BYTES_OF_ADAM * trained, BYTES_OF_ADAM * trained]
    rows = {
        "base weights": base,
        "optimizer state": state,
        "sum": [b + s for b, s in zip(base, state, strict=True)],
    }
    for name, sizes in rows.items():
        for column, size in enumerate(sizes):
            skip = r"(?:[\d.]+ GB \| )" + f"{{{column}}}"
            said = card.number(rf"{name} \| {skip}([\d.]+) GB")
            assert said == pytest.approx(size / 1e9, abs=0.05), (name, column)
    assert 2 * trained / 1e6 == pytest.approx(card.number(r"13\.5 GB \| (\d+) MB"), abs=0.5)


def test_sizes_of_the_families() -> None:
    """`peft-families`: what each method trains on the 7B shape."""
    card = cards()["peft-families"]
    layers, d, ff = LLAMA2["layers"], LLAMA2["d"], LLAMA2["ff"]
    said = {
        r"Prompt tuning \|.*\| ([\d.]+) M \|": 100 * d,
        r"Prefix tuning \|.*\| ([\d.]+) M \|": layers * 2 * 20 * d,
        r"IA\)³ \|.*\| ([\d.]+) M \|": layers * (2 * d + ff),
        r"Adapters \|.*\| ([\d.]+) M ": adapters(layers, d, 64),
        r"LoRA \|.*\| ([\d.]+) M ": lora(LLAMA2, 16),
    }
    for pattern, count in said.items():
        assert count / 1e6 == pytest.approx(card.number(pattern), rel=0.015), pattern


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


def test_double_quantisation() -> None:
    """`peft-qlora`: bits of the scales and the size of a 65B base."""
    card = cards()["peft-qlora"]
    scales = 8 / 64 + 32 / (64 * 256)
    assert scales == pytest.approx(card.number(r"=([\d.]+)\\text\{ bit\}\n"), abs=5e-4)
    bits = card.number(r"At ([\d.]+) bits")
    assert bits == pytest.approx(4 + scales, abs=5e-4)
    assert 65 * bits / 8 == pytest.approx(card.number(r"base takes ([\d.]+) GB"), abs=0.05)
    assert 65 * 2 == card.number(r"against (\d+) GB in bf16")


def test_scales_of_rank() -> None:
    """`peft-lora-hyperparameters`: α/r against α/√r."""
    card = cards()["peft-lora-hyperparameters"]
    alpha = card.number(r"With \$\\alpha=(\d+)\$")
    assert alpha / 256 == card.number(r"from 1 to ([\d.]+),")
    assert alpha / 16 == 1
    assert alpha / 16**0.5 == card.number(r"only from (\d) to 1")
    assert alpha / 256**0.5 == 1
