"""The pages that speed is measured with: real cards, nothing wrong with them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.pages import write

_ROOT = Path(__file__).parents[2]


def _build(folder: Path, jobs: int) -> str:
    environ = {**os.environ, "PYTHONPATH": str(_ROOT), "SOURCE_DATE_EPOCH": "1764000000"}
    environ["ADMONKI_CACHE_DIR"] = str(folder / "cache")
    write(folder / "source", 1100)
    (folder / "admonki.toml").write_text(f'sources = ["source"]\njobs = {jobs}\n')
    command = [sys.executable, "-m", "generator", "build", "--strict"]
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.slow
def test_they_build_without_a_word_and_to_the_same_bytes_in_one_process_and_in_two(
    tmp_path: Path,
) -> None:
    assert "1,100 cards, 0 unanswered; no problems; 45 files written" in _build(tmp_path / "1", 1)
    _build(tmp_path / "2", 2)
    one, two = (
        {file.relative_to(tmp_path / jobs): file.read_bytes() for file in files}
        for jobs in ("1", "2")
        if (files := sorted((tmp_path / jobs / "build").rglob("*.apkg")))
    )
    assert one == two
