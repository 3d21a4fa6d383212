"""Formulas and figures of `attention.md`, recomputed."""

import math
import random

import pytest

from tests.content.numeric import softmax
from tests.content.pages import cards

KIB, MIB, GIB = 2**10, 2**20, 2**30


def cache_bytes(layers: float, kv_heads: float, head_dim: float, size: int = 2) -> float:
    """Return the KV cache of one token."""
    return 2 * layers * kv_heads * head_dim * size


def test_stored_scores_and_cache_of_the_opening_card() -> None:
    """`attention-problems`: 64 GiB of scores, half a MiB a token."""
    card = cards()["attention-problems"]
    n = card.number(r"\$n=(\d+)\$ tokens")
    heads = card.number(r"and (\d+) heads")
    assert heads * n * n * 2 / GIB == card.number(r"bytes = (\d+) GiB")
    a_token = cache_bytes(
        card.number(r"\$L=(\d+)\$"), card.number(r"h_\{kv\}=(\d+)"), card.number(r"d_h=(\d+)")
    )
    assert a_token / MIB == card.number(r"([\d.]+) MiB per token")
    assert a_token * 4096 / GIB == card.number(r"(\d+) GiB at 4096")


def test_linear_layers_dominate_short_inputs() -> None:
    """`attention-problems`: over 90 % at 2000 tokens and d = 4096."""
    assert 1 - 2000 / (6 * 4096 + 2000) > 0.9


def test_linear_attention_is_reassociated_attention() -> None:
    """`attention-variants`: φ(q)ᵀ Σ φ(k) vᵀ equals weighting the values by φ(q)ᵀφ(k)."""
    rng = random.Random(1)
    q = [abs(rng.gauss(0, 1)) for _ in range(3)]
    keys = [[abs(rng.gauss(0, 1)) for _ in range(3)] for _ in range(5)]
    values = [rng.gauss(0, 1) for _ in range(5)]
    state = [sum(k[i] * v for k, v in zip(keys, values, strict=True)) for i in range(3)]
    by_state = sum(a * b for a, b in zip(q, state, strict=True))
    by_pairs = sum(
        sum(a * b for a, b in zip(q, k, strict=True)) * v for k, v in zip(keys, values, strict=True)
    )
    assert by_state == pytest.approx(by_pairs)


def test_a_busy_a100_needs_150_operations_a_byte() -> None:
    """`attention-mha-issues`: ratio of peak arithmetic to bandwidth."""
    card = cards()["attention-mha-issues"]
    ratio = card.number(r"\((\d+) TFLOP/s") / card.number(r"over ([\d.]+) TB/s")
    assert ratio == pytest.approx(card.number(r"needs about (\d+)"), rel=0.05)


def test_cache_table_of_a_70b_model() -> None:
    """`attention-mha-gqa-mqa-cache`: each row of the table."""
    card = cards()["attention-mha-gqa-mqa-cache"]
    layers, dim = card.number(r"\$L=(\d+)\$, \$h=64"), card.number(r"d_h=(\d+)\$")
    for row in ("MHA", r"GQA \(as released\)", "MQA"):
        cells = rf"\| {row} \| "
        kv_heads = card.number(cells + r"(\d+)")
        a_token = cache_bytes(layers, kv_heads, dim)
        assert a_token / KIB == card.number(cells + r"\d+ \| (\d+) KiB")
        assert a_token * 32768 / GIB == card.number(cells + r"\d+ \| \d+ KiB \| ([\d.]+) GiB")


def test_how_many_sequences_fit() -> None:
    """`attention-mqa-benefits`: 60 GiB filled with MHA or MQA caches."""
    card = cards()["attention-mqa-benefits"]
    room = card.number(r"with (\d+) GiB left") * GIB
    for row, kv_heads in (("MHA", 32), ("MQA", 1)):
        a_token = cache_bytes(32, kv_heads, 128)
        assert a_token / KIB == card.number(rf"\| {row} \| (\d+) KiB")
        assert room // (a_token * 4096) == card.number(rf"\| {row} \|.* (\d+) \|\n")
    assert cache_bytes(32, 32, 128) * 1000 / 1e9 == pytest.approx(
        card.number(r"cache is ([\d.]+) GB"), abs=0.05
    )


