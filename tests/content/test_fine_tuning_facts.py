"""Figures of `fine-tuning.md` and `sft-and-training.md`, recomputed."""

import contextlib
import io
import math
import re

import pytest

from tests.content.pages import cards

H100_FLOPS = 989e12


def printed(name: str, number: int = 0) -> str:
    """Return what a block of a card prints."""
    python = [block for block in cards()[name].blocks if block.is_python]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(python[number].code, name, "exec"), {})
    return out.getvalue()


def test_geometric_mean_probability_of_a_loss() -> None:
    """`finetune-second-epoch-drop`: e^-loss."""
    card = cards()["finetune-second-epoch-drop"]
    for loss, said in re.findall(r"\$e\^\{-([\d.]+)\}=([\d.]+)\$", card.body):
        assert math.exp(-float(loss)) == pytest.approx(float(said), abs=5e-3)
    assert card.number(r"loss of ([\d.]+) in epoch 1") == 1.2


def test_bits_of_knowledge() -> None:
    """`finetune-more-knowledge`: 2 bits for each of 7 billion weights."""
    card = cards()["finetune-more-knowledge"]
    assert 2 * 7e9 / 8 / 1e9 == card.number(r"bits = ([\d.]+) GB")


def test_audit_interval() -> None:
    """`sft-data-properties`: Wilson's interval of 4 errors in 200."""
    card = cards()["sft-data-properties"]
    n, hits, z = card.number(r"audit (\d+)"), card.number(r"with (\d+) errors"), 1.96
    p = hits / n
    assert 100 * p == card.number(r"rate is (\d+) %")
    middle = (p + z * z / 2 / n) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n) / (1 + z * z / n)
    assert 100 * (middle - half) == pytest.approx(card.number(r"interval ([\d.]+)–"), abs=0.05)
    assert 100 * (middle + half) == pytest.approx(card.number(r"–([\d.]+) %"), abs=0.05)


def test_cost_of_a_cascade() -> None:
    """`sft-large-or-small`: everything through the small model, a part through the large."""
    card = cards()["sft-large-or-small"]
    share = card.number(r"escalates (\d+) %") / 100
    assert 7 / 70 + share == pytest.approx(card.number(r"=([\d.]+)\$ of the large"))


def test_compute_optimal_size() -> None:
    """`training-model-size`: N* and D* for 10^21 FLOPs, hours, and where serving weighs as much."""
    card = cards()["training-model-size"]
    n = math.sqrt(1e21 / 120)
    assert 6 * n * 20 * n == pytest.approx(1e21)
    assert n / 1e9 == pytest.approx(card.number(r"N\^\\star=([\d.]+)\$ B"), abs=0.05)
    assert 20 * n / 1e9 == pytest.approx(card.number(r"D\^\\star=(\d+)\$ B"), abs=0.5)
    assert 1e21 / 3600 / H100_FLOPS / 0.4 == pytest.approx(
        card.number(r"(\d+) H100 hours"), abs=0.5
    )
    assert 2 * card.number(r"inf\}\}=(\d)D\$") == 6


def test_ridge_point() -> None:
    """`training-gpu-choice`: FLOPs over bandwidth, from the table."""
    card = cards()["training-gpu-choice"]
    flops = card.number(r"H100 \| 80 \| [\d.]+ \| (\d+) \|")
    bandwidth = card.number(r"H100 \| 80 \| ([\d.]+) \|")
    assert flops / bandwidth == pytest.approx(card.number(r"bandwidth: (\d+) FLOP"), abs=0.5)
