"""Formulas that people wrote: of the project's own pages, and of the shared corpus."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

CORPUS = ROOT.parent / "shared" / "corpora" / "formulas.jsonl"
_CODE = re.compile(r"^( *)(```+|~~~+).*?^\1\2", re.DOTALL | re.MULTILINE)
_FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$(\S[^$\n]*?)(?<!\s)\$(?!\d)", re.DOTALL)


def of_the_decks() -> list[tuple[str, bool]]:
    """Return the distinct formulas of `source/`, with whether each is displayed."""
    found: dict[tuple[str, bool], None] = {}
    for page in sorted((ROOT / "source").rglob("*.md")):
        for match in _FORMULA.finditer(_CODE.sub("", page.read_text("utf-8"))):
            found[match[1] or match[2], match[1] is not None] = None
    return list(found)


def of_the_corpus(*, is_suite: bool) -> list[tuple[str, bool]]:
    """Return formulas of notes, or of engines' test suites; skip where there are none."""
    if not CORPUS.is_file():
        pytest.skip(f"no corpus of formulas at {CORPUS}")
    from benchmarks.math_corpus import read_samples

    kind = "suites" if is_suite else "notes"
    return [(s.tex, s.display) for s in read_samples(CORPUS) if s.kind == kind]


def read_lines(path: Path) -> list[dict[str, object]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
