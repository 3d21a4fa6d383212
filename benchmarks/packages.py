"""Time and memory of every command that reads a package, with packages of 10 MB made to be slow.

    python -m benchmarks.packages                  # every kind
    python -m benchmarks.packages words formulas   # some

A project of sixty cards is built. Of its package others are made, each twice with other texts, and
given to `diff`, `pull`, `stats` and `ids`; then one takes the place of the package of a project
that has lost its lock. The limits are those of `docs/guide/security.md`: 5 s of processor time and
500 MB. A package that is refused counts as well.
"""

import argparse
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).resolve().parents[1]
LIMIT_S, LIMIT_MB = 5.0, 500.0
_PATIENCE_S = 120
Change: TypeAlias = Callable[[sqlite3.Connection, random.Random], None]
_MEASURED = (
    "import resource, sys\n"
    "from generator.cli import main\n"
    "try:\n    main()\nexcept SystemExit as end:\n    code = end.code\n"
    "used = resource.getrusage(resource.RUSAGE_SELF)\n"
    "helped = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
    "times = used.ru_utime + used.ru_stime + helped.ru_utime + helped.ru_stime\n"
    "print(times, max(used.ru_maxrss, helped.ru_maxrss) / 1024, code, file=sys.stderr)\n"
)


def words(rng: random.Random, count: int) -> str:
    """Make words that no other text has."""
    return " ".join("".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=5)) for _ in range(count))


def _notes(count: int, field: Callable[[random.Random], str], *, cards: int = 1) -> Change:
    """Add notes, all of whose fields are made by a function."""

    def change(db: sqlite3.Connection, rng: random.Random) -> None:
        (note,) = db.execute("SELECT * FROM notes LIMIT 1").fetchall()
        (card,) = db.execute("SELECT * FROM cards LIMIT 1").fetchall()
        fields = note[6].count("\x1f")
        (free,) = db.execute("SELECT max(id) FROM cards").fetchone()
        for number in range(count):
            free += cards + 1
            values = "\x1f".join([f"key {number}", *(field(rng) for _ in range(fields))])
            added = (free, f"new-{number}", *note[2:6], values, *note[7:])
            db.execute(f"INSERT INTO notes VALUES ({','.join('?' * len(added))})", added)
            for order in range(cards):
                row = (free + 1 + order, free, card[2], order, *card[4:])
                db.execute(f"INSERT INTO cards VALUES ({','.join('?' * len(row))})", row)

    return change


def _own(db: sqlite3.Connection, rng: random.Random) -> None:
    """Replace all that the project's cards say."""
    for number, fields in db.execute("SELECT id, flds FROM notes").fetchall():
        key, *rest = fields.split("\x1f")
        changed = "\x1f".join([key, *(words(rng, 3_000) for _ in rest)])
        db.execute("UPDATE notes SET flds = ?, mod = mod + 1 WHERE id = ?", (changed, number))


def _column(name: str, make: Callable[[str, dict[str, object]], dict[str, object]]) -> Change:
    """Add to what the collection holds as JSON."""

    def change(db: sqlite3.Connection, rng: random.Random) -> None:
        (held,) = db.execute(f"SELECT {name} FROM col").fetchone()
        value = json.loads(held)
        value |= make(words(rng, 1), next(iter(value.values())))
        db.execute(f"UPDATE col SET {name} = ?", (json.dumps(value),))

    return change


def _many_decks(word: str, deck: dict[str, object]) -> dict[str, object]:
    return {
        str(10**9 + n): {**deck, "id": 10**9 + n, "name": f"{word}::{n}"} for n in range(15_000)
    }


def _many_types(word: str, kind: dict[str, object]) -> dict[str, object]:
    fields = [{"name": f"{word} {n}", "ord": n} for n in range(100)]
    plain = {**kind, "flds": fields, "css": ""}
    return {str(10**12 + n): {**plain, "id": 10**12 + n, "name": word} for n in range(800)}


def _reviews(db: sqlite3.Connection, _rng: random.Random) -> None:
    cards = [row[0] for row in db.execute("SELECT id FROM cards")]
    rows = ((10**12 + n, cards[n % len(cards)], n % 4 + 1, n % 9_000) for n in range(600_000))
    db.executemany("INSERT INTO revlog VALUES (?, ?, -1, ?, 3, 2, 2500, ?, 1)", rows)


