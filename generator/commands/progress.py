"""A moving bar on a terminal for work that takes longer than a second; nothing in logs."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from generator.commands.session import Loudness

_PATIENCE_S = 1.0
_STEP_S = 0.1
_WIDTH = 24
_MARK = "▰▰▰▰"


@contextmanager
def progress(label: str, loudness: Loudness) -> Iterator[None]:
    """Show that something happens while the body runs.

    Args:
        label: What happens, as a participle.
        loudness: Nothing is shown when quiet, or when stderr is no terminal.
    """
    if loudness is Loudness.QUIET or not sys.stderr.isatty():
        yield
        return
    done = Event()
    mover = Thread(target=_move, args=(label, done), daemon=True)
    mover.start()
    try:
        yield
    finally:
        done.set()
        mover.join()


def _move(label: str, done: Event) -> None:
    started = time.monotonic()
    if done.wait(_PATIENCE_S):
        return
    step = 0
    while not done.wait(_STEP_S):
        sys.stderr.write(f"\r{bar(step)} {label}, {time.monotonic() - started:.0f} s ")
        sys.stderr.flush()
        step += 1
    sys.stderr.write("\r\x1b[K")
    sys.stderr.flush()


def bar(step: int) -> str:
    """Return a bar in which a mark walks from side to side."""
    room = _WIDTH - len(_MARK)
    at = room - abs(step % (2 * room) - room)
    return "▱" * at + _MARK + "▱" * (room - at)
