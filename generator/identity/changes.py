"""What a build would change in the lock, for `--locked` and for reports."""

from generator.errors import Diagnostic, Location
from generator.identity.lock import Lock

_SHOWN = 3


def check_locked(old: Lock, new: Lock, path: str) -> tuple[Diagnostic, ...]:
    """Fail if a build would change the lock (`--locked`).

    Args:
        old: As read.
        new: As the build would write it.
        path: The lock's path.

    Returns:
        Nothing when both are equal, else one `E608` that names the first few cards.
    """
    if old == new:
        return ()
    before = {entry.key: entry for entry in old.entries}
    changed = [entry.key for entry in new.entries if before.get(entry.key) != entry]
    names = ", ".join(changed[:_SHOWN]) + (" …" if len(changed) > _SHOWN else "")
    text = f"the lock is not up to date: {names or 'its head'}"
    hint = "build without --locked and commit the lock"
    return (Diagnostic(Location(path), "E608", text, hint),)
