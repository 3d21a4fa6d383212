"""Generated pages through every stage, by the million.

    python -m benchmarks.fuzz --count 1000000 --jobs 2

Page N is made from the number N, so a failure is told by its number, which is appended to
tests/fuzz/seeds/pages.txt: the quick tests try those again for ever. One page in a thousand goes
on into the official Anki.
"""

import argparse
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.fuzz.trial import try_seed

SEEDS = Path(__file__).resolve().parents[1] / "tests" / "fuzz" / "seeds" / "pages.txt"
_CHUNK = 1000


def main() -> None:
    """Read the options, run, and say what came of it."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--count", type=int, default=10_000, help="how many pages")
    options.add_argument("--first", type=int, default=0, help="number of the first")
    options.add_argument("--jobs", type=int, default=1, help="processes")
    options.add_argument("--anki-every", type=int, default=1000, help="import one in so many")
    given = options.parse_args()
    started = time.monotonic()
    total: Counter[str] = Counter()
    last = given.first + given.count
    chunks = [
        (number, min(number + _CHUNK, last), given.anki_every)
        for number in range(given.first, last, _CHUNK)
    ]
    with ProcessPoolExecutor(given.jobs) as pool:
        for counts, failures in pool.map(_try_chunk, chunks):
            total += counts
            _record(failures)
            seconds = time.monotonic() - started
            print(f"{given.first + total['pages']:>9,} {seconds:6.0f} s {dict(total)}", flush=True)
    raise SystemExit(1 if total["failures"] else 0)


def _try_chunk(chunk: tuple[int, int, int]) -> tuple[Counter[str], list[tuple[int, str]]]:
    first, last, anki_every = chunk
    counts: Counter[str] = Counter()
    failures: list[tuple[int, str]] = []
    with tempfile.TemporaryDirectory() as name:
        for seed in range(first, last):
            counts["pages"] += 1
            try:
                counts += _try_one(seed, Path(name), seed % anki_every == 0)
            except Exception as problem:  # whatever it is, it is what we look for
                counts["failures"] += 1
                failures.append((seed, _short(problem)))
    return counts, failures


def _try_one(seed: int, folder: Path, is_sample: bool) -> Counter[str]:
    outcome = try_seed(seed, folder)
    counts = Counter(cards=outcome.notes, packages=int(outcome.package is not None))
    if is_sample and outcome.package is not None:
        counts["imported"] = 1
        _import(outcome.package, outcome.notes)
    return counts


def _import(package: Path, notes: int) -> None:
    """Import into a fresh collection; as many notes must arrive, and the check must be content."""
    from anki.collection import Collection, ImportAnkiPackageRequest

    with tempfile.TemporaryDirectory() as name:
        collection = Collection(str(Path(name) / "collection.anki2"))
        try:
            request = ImportAnkiPackageRequest(package_path=str(package))
            log = collection.import_anki_package(request).log
            assert len(log.new) == notes, (len(log.new), notes)
            assert collection.fix_integrity()[1]
        finally:
            collection.close()


def _short(problem: Exception) -> str:
    place = traceback.extract_tb(problem.__traceback__)[-1]
    name = Path(place.filename).name
    return f"{type(problem).__name__} at {name}:{place.lineno}: {str(problem)[:160]!r}"


def _record(failures: list[tuple[int, str]]) -> None:
    if failures:
        with SEEDS.open("a", encoding="utf-8") as file:
            file.writelines(f"{seed}\n" for seed, _ in failures)
    for line in _lines(failures):
        print(line, flush=True)


def _lines(failures: list[tuple[int, str]]) -> Iterator[str]:
    for seed, words in failures:
        yield f"  seed {seed}: {words}"


if __name__ == "__main__":
    main()
