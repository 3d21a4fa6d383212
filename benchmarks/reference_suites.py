"""Read the snippets of the reference's own test suites as we do, and as the site does.

    python -m benchmarks.reference_suites FOLDER... [--show PATTERN] [--loose]

FOLDER is a checkout of Python-Markdown or of pymdown-extensions; neither is part of this project.
Each snippet is read with the extensions and options of its test, by the installed reference and by
us. Two readings are equal if their words, blocks and spans are (see `benchmarks.readings`).
"""

import argparse
import os
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from benchmarks.readings import reading
from benchmarks.suite_snippets import Snippet, snippets
from tests.parser.reference import card_html, extensions_of


def outcome(snippet: Snippet) -> tuple[list[str], list[str]] | None:
    """Return our reading of a snippet and the site's, None where the site makes nothing of it."""
    try:
        theirs = reading(snippet.html())
    except Exception:
        return None
    ours = card_html(snippet.text, extensions_of(snippet.options()))
    return reading(ours), theirs


def _report(snippet: Snippet, ours: list[str], theirs: list[str]) -> Iterator[str]:
    yield f"--- {snippet.name}"
    yield snippet.text.rstrip()
    for label, lines in (("site", theirs), ("card", ours)):
        other = ours if label == "site" else theirs
        for line in lines:
            yield f"  {label} {' ' if line in other else '!'} {line}"


def main() -> None:
    """Print how many snippets are read as the site reads them, by module of the suite."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folders", nargs="+", type=Path)
    arguments.add_argument(
        "--show", default="", help="pattern of the tests whose differences to print"
    )
    given = arguments.parse_args()
    warnings.simplefilter("ignore")
    os.environ.setdefault("PYGMENTS_VERSION", version("Pygments"))  # else tests of code are skipped
    total, equal = Counter[str](), Counter[str]()
    for snippet in (snippet for folder in given.folders for snippet in snippets(folder)):
        compared = outcome(snippet)
        if compared is None:
            continue
        ours, theirs = compared
        total[snippet.module] += 1
        equal[snippet.module] += ours == theirs
        if ours != theirs and given.show and re.search(given.show, snippet.name):
            print("\n".join(_report(snippet, ours, theirs)))
    for module, count in sorted(total.items()):
        print(f"{equal[module]:5} of {count:5}  {module}")
    print(f"{equal.total():5} of {total.total():5}  = {equal.total() / max(total.total(), 1):.1%}")


if __name__ == "__main__":
    main()
