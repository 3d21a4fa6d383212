"""Python's garbage collector, set for short work on many small values."""

import gc


def collect_rarely() -> None:
    """Run the garbage collector less often: there are many tokens, and few form cycles.

    At the default thresholds it takes a fifth of a build's time.
    """
    gc.freeze()
    gc.set_threshold(1_000_000, 20, 100)
