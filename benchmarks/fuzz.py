"""Generated pages through every stage, by the million.

    python -m benchmarks.fuzz --count 1000000 --jobs 2
    python -m benchmarks.fuzz --count 100000 --from docs source
    python -m benchmarks.fuzz --count 100000 --kind formulas

Page N is made from the number N, so a failure is told by its number, which is appended to
tests/fuzz/seeds/: the quick tests try those again for ever. With `--from`, pieces of the Markdown
files named are damaged instead; a page that fails is written to build/fuzz/. Every package is read
back, and one page in a thousand goes on into the official Anki. `--kind` tries formulas, settings,
locks, packages or hostile pages.
"""

import argparse
import random
import re
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.grammar import page
from tests.fuzz.kinds import KINDS
from tests.fuzz.mutations import damaged_page, pieces
from tests.fuzz.trial import Outcome, try_page
from tests.security.invariant import check_field

_ROOT = Path(__file__).resolve().parents[1]
SEEDS = _ROOT / "tests" / "fuzz" / "seeds"
FAILED = _ROOT / "build" / "fuzz"
_CHUNK = 1000
_NOTHING = Outcome(0, None)
_SOUND = re.compile(r"\[sound:([\w.-]+)\]")


def main() -> None:
    """Read the options, run, and say what came of it."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--count", type=int, default=10_000, help="how many pages")
    options.add_argument("--first", type=int, default=0, help="number of the first")
    options.add_argument("--jobs", type=int, default=1, help="processes")
    options.add_argument("--kind", choices=("pages", *KINDS), default="pages")
    options.add_argument("--from", dest="places", type=Path, nargs="*", default=(), metavar="PATH")
    options.add_argument("--anki-every", type=int, default=1000, help="import one in so many")
    given = options.parse_args()
    started = time.monotonic()
    total: Counter[str] = Counter()
    last = given.first + given.count
    known = pieces(given.places)
    chunks = [
        _Chunk(given.kind, number, min(number + _CHUNK, last), given.anki_every, known)
        for number in range(given.first, last, _CHUNK)
    ]
    with ProcessPoolExecutor(given.jobs) as pool:
        for counts, failures in pool.map(_try_chunk, chunks):
            total += counts
            _record(given.kind, failures, known)
            seconds = time.monotonic() - started
            print(f"{given.first + total['tried']:>9,} {seconds:6.0f} s {dict(total)}", flush=True)
    raise SystemExit(1 if total["failures"] else 0)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Numbers to try, one after the other, and pieces of pages to damage."""

    kind: str
    first: int
    last: int
    anki_every: int
    known: tuple[str, ...]


def _try_chunk(chunk: _Chunk) -> tuple[Counter[str], list[tuple[int, str]]]:
    counts: Counter[str] = Counter()
    failures: list[tuple[int, str]] = []
    with tempfile.TemporaryDirectory() as name:
        for seed in range(chunk.first, chunk.last):
            counts["tried"] += 1
            try:
                counts += _try_one(chunk, seed, Path(name))
            except Exception as problem:  # whatever it is, it is what we look for
                counts["failures"] += 1
                failures.append((seed, _short(problem)))
    return counts, failures


def _try_one(chunk: _Chunk, seed: int, folder: Path) -> Counter[str]:
    if chunk.kind == "pages":
        outcome = try_page(_page(seed, chunk.known), folder)
    else:
        outcome = KINDS[chunk.kind](seed, folder) or _NOTHING
    counts = Counter(cards=outcome.notes, packages=int(outcome.package is not None))
    if seed % chunk.anki_every == 0 and outcome.package is not None:
        counts["imported"] = 1
        _import(outcome.package, outcome.notes)
    return counts


def _page(seed: int, known: tuple[str, ...]) -> str:
    rng = random.Random(seed)
    return damaged_page(rng, known) if known else page(rng)


def _import(package: Path, notes: int) -> None:
    """Import into a fresh collection; as many notes must arrive, and the check must be content."""
    from anki.collection import Collection, ImportAnkiPackageRequest
    from anki.notes import NoteId

    with tempfile.TemporaryDirectory() as name:
        collection = Collection(str(Path(name) / "collection.anki2"))
        try:
            request = ImportAnkiPackageRequest(package_path=str(package))
            log = collection.import_anki_package(request).log
            assert len(log.new) == notes, (len(log.new), notes)
            for note in log.new:
                _check(collection.get_note(NoteId(note.id.nid)).fields)
            assert collection.fix_integrity()[1]
        finally:
            collection.close()


def _check(fields: list[str]) -> None:
    """Whatever the import did to fields, nothing in them acts."""
    for field in fields:
        check_field(field, sounds=frozenset(_SOUND.findall(field)))


def _short(problem: Exception) -> str:
    place = traceback.extract_tb(problem.__traceback__)[-1]
    name = Path(place.filename).name
    return f"{type(problem).__name__} at {name}:{place.lineno}: {str(problem)[:160]!r}"


def _record(kind: str, failures: list[tuple[int, str]], known: tuple[str, ...]) -> None:
    if known and failures:
        FAILED.mkdir(parents=True, exist_ok=True)
        for seed, _ in failures:
            (FAILED / f"{seed}.md").write_bytes(_page(seed, known).encode("utf-8", "replace"))
    elif failures:
        with (SEEDS / f"{kind}.txt").open("a", encoding="utf-8") as file:
            file.writelines(f"{seed}\n" for seed, _ in failures)
    for line in _lines(failures):
        print(line, flush=True)


def _lines(failures: list[tuple[int, str]]) -> Iterator[str]:
    for seed, words in failures:
        yield f"  seed {seed}: {words}"


if __name__ == "__main__":
    main()
