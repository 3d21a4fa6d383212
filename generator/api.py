"""The public interface for Python programs; `generator` itself offers the same names.

Nothing is printed, and the program does not exit: what is wrong is returned as `Diagnostic` values,
or raised as `AdmonkiError` where the work cannot continue.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from generator.config import Config, load
from generator.config.document import ConfigDocument
from generator.config.schema import read_layer
from generator.errors import AdmonkiError, Diagnostic, Severity
from generator.pipeline.memory import Report

__all__ = [
    "AdmonkiError",
    "Config",
    "Diagnostic",
    "FoundCard",
    "Report",
    "build",
    "check",
    "find_cards",
    "load_config",
]


class FoundCard(Struct, frozen=True):
    """A card as a build would pack it.

    Attributes:
        id: What outlives edits, shown in the `ID` field.
        guid: Anki's note GUID.
        kind: `basic`, `reversed` or `cloze`.
        deck: Its deck, levels separated by `::`.
        tags: Sorted.
        question: HTML.
        answer: HTML; empty when unanswered.
        fields: All fields of the note by name.
        path: Its page, as in diagnostics.
        line: 1-based.
        is_unanswered: Whether its answer is missing.
    """

    id: str
    guid: str
    kind: str
    deck: str
    tags: tuple[str, ...]
    question: str
    answer: str
    fields: Mapping[str, str]
    path: str
    line: int
    is_unanswered: bool


def load_config(
    folder: Path | str = ".", *, file: Path | str | None = None, **settings: object
) -> Config:
    """Read the configuration of a project.

    Args:
        folder: Where the search for a configuration begins, as the working directory does for the
            command line.
        file: The configuration file, instead of a search.
        **settings: Settings by name (`docs/reference/configuration.md`) that win over the file's;
            paths are relative to `folder`. `jobs` is 1 unless given, so that no other process is
            started: with more, a program needs `if __name__ == "__main__":` where Python starts
            new processes (macOS, Windows, beside threads).

    Returns:
        What is in force, with absolute paths.

    Raises:
        AdmonkiError: E80x when the configuration is wrong, or names no pages.
    """
    given = ConfigDocument(
        Path(folder),
        "load_config",
        {"jobs": 1} | {name: _plain(value) for name, value in settings.items()},
    )
    options, wrong = read_layer(given, (), Path(folder).resolve())
    where = None if file is None else Path(file)
    config, problems = load(options.values, cwd=Path(folder), environ=os.environ, file=where)
    errors = [item for item in (*wrong, *problems) if item.severity is Severity.ERROR]
    if errors:
        raise AdmonkiError(*errors)
    return config


def build(config: Config, *, now_s: int | None = None, is_locked: bool = False) -> Report:
    """Build all packages, or find that nothing changed.

    Args:
        config: From `load_config`.
        now_s: Time of the build, seconds since the Unix epoch; `SOURCE_DATE_EPOCH`, else the
            clock's, when None.
        is_locked: Fail (E608) where the lock would change.

    Returns:
        What was found and written. A card with an error is left out; after an error in the
        configuration, the lock or the packages nothing is written.

    Raises:
        AdmonkiError: When another build holds the project (E609), or the clock is wrong (E61x).
    """
    from generator.pipeline.build import build as build_packages

    return build_packages(config, cwd=Path.cwd(), now_s=_time(now_s), is_locked=is_locked)


def check(config: Config, *, now_s: int | None = None) -> tuple[Diagnostic, ...]:
    """Find everything that `admonki check` prints; write nothing.

    Args:
        config: From `load_config`.
        now_s: See `build`.

    Returns:
        Errors, warnings and lints, sorted by place.
    """
    from generator.commands.check import findings
    from generator.pipeline.identify import dry_run

    return findings(dry_run(config, cwd=Path.cwd(), now_s=_time(now_s)), config)


def find_cards(config: Config, *, now_s: int | None = None) -> tuple[FoundCard, ...]:
    """List the cards that a build would pack; write nothing.

    Args:
        config: From `load_config`.
        now_s: See `build`.

    Returns:
        The cards in reading order. Pages that cannot be read have none: see `check`.
    """
    from generator.fields import FIELD_NAMES
    from generator.pipeline.identify import dry_run

    found = dry_run(config, cwd=Path.cwd(), now_s=_time(now_s))
    return tuple(
        FoundCard(
            id=known.key,
            guid=known.guid,
            kind=known.note.kind.value,
            deck=known.note.deck,
            tags=known.tags,
            question=known.note.question.html,
            answer=known.note.answer.html,
            fields=MappingProxyType(dict(zip(FIELD_NAMES, known.fields, strict=True))),
            path=known.note.location.path,
            line=known.note.location.line,
            is_unanswered=known.note.is_unanswered,
        )
        for known in found.notes
    )


def _plain(value: object) -> object:
    """Write a value as a configuration file would have it."""
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Path) else value


def _time(now_s: int | None) -> int:
    from generator.identity.clock import current_time

    return current_time() if now_s is None else now_s
