"""Fuzzing that looks for inputs which reach new code, with atheris (`pip install atheris`).

    python -m benchmarks.fuzz_coverage pages -max_total_time=600 build/fuzz/pages

What follows the kind goes to libFuzzer: limits, and a folder in which inputs that reached new code
are kept. It ends at the first input that breaks a promise and writes that input to a file.
"""

import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["generator"]):
    from generator.apkg.reader import read_package
    from generator.config import load
    from generator.errors import AdmonkiError
    from generator.identity.lock_reader import parse_lock
    from generator.identity.lock_text import format_lock
    from tests.fuzz.trial import try_page
    from tests.math.test_fuzz import check

_FOLDER = Path(tempfile.mkdtemp(prefix="admonki-fuzz-"))


def _page(data: bytes) -> None:
    try_page(data.decode("utf-8", "replace"), _FOLDER)


def _formula(data: bytes) -> None:
    check(data[1:].decode("utf-8", "replace"), display=data[:1] > b"\x7f")


def _config(data: bytes) -> None:
    name = "mkdocs.yml" if data[:1] > b"\x7f" else "admonki.toml"
    for other in ("mkdocs.yml", "admonki.toml"):
        (_FOLDER / other).unlink(missing_ok=True)
    (_FOLDER / ".git").mkdir(exist_ok=True)
    (_FOLDER / name).write_bytes(data[1:])
    load({}, cwd=_FOLDER, environ={})


def _lock(data: bytes) -> None:
    lock, found = parse_lock(data.decode("utf-8", "surrogateescape"), "admonki.lock")
    if not found:
        assert parse_lock(format_lock(lock), "x") == (lock, ())


def _package(data: bytes) -> None:
    path = _FOLDER / "x.apkg"
    path.write_bytes(data)
    with suppress(AdmonkiError):
        read_package(path)


_KINDS: Mapping[str, Callable[[bytes], None]] = {
    "pages": _page,
    "formulas": _formula,
    "config": _config,
    "locks": _lock,
    "packages": _package,
}


def main() -> None:
    """Fuzz the kind that is named first."""
    if len(sys.argv) < 2 or sys.argv[1] not in _KINDS:
        raise SystemExit(f"which kind? {', '.join(_KINDS)}")
    kind = sys.argv.pop(1)
    for folder in (argument for argument in sys.argv[1:] if not argument.startswith("-")):
        Path(folder).mkdir(parents=True, exist_ok=True)
    atheris.Setup(sys.argv, _KINDS[kind])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
