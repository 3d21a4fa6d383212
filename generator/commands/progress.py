"""A moving bar on a terminal for work that takes longer than a second; never in logs."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from generator.commands.session import Loudness

_PATIENCE_S = 1.0
_STEP_S = 0.1
_WIDTH = 24
_MARK = "▰▰▰▰"


@contextmanager
def progress(label: str, loudness: Loudness) -> Iterator[None]:
    """Show progress while the body runs.

    A timer draws the bar: a thread would keep other processes from being started by `fork`.

    Args:
        label: What happens, as a participle.
        loudness: Nothing is shown when quiet, when stderr is not a terminal, or on Windows, which
            has no such timer.
    """
    if loudness is Loudness.QUIET or not sys.stderr.isatty() or not hasattr(signal, "setitimer"):
        yield
        return
    drawing = _Bar(label)
    before = signal.signal(signal.SIGALRM, lambda *_: drawing.draw())
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE_S, _STEP_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        drawing.clear()


class _Bar:
    def __init__(self, label: str) -> None:
        self._label = label
        self._started = time.monotonic()
        self._step = 0

    def draw(self) -> None:
        """Draw the next step."""
        seconds = time.monotonic() - self._started
        self._write(f"\r{bar(self._step)} {self._label}, {seconds:.0f} s ")
        self._step += 1

    def clear(self) -> None:
        """Remove what was drawn."""
        if self._step:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        # past the buffers of `sys.stderr`, which the timer may interrupt
        with suppress(OSError):
            os.write(sys.stderr.fileno(), text.encode(sys.stderr.encoding, "replace"))


def bar(step: int) -> str:
    """Return a bar with a mark that moves from side to side."""
    free = _WIDTH - len(_MARK)
    at = free - abs(step % (2 * free) - free)
    return "▱" * at + _MARK + "▱" * (free - at)
