"""What is installed with us is named, bounded and needed."""

import ast
import re
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.conftest import ROOT

_ROW = re.compile(r"^\| ([\w-]+) \|", re.MULTILINE)


@cache
def _project() -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _name(requirement: str) -> str:
    match = re.match(r"[\w-]+", requirement)
    assert match
    return match[0]


def _strings(value: object) -> list[str]:
    """All requirements in a list or in the lists of a table."""
    if isinstance(value, dict):
        return [item for part in value.values() for item in _strings(part)]
    assert isinstance(value, list)
    return [str(item) for item in value]


def _runtime() -> list[str]:
    return _strings(_project()["project"]["dependencies"])


def _all() -> set[str]:
    project = _project()
    needs = [
        *_runtime(),
        *_strings(project["project"]["optional-dependencies"]),
        *_strings(project["dependency-groups"]),
        *_strings(project["build-system"]["requires"]),
    ]
    return {_name(need) for need in needs} - {"admonki"}


def test_every_dependency_has_its_reason_and_no_reason_lacks_its_dependency() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert set(_ROW.findall(text)) - {"package"} == _all()


def test_what_runs_with_us_is_bounded_on_both_sides() -> None:
    assert [need for need in _runtime() if not re.search(r">=[\d.]+,<[\d.]+$", need)] == []


def test_what_is_required_is_imported() -> None:
    """A package that no module imports any more is a risk for nothing."""
    owners = packages_distributions()
    used = {
        _canonical(owner)
        for module in _imports(ROOT / "generator")
        for owner in owners.get(module, ())
    }
    assert {_canonical(_name(need)) for need in _runtime()} - used == set()


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _imports(folder: Path) -> set[str]:
    found = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found
