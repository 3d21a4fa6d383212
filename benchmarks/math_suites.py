"""The formulas in another engine's test suite, as lines for `math_score`.

`python -m benchmarks.math_suites FOLDER > suite.jsonl` reads the sources and pages of a checkout
(KaTeX's, Temml's, MathJax's tests) and keeps what both KaTeX and Temml typeset. Needs Node, and
`npm ci` in `tests/e2e/`.
"""

import json
import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from benchmarks.math_pictures import node_render

_LEAST = 2  # characters
_TEMPLATE = re.compile(r"(?:String\.raw|expect|build|parse\w*|\(|= ?)`([^`$]+)`")
_STRING = re.compile(
    r"""(?:tex2mml|renderToString|toParse|math|tex)\w*\(\s*(["'])((?:\\.|.)*?)\1"""
)
_YAML = re.compile(r"^(?:    tex|\w+): (?!\||\{|>)(.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^(?:    tex|\w+): \|\n((?:  +.*\n)+)", re.MULTILINE)
_PAGE = re.compile(r'\$\$(.+?)\$\$|<(?:td|span|div) class="tex">(.+?)</', re.DOTALL)


def find_formulas(path: Path) -> Iterator[str]:
    """Yield what may be TeX in a file of a test suite."""
    text = path.read_text("utf-8", errors="replace")
    if path.suffix in (".ts", ".js", ".mjs"):
        yield from _TEMPLATE.findall(text)
        for _, string in _STRING.findall(text):
            yield string.replace("\\\\", "\\")
    elif path.suffix in (".yaml", ".yml"):
        yield from _YAML.findall(text)
        yield from _BLOCK.findall(text)
    elif path.suffix in (".html", ".md"):
        yield from (unescape(one or other) for one, other in _PAGE.findall(text))


def main(folder: Path) -> None:
    """Print the formulas below a folder, each once."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    found = dict.fromkeys(tex.strip() for path in files for tex in find_formulas(path))
    formulas = [(tex, True) for tex in found if len(tex) >= _LEAST]
    for (tex, display), line in zip(formulas, node_render(formulas), strict=True):
        if line["html"] and line["temml"]:
            print(json.dumps({"tex": tex, "display": display, "src": f"katex {folder.name}"}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
