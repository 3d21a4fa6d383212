"""What is installed with us is named, bounded and needed."""

import ast
import re
import tomllib
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata, packages_distributions
from pathlib import Path

import pytest

from tests.conftest import ROOT

# How packages state the licences that docs/maintainers/dependencies.md lists.
_LICENCES = {
    "MIT": r"\bMIT\b|MIT License",
    "MIT-CMU": r"MIT-CMU|HPND",
    "BSD-2-Clause": r"BSD",
    "BSD-3-Clause": r"BSD",
    "Apache-2.0": r"Apache",
    "PSF-2.0": r"PSF|Python Software Foundation",
    "MPL-2.0": r"MPL-2\.0|Mozilla Public License 2\.0",
    "AGPL-3.0-or-later": r"AGPL",
}
_CONDITION = re.compile(r"extra ==|platform_system|sys_platform")  # not here, or not for everyone
_ROW = re.compile(r"^\| ([\w.-]+) \|", re.MULTILINE)


@cache
def _project() -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _name(requirement: str) -> str:
    match = re.match(r"[\w.-]+", requirement)
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
    text = (ROOT / "docs" / "maintainers" / "dependencies.md").read_text(encoding="utf-8")
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


@pytest.mark.parametrize("name", sorted(_all()))
def test_the_licence_that_is_listed_is_the_one_that_the_package_states(name: str) -> None:
    """As far as it is installed here: what is not needed for these tests may be missing."""
    try:
        claims = _claims(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is not installed")
    text = (ROOT / "docs" / "maintainers" / "dependencies.md").read_text(encoding="utf-8")
    (row,) = re.findall(rf"^\| {re.escape(name)} \|.*$", text, re.MULTILINE)
    listed = next(cell for cell in _LICENCES if f"| {cell} |" in row)
    assert any(re.search(_LICENCES[listed], claim) for claim in claims), claims


def test_what_these_need_in_turn_is_listed_with_its_licence() -> None:
    text = (ROOT / "docs" / "maintainers" / "dependencies.md").read_text(encoding="utf-8")
    section = text.partition("## Dependencies of these\n")[2].partition("\n## ")[0]
    listed = dict(re.findall(r"^- ([\w-]+) \(([\w.-]+)", section, re.MULTILINE))
    assert set(listed) == _needed_in_turn()
    for name, licence in listed.items():
        assert licence in " ".join(_claims(name)), name


def _needed_in_turn() -> set[str]:
    """What is installed with our dependencies at work, and is none of them."""
    own = {_canonical(_name(need)) for need in _runtime()}
    found: set[str] = set()
    waiting = list(own)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        with suppress(PackageNotFoundError):  # for another Python or system
            needs = metadata(name).get_all("Requires-Dist") or ()
            found.add(name)
            waiting += [_canonical(_name(need)) for need in needs if not _CONDITION.search(need)]
    return found - own


def _claims(name: str) -> list[str]:
    """What a package says of its licence."""
    stated = metadata(name)
    return [
        *(stated.get_all("License-Expression") or ()),
        *(licence.partition("\n")[0] for licence in stated.get_all("License") or ()),
        *(stated.get_all("Classifier") or ()),
    ]
