"""The time of a build: the clock, or `SOURCE_DATE_EPOCH`, within plausible limits."""

import os
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from generator.errors import AdmonkiError, Diagnostic, Location

if TYPE_CHECKING:
    from generator.identity.lock import Lock

GUARD_S = 86_400
"""How far apart two honest clocks may be."""
_ANKI_BEGINS_S = 1_160_000_000  # October 2006; 0 makes Anki's Check Database panic
_VARIABLE = "SOURCE_DATE_EPOCH"


def current_time() -> int:
    """Determine the time of a build that begins now; see `build_time`."""
    return build_time(os.environ, clock_s=time.time())


def build_time(environ: Mapping[str, str], *, clock_s: float) -> int:
    """Determine the time of a build.

    Args:
        environ: The environment; `SOURCE_DATE_EPOCH` overrides the clock
            (reproducible-builds.org).
        clock_s: The machine's clock, seconds since the epoch.

    Returns:
        Whole seconds since the epoch.

    Raises:
        AdmonkiError: E610 when they cannot be right.
    """
    text = environ.get(_VARIABLE, "").strip()
    if not text:
        return _checked(int(clock_s), "the clock", clock_s)
    if not (text.isascii() and text.isdigit() and len(text) < 15):
        hint = "set it to whole seconds since 1970, as `git log -1 --format=%ct` prints them"
        raise _wrong(_VARIABLE, f"{text[:40]!r} is not a time", hint)
    return _checked(int(text), _VARIABLE, clock_s)


def check_time(lock: "Lock", *, now_s: int, path: str) -> tuple[Diagnostic, ...]:
    """Compare the time of the build with the newest time in the lock.

    Args:
        lock: Before the build.
        now_s: Time of the build.
        path: The lock's path.

    Returns:
        `E611` when the newest `mod` is more than a day later than the build, `W621` when it is
        later at all; nothing otherwise. Report it only when the lock changes.
    """
    newest = max((entry.mod_s for entry in lock.entries), default=0)
    if newest <= now_s:
        return ()
    place = Location(path)
    if newest > now_s + GUARD_S:
        text = f"the build's time ({now_s}) is older than the lock's newest change ({newest})"
        hint = f"correct the clock, or set {_VARIABLE} to a later time"
        return (Diagnostic(place, "E611", text, hint),)
    text = f"the build's time is {newest - now_s} s earlier than the lock's newest change"
    hint = "Anki up to 24.11 may skip the update of cards that were imported in between"
    return (Diagnostic(place, "W621", text, hint),)


def _checked(now_s: int, name: str, clock_s: float) -> int:
    if now_s < _ANKI_BEGINS_S:
        text = f"{now_s} seconds since 1970 is earlier than the first version of Anki"
        raise _wrong(name, text, "set it to the current time")
    if now_s > clock_s + GUARD_S:
        text = f"{now_s} is more than a day later than the clock"
        hint = "edits that users make until then would be overwritten: set it to the current time"
        raise _wrong(name, text, hint)
    return now_s


def _wrong(name: str, text: str, hint: str) -> AdmonkiError:
    return AdmonkiError.at(name, "E610", text, hint)
