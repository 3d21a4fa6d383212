"""The contract in the docs is what happens, in this Anki and in an older one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("anki", reason="the official anki library is not installed")

from tests.sync.contract import table, to_page

pytestmark = [pytest.mark.slow, pytest.mark.e2e]
_ROOT = Path(__file__).parents[2]
Table = dict[str, dict[str, dict[str, str]]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Table:
    return table(tmp_path_factory.mktemp("contract"))


def test_the_page_says_what_happens(found: Table) -> None:
    page = (_ROOT / "docs/reference/contract.md").read_text()
    assert page == to_page(found), "run: python -m tests.sync.contract"


def test_sync_and_push_keep_everything_and_name_what_they_cannot_do(found: Table) -> None:
    for author, row in found.items():
        for reader, ways in row.items():
            assert "LOST" not in ways.values(), (author, reader, ways)
            for way in ("sync", "push"):
                assert ways[way] in {"both", "reader, named"} or author in {
                    "removed",
                    "new program",
                }, (author, reader, ways)


def test_an_older_anki_does_the_same(found: Table, tmp_path: Path) -> None:
    """ADMONKI_OLD_ANKI names a Python with anki 24.11; our own libraries come after its own."""
    python = os.environ.get("ADMONKI_OLD_ANKI")
    if not python:
        pytest.skip("ADMONKI_OLD_ANKI names no Python with an older anki")
    paths = [path for path in sys.path if "site-packages" in path]
    code = (
        f"import sys; sys.path[:0] = [{str(_ROOT)!r}]; sys.path += {paths!r}; "
        "sys.argv = ['contract', '--json']; from tests.sync.contract import main; main()"
    )
    ran = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    shown = next(line for line in ran.stdout.splitlines() if line.startswith('{"version"'))
    older = json.loads(shown)
    assert older["version"] < "25"
    assert older["table"] == found
