"""Figures and programs of the RAG pages, computed anew."""

import contextlib
import io
import math
import re

import pytest

from tests.content.numeric import softmax
from tests.content.pages import PageCard, cards


def printed(card: PageCard, number: int = 0) -> str:
    """Return what a block of a card prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(card.blocks[number].code, card.id, "exec"), {})
    return out.getvalue().strip()


@pytest.mark.parametrize(
    "name",
    ["documents-pdf-problems", "documents-table-traditional", "documents-chunking-strategies"],
)
def test_programs_print_what_their_comments_say(name: str) -> None:
    """The comment after the last print is the output."""
    card = cards()[name]
    assert card.blocks[0].code.rstrip().endswith("# " + printed(card))


def test_latency_of_the_pipeline() -> None:
    """`rag-workflow`: the steps add up to the bold sum."""
    card = cards()["rag-workflow"]
    steps = [int(ms) for ms in re.findall(r"^\|[^*|]+\|[^|]+\| (\d+) ms \|$", card.body, re.M)]
    assert len(steps) == 5
    assert sum(steps) == card.number(r"\*\*([\d,]+) ms\*\*")


def test_bytes_of_a_million_vectors() -> None:
    """`rag-core-technologies`: each form of 1024 dimensions, and the links of HNSW."""
    card = cards()["rag-core-technologies"]
    d = card.number(r"\$d=(\d+)\$")
    assert card.number(r"fp32 \| ([\d,]+) \|") == 4 * d
    assert card.number(r"fp32 \|.*\| ([\d.]+) GB") == pytest.approx(4e6 * d / 1e9, abs=0.05)
    assert card.number(r"links.*\| \+(\d+) \|") == 2 * card.number(r"\$M=(\d+)\$") * 4
    assert card.number(r"int8 \| ([\d,]+) \|") == d
    assert card.number(r"binary \| (\d+) \|") == d / 8 == card.number(r"binary \|.*\| (\d+) MB")


def test_price_of_answers() -> None:
    """`rag-benefits`: tokens, dollars, and the same with a long context."""
    card = cards()["rag-benefits"]
    tokens = card.number(r"(\d+) passages of") * card.number(r"passages of (\d+)")
    tokens += card.number(r"tokens, (\d+) of instructions")
    answer = card.number(r"(\d+) of answer") * 2e-6
    assert f"${tokens:,.0f}\\cdot".replace(",", "{,}") in card.body
    assert tokens * 0.25e-6 + answer == pytest.approx(card.number(r"=([\d.]+)\$ USD"), abs=5e-5)
    each = 1000 * (tokens * 0.25e-6 + answer)
    assert each == pytest.approx(card.number(r"questions cost ([\d.]+) USD"), abs=0.0051)
    assert 1000 * (0.025 + answer) == pytest.approx(card.number(r"would cost ([\d.]+) USD"))


def test_bm25_saturates() -> None:
    """`rag-retrieval-module`: the factor at f = 1 and 5, and its limit."""
    card = cards()["rag-retrieval-module"]
    k = card.number(r"k_1\\approx([\d.]+)\$")

    def factor(f: float) -> float:
        return f * (k + 1) / (f + k)

    assert factor(1) == pytest.approx(1)
    assert factor(5) == pytest.approx(card.number(r"([\d.]+) for \$f=5"), abs=5e-3)
    assert factor(1e9) == pytest.approx(card.number(r"never above (\d\.\d)"))


def test_contrastive_probability() -> None:
    """`rag-semantic-representations`: InfoNCE of three cosines."""
    card = cards()["rag-semantic-representations"]
    tau = card.number(r"\$\\tau=([\d.]+)\$")
    first = softmax([s / tau for s in (0.8, 0.6, 0.3)])[0]
    assert first == pytest.approx(card.number(r"probability ([\d.]+),"), abs=5e-4)
    assert -math.log(first) == pytest.approx(card.number(r"loss (\d\.\d+)"), abs=5e-4)


def test_token_pairs_of_fusion() -> None:
    """`rag-generation-module`: one long prompt against passages apart."""
    card = cards()["rag-generation-module"]
    k, size = card.number(r"k=(\d+)\$"), card.number(r"\\ell=(\d+)\$")
    assert (k * size) ** 2 / 1e6 == card.number(r"has \$(\d+)\\cdot")
    assert k * size**2 / 1e6 == card.number(r"FiD ([\d.]+) million")


def test_compressed_passages() -> None:
    """`rag-post-retrieval`: ten passages cut to a third."""
    card = cards()["rag-post-retrieval"]
    tokens = card.number(r"(\d+) passages of") * card.number(r"passages of (\d+) tokens")
    assert tokens == card.number(r": ([\d,]+) →")
    assert tokens / 3 == pytest.approx(card.number(r"→ ([\d,]+) tokens"), abs=0.5)


def test_number_of_chunks() -> None:
    """`documents-chunking-why`: the formula against cutting, and the example."""
    card = cards()["documents-chunking-why"]

    def cut(n: int, c: int, o: int) -> int:
        starts = [0]
        while starts[-1] + c < n:
            starts.append(starts[-1] + c - o)
        return len(starts)

    for n, c, o in (
        (10_000, 512, 64),
        (512, 512, 64),
        (513, 512, 64),
        (960, 512, 64),
        (961, 512, 64),
    ):
        assert cut(n, c, o) == math.ceil((n - o) / (c - o))
    assert cut(10_000, 512, 64) == card.number(r": (\d+) chunks")
    assert 512 / (512 - 64) == pytest.approx(card.number(r"factor (\d\.\d+)"), abs=5e-3)
