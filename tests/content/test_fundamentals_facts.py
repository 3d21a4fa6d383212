"""Formulas and figures of `ml-fundamentals.md`, recomputed."""

import itertools
import math
import random
import re

import pytest

from tests.content.numeric import mean, softmax
from tests.content.pages import cards


def test_squared_error_is_bias_variance_and_noise() -> None:
    """`fundamentals-bias-variance`: the decomposition, over an enumerated world."""
    truth, noises = 1.5, [-0.4, 0.1, 0.3]
    guesses = (0.9, 1.3, 2.0, 1.1)  # one prediction a training set, all equally likely
    noise_mean = mean(noises)
    noises = [e - noise_mean for e in noises]
    error = mean([(truth + e - g) ** 2 for e in noises for g in guesses])
    bias2 = (mean(guesses) - truth) ** 2
    variance = mean([(g - mean(guesses)) ** 2 for g in guesses])
    assert error == pytest.approx(bias2 + variance + mean([e * e for e in noises]))


@pytest.mark.parametrize("w", [-2.0, -0.05, 0.0, 0.03, 0.7])
def test_the_proximal_step_minimises_the_elastic_net(w: float) -> None:
    """`fundamentals-l1-l2-elastic-net`: the closed form beats every other point."""
    eta, lam, alpha = 0.5, 0.4, 0.3
    step = math.copysign(max(abs(w) - eta * lam * alpha, 0.0), w) / (1 + eta * lam * (1 - alpha))

    def objective(v: float) -> float:
        penalty = lam * (alpha * abs(v) + (1 - alpha) / 2 * v * v)
        return (v - w) ** 2 / (2 * eta) + penalty

    assert all(objective(step) <= objective(step + d / 1000) for d in range(-2000, 2001))


def test_scaled_weights_are_the_geometric_mean_of_all_subnetworks() -> None:
    """`fundamentals-dropout-ensemble`: exact for one softmax layer, by all 2^n masks."""
    rng = random.Random(3)
    n, classes, q = 5, 3, 0.8
    x = [rng.gauss(0, 1) for _ in range(n)]
    weights = [[rng.gauss(0, 1) for _ in range(n)] for _ in range(classes)]
    bias = [rng.gauss(0, 1) for _ in range(classes)]

    def predict(scale: tuple[float, ...]) -> list[float]:
        return softmax(
            [b + sum(w * s * v for w, s, v in zip(row, scale, x, strict=True))
             for row, b in zip(weights, bias, strict=True)]
        )  # fmt: skip

    logs = [0.0] * classes
    for mask in itertools.product((0.0, 1.0), repeat=n):
        chance = math.prod(q if kept else 1 - q for kept in mask)
        logs = [total + chance * math.log(p) for total, p in zip(logs, predict(mask), strict=True)]
    assert softmax(logs) == pytest.approx(predict((q,) * n))


def test_the_geometric_mean_is_not_exact_after_a_nonlinearity() -> None:
    """`fundamentals-dropout-ensemble`: E[f(mh)] differs from f(qh) for a ReLU with a bias."""
    h, bias, q = 2.0, -1.2, 0.5
    averaged = q * max(h + bias, 0) + (1 - q) * max(bias, 0)
    assert averaged != pytest.approx(max(q * h + bias, 0))


def test_edges_and_cosines_of_high_dimension() -> None:
    """`fundamentals-curse-of-dimensionality`: edge lengths and the spread of cosines."""
    card = cards()["fundamentals-curse-of-dimensionality"]
    for d in (10, 100):
        edge = card.number(rf"([\d.]+) for \$d={d}\$")
        assert edge == pytest.approx(0.01 ** (1 / d), abs=0.005)
    assert 1 / math.sqrt(4096) == pytest.approx(card.number(r"([\d.]+) for \$d=4096\$"), abs=5e-4)


def test_cosine_of_random_directions_spreads_as_one_over_root_d() -> None:
    """`fundamentals-curse-of-dimensionality`: the standard deviation, sampled."""
    rng, d = random.Random(0), 64
    cosines = []
    for _ in range(1500):
        a, b = ([rng.gauss(0, 1) for _ in range(d)] for _ in range(2))
        dot = sum(x * y for x, y in zip(a, b, strict=True))
        cosines.append(dot / math.hypot(*a) / math.hypot(*b))
    assert math.sqrt(mean([c * c for c in cosines])) == pytest.approx(1 / math.sqrt(d), rel=0.08)


