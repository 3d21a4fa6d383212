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
from generator.config import Config
from generator.config.extensions import Extensions
from generator.config.settings import Site
from generator.model import SourceFile
from generator.reader.snippets import Absence, include_snippets
from tests.parser.reference import card_html, extensions_of


def outcome(snippet: Snippet) -> tuple[list[str], list[str]] | None:
    """Return our reading of a snippet and the site's, None where the site makes nothing of it."""
    try:
        theirs = reading(snippet.html())
    except Exception:
        return None
    extensions = extensions_of(snippet.options())
    ours = card_html(_with_snippets(snippet.text, extensions), extensions)
    return reading(ours), theirs


def _with_snippets(text: str, extensions: Extensions) -> str:
    """Put files into a text, as the reader does before a page is parsed."""
    config = Config(site=Site(extensions=extensions))
    source = SourceFile("p.md", "p.md", text)
    return include_snippets(source, config=config, find_text=_find_text)[0].text


def _find_text(path: str) -> str | Absence:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return Absence("there is no such file")


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
