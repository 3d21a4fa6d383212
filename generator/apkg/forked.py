"""Work on many values that are in memory already, by copies of this process.

A copy made by `fork` sees the notes where they are: nothing is sent to it but a number, and
nothing comes back but what was written where. Packing 10,000 notes takes 3 to 4 s of one core, so
a second one is worth having. Where there is no safe `fork` (other systems; other threads), the
work is done here.
"""

import gc
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar, cast

from generator.apkg import temporary
from generator.processes import fork_context, leave_interrupts_to_parent

T = TypeVar("T")
_task: list[Callable[[int], object]] = []  # what the copies inherit


def run_forked(
    task: Callable[[int], T], numbers: Sequence[int], *, jobs: int
) -> Generator[T, None, None]:
    """Call a function with each number, in several processes where that is possible.

    Args:
        task: What it returns must be small and picklable; what it changes in memory is lost.
        numbers: In the order in which the work begins.
        jobs: How many processes at most.

    Yields:
        The results in the order of `numbers`.
    """
    count = min(jobs, len(numbers))
    context = fork_context()
    if count < 2 or context is None:
        yield from map(task, numbers)
        return
    _task[:] = [task]
    try:
        setup = (os.getpid(),)
        with ProcessPoolExecutor(count, context, _set_up, setup) as pool:
            yield from cast(Iterator[T], pool.map(_call, numbers))  # what `task` returned
    finally:
        _task.clear()


def _set_up(owner: int) -> None:
    leave_interrupts_to_parent()
    gc.freeze()  # looking at values that are shared would copy them
    temporary.work_for(owner)


def _call(number: int) -> object:
    return _task[0](number)
