"""Small faults put into the code, one at a time: do the quick tests notice each?

    python -m benchmarks.mutants identity parser apkg --count 300
    python -m benchmarks.mutants math --only syntax macros

The faults are drawn with a fixed seed, and a fault meets first the tests that run its line, then
those of its whole package. One that no test notices is printed with its place and both versions of
the line: either it changes nothing that can be seen, or a test is missing. The work is done on a
copy of the project; `docs/maintainers/testing.md` holds the last result, judged.
"""

import argparse
import ast
import contextlib
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import starmap
from multiprocessing import get_context
from pathlib import Path

import pytest
from coverage import CoverageData

ROOT = Path(__file__).resolve().parents[1]
_PATIENCE_S = 600
_MOST_BYTES = 8 << 30  # of a process
_MOST_TESTS = 40
_QUICK = ("-x", "-q", "-p", "no:cacheprovider", "-m", "not slow and not e2e")
_OURS = ("generator", "tests", "benchmarks")
_NOT_COPIED = (".git", ".venv", ".*cache", ".hypothesis", "build", "__pycache__", "node_modules")
_LIBRARIES = ("click", "lxml.html", "markdown_it", "nh3", "pygments.lexers", "yaml")
_TESTS = {
    "cards": ("tests/cards",),
    "commands": ("tests/commands", "tests/sync"),
    "config": ("tests/config",),
    "pipeline": ("tests/pipeline",),
    "pull": ("tests/pull",),
    "reader": ("tests/reader", "tests/test_snippets.py"),
    "identity": ("tests/identity", "tests/commands/test_ids.py", "tests/commands/test_diff.py"),
    "parser": ("tests/parser", "tests/render"),
    "apkg": ("tests/apkg", "tests/pipeline"),
    "render": ("tests/render", "tests/math"),
    "math": ("tests/math",),
    "markup": ("tests/markup", "tests/security/test_invariant.py", "tests/render/test_inert.py"),
    "render/sanitize.py": ("tests/security/test_sanitizer.py", "tests/render", "tests/security"),
    "render/svg.py": ("tests/render/test_svg.py",),
    "math/mathjax.py": ("tests/math/test_mathjax.py", "tests/math", "tests/security"),
    "safe_text.py": ("tests/test_safe_text.py", "tests/test_report.py", "tests/commands"),
    "fields.py": ("tests/test_fields.py", "tests/identity", "tests/apkg"),
}
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ADDED = ("onclick", "script", "srcdoc")
"""Words that lists of names must not have."""
_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Break: ast.Continue,
    ast.Continue: ast.Break,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one fault.

    Attributes:
        path: The file, from the project's root.
        line: Where the fault is.
        before: The line as it is.
        after: What the fault made of the statement or expression.
        text: The whole file with the fault.
    """

    path: Path
    line: int
    before: str
    after: str
    text: str


def possible(path: Path) -> list[tuple[Path, int, int]]:
    """Every fault that we know for a file: the file, the node's number, what is done to it."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return [
        (path, number, way)
        for number, node in enumerate(ast.walk(tree))
        for way in range(len(_changes(node)))
    ]


def make(path: Path, number: int, way: int) -> Mutant:
    """Put a fault into a file."""
    source = (ROOT / path).read_text(encoding="utf-8")
    tree = ast.parse(source)
    node = list(ast.walk(tree))[number]
    _changes(node)[way]()
    line = getattr(node, "lineno", 0)
    before = source.splitlines()[line - 1].strip() if line else ""
    return Mutant(path, line, before, ast.unparse(node), ast.unparse(tree))


def _changes(node: ast.AST) -> list[Callable[[], None]]:
    """What can be done to a node, each as a call that does it."""
    match node:
        case ast.Compare(ops=[operator, *_]) if type(operator) in _COMPARISONS:
            return [lambda: node.ops.__setitem__(0, _COMPARISONS[type(operator)]())]
        case ast.BinOp(left=ast.JoinedStr()) | ast.BinOp(right=ast.JoinedStr()):
            return []
        case ast.BoolOp(op=operator) | ast.BinOp(op=operator) if type(operator) in _SWAPS:
            return [lambda: setattr(node, "op", _SWAPS[type(operator)]())]
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            return [lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), test))]
        case ast.Return(value=ast.expr()):
            return [lambda: setattr(node, "value", ast.Constant(None))]
        case ast.Constant(value=bool(value)):
            return [lambda: setattr(node, "value", not value)]
        case ast.Constant(value=int(value)):
            return [lambda: setattr(node, "value", value + 1)]
        case ast.Expr(value=ast.Call()):
            return [lambda: setattr(node, "value", ast.Constant(None))]
        case ast.Call(func=ast.Name("sorted" | "set"), args=[_]):
            return [lambda: setattr(node, "func", ast.Name("list"))]
    return _changes_of_lists(node)


def _changes_of_lists(node: ast.AST) -> list[Callable[[], None]]:
    """What can be done to lists of what is allowed, and to patterns."""
    match node:
        case ast.Call(func=ast.Name("names"), args=[ast.Constant(value=str(value))]):
            return [partial(_set, node.args[0], value=f"{value} {word}") for word in _ADDED]
        case ast.Call(func=ast.Name("_matching" | "_one_of"), args=[_]):
            return [partial(_become, node, "_matching('(?s).*')")]
        case ast.Call(func=ast.Attribute(attr="compile"), args=[_, *_]):
            return [lambda: node.args.__setitem__(0, ast.Constant("(?!)"))]
        case ast.Set(elts=[_, *_]) if all(isinstance(e, ast.Constant) for e in node.elts):
            added = ast.Constant("javascript")
            return [lambda: node.elts.__delitem__(0), lambda: node.elts.append(added)]
    return []


