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


@pytest.mark.parametrize("name", ["optimization-context-loss", "fusion-workflow"])
def test_programs_print_what_their_comments_say(name: str) -> None:
    """The comment at the end is the output."""
    assert cards()[name].blocks[0].code.rstrip().endswith("# " + printed(name))


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


def test_rank_metrics() -> None:
    """`evaluation-rank-metrics`: the first sentence against the definitions and the program."""
    card = cards()["evaluation-rank-metrics"]
    hits, relevant = [0, 1, 1, 0, 0], 3
    dcg = sum(h / math.log2(i + 1) for i, h in enumerate(hits, 1))
    ideal = sum(1 / math.log2(i + 1) for i in (1, 2, 3))
    ours = {
        "Recall@5": sum(hits) / relevant,
        "precision@5": sum(hits) / 5,
        "reciprocal rank": 1 / 2,
        "AP": (1 / 2 + 2 / 3) / relevant,
        "nDCG@5": dcg / ideal,
    }
    for name, value in ours.items():
        said = card.number(rf"{name} = (\d\.\d+)")
        assert said == pytest.approx(value, abs=5e-4)
        assert str(value)[:9] in printed(card.id)
    assert relevant / 5 == card.number(r"can't exceed (0\.\d)")


def test_threshold_of_abstention() -> None:
    """`optimization-missing-content`: what is stopped, answered and wrong."""
    card = cards()["optimization-missing-content"]
    stopped = 200 * card.number(r"stops (\d+) % of these") / 100
    assert stopped == card.number(r"of these \((\d+)\)")
    good = 800 * card.number(r"stops (\d+) % of the rest") / 100
    assert good == card.number(r"of the rest \((\d+)\)")
    answered = 1000 - stopped - good
    assert answered == card.number(r"leaves (\d+) answered")
    assert 200 - stopped == card.number(r"(\d+) of them bound")
    share = 100 * (200 - stopped) / answered
    assert share == pytest.approx(card.number(r"wrong: ([\d.]+) %"), abs=0.05)


def test_ceiling_of_a_reranker() -> None:
    """`optimization-missed-top-ranks`: recall of candidates times the reranker's."""
    card = cards()["optimization-missed-top-ranks"]
    ceiling = card.number(r"recall@50 = (0\.\d+)")
    assert ceiling * 0.9 == pytest.approx(card.number(r"0\.90=(0\.\d+)"), abs=5e-3)
    more = card.number(r"with recall (0\.\d+)")
    assert more * 0.9 == pytest.approx(card.number(r"at best (0\.\d+)"), abs=5.1e-3)


def test_budget_of_a_prompt() -> None:
    """`optimization-context-loss`: what is left for passages."""
    card = cards()["optimization-context-loss"]
    said = re.search(r"([\d,]+) − (\d+) − ([\d,]+) − ([\d,]+) = ([\d,]+) tokens = (\d+)", card.body)
    assert said
    window, *rest, left, passages = (int(x.replace(",", "")) for x in said.groups())
    assert window - sum(rest) == left == passages * card.number(r"passages of (\d+)")


def test_hops_multiply_and_neighbourhoods_grow() -> None:
    """`optimization-vector-context-problems`, `optimization-kg-context`."""
    card = cards()["optimization-vector-context-problems"]
    each = card.number(r"probability (0\.\d)")
    assert each**2 == pytest.approx(card.number(r"two hops succeed with (0\.\d+)"), abs=5e-3)
    assert each**3 == pytest.approx(card.number(r"three with (0\.\d+)"), abs=5e-3)
    card = cards()["optimization-kg-context"]
    degree = card.number(r"mean degree (\d+)")
    assert degree**2 == card.number(r"hold (\d+) nodes")
    assert degree**5 / 1e6 == card.number(r"five ([\d.]+) million")
    assert "Ada leads Team X." in printed(card.id)
    assert "Eve" not in printed(card.id)


def test_reciprocal_rank_fusion() -> None:
    """`fusion-what`: each row of the example, in order; `fusion-techniques`: weights of ranks."""
    card = cards()["fusion-what"]
    k = card.number(r"\\qquad k=(\d+)")
    rows = re.findall(r"^\| (\w) \| ([\d–, ]+) \| (0\.\d+) \|$", card.body, re.M)
    assert len(rows) == 4
    for _, ranks, said in rows:
        score = sum(1 / (k + int(rank)) for rank in re.findall(r"\d+", ranks))
        assert score == pytest.approx(float(said), abs=5e-5)
    assert [said for *_, said in rows] == sorted((said for *_, said in rows), reverse=True)
    assert str([name for name, *_ in rows]) == printed("fusion-workflow")
    card = cards()["fusion-techniques"]
    assert (60 + 10) / (60 + 1) == pytest.approx(card.number(r"weighs (\d\.\d+) times"), abs=5e-3)
    assert (1 + 10) / (1 + 1) == card.number(r"k=1\$, ([\d.]+) times")


def test_share_of_a_corpus_that_top_20_reads() -> None:
    """`graph-rag-why`: chunks of a million tokens."""
    card = cards()["graph-rag-why"]
    chunks = card.number(r"some ([\d,]+) chunks")
    assert chunks * card.number(r"chunks of (\d+)") == 1e6
    assert 100 * card.number(r"top-(\d+) reads") / chunks == card.number(r"reads (\d+) %")


def test_the_outage_reaches_acme() -> None:
    """`graph-rag-code`: the prose repeats what the program prints."""
    card = cards()["graph-rag-code"]
    lines = printed(card.id).split("\n")
    assert [f"`{line}`" in card.body for line in lines] == [True, True]
    assert 0.7**2 == pytest.approx(card.number(r"survives with (\d+) %") / 100)


def test_personalised_pagerank() -> None:
    """`graph-rag-ranking`: the table is the program's, and a fixed point of the formula."""
    card = cards()["graph-rag-ranking"]
    row = re.search(r"^\| (0\.\d+ \|.*) \|$", card.body, re.M)
    assert row
    said = dict(zip("abcde", (float(x) for x in row[1].split("|")), strict=True))
    assert str(said) == printed(card.id)
    assert sum(said.values()) == pytest.approx(1, abs=3e-3)
    near = {"a": "b", "b": "ace", "c": "bd", "d": "c", "e": "b"}
    for node, score in said.items():
        walked = sum(said[other] / len(near[other]) for other in near[node])
        assert score == pytest.approx(0.5 * (node == "a") + 0.5 * walked, abs=1e-3)