def test_sinusoidal_products_depend_on_the_offset_alone() -> None:
    """`fundamentals-curse-of-dimensionality`: PE_p · PE_{p+k} = Σ cos(k ω_i)."""
    d, k = 16, 7
    omegas = [10000 ** (-2 * i / d) for i in range(d // 2)]
    for p in (0, 3, 250):
        product = sum(
            math.sin(p * o) * math.sin((p + k) * o) + math.cos(p * o) * math.cos((p + k) * o)
            for o in omegas
        )
        assert product == pytest.approx(sum(math.cos(k * o) for o in omegas))


def test_likelihood_peaks_at_the_relative_frequency() -> None:
    """`fundamentals-maximum-likelihood`: the fox example."""
    card = cards()["fundamentals-maximum-likelihood"]
    best = max((p / 3000 for p in range(3001)), key=lambda p: p * p * (1 - p))
    assert best == pytest.approx(2 / 3, abs=1e-3)
    assert best**2 * (1 - best) == pytest.approx(card.number(r"with value ([\d.]+)"), abs=5e-4)


def test_expected_nll_is_entropy_plus_divergence() -> None:
    """`fundamentals-maximum-likelihood`: E[-log q] = H(p) + KL(p, q)."""
    p, q = (0.5, 0.3, 0.2), (0.2, 0.5, 0.3)
    entropy = -sum(a * math.log(a) for a in p)
    divergence = sum(a * math.log(a / b) for a, b in zip(p, q, strict=True))
    nll = -sum(a * math.log(b) for a, b in zip(p, q, strict=True))
    assert nll == pytest.approx(entropy + divergence)


def test_bleu_of_one_wrong_word() -> None:
    """`fundamentals-perplexity-bleu`: BLEU-4 of a sale that was a purchase."""
    card = cards()["fundamentals-perplexity-bleu"]
    said = re.search(r"\*(he bought[^*]*)\* against \*([^*]*)\*", card.body)
    assert said
    ours, reference = said[1].split(), said[2].split()
    product = 1.0
    for n in range(1, 5):
        grams = [tuple(ours[i : i + n]) for i in range(len(ours) - n + 1)]
        known = [tuple(reference[i : i + n]) for i in range(len(reference) - n + 1)]
        hits = sum(min(grams.count(g), known.count(g)) for g in set(grams))
        product *= hits / len(grams)
    assert product**0.25 == pytest.approx(card.number(r"BLEU-4 = ([\d.]+)"), abs=0.005)


def test_label_smoothing_loss_gradient_and_optimum() -> None:
    """`fundamentals-label-smoothing`: loss splits, gradient is p - q, gap and floor as said."""
    card = cards()["fundamentals-label-smoothing"]
    eps, z, y = 0.1, [0.4, -1.0, 2.0, 0.3], 2
    size = len(z)
    q = [(1 - eps) * (k == y) + eps / size for k in range(size)]

    def loss(logits: list[float]) -> float:
        return -sum(a * math.log(b) for a, b in zip(q, softmax(logits), strict=True))

    p = softmax(z)
    split = (1 - eps) * -math.log(p[y]) + eps / size * sum(-math.log(b) for b in p)
    assert loss(z) == pytest.approx(split)
    for k in range(size):
        up, down = ([v + s * 1e-6 * (i == k) for i, v in enumerate(z)] for s in (1, -1))
        assert (loss(up) - loss(down)) / 2e-6 == pytest.approx(p[k] - q[k], abs=1e-6)

    vocabulary, eps = card.number(r"\$V=(\d+)\$ and"), card.number(r"For .*varepsilon=([\d.]+)\$")
    gap = card.number(r"the gap is ([\d.]+),")
    assert math.log(1 + (1 - eps) * vocabulary / eps) == pytest.approx(gap, abs=0.005)
    top, rest = 1 - eps + eps / vocabulary, eps / vocabulary
    assert math.log(top / rest) == pytest.approx(gap, abs=0.005)
    floor = -top * math.log(top) - (vocabulary - 1) * rest * math.log(rest)
    assert floor == pytest.approx(card.number(r"([\d.]+) nats"), abs=0.005)


def test_cold_softmax_is_hard_attention() -> None:
    """`fundamentals-hard-soft-attention`: τ → 0 gives the argmax."""
    scores = [1.0, 1.4, 0.2]
    assert softmax([s / 0.01 for s in scores]) == pytest.approx([0, 1, 0], abs=1e-9)
