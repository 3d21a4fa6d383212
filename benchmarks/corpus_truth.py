"""Make the reference's reading of a corpus again, without the options of its fences.

The truth that comes with the corpus was made with Pygments turned off; pymdownx.superfences then
refuses `linenums=`, `title=` and `hl_lines=` and shows such a fence as text, as no site does. Here
the options are taken out before the reference reads the page:

    python benchmarks/corpus_truth.py --pages PAGES --tools FOLDER_OF_TRUTH_PY --out TRUTH
    python benchmarks/corpus_score.py --pages PAGES --truth TRUTH --scorer score.py --lined
"""

import argparse
import importlib
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_OPTIONS = re.compile(
    r"^([ >]*(?:`{3,}|~{3,})[^\n`]*?)[ ]*\b"
    r"(?:(?:linenums|title|hl_lines)\s*=\s*(?:\"[^\"\n]*\"|'[^'\n]*'|\w+)[ ]*)+",
    re.MULTILINE,
)


def main() -> None:
    """Write a truth file for each page."""
    shared = ROOT.parent / "shared"
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=Path, default=shared / "corpora/pages")
    arguments.add_argument("--tools", type=Path, default=shared / "tools/score")
    arguments.add_argument("--out", type=Path, default=ROOT / "build/truth")
    options = arguments.parse_args()
    sys.path.insert(0, str(options.tools))
    reference = importlib.import_module("truth")
    for page in sorted(options.pages.rglob("*.md")):
        name = page.relative_to(options.pages).as_posix()
        text = _OPTIONS.sub(r"\1", page.read_text(encoding="utf-8"))
        boxes, unread = reference.truth(text, "intent")
        made = {"file": name, "admonitions": boxes, "source_markers_not_rendered": unread}
        path = options.out / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(made), encoding="utf-8")


if __name__ == "__main__":
    main()
