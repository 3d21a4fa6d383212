"""Measure two checkouts in turns: `python -m benchmarks.compare OLD [NEW] [--times 5]`.

OLD and NEW are folders of checkouts, each with its own `.venv`; NEW is this one unless named.
Both build the same pages, without those in which either finds an error, one run after the other,
so that a busy machine slows both. The medians
of CPU time (user and system, of all processes) are compared: cold, nothing changed, one edit.
The notes that each makes of the pages are counted.
"""

import argparse
import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Run, compile_bytecode, run
from benchmarks.pages import write

_ROOT = Path(__file__).resolve().parent.parent
_EDIT = "\nOne more paragraph, number {number}.\n"


@dataclass(frozen=True, slots=True)
class Pages:
    """What both checkouts build.

    Attributes:
        name: In the table.
        write: Writes the pages into a folder that does not exist yet.
    """

    name: str
    write: Callable[[Path], object]


def main() -> int:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path, nargs="?", default=_ROOT)
    parser.add_argument("--times", type=int, default=5, help="runs of each; the median counts")
    parser.add_argument("--sizes", type=int, nargs="*", default=[3_000, 10_000])
    options = parser.parse_args()
    print("| pages | build | old CPU s | new CPU s | ratio | old wall s | new wall s |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for pages in (*_real_pages(), *map(_synthetic, options.sizes)):
        for row in compare(pages, (options.old, options.new), times=options.times):
            print(row, flush=True)
    return 0


def _real_pages() -> Iterator[Pages]:
    """The decks of this repository, and the real notes beside it where they are present."""
    yield Pages("source/", lambda folder: shutil.copytree(_ROOT / "source", folder))
    shared = _ROOT.parent / "shared" / "corpora" / "pages"
    if shared.is_dir():
        yield Pages("shared notes", lambda folder: shutil.copytree(shared, folder))


def _synthetic(cards: int) -> Pages:
    return Pages(f"{cards:,} cards", lambda folder: write(folder, cards))


def compare(pages: Pages, checkouts: Sequence[Path], *, times: int) -> Iterator[str]:
    """Build the same pages with two checkouts in turns.

    Args:
        pages: What to build.
        checkouts: The old one and the new one.
        times: Rounds.

    Yields:
        One row of the table for each way to build.
    """
    found: dict[str, list[list[Run]]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "pages"
        pages.write(source)
        for checkout in checkouts:
            compile_bytecode(checkout)
            _remove_errors(source, checkout.absolute())
        for number in range(times):
            for which, checkout in enumerate(checkouts):
                folder = Path(scratch) / str(which)
                for name, measured in _round(source, checkout.absolute(), folder, number):
                    found.setdefault(name, [[], []])[which].append(measured)
        notes = "/".join(str(_count(Path(scratch) / which)) for which in ("0", "1"))
    for name, (old, new) in found.items():
        yield _row(f"{pages.name}, {notes} notes", name, old, new)


def _count(folder: Path) -> int:
    """Count the notes that were built: a checkout that finds more cards does more."""
    package = folder / "build" / "all.apkg"
    with zipfile.ZipFile(package) as archive, closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(archive.read("collection.anki2"))
        (count,) = db.execute("SELECT count(*) FROM notes").fetchone()
    return int(count)


def _remove_errors(source: Path, checkout: Path) -> None:
    """Remove the pages in which a checkout finds an error: it would build nothing, or less."""
    program = str(checkout / ".venv" / "bin" / "admonki")
    command = [program, "check", "--no-cache", "--format", "json", str(source)]
    ran = subprocess.run(command, cwd=source, capture_output=True, check=False)
    for found in json.loads(ran.stdout)["diagnostics"]:
        if found["severity"] == "error":
            (source / found["path"]).unlink(missing_ok=True)


def _round(pages: Path, checkout: Path, folder: Path, number: int) -> Iterator[tuple[str, Run]]:
    """Build cold, again with nothing changed, and after an edit of one page."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copytree(pages, folder / "source")
    (folder / "admonki.toml").touch()  # so that no configuration above the folder counts
    command = [str(checkout / ".venv" / "bin" / "admonki"), "build", "-q"]
    environ = {"ADMONKI_CACHE_DIR": str(folder / "cache")}
    yield "cold", run(command, cwd=folder, environ=environ)
    yield "nothing changed", run(command, cwd=folder, environ=environ)
    page = max((folder / "source").rglob("*.md"), key=lambda path: path.stat().st_size)
    with page.open("a", encoding="utf-8") as file:
        file.write(_EDIT.format(number=number))
    yield "one edit", run(command, cwd=folder, environ=environ)


def _row(pages: str, name: str, old: Sequence[Run], new: Sequence[Run]) -> str:
    if failures := [one.failure for one in (*old, *new) if one.failure]:
        return f"| {pages} | {name} | {failures[0]} | | | | |"
    cpu_old, cpu_new = (statistics.median(one.cpu_s for one in runs) for runs in (old, new))
    wall_old, wall_new = (statistics.median(one.wall_s for one in runs) for runs in (old, new))
    cells = f"{cpu_old:.2f} | {cpu_new:.2f} | {cpu_new / cpu_old:.2f}"
    return f"| {pages} | {name} | {cells} | {wall_old:.2f} | {wall_new:.2f} |"


if __name__ == "__main__":
    sys.exit(main())
