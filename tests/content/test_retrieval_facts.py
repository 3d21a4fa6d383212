"""Figures and programs of the pages on retrieval, evaluation, optimization and graphs."""

import contextlib
import io
import math
import re

import pytest

from tests.content.numeric import softmax
from tests.content.pages import cards


def printed(name: str) -> str:
    """Return what the first block of a card prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(cards()[name].blocks[0].code, name, "exec"), {})
    return out.getvalue().strip()


def test_hard_negatives_take_the_gradient() -> None:
    """`retrieval-hard-negatives-why`: shares of one negative, and the derivative itself."""
    card = cards()["retrieval-hard-negatives-why"]
    tau, positive = card.number(r"\$\\tau=([\d.]+)\$ and"), card.number(r"s\^\+=([\d.]+)\$")
    rows = re.findall(r"\| ([\d.]+) \| ([\d.]+) \|$", card.body, re.M)
    assert len(rows) == 3
    shares = [softmax([positive / tau, float(s) / tau])[1] for s, _ in rows]
    for share, (_, said) in zip(shares, rows, strict=True):
        assert share == pytest.approx(float(said), rel=0.05)
    assert shares[2] / shares[0] == pytest.approx(card.number(r"some ([\d,]+) times"), rel=0.1)

    def loss(s: float) -> float:
        return -math.log(softmax([positive / tau, s / tau])[0])

    slope = (loss(0.75 + 1e-6) - loss(0.75 - 1e-6)) / 2e-6
    assert slope == pytest.approx(shares[2] / tau, rel=1e-4)


def test_stages_multiply() -> None:
    """`evaluation-why`: the product, and with one stage perfect."""
    card = cards()["evaluation-why"]
    said = re.search(r"With ([\d.]+), ([\d.]+) and ([\d.]+): (\d\.\d+)\.", card.body)
    assert said
    index, rank, read, product = (float(x) for x in said.groups())
    assert index * rank * read == pytest.approx(product, abs=5e-3)
    assert index * rank == pytest.approx(card.number(r"generation gives (0\.\d+)"), abs=5.1e-3)
    assert index * read == pytest.approx(card.number(r"retrieval (0\.\d+):"), abs=5.1e-3)


def test_budget_of_a_prompt() -> None:
    """`optimization-context-loss`: what is left for passages."""
    card = cards()["optimization-context-loss"]
    said = re.search(r"([\d,]+) − (\d+) − ([\d,]+) − ([\d,]+) = ([\d,]+) tokens = (\d+)", card.body)
    assert said
    window, *rest, left, passages = (int(x.replace(",", "")) for x in said.groups())
    assert window - sum(rest) == left == passages * card.number(r"passages of (\d+)")


def test_share_of_a_corpus_that_top_20_reads() -> None:
    """`graph-rag-why`: chunks of a million tokens."""
    card = cards()["graph-rag-why"]
    chunks = card.number(r"some ([\d,]+) chunks")
    assert chunks * card.number(r"chunks of (\d+)") == 1e6
    assert 100 * card.number(r"top-(\d+) reads") / chunks == card.number(r"reads (\d+) %")
