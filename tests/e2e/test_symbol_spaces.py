"""The spaces around every symbol that KaTeX knows, as Chromium lays them out, are KaTeX's."""

import shutil

import pytest

from benchmarks.math_gaps import measure_gaps
from benchmarks.math_pictures import NODE, node_render
from generator.math.commands import known_commands
from generator.math.conversion import convert

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium"),
    pytest.mark.skipif(
        not (NODE / "node_modules" / "katex").exists(), reason="needs `npm ci` in tests/e2e"
    ),
]
_OTHERS = {r"a=\ddots b"}  # math-core takes these dots for a relation
_CLASSES = frozenset({"ord", "bin", "rel", "op", "punct", "inner", "open", "close"})


def _formulas() -> list[str]:
    names = [name for name, known in known_commands().items() if known.shows]
    names = [name for name in names if known_commands()[name].kind in _CLASSES]
    return [tex for name in names for tex in (f"a{name} b", f"a={name} b")]


def test_around_each_symbol() -> None:
    formulas = _formulas()
    made = [convert(tex, display=True) for tex in formulas]
    rendered = node_render([(tex, True) for tex in formulas])
    rows = [
        (line["html"] or "", formula.html if formula.how == "mathml" else "")
        for line, formula in zip(rendered, made, strict=True)
    ]
    gaps = measure_gaps(rows)
    different = {tex: gap for tex, gap in zip(formulas, gaps, strict=True) if gap}
    assert different.keys() <= _OTHERS, different
    assert sum(gap is not None for gap in gaps) > 0.7 * len(formulas)
