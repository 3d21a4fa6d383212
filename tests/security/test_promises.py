"""Each promise of the documentation names the tests that hold it, and they exist."""

import re

from tests.conftest import ROOT

_PAGE = ROOT / "docs" / "maintainers" / "security.md"
_PATH = re.compile(r"`(tests/[\w./]+)`")


def test_each_promise_names_tests_that_exist() -> None:
    promises: dict[str, str] = {}
    for paragraph in _PAGE.read_text(encoding="utf-8").split("\n\n"):
        bold = re.match(r"\*\*(.+?)\*\*", paragraph)
        if bold:
            promises[bold[1]] = ""
        elif paragraph.startswith("*Tests:*"):
            *_, last = promises
            promises[last] += paragraph
    assert len(promises) > 10
    for promise, tests in promises.items():
        paths = _PATH.findall(tests)
        assert paths, promise
        assert [path for path in paths if not (ROOT / path).exists()] == [], promise


def test_the_guide_promises_nothing_else() -> None:
    """Its numbers are those of the page that names the tests."""
    guide = (ROOT / "docs" / "guide" / "security.md").read_text(encoding="utf-8")
    known = _PAGE.read_text(encoding="utf-8")
    limits = guide.partition("## Limits")[2].partition("\n## ")[0]
    numbers = set(re.findall(r"\d[\d,]*(?: (?:s|MB|KB|million))?", limits)) - {"10,000"}
    assert [number for number in sorted(numbers) if number not in known] == []
