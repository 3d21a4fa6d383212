"""Copies of this process, where they are safe to make."""

import signal
import sys
import threading
from multiprocessing import get_context
from multiprocessing.context import BaseContext


def fork_context() -> BaseContext | None:
    """The way to start processes by `fork`: in a hundredth of the time of a new interpreter.

    Returns:
        None where a copy could hang: on other systems than Linux, beside other threads.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return None
    return get_context("fork")


def leave_interrupts_to_parent() -> None:
    """Begin the work of another process: Ctrl-C reaches all, and one of them has the last word."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