def _become(node: ast.AST, source: str) -> None:
    vars(node).update(vars(ast.copy_location(ast.parse(source, mode="eval").body, node)))


def _set(node: ast.AST, value: object) -> None:
    vars(node)["value"] = value


def is_noticed(mutant: Mutant, tests: Sequence[str], folder: Path) -> bool:
    """Run tests over a copy of the project with the fault."""
    file = folder / mutant.path
    whole = file.read_text(encoding="utf-8")
    file.write_text(mutant.text, encoding="utf-8")
    run = get_context("fork").Process(target=_test, args=(tests, folder))
    try:
        run.start()
        run.join(_PATIENCE_S)
        return run.exitcode != 0
    finally:
        run.kill()
        run.join()
        file.write_text(whole, encoding="utf-8")


def _test(tests: Sequence[str], folder: Path) -> None:
    """Run tests in a process that has the libraries already, which take longer than most tests."""
    _limit_memory()
    os.chdir(folder)
    sys.path[:] = [str(folder), *(place for place in sys.path if place not in ("", str(ROOT)))]
    sys.dont_write_bytecode = True
    for name in [name for name in sys.modules if name.partition(".")[0] in _OURS]:
        del sys.modules[name]
    with (
        Path(os.devnull).open("w") as nothing,
        contextlib.redirect_stdout(nothing),
        contextlib.redirect_stderr(nothing),
    ):
        code = pytest.main([*_QUICK, *tests])
    os._exit(int(code))


def _run(arguments: Sequence[str], folder: Path) -> int:
    environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        env=environ,
        capture_output=True,
        timeout=_PATIENCE_S,
        check=False,
        preexec_fn=_limit_memory,
    ).returncode


def _limit_memory() -> None:
    """A loop that never ends may take all memory before it has taken all patience."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))


class Reach:
    """Which tests of a package run a line, those that run few lines first."""

    def __init__(self, package: str, folder: Path) -> None:
        database = folder / "reach.db"
        settings = folder / "reach.toml"
        settings.write_text(
            '[tool.coverage.run]\ndynamic_context = "test_function"\n'
            f'source = ["generator"]\ndata_file = "{database}"\n'
        )
        command = ["-m", "coverage", "run", f"--rcfile={settings}", "-m", "pytest", *_QUICK]
        if _run([*command, *_TESTS[package]], folder):
            raise SystemExit(f"{package}: the tests fail without any fault")
        self._data = CoverageData(str(database))
        self._data.read()
        self._folder = folder
        self._weight: Counter[str] = Counter()
        for file in self._data.measured_files():
            for tests in self._data.contexts_by_lineno(file).values():
                self._weight.update(tests)

    def tests(self, mutant: Mutant) -> list[str]:
        """Name the tests of a fault's line as pytest does."""
        file = str((self._folder / mutant.path).resolve())
        names = self._data.contexts_by_lineno(file).get(mutant.line, [])
        found = sorted((name for name in names if name), key=lambda name: self._weight[name])
        return [
            f"{name.rpartition('.')[0].replace('.', '/')}.py::{name.rpartition('.')[2]}"
            for name in found[:_MOST_TESTS]
        ]


def main() -> None:
    """Draw faults, try each, and print those that no test noticed."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("packages", nargs="+", choices=sorted(_TESTS))
    options.add_argument("--count", type=int, default=100, help="how many of each package")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", nargs="+", default=(), metavar="MODULE", help="of the package")
    given = options.parse_args()
    for name in _LIBRARIES:
        import_module(name)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"
        ignored = shutil.ignore_patterns(*_NOT_COPIED)
        shutil.copytree(ROOT, folder, ignore=ignored)
        for package in given.packages:
            known = [fault for file in _files(package, given.only) for fault in possible(file)]
            chosen = random.Random(given.seed).sample(known, min(given.count, len(known)))
            counts = _try_faults(package, folder, chosen)
            print(f"{package}: {dict(counts)} of {len(known)} possible faults", flush=True)


def _files(package: str, only: Sequence[str]) -> list[Path]:
    place = ROOT / "generator" / package
    files = sorted(place.rglob("*.py")) if place.is_dir() else [place]
    return [file.relative_to(ROOT) for file in files if not only or file.stem in only]


def _try_faults(
    package: str, folder: Path, chosen: Sequence[tuple[Path, int, int]]
) -> Counter[str]:
    reach = Reach(package, folder)
    counts: Counter[str] = Counter()
    for mutant in starmap(make, chosen):
        tests = reach.tests(mutant)
        noticed = bool(tests) and is_noticed(mutant, tests, folder)
        noticed = noticed or is_noticed(mutant, _TESTS[package], folder)
        counts["noticed" if noticed else "survived"] += 1
        if not noticed:
            after = " ".join(mutant.after.split())[:160]
            print(f"{mutant.path}:{mutant.line}: {mutant.before}\n    → {after}", flush=True)
        if counts.total() % 20 == 0:
            print(f"{package}: {dict(counts)}", flush=True)
    return counts


if __name__ == "__main__":
    main()
