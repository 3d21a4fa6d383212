"""Whatever stdout and stderr are, a command prints what they take and ends with its own code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow  # many processes
COMMANDS = ("build", "check", "list", "stats", "ids", "cards", "export --format json", "--help")
posix = pytest.mark.skipif(os.name != "posix", reason="a shell closes streams")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "admonki.toml").touch()
    page = '# P\n\n??? question "日本 😀 é?"\n    Yes.\n\n??? question "Open ✓?"\n'
    (tmp_path / "docs" / "é.md").write_text(page, encoding="utf-8")
    return tmp_path


def run(
    project: Path, command: str, *, to: str = "", **environ: str
) -> subprocess.CompletedProcess[bytes]:
    places = {
        "PYTHONPATH": str(ROOT),
        "ADMONKI_CACHE_DIR": str(project / "cache"),
        "PYTHON": sys.executable,
    }
    shell = f'"$PYTHON" -m generator {command} {to}'
    environment = {**os.environ, **places, **environ}
    return subprocess.run(
        ["/bin/sh", "-c", shell], cwd=project, env=environment, capture_output=True, check=False
    )


@posix
@pytest.mark.parametrize(
    ("command", "to"),
    [
        *((command, ">&- 2>&-") for command in COMMANDS),
        *(("build", to) for to in ("2>&-", ">&-", "<&- >&- 2>&-")),
    ],
)
def test_closed_streams_change_nothing(project: Path, command: str, to: str) -> None:
    ran = run(project, command, to=to)
    assert ran.returncode == 0
    assert b"Traceback" not in ran.stderr
    assert (project / "build" / "all.apkg").exists() == (command == "build")


@posix
def test_a_closed_stream_hides_no_exit_code(project: Path) -> None:
    assert run(project, "nothing", to="2>&-").returncode == 2
    (project / "docs" / "bad.md").write_bytes(b"\xff\xfe\x00")
    assert run(project, "build", to="2>&-").returncode == 1


@posix
def test_no_file_of_ours_takes_the_place_of_a_closed_stream(project: Path) -> None:
    run(project, "build", to="<&- >&- 2>&-")
    assert run(project, "build --locked").returncode == 0
    assert b"Traceback" not in (project / "admonki.lock").read_bytes()


@pytest.mark.parametrize(
    ("command", "encoding"),
    [
        *((command, "cp1252") for command in COMMANDS),
        *(("list", encoding) for encoding in ("ascii", "latin-1:strict")),
    ],
)
def test_a_code_page_takes_every_character(project: Path, command: str, encoding: str) -> None:
    ran = run(project, command, PYTHONIOENCODING=encoding)
    assert ran.returncode == 0, ran.stderr.decode(errors="replace")


def test_json_in_a_code_page_stays_json(project: Path) -> None:
    ran = run(project, "cards", PYTHONIOENCODING="cp1252")
    found = json.loads(ran.stdout.decode("cp1252"))
    assert [card["question_text"] for card in found] == ["日本 😀 é?", "Open ✓?"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
@pytest.mark.parametrize("command", ["build", "list", "cards", "--help"])
def test_a_full_disk_below_the_output_is_an_error_in_one_line(project: Path, command: str) -> None:
    ran = run(project, command, to=">/dev/full")
    assert ran.returncode == 1
    assert b"admonki: the output cannot be written: No space left on device" in ran.stderr
    assert b"Traceback" not in ran.stderr
    assert run(project, command, to=">/dev/full 2>/dev/full").returncode == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse other names")
@pytest.mark.parametrize("command", ["build", "check", "explain", "preview -o", "build --lock"])
def test_a_name_that_the_system_refuses_is_printed_with_its_reason(
    project: Path, command: str
) -> None:
    ran = run(project, f"{command} {'x' * 300}.md")
    assert ran.returncode == 1
    assert b"xxx.md: File name too long" in ran.stderr or b"error[E" in ran.stderr, ran.stderr
    assert b"Traceback" not in ran.stderr


@posix
@pytest.mark.parametrize("command", ["build", "check", "init", "cache show"])
def test_a_working_folder_that_is_gone_is_an_error(project: Path, command: str) -> None:
    gone = project / "gone"
    gone.mkdir()
    ran = subprocess.run(
        ["/bin/sh", "-c", f'rmdir ../gone; "$PYTHON" -m generator {command}'],
        cwd=gone,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHON": sys.executable},
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (1, b"Error: the working folder no longer exists\n")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one encoding of names")
@pytest.mark.parametrize(
    "locale", [{"PYTHONUTF8": "0", "LC_ALL": "C"}, {"PYTHONUTF8": "0", "LC_ALL": "POSIX"}]
)
def test_names_of_pages_are_the_same_in_every_locale(project: Path, locale: dict[str, str]) -> None:
    assert run(project, "build").returncode == 0
    before = (project / "admonki.lock").read_bytes()
    assert "é.md".encode() in before
    page = project / "docs" / "é.md"
    page.write_text(page.read_text("utf-8").replace("Yes", "No"), encoding="utf-8")
    ran = run(project, "build", **locale)
    assert (ran.returncode, b"Traceback" in ran.stderr) == (0, False)
    assert run(project, "diff").stdout == b"No card changed.\n"


@posix
def test_ctrl_c_after_the_last_line_changes_nothing(project: Path) -> None:
    """Python puts back SIGINT's default at its end, which would kill the process: code -2."""
    program = (
        "import atexit, os, signal, sys; from generator.console import run; "
        "atexit.register(os.kill, os.getpid(), signal.SIGINT); sys.argv[1:] = ['--version']; run()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=project, capture_output=True, check=False, text=True
    )
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo terminal is POSIX")
def test_an_export_does_not_act_on_a_terminal(project: Path) -> None:
    page = next(project.rglob("*.md"))
    page.write_text('??? question "Why \u202e?"\n    So.\n', encoding="utf-8")
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "generator", "export", "--format", "csv"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.call(command, cwd=project, env=environ, stdout=theirs) == 0
    os.close(theirs)
    shown = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert "Why" in shown
    assert "\u202e" not in shown
