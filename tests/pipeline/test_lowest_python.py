"""The lowest Python that the README promises is that of Debian 12, which differs from its kin."""

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.conftest import ROOT

_DEBIAN = Path("/usr/bin/python3")
_PAGE = """# Heat

??? question "What is heat?"
    Energy in transfer, $Q = mc\\,\\Delta T$.

??? question cloze "Water"
    It boils at ==100 °C==.
"""


def _environ(folder: Path) -> dict[str, str]:
    packages = sysconfig.get_path("purelib")  # wheels of one minor version fit all its patches
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(ROOT), packages)),
        "ADMONKI_CACHE_DIR": str(folder / "cache"),
    }


@pytest.fixture
def python() -> str:
    """The system's interpreter, where it is of our minor version and an older patch."""
    if not _DEBIAN.exists():
        pytest.skip(f"no {_DEBIAN}")
    ask = [str(_DEBIAN), "-c", "import sys; print(*sys.version_info[:3])"]
    found = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    version = tuple(map(int, found.split()))
    if version[:2] != sys.version_info[:2] or version >= sys.version_info[:3]:
        pytest.skip(f"{_DEBIAN} is {version}, not an older patch of {sys.version_info[:2]}")
    return str(_DEBIAN)


def test_no_pattern_is_one_that_python_3_11_2_reads_wrong() -> None:
    """There a group with a possessive repeat, `(…)*+`, matches too little or nothing."""
    wrong = re.compile(r"(?<!\()\)(?:[*+?]|\{+[0-9]*,?[0-9]*\}+)\+")
    files = (ROOT / "generator").rglob("*.py")
    assert [str(file) for file in files if wrong.search(file.read_text("utf-8"))] == []


def test_the_systems_python_builds_checks_and_lists(tmp_path: Path, python: str) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "heat.md").write_text(_PAGE, encoding="utf-8")
    (tmp_path / "admonki.toml").touch()
    for command in (["build"], ["build"], ["check"], ["list"], ["stats"], ["cards"], ["diff"]):
        ran = subprocess.run(
            [python, "-m", "generator", *command],
            cwd=tmp_path,
            env=_environ(tmp_path),
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ran.returncode, "Traceback" in ran.stderr) == (0, False), ran.stderr
    assert (tmp_path / "build" / "all.apkg").exists()


def test_both_build_the_same_bytes(tmp_path: Path, python: str) -> None:
    made: list[bytes] = []
    for interpreter in (python, sys.executable):
        folder = tmp_path / Path(interpreter).parent.name / str(len(made))
        (folder / "source").mkdir(parents=True)
        (folder / "source" / "heat.md").write_text(_PAGE, encoding="utf-8")
        (folder / "admonki.toml").touch()
        environ = _environ(folder) | {"SOURCE_DATE_EPOCH": "1790000000"}
        build = [interpreter, "-m", "generator", "build"]
        subprocess.run(build, cwd=folder, env=environ, capture_output=True, check=True)
        made.append((folder / "build" / "all.apkg").read_bytes())
    assert made[0] == made[1]
