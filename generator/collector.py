"""Python's garbage collector, set for short work on many small values."""

import gc


def spare_collector() -> None:
    """Let the garbage collector look less often: tokens are many, and few of them form cycles.

    At the default thresholds it takes a fifth of a build's time.
    """
    gc.freeze()
    gc.set_threshold(1_000_000, 20, 100)
