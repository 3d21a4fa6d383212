"""Formulas and figures of `normalization-and-activations.md`, recomputed."""

import math
import re
from collections.abc import Callable, Sequence

import pytest

from tests.content.numeric import mean, sigmoid
from tests.content.pages import cards


def layer_norm(x: Sequence[float], eps: float = 0.0) -> list[float]:
    """Standardise by mean and population variance."""
    mu = mean(x)
    sigma = math.sqrt(mean([(v - mu) ** 2 for v in x]) + eps)
    return [(v - mu) / sigma for v in x]


def rms_norm(x: Sequence[float], eps: float = 0.0) -> list[float]:
    """Divide by the root mean square."""
    rms = math.sqrt(mean([v * v for v in x]) + eps)
    return [v / rms for v in x]


def gelu(x: float) -> float:
    """Return x Φ(x)."""
    return x / 2 * (1 + math.erf(x / math.sqrt(2)))


def swish(x: float, beta: float = 1.0) -> float:
    """Return x σ(βx)."""
    return x * sigmoid(beta * x)


def minimum(f: Callable[[float], float]) -> tuple[float, float]:
    """Return place and value of the least value on a fine grid of [-4, 4]."""
    x = min((i / 10000 for i in range(-40000, 40001)), key=f)
    return x, f(x)


def vector(card_id: str, lead: str) -> list[float]:
    """Read a vector such as `$(1,2)$` after the words `lead`."""
    hit = re.search(lead + r" \$\(([-\d.,]+)\)\$", cards()[card_id].body)
    assert hit, lead
    return [float(part) for part in hit[1].split(",")]


def test_layernorm_of_the_example() -> None:
    """`norm-layernorm-formula`: mean, variance and result of (1, 2, 3, 4)."""
    card = cards()["norm-layernorm-formula"]
    x = [1.0, 2.0, 3.0, 4.0]
    assert mean(x) == card.number(r"\\mu=([\d.]+)\$")
    assert mean([(v - 2.5) ** 2 for v in x]) == card.number(r"\\sigma\^2=([\d.]+)\$")
    assert layer_norm(x) == pytest.approx(vector(card.id, "becomes"), abs=5e-4)


def test_rmsnorm_of_the_example() -> None:
    """`norm-rmsnorm-formula`: root mean square and result of (1, 2, 3, 4)."""
    card = cards()["norm-rmsnorm-formula"]
    x = [1.0, 2.0, 3.0, 4.0]
    assert mean([v * v for v in x]) == card.number(r"\\sqrt\{([\d.]+)\}=")
    assert math.sqrt(7.5) == pytest.approx(card.number(r"\}=([\d.]+)\$ and becomes"), abs=5e-4)
    assert rms_norm(x) == pytest.approx(vector(card.id, "becomes"), abs=5e-4)


def test_invariances_of_both_norms() -> None:
    """`norm-rmsnorm-versus-layernorm`: scale for both, shift for LayerNorm, and the link."""
    x = [0.3, -1.2, 2.0, 0.7]
    assert layer_norm([3 * v for v in x]) == pytest.approx(layer_norm(x))
    assert rms_norm([3 * v for v in x]) == pytest.approx(rms_norm(x))
    assert layer_norm([v + 5 for v in x]) == pytest.approx(layer_norm(x))
    assert rms_norm([v + 5 for v in x]) != pytest.approx(rms_norm(x))
    assert rms_norm([v - mean(x) for v in x]) == pytest.approx(layer_norm(x))


def test_ffn_weights() -> None:
    """`activation-ffn-formula`: 8 d² for d = 4096."""
    card = cards()["activation-ffn-formula"]
    d = card.number(r"For \$d=(\d+)\$")
    assert 8 * d * d / 1e6 == pytest.approx(card.number(r": (\d+) M weights"), abs=0.5)


def test_gelu_values() -> None:
    """`activation-gelu`: two values, the minimum and the approximations' errors."""
    card = cards()["activation-gelu"]
    assert gelu(1) == pytest.approx(card.number(r"GELU\}\(1\)=([-\d.]+)\$"), abs=5e-4)
    assert gelu(-1) == pytest.approx(card.number(r"GELU\}\(-1\)=([-\d.]+)\$"), abs=5e-4)
    x, low = minimum(gelu)
    assert low == pytest.approx(card.number(r"minimum is \$([-\d.]+)\$"), abs=5e-4)
    assert x == pytest.approx(card.number(r"at \$x=([-\d.]+)\$"), abs=6e-4)
    grid = [i / 1000 for i in range(-8000, 8001)]

    def tanh_form(x: float) -> float:
        return x / 2 * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))

    assert max(abs(gelu(x) - tanh_form(x)) for x in grid) < card.number(r"less than ([\d.]+)\. ")
    worst = max(abs(gelu(x) - swish(x, 1.702)) for x in grid)
    assert worst == pytest.approx(card.number(r"off by up to ([\d.]+)\.\n"), abs=0.005)


def test_swish_values() -> None:
    """`activation-swish`: value, minimum, limits and derivative."""
    card = cards()["activation-swish"]
    assert swish(1) == pytest.approx(card.number(r"SiLU\}\(1\)=([\d.]+)\$"), abs=5e-4)
    x, low = minimum(swish)
    assert low == pytest.approx(card.number(r"minimum is \$([-\d.]+)\$"), abs=5e-4)
    assert x == pytest.approx(card.number(r"at \$x=(-[\d.]+)\$"), abs=6e-4)
    assert swish(2, 1e3) == pytest.approx(2)
    assert swish(-2, 1e3) == pytest.approx(0)
    assert swish(2, 1e-9) == pytest.approx(1)

    def slope(x: float) -> float:
        return sigmoid(x) * (1 + x * (1 - sigmoid(x)))

    for x in (-2.0, 0.0, 1.3):
        assert (swish(x + 1e-6) - swish(x - 1e-6)) / 2e-6 == pytest.approx(slope(x), abs=1e-6)
    assert slope(0) == 0.5
    steepest = max((i / 1000 for i in range(6000)), key=slope)
    assert steepest == pytest.approx(card.number(r"at \$x=(2[\d.]+)\$"), abs=0.05)
    assert slope(steepest) == pytest.approx(card.number(r"maximum ([\d.]+) at"), abs=5e-5)


def test_hidden_width_of_llama() -> None:
    """`activation-swiglu`: 8/3 d, rounded up."""
    card = cards()["activation-swiglu"]
    d = card.number(r"\$d=(\d+)\$ gives")
    multiple = card.number(r"multiple of (\d+):")
    assert 8 * d / 3 == pytest.approx(card.number(r"gives ([\d,]+), rounded"), abs=0.5)
    width = multiple * math.ceil(8 * d / 3 / multiple)
    assert width == card.number(r"\*\*([\d,]+)\*\*")
    assert card.number(r"takes ([\d,]+) =") / d == card.number(r"= ([\d.]+)\$d\$")
    assert 3 * d * (8 * d / 3) == pytest.approx(8 * d * d)


def test_the_first_step_of_adam_is_the_sign_of_the_gradient() -> None:
    """`optimizer-adam-versus-sgd`: a weight's step is about η whatever its gradient."""
    for g in (-3e-4, 0.02, 70.0):
        m, v = (1 - 0.9) * g, (1 - 0.95) * g * g
        step = m / (1 - 0.9) / (math.sqrt(v / (1 - 0.95)) + 1e-8)
        assert step == pytest.approx(math.copysign(1, g), rel=1e-4)