_MATH = '<math data-tex="x" alttext="x"><mrow><mi>x</mi><mo>=</mo><mn>1</mn></mrow></math> '
_KINDS: Mapping[str, Change] = {
    "small": _notes(60_000, lambda rng: f"{rng.random()}"),
    "words": _notes(2_000, lambda rng: words(rng, 90)),
    "formulas": _notes(8_000, lambda rng: words(rng, 10) + _MATH * 3),
    "long": _notes(7, lambda rng: words(rng, 30_000)),
    "tags": _notes(20, lambda rng: "<b>" * 40_000 + words(rng, 1)),
    "nested": _notes(20, lambda rng: "<ul><li><div>" * 8_000 + words(rng, 1)),
    "references": _notes(20, lambda rng: "&amp;&#123;" * 10_000 + words(rng, 1)),
    "cloze": _notes(60, lambda rng: "{{c1::x}} {{c2::y}} " * 1_200 + words(rng, 1)),
    "cards": _notes(300, lambda rng: words(rng, 1), cards=300),
    "own": _own,
    "decks": _column("decks", _many_decks),
    "types": _column("models", _many_types),
    "reviews": _reviews,
}


def main() -> None:
    """Make packages of each kind, run the commands, and print what each took."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("kinds", nargs="*", default=list(_KINDS), metavar="KIND")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "project"
        _make_project(home)
        for kind in given.kinds:
            one, other = (_made(home, kind, seed) for seed in (1, 2))
            print(f"{kind}: {one.stat().st_size / 1e6:.1f} MB", flush=True)
            _try_outside(home, one, other)
            _try_inside(home, one, other)


def _make_project(home: Path) -> None:
    rng = random.Random(0)
    (home / "docs").mkdir(parents=True)
    (home / "mkdocs.yml").write_text("site_name: Big\n")
    boxes = (f'??? question "Which is {n}?"\n\n    {words(rng, 12)}\n\n' for n in range(60))
    (home / "docs" / "page.md").write_text("# Page\n\n" + "".join(boxes))
    _run(home, ["build", "--quiet"])


def _made(home: Path, kind: str, seed: int) -> Path:
    path = home.parent / f"{kind}-{seed}.apkg"
    with zipfile.ZipFile(home / "build" / "all.apkg") as package:
        entries = {name: package.read(name) for name in package.namelist()}
    name = next(name for name in entries if name.startswith("collection"))
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(entries[name])
        _KINDS[kind](db, random.Random(seed))
        db.commit()
        entries[name] = db.serialize()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for entry, data in entries.items():
            package.writestr(entry, data)
    return path


def _try_outside(home: Path, one: Path, other: Path) -> None:
    built = home / "build" / "all.apkg"
    for way in ("text", "json", "markdown"):
        _show(home, ["diff", one, other, "--format", way])
    _show(home, ["diff", built, one])
    _show(home, ["pull", one])
    _show(home, ["pull", one, "--format", "json"])
    _show(home, ["stats", "--reviews", one])


def _try_inside(home: Path, one: Path, other: Path) -> None:
    """Run the commands of a project that has lost its lock, with the package as its own."""
    place = home.parent / "lost"
    commands: list[list[object]] = [["ids", "--recover", one], ["diff"], ["pull", other]]
    commands += [["check"], ["list"]]
    commands += [["stats"], ["preview", "-o", "seen"], ["export", "--format", "json"], ["build"]]
    for command in commands:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(home, place)
        for lock in place.rglob("*.lock"):
            lock.unlink()
        shutil.copy(one, place / "build" / "all.apkg")
        _show(place, command)


def _show(folder: Path, command: Sequence[object]) -> None:
    seconds, megabytes, code = _run(folder, command)
    mark = " " if seconds < LIMIT_S and megabytes < LIMIT_MB else "!"
    name = " ".join(str(word) for word in command if not isinstance(word, Path))
    print(f"{mark} {name:28} {seconds:6.2f} s {megabytes:5.0f} MB  exit {code}", flush=True)


def _run(folder: Path, command: Sequence[object]) -> tuple[float, float, str]:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "ADMONKI_CACHE_DIR": str(folder / "cache")}
    call = [sys.executable, "-c", _MEASURED, *map(str, command)]
    try:
        run = subprocess.run(
            call, cwd=folder, env=environ, capture_output=True, timeout=_PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired:
        return float(_PATIENCE_S), 0.0, "late"
    seconds, megabytes, code = run.stderr.decode(errors="replace").split()[-3:]
    return float(seconds), float(megabytes), code


if __name__ == "__main__":
    main()
