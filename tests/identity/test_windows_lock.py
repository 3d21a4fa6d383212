"""One build at a time on Windows: with a double that locks as `msvcrt` does."""

import errno
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

fcntl = pytest.importorskip("fcntl", reason="the double is made of POSIX locks")

from generator.errors import AdmonkiError  # noqa: E402
from generator.identity.lock_file import hold_project  # noqa: E402

LK_NBLCK = 2


def _locking(descriptor: int, mode: int, length: int) -> None:
    """Lock as the C runtime documents `_locking`, with `_LK_NBLCK`.

    Refused with EACCES where another handle, of this process or another, has the bytes; they may be
    beyond the end of the file; closing the handle gives them back. `flock` has the same owner (the
    open file) and the same end.
    """
    assert (mode, length) == (LK_NBLCK, 1)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise PermissionError(errno.EACCES, "Permission denied") from None


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The part of Windows that `hold_project` sees; returns the folder of temporary files."""
    temporary = tmp_path / "Temp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(sys, "platform", "win32")
    double = SimpleNamespace(LK_NBLCK=LK_NBLCK, locking=_locking)
    monkeypatch.setitem(sys.modules, "msvcrt", double)
    return temporary


def test_a_second_build_waits_and_gives_up(windows: Path, tmp_path: Path) -> None:
    lock = tmp_path / "admonki.lock"
    with hold_project(lock):
        with pytest.raises(AdmonkiError, match="E609"), hold_project(lock, timeout_s=0.1):
            pass
        assert [path.suffix for path in windows.iterdir()] == [".guard"]
        assert not lock.exists()
    with hold_project(lock, timeout_s=0.1):
        pass


def test_a_build_that_fails_gives_the_project_back(windows: Path, tmp_path: Path) -> None:
    lock = tmp_path / "admonki.lock"
    with pytest.raises(ZeroDivisionError), hold_project(lock):
        raise ZeroDivisionError
    with hold_project(lock, timeout_s=0.1):
        pass


def test_other_projects_do_not_wait_but_another_spelling_of_the_same_does(
    windows: Path, tmp_path: Path
) -> None:
    (tmp_path / "One").mkdir()
    (tmp_path / "Two").mkdir()
    with hold_project(tmp_path / "One/admonki.lock"):
        with hold_project(tmp_path / "Two/admonki.lock", timeout_s=0.1):
            pass
        spelled = tmp_path / "Two" / ".." / "ONE" / "admonki.lock"
        with pytest.raises(AdmonkiError, match="E609"), hold_project(spelled, timeout_s=0.1):
            pass


def test_without_a_place_for_the_guard_the_build_goes_on(
    windows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(windows / "gone"))
    with hold_project(tmp_path / "admonki.lock"):
        pass
