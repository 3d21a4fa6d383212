"""Formulas and figures of `losses-and-similarity.md`, recomputed."""

import math
import random
import re
from collections.abc import Sequence

import pytest

from tests.content.numeric import mean, sigmoid, softmax
from tests.content.pages import cards


def kl(p: Sequence[float], q: Sequence[float]) -> float:
    """Return Σ p ln(p / q)."""
    return sum(a * math.log(a / b) for a, b in zip(p, q, strict=True) if a)


def cross_entropy(p: Sequence[float], q: Sequence[float]) -> float:
    """Return -Σ p ln q."""
    return -sum(a * math.log(b) for a, b in zip(p, q, strict=True) if a)


def vector(card_id: str, name: str) -> list[float]:
    """Read `name=(…)` from a card."""
    hit = re.search(name + r"=\(([-\d.,]+)\)", cards()[card_id].body)
    assert hit, name
    return [float(part) for part in hit[1].split(",")]


def test_kl_both_ways() -> None:
    """`loss-kl-divergence`: the example, not symmetric, and the sampled estimator."""
    card = cards()["loss-kl-divergence"]
    p, q = vector(card.id, r"\$p"), vector(card.id, r"\$q")
    assert kl(p, q) == pytest.approx(card.number(r"p\\Vert q\)=([\d.]+)\$"), abs=5e-4)
    assert kl(q, p) == pytest.approx(card.number(r"q\\Vert p\)=([\d.]+)\$"), abs=5e-4)
    ratios = [b / a for a, b in zip(p, q, strict=True)]
    assert all(r - 1 - math.log(r) >= 0 for r in ratios)
    estimate = sum(a * (r - 1 - math.log(r)) for a, r in zip(p, ratios, strict=True))
    assert estimate == pytest.approx(kl(p, q))


def test_cross_entropy_table() -> None:
    """`loss-cross-entropy`: minus the logarithm of each probability."""
    body = cards()["loss-cross-entropy"].body
    rows = [re.findall(r"\| ([\d.]+)(?= \|)", line) for line in body.splitlines()]
    chances, losses = (row for row in rows if row)
    assert len(chances) == len(losses) == 5
    for chance, loss in zip(chances, losses, strict=True):
        assert -math.log(float(chance)) == pytest.approx(float(loss), abs=5.1e-3)


def test_cross_entropy_is_entropy_plus_kl() -> None:
    """`loss-kl-versus-cross-entropy`: the example and the identity."""
    card = cards()["loss-kl-versus-cross-entropy"]
    p, q = vector(card.id, r"\$p"), vector(card.id, r"\$q")
    assert cross_entropy(p, p) == pytest.approx(card.number(r"gives \$H\(p\)=([\d.]+)\$"), abs=5e-4)
    assert cross_entropy(p, q) == pytest.approx(card.number(r"H\(p,q\)=([\d.]+)\$"), abs=5e-4)
    assert kl(p, q) == pytest.approx(card.number(r"mathrm\{KL\}=([\d.]+)\$"), abs=5e-4)
    assert cross_entropy(p, q) == pytest.approx(cross_entropy(p, p) + kl(p, q))


def test_distillation_gradients_shrink_with_the_temperature_squared() -> None:
    """`loss-kl-versus-cross-entropy`: τ² KL of both softened sides has a gradient of fixed size."""
    student, teacher = [0.3, -0.2, 0.1], [0.5, 0.1, -0.4]

    def gradient(tau: float) -> float:
        q = softmax([z / tau for z in student])
        p = softmax([z / tau for z in teacher])
        return tau**2 * (q[0] - p[0]) / tau

    assert gradient(50.0) == pytest.approx(gradient(100.0), rel=0.02)


@pytest.mark.parametrize("loss", [100.0, 0.1])
def test_uncertainty_weights_give_each_task_the_same_share(loss: float) -> None:
    """`loss-multitask-balance`: the minimum over s lies at ln L, where the share is 1."""
    s = math.log(loss)
    assert math.exp(-s) * loss == pytest.approx(1)
    for other in (s - 0.01, s + 0.01):
        assert math.exp(-other) * loss + other > math.exp(-s) * loss + s


def test_gradients_of_a_confident_mistake() -> None:
    """`loss-cross-entropy-versus-mse`: both derivatives and their ratio."""
    card = cards()["loss-cross-entropy-versus-mse"]
    z, y = card.number(r"\$z=(-\d+)\$"), 1.0
    p = sigmoid(z)
    by_entropy, by_square = p - y, (p - y) * p * (1 - p)
    assert p == pytest.approx(card.number(r"\(\$p=([\d.]+)\$\)"), abs=5e-5)
    assert by_entropy == pytest.approx(card.number(r"are \$(-[\d.]+)\$"), abs=5e-4)
    assert by_square == pytest.approx(card.number(r"and \$(-[\d.]+)\$"), abs=5e-6)
    assert by_entropy / by_square == pytest.approx(card.number(r"(\d+) times less"), abs=1)

    def square(v: float) -> float:
        return (sigmoid(v) - y) ** 2 / 2

    assert (square(z + 1e-4) - square(z - 1e-4)) / 2e-4 == pytest.approx(by_square, rel=1e-4)


def entropy_bits(share: float) -> float:
    """Return the entropy of a coin in bits."""
    return -sum(p * math.log2(p) for p in (share, 1 - share) if p)


