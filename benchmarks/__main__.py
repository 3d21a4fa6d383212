"""Measure speed and memory: `python -m benchmarks [--full] [--no-rivals]`.

Writes `build/benchmarks/report.md` and `report.json`: facts of the machine, our figures at
several sizes, and those of other programs with the same cards, all from one run.
"""

import argparse
import itertools
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeAlias

from benchmarks import rivals
from benchmarks.measure import Run, compile_bytecode, repeat, run, summary
from benchmarks.pages import write
from generator.version import __version__

Figures: TypeAlias = Mapping[str, float | str]
_RIVAL_CARDS = 1_000  # one of them takes time that grows with the square
_ROOT = Path(__file__).resolve().parent.parent
_SHARED = _ROOT.parent / "shared" / "corpora" / "pages"
REAL = tuple((path.name, path) for path in (_ROOT / "source", _SHARED) if path.is_dir())
"""Real pages: the decks of this repository, and notes of others where they are present."""
_ADMONKI = (sys.executable, "-m", "generator")
_PARTS = ("markdown-it-py", "Pygments", "math-core", "latex2mathml", "nh3", "genanki")


def main() -> int:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="100,000 cards, too: some minutes")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--times", type=int, default=3, help="runs of each; the median counts")
    parser.add_argument("--no-rivals", action="store_true", help="install and run nothing else")
    parser.add_argument("--output", type=Path, default=_ROOT / "build" / "benchmarks")
    options = parser.parse_args()
    compile_bytecode(_ROOT)
    sizes = [*options.sizes, *([100_000] if options.full else [])]
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        ours = {size: measure_size(size, scratch, times=options.times) for size in sizes}
        real = {name: measure_pages(pages, scratch, times=options.times) for name, pages in REAL}
        started = _start_up(scratch, times=options.times)
        others = {} if options.no_rivals else _rivals(scratch, times=options.times)
    report = {
        "machine": machine(),
        "help": started,
        "sizes": ours,
        "real pages": real,
        "rivals": others,
    }
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "report.json").write_text(json.dumps(report, indent=2), encoding="utf-8")
    text = "\n".join([*_lines(started, ours, others), *_real_lines(real)]) + "\n"
    (options.output / "report.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


def machine() -> dict[str, str]:
    """Say what the figures were measured on."""
    return {
        "cpu": _cpu(),
        "cores": str(os.cpu_count()),
        "load before": " ".join(f"{load:.1f}" for load in os.getloadavg()),
        "system": platform.platform(),
        "python": platform.python_version(),
        "admonki": __version__,
        **{name: _version(name) for name in _PARTS},
    }


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").split("\n")
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if "model name" in line), "?")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def measure_size(size: int, scratch: Path, *, times: int) -> dict[str, Figures]:
    """Build cold, again with nothing changed, and after an edit of one card."""
    times = 0 if size > 20_000 else times
    folder = scratch / f"admonki-{size}"
    environ = {"PYTHONPATH": str(_ROOT), "ADMONKI_CACHE_DIR": str(folder / "cache")}
    edits = itertools.count()

    def build(is_watched: bool) -> Run:
        return run([*_ADMONKI, "build"], cwd=folder, environ=environ, is_watched=is_watched)

    def cold(is_watched: bool) -> Run:
        shutil.rmtree(folder, ignore_errors=True)
        write(folder / "source", size)
        return build(is_watched)

    def edited(is_watched: bool) -> Run:
        page = folder / "source" / "topic-0000.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace('"Why ', f'"Why ({next(edits)}) ', 1), encoding="utf-8")
        return build(is_watched)

    return {
        "cold": summary(repeat(times, cold)),
        "nothing changed": summary(repeat(times, build)),
        "one card edited": summary(repeat(times, edited)),
    }


