"""The few functions that several fact tests need."""

import math
from collections.abc import Sequence


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean."""
    return math.fsum(values) / len(values)


def softmax(logits: Sequence[float]) -> list[float]:
    """Return the softmax, shifted by the maximum."""
    top = max(logits)
    powers = [math.exp(z - top) for z in logits]
    return [p / math.fsum(powers) for p in powers]


def sigmoid(x: float) -> float:
    """Return 1 / (1 + e^-x) without overflow."""
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))
