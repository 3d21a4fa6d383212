"""The formulas in another engine's test suite, as lines for `math_score`.

`python -m benchmarks.math_suites FOLDER > suite.jsonl` reads the sources and pages of a checkout
(the tests of KaTeX, Temml, MathJax, math-core) and keeps what at least two of KaTeX, Temml and
MathJax typeset. Needs Node, and `npm ci` in `tests/e2e/`.
"""

import json
import re
import sys
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path

from benchmarks.math_pictures import node_render

_LEAST = 2  # characters
_ENGINES = 2  # of three
_TEMPLATE = re.compile(r"(?:String\.raw|expect|build|parse\w*|\(|= ?|\br)`([^`$]+)`")
_STRING = re.compile(
    r"""(?:tex2mml|renderToString|toParse|math|tex)\w*\(\s*(["'])((?:\\.|.)*?)\1"""
)
_YAML = re.compile(r"^(?:    tex|\w+): (?!\||\{|>)(.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^(?:    tex|\w+): \|\n((?:  +.*\n)+)", re.MULTILINE)
_RUST = re.compile(r'\br"([^"]+)"|\br#"(.+?)"#', re.DOTALL)
_GRID_EDGE = re.compile(r"\+[-=:+]+\+")
_CELL = re.compile(r"\${1,2}(.+?)\${1,2}", re.DOTALL)
_PAGE = re.compile(r'\$\$(.+?)\$\$|<(?:td|span|div) class="tex">(.+?)</', re.DOTALL)


def find_formulas(path: Path) -> Iterator[str]:
    """Yield what may be TeX in a file of a test suite."""
    text = path.read_text("utf-8", errors="replace")
    if path.suffix in (".ts", ".js", ".mjs", ".cjs"):
        yield from _TEMPLATE.findall(text)
        for _, string in _STRING.findall(text):
            yield string.replace("\\\\", "\\")
    elif path.suffix in (".yaml", ".yml"):
        yield from _YAML.findall(text)
        yield from _BLOCK.findall(text)
    elif path.suffix == ".rs":
        yield from (plain or hashed for plain, hashed in _RUST.findall(text))
    elif path.suffix in (".html", ".md"):
        yield from (unescape(one or other) for one, other in _PAGE.findall(text))
        cells = map(_CELL.fullmatch, _table_cells(text.splitlines()))
        yield from (cell[1] for cell in cells if cell)


def _table_cells(lines: list[str]) -> Iterator[str]:
    """Yield the cells of grid and pipe tables; a grid's columns are where its edge has a `+`."""
    edges: list[int] = []
    rows: list[str] = []
    for line in lines:
        is_edge = _GRID_EDGE.fullmatch(line)
        if is_edge or not line.startswith("|"):
            for start, end in pairwise(edges):
                yield "\n".join(row[start + 1 : end] for row in rows).strip()
            rows = []
            edges = [place for place, sign in enumerate(line) if sign == "+"] if is_edge else []
        elif edges:
            rows.append(line)
        else:
            yield from map(str.strip, line.strip("|").split(" | "))


def is_formula(tex: str) -> bool:
    r"""Tell TeX that an author may write from other strings of a test.

    Left out are MathML, attributes, and commands with `@`, which is not a letter outside of an
    engine's own macros: `\@ifnextchar`.
    """
    return len(tex) >= _LEAST and not _NO_FORMULA.search(tex)


_NO_FORMULA = re.compile(r"^<m\w+|^\w+=\"|\\@[a-z]|\n\|")


def main(folder: Path) -> None:
    """Print the formulas below a folder, each once."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    found = dict.fromkeys(tex.strip() for path in files for tex in find_formulas(path))
    formulas = [(tex, True) for tex in found if is_formula(tex)]
    for (tex, display), line in zip(formulas, node_render(formulas), strict=True):
        if sum(line[engine] is not None for engine in ("html", "temml", "mathjax")) >= _ENGINES:
            print(json.dumps({"tex": tex, "display": display, "src": f"katex {folder.name}"}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