def test_softmax_and_losses_by_hand() -> None:
    """`loss-compute-softmax-bce`: each intermediate number."""
    card = cards()["loss-compute-softmax-bce"]
    z = vector(card.id, r"\$z")
    assert [math.exp(v) for v in z] == pytest.approx(vector(card.id, r"e\^z"), abs=5e-4)
    assert sum(map(math.exp, z)) == pytest.approx(card.number(r"sum ([\d.]+),"), abs=5e-4)
    hit = re.search(r"softmax \$\(([\d.,]+)\)\$", card.body)
    assert hit
    assert softmax(z) == pytest.approx([float(v) for v in hit[1].split(",")], abs=5e-4)
    assert -math.log(softmax(z)[0]) == pytest.approx(card.number(r"0\.659=([\d.]+)\$"), abs=5e-4)
    assert -math.log(softmax(z)[2]) == pytest.approx(card.number(r"class 2: ([\d.]+)\."), abs=5e-4)
    logit = card.number(r"Binary, \$z=([\d.]+)\$")
    assert sigmoid(logit) == pytest.approx(card.number(r"sigma\(z\)=([\d.]+)\$, loss"), abs=5e-4)
    assert -math.log(sigmoid(logit)) == pytest.approx(card.number(r"690=([\d.]+)\$"), abs=5e-4)


@pytest.mark.parametrize("z", [-30.0, -0.5, 0.0, 0.8, 25.0])
@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_the_stable_form_of_binary_cross_entropy(z: float, y: float) -> None:
    """`loss-compute-softmax-bce`: max(z, 0) - zy + ln(1 + e^-|z|)."""
    plain = -y * math.log(sigmoid(z)) - (1 - y) * math.log(sigmoid(-z))
    assert max(z, 0) - z * y + math.log1p(math.exp(-abs(z))) == pytest.approx(plain)


def test_shifted_softmax_of_huge_logits() -> None:
    """`loss-softmax-overflow`: (1000, 1001), which overflows unshifted."""
    body = cards()["loss-softmax-overflow"].body
    hit = re.search(r"\$\(1000,1001\)\$ gives \$\(([\d.]+),([\d.]+)\)\$", body)
    assert hit
    assert softmax([1000, 1001]) == pytest.approx([float(hit[1]), float(hit[2])], abs=5e-4)
    with pytest.raises(OverflowError):
        math.exp(1000)


def test_where_the_exponential_overflows() -> None:
    """`loss-softmax-overflow`: the logarithm of each type's largest number."""
    card = cards()["loss-softmax-overflow"]
    largest = {
        "fp16": (2 - 2**-10) * 2.0**15,
        "bf16, fp32": (2 - 2**-7) * 2.0**127,
        "fp64": (2 - 2**-52) * 2.0**1023,
    }
    for name, number in largest.items():
        said = card.number(rf"\| {name} \|.*\| ([\d.]+) \|")
        assert math.log(number) == pytest.approx(said, abs=0.05)
    assert math.log((2 - 2**-23) * 2.0**127) == pytest.approx(
        math.log(largest["bf16, fp32"]), abs=0.01
    )


def test_distances_of_unit_vectors_follow_the_cosine() -> None:
    """`similarity-metrics`: |a - b|² = 2 - 2 cos."""
    rng = random.Random(5)
    a, b = ([rng.gauss(0, 1) for _ in range(4)] for _ in range(2))
    a, b = ([v / math.hypot(*x) for v in x] for x in (a, b))
    cosine = sum(x * y for x, y in zip(a, b, strict=True))
    assert math.dist(a, b) ** 2 == pytest.approx(2 - 2 * cosine)


def test_pearson_is_the_cosine_of_centred_vectors() -> None:
    """`similarity-metrics`: against the definition by covariance."""
    a, b = [1.0, 2.0, 4.0, 3.0], [10.0, 13.0, 12.0, 17.0]
    x, y = ([v - mean(s) for v in s] for s in (a, b))
    cosine = sum(p * q for p, q in zip(x, y, strict=True)) / math.hypot(*x) / math.hypot(*y)
    covariance = mean([p * q for p, q in zip(a, b, strict=True)]) - mean(a) * mean(b)
    spread = math.sqrt(mean([v * v for v in x]) * mean([v * v for v in y]))
    assert cosine == pytest.approx(covariance / spread)


def test_infonce_of_equal_scores() -> None:
    """`similarity-contrastive-learning`: ln N."""
    card = cards()["similarity-contrastive-learning"]
    size = int(card.number(r"for \$N=(\d+)\$"))
    loss = -math.log(softmax([0.3 / 0.05] * size)[0])
    assert loss == pytest.approx(math.log(size))
    assert loss == pytest.approx(card.number(r": ([\d.]+) for \$N"), abs=0.005)


def test_hard_negatives_carry_the_gradient() -> None:
    """`similarity-negative-samples`: the ratio of two softmax weights."""
    body = cards()["similarity-negative-samples"].body.replace("{,}", "")
    hit = re.search(r"\(([\d.]+)-([\d.]+)\)/([\d.]+)\}=e\^\{(\d+)\}\\approx(\d+)\$", body)
    assert hit
    hard, easy, tau, power, ratio = map(float, hit.groups())
    assert (hard - easy) / tau == pytest.approx(power)
    weights = softmax([0.9 / tau, hard / tau, easy / tau])
    assert weights[1] / weights[2] == pytest.approx(ratio, rel=0.01)
