"""Build, unless nothing has changed since the last build."""

from pathlib import Path

from generator.config import Config
from generator.pipeline.memory import Memory, Report


def build(
    config: Config,
    *,
    cwd: Path,
    now_s: int,
    is_locked: bool = False,
    refreshes: bool = False,
    is_strict: bool = False,
) -> Report:
    """Build all packages, or detect that nothing changed since the last build.

    A card with an error is excluded, and the others are built.

    Args:
        config: What is in force.
        cwd: What paths in diagnostics are relative to.
        now_s: Time of the build, seconds since the Unix epoch.
        is_locked: Fail (E608) if the lock would change.
        refreshes: Also send cards that only look different.
        is_strict: Write nothing if there is any error or warning.

    Returns:
        What was found and written. After an error that concerns more than single cards, nothing is
        written, and the old packages and lock are unchanged.
    """
    memory = Memory(config, cwd=cwd)
    if not refreshes and (report := memory.report()):
        return report
    from generator.pipeline.rebuild import rebuild  # loads the parser, the converters, the packer

    return rebuild(
        config,
        memory,
        cwd=cwd,
        now_s=now_s,
        is_locked=is_locked,
        refreshes=refreshes,
        is_strict=is_strict,
    )
