"""One generated page through every stage, and what must be true of it whatever it holds."""

import random
import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from generator.apkg.commit import commit
from generator.apkg.notetypes import note_types
from generator.apkg.writer import Plan, stage
from generator.config import Config
from generator.errors import AdmonkiError, Diagnostic, Severity
from generator.identity.identify import identify
from generator.identity.lock import Lock
from generator.model import IdentifiedNote
from generator.pipeline.pages import render_page
from generator.pipeline.rules import asked_twice
from generator.pipeline.sources import PageFile
from generator.render.media import MediaFolder
from generator.report import to_text
from tests.fuzz.grammar import page
from tests.security.invariant import check_note

NOW_S = 1_790_000_000
_BASE_S = 2.0
_S_PER_CHARACTER = 0.001
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f]"
_KEEPS_CARDS = ("E2", "E4", "E5")  # errors that leave the page's cards fit for a package
_CODE = re.compile(r"[EWL][1-8]\d\d")
TYPES = tuple(replace(kind, mod_s=NOW_S) for kind in note_types())


class OverBudgetError(Exception):
    """A page took more time than its size allows."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a page.

    Attributes:
        notes: How many cards it gave.
        package: The package that was written and read back,
            or None without cards or with an error that forbids one.
    """

    notes: int
    package: Path | None


def try_seed(seed: int, folder: Path) -> Outcome:
    """Take the page of a number through `try_page`."""
    return try_page(page(random.Random(seed)), folder)


def try_page(text: str, folder: Path) -> Outcome:
    """Take a page through all stages into a package.

    Args:
        text: The page.
        folder: Where the package goes, and where pictures are looked for.

    Raises:
        AssertionError: When what came out breaks a promise.
        OverBudgetError: When it took too long.
    """
    data = text.encode("utf-8", "surrogatepass")
    config = Config(root=folder, sources=(folder,), output=folder)
    file = PageFile(folder / "page.md", folder, "page.md")
    with budget(len(text)):
        result = render_page(file, data, config=config, find_media=MediaFolder((folder,)))
        notes, _, problems = identify(result.notes, Lock(), now_s=NOW_S)
        found = (*result.diagnostics, *asked_twice(result.notes), *problems)
        check_diagnostics(found, lines=len(re.split(r"\r\n|\r|\n", text)))
        _check_notes(notes)
        errors = [item for item in found if item.severity is Severity.ERROR]
        if not notes or any(not item.code.startswith(_KEEPS_CARDS) for item in errors):
            return Outcome(len(notes), None)
        return Outcome(len(notes), pack(notes, folder))


def pack(notes: Sequence[IdentifiedNote], folder: Path) -> Path | None:
    """Write a package, which reads itself back; None when a note would have no card."""
    try:
        staged = stage((Plan(folder / "page.apkg", notes),), note_types=TYPES)
    except AdmonkiError as refusal:
        if {item.code for item in refusal.diagnostics} != {"E703"}:
            raise
        return None
    commit(staged)
    return staged[0].path


@contextmanager
def budget(size: int) -> Iterator[None]:
    """Stop what needs more processor time than its size allows (POSIX only)."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise OverBudgetError(f"more than {limit_s:.1f} s for {size} characters")

    limit_s = _BASE_S + _S_PER_CHARACTER * size
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def check_diagnostics(found: Sequence[Diagnostic], *, lines: int) -> None:
    """Each has a code that is listed, a place, and words that a terminal can show."""
    for item in found:
        assert _CODE.fullmatch(item.code), item
        assert 1 <= item.location.line <= lines + 1, item
        assert item.location.column >= 1, item
        shown = to_text([item], lines={})
        assert shown.count("\n") == 1 + bool(item.hint), item
        assert not re.search(_CONTROL, shown), item


def _check_notes(notes: Sequence[IdentifiedNote]) -> None:
    for known in notes:
        check_note(known)
        for value in known.fields:
            value.encode("utf-8")
            assert not re.search(_CONTROL, value), value
    assert len({known.guid for known in notes}) == len(notes)