@pytest.mark.parametrize(("heads", "kv_heads"), [(8, 8), (8, 2), (8, 1), (28, 4)])
def test_repeat_interleave_maps_query_heads_to_groups(heads: int, kv_heads: int) -> None:
    """`attention-gqa-code`: query i reads KV head floor(i h_kv / h)."""
    repeated = [j for j in range(kv_heads) for _ in range(heads // kv_heads)]
    assert repeated == [i * kv_heads // heads for i in range(heads)]


def test_attention_was_bound_by_memory() -> None:
    """`attention-flash-why`: arithmetic and traffic of one head."""
    card = cards()["attention-flash-why"]
    n, dim = card.number(r"\$n=(\d+)\$"), card.number(r"d_h=(\d+)\$, bf16")
    bandwidth, peak = card.number(r"at (\d+) TB/s"), card.number(r"and (\d+) TFLOP/s")
    flops, traffic = 4 * n * n * dim, 4 * n * n * 2
    assert flops / 1e9 == pytest.approx(card.number(r"([\d.]+) GFLOP"), abs=0.05)
    assert flops / peak / 1e6 == pytest.approx(card.number(r"GFLOP \| (\d+) µs"), abs=0.5)
    assert traffic / 1e6 == pytest.approx(card.number(r"(\d+) MB"), abs=0.5)
    assert traffic / bandwidth / 1e6 == pytest.approx(card.number(r"MB \| (\d+) µs"), abs=0.5)


def test_a_running_softmax_is_exact() -> None:
    """`attention-flash-idea`: the recurrences for m, l and o, tile by tile."""
    rng = random.Random(2)
    scores = [rng.gauss(0, 6) for _ in range(50)]
    values = [rng.gauss(0, 1) for _ in scores]
    m, total, out = -math.inf, 0.0, 0.0
    for start in range(0, 50, 7):
        tile = scores[start : start + 7]
        new = max(m, *tile)
        keep = math.exp(m - new)
        powers = [math.exp(s - new) for s in tile]
        total = keep * total + sum(powers)
        out = keep * out + sum(p * v for p, v in zip(powers, values[start:], strict=False))
        m = new
    exact = sum(p * v for p, v in zip(softmax(scores), values, strict=True))
    assert out / total == pytest.approx(exact)


def test_share_of_the_quadratic_part() -> None:
    """`attention-complexity`: 4n²d of all FLOPs is n / (6d + n); equal to 8nd² at n = 2d."""
    card = cards()["attention-complexity"]
    d = card.number(r"For \$d=(\d+)\$")
    for n in (4096, 32768):
        share = 4 * n * n * d / (8 * n * d * d + 16 * n * d * d + 4 * n * n * d)
        assert share == pytest.approx(n / (6 * d + n))
        assert 100 * share == pytest.approx(card.number(rf"(\d+) % at \$n={n}\$"), abs=0.5)
    even = 2 * d
    assert 4 * even * even * d == 8 * even * d * d


def test_reserved_and_paged_cache_of_opt_13b() -> None:
    """`attention-paged`: 40 layers of width 5120."""
    card = cards()["attention-paged"]
    a_token = cache_bytes(40, 40, 128)
    assert a_token / KIB == card.number(r"needs (\d+) KiB")
    reserved = card.number(r"Reserving (\d+) tokens") * a_token
    assert reserved / GIB == pytest.approx(card.number(r"takes ([\d.]+) GiB"), abs=0.005)
    assert card.number(r"blocks of (\d+)") - 1 == card.number(r"at most (\d+) slots")