def measure_pages(pages: Path, scratch: Path, *, times: int) -> dict[str, Figures]:
    """Build real pages cold, and again with nothing changed."""
    folder = scratch / f"real-{pages.name}"
    environ = {"PYTHONPATH": str(_ROOT), "ADMONKI_CACHE_DIR": str(folder / "cache")}

    def build(is_watched: bool) -> Run:
        return run([*_ADMONKI, "build", "-q"], cwd=folder, environ=environ, is_watched=is_watched)

    def cold(is_watched: bool) -> Run:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(pages, folder / "source")
        (folder / "admonki.toml").touch()
        return build(is_watched)

    return {
        "cold": summary(repeat(times, cold)),
        "nothing changed": summary(repeat(times, build)),
    }


def _real_lines(real: Mapping[str, Mapping[str, Figures]]) -> Sequence[str]:
    lines = ["", "| real pages | build | wall s | CPU s | peak MB |", "|---|---|---:|---:|---:|"]
    for name, builds in real.items():
        for build, figures in builds.items():
            cells = [_cell(figures, key) for key in ("wall_s", "cpu_s", "peak_mb")]
            lines.append(f"| {name} | {build} | {' | '.join(cells)} |")
    return lines


def _start_up(scratch: Path, *, times: int) -> Figures:
    environ = {"PYTHONPATH": str(_ROOT)}
    command = [*_ADMONKI, "--help"]
    return summary(repeat(times * 3, lambda _: run(command, cwd=scratch, environ=environ)))


def _rivals(scratch: Path, *, times: int) -> dict[str, Figures]:
    found: dict[str, Figures] = {}
    for rival in rivals.RIVALS:
        reason = rivals.install(rival, scratch)
        if reason:
            found[rival.name] = {"failure": reason}
        else:
            runs = rivals.measure(rival, scratch, count=_RIVAL_CARDS, times=times)
            found[rival.name] = summary(runs)
    return found


def _lines(
    started: Figures, ours: Mapping[int, Mapping[str, Figures]], others: Mapping[str, Figures]
) -> Sequence[str]:
    lines = ["# Speed", "", "| machine | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in machine().items()]
    lines += ["", f"`admonki --help`: {_cell(started, 'wall_s')} s", ""]
    lines += ["| cards | build | wall s | best s | CPU s | cards/s | CPU ms a card | peak MB |"]
    lines += ["|---:|---|---:|---:|---:|---:|---:|---:|"]
    for size, builds in ours.items():
        lines += [_row(size, name, figures) for name, figures in builds.items()]
    if others and _RIVAL_CARDS in ours:
        lines += ["", f"The same {_RIVAL_CARDS} cards in other programs:", ""]
        lines += _rival_lines(ours[_RIVAL_CARDS]["cold"], others)
    return lines


def _row(size: int, name: str, figures: Figures) -> str:
    if "failure" in figures:
        return f"| {size} | {name} | {figures['failure']} | | | | | |"
    wall_s, cpu_s = float(figures["best_wall_s"]), float(figures["best_cpu_s"])
    cells = [_cell(figures, key) for key in ("wall_s", "best_wall_s", "cpu_s")]
    cells += [f"{size / wall_s:.0f}", f"{1000 * cpu_s / size:.2f}", _cell(figures, "peak_mb")]
    return f"| {size} | {name} | {' | '.join(cells)} |"


def _rival_lines(ours: Figures, others: Mapping[str, Figures]) -> Sequence[str]:
    lines = ["| program | wall s | CPU s | CPU, ours = 1 | does | does not |"]
    lines += ["|---|---:|---:|---:|---|---|"]
    lines += [f"| admonki | {_cell(ours, 'wall_s')} | {_cell(ours, 'cpu_s')} | 1 | all | |"]
    for rival in rivals.RIVALS:
        figures = others[rival.name]
        said = f"{rival.does} | {rival.does_not} |"
        if "failure" in figures or "failure" in ours:
            lines.append(f"| {rival.name} | {figures.get('failure', '')} | | | {said}")
            continue
        ratio = float(figures["best_cpu_s"]) / float(ours["best_cpu_s"])
        cells = f"{_cell(figures, 'wall_s')} | {_cell(figures, 'cpu_s')} | {ratio:.2f}"
        lines.append(f"| {rival.name} | {cells} | {said}")
    return lines


def _cell(figures: Figures, key: str) -> str:
    value = figures.get(key, "–")
    return f"{value:.2f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    sys.exit(main())
