"""Formulas and figures of `generation-and-long-context.md`, recomputed."""

import math
import re

import pytest

from tests.content.numeric import softmax
from tests.content.pages import cards


def test_temperatures_of_the_table() -> None:
    """`generation-diverse-decoding`: softmax of (2, 1, 0) / T, and the nucleus of two."""
    body = cards()["generation-diverse-decoding"].body
    rows = re.findall(r"\| \$T=([\d.]+)\$ \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|", body)
    assert len(rows) == 3
    for temperature, *chances in rows:
        expected = softmax([z / float(temperature) for z in (2, 1, 0)])
        assert [float(p) for p in chances] == pytest.approx(expected, abs=5e-4)
    first, second, _ = softmax([2, 1, 0])
    assert first < 0.9 <= first + second


@pytest.mark.parametrize("logit", [-2.0, -0.1, 0.3, 4.0])
def test_the_repetition_penalty_lowers_every_logit(logit: float) -> None:
    """`generation-repetition-mitigation`: by division above 0, by multiplication below."""
    theta = 1.2
    assert (logit / theta if logit > 0 else logit * theta) < logit


def wavelength(pair: int, base: float, dim: int) -> float:
    """Return after how many tokens a RoPE pair has turned once."""
    return float(2 * math.pi * base ** (2 * pair / dim))


def test_wavelengths_of_rope() -> None:
    """`context-llama-infinite`: the slowest pair, and the pairs without a whole turn."""
    card = cards()["context-llama-infinite"]
    base, dim = card.number(r"\$b=(\d+)\$"), int(card.number(r"\$d=(\d+)\$"))
    lengths = [wavelength(i, base, dim) for i in range(dim // 2)]
    assert lengths[-1] == pytest.approx(card.number(r"slowest takes ([\d,]+) tokens"), abs=1)
    trained = card.number(r"trained on (\d+) has")
    unfinished = sum(length > trained for length in lengths)
    assert unfinished == card.number(r"for (\d+) of the")
    assert len(lengths) == card.number(r"of the (\d+) pairs")


def test_rescaled_rope() -> None:
    """`context-longer-texts`: NTK base and YaRN factor for s = 8."""
    card = cards()["context-longer-texts"]
    s, b, d = (card.number(rf"\${name}=(\d+)\$") for name in ("s", "b", "d"))
    assert b * s ** (d / (d - 2)) == pytest.approx(card.number(r"base of ([\d,]+)\."), abs=1)
    assert 0.1 * math.log(s) + 1 == pytest.approx(card.number(r"is ([\d.]+) for \$s"), abs=0.005)
    slowest = wavelength(63, b * s ** (d / (d - 2)), 128)
    assert slowest == pytest.approx(s * wavelength(63, b, 128)), (
        "the slowest pair is stretched by s"
    )


def test_how_much_more_a_7b_model_computes_than_bert() -> None:
    """`choice-bert-or-llama`: weights outside the embeddings."""
    card = cards()["choice-bert-or-llama"]
    d, ff = 768, 3072
    blocks = 12 * (4 * (d * d + d) + (d * ff + ff) + (ff * d + d) + 4 * d)
    assert blocks / 1e6 == pytest.approx(card.number(r"BERT-base's (\d+)M"), abs=0.5)
    assert 7e9 / blocks == pytest.approx(card.number(r"about (\d+) times \(7B\)"), rel=0.05)
