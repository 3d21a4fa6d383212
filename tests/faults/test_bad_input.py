"""What is wrong with pages and places is said, all in one run, and nothing is written."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

_DAMAGED: dict[str, tuple[bytes, str]] = {
    "latin.md": (b"caf\xe9\n", "1:4: error[E102]"),
    "utf-16.md": ("# A".encode("utf-16"), "1:1: error[E102]"),
    "zero.md": (b"a\n b\0c\n", "2:3: warning[W105]"),
    "empty.md": (b"", "1:1: warning[W104]"),
    "blank.md": (b"\xef\xbb\xbf\r\n \r\n", "1:1: warning[W104]"),
    "front.md": (b"---\ntitle: a\ntags: [\n---\n# A\n", "4:1: error[E103]"),
    "tab.md": (b"---\n\ttitle: a\n---\n", "2:1: error[E103]"),
    "date.md": (b"---\ndate: 2026-13-45\n---\n# A\n", "2:7: error[E103]"),
    "option.md": (b"---\ntitle: a\nadmonki: 5\n---\n# A\n", "3:10: error[E804]"),
    "title.md": (b"---\ntitle: {a: b}\n---\n# A\n", "2:8: error[E804]"),
    "tags.md": (b"---\ntags: {a: b}\n---\n# A\n", "2:7: error[E804]"),
    "open.md": (b"---\ntitle: a\n\n# A\n", "1:1: warning[W107]"),
    "quote.md": (b'??? question "open\n    a\n', "1:14: error[E203]"),
    "fence.md": (b'\n??? question "f"\n    ```py\n    x\n', "3:5: error[E202]"),
    "display.md": (b'??? question "m"\n    $$\n    x\n', "2:5: error[E205]"),
    "tex.md": (b'??? question "m"\r\n    a $\\frac{a$ b\r\n', "2:13: error[E401]"),
    "nothing.md": (b'# A\n\n??? question ""\n', "3:1: error[E301]"),
    "twice.md": (b'??? question "d"\n    a\n\n??? question "d"\n    a\n', "4:1: error[E310]"),
    "bank.md": (b"--8<-- '../secret'\n", "1:1: warning[W508]"),
}
_GOOD = b'\xef\xbb\xbf# Good\r\n\r\n??? question "Q?"\r\n    A $x$.\r\n'


def run(folder: Path, *arguments: str, **environ: str) -> tuple[int, str, str]:
    """Run the program as a shell would; return its exit code, stdout and stderr."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environ}
    command = [sys.executable, "-m", "generator", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, timeout=120, check=False
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in out + err, err
    return done.returncode, out, err


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder and what it holds."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_every_damage_is_named_with_its_place_in_one_run(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "good.md").write_bytes(_GOOD)
    for name, (data, _) in _DAMAGED.items():
        (docs / name).write_bytes(data)
    (docs / "gone.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / "bare").mkdir()
    before = files(tmp_path)
    code, out, err = run(tmp_path, "build", "docs", "bare", "missing.md", "-o", "out", "-v")
    said = [f"docs/{name}:{place}" for name, (_, place) in _DAMAGED.items()]
    said += ["docs/gone.md:1:1: error[E101]", "bare:1:1: error[E106]"]
    said += ["missing.md:1:1: error[E101]"]
    assert [words for words in said if f"{words}: " not in err] == []
    assert "docs/good.md" not in err
    places = re.findall(r"^(\S+?):(\d+):(\d+): (error|warning)\[", err, re.MULTILINE)
    assert places == sorted(places, key=lambda p: (p[3], p[0], int(p[1]), int(p[2])))
    assert (code, out) == (1, "")
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("data", "cards"),
    [(_GOOD, 1), (_GOOD.replace(b"\r\n", b"\n"), 1), (_GOOD.replace(b"\r\n", b"\r"), 1)],
    ids=["CRLF", "LF", "CR"],
)
def test_a_byte_order_mark_and_foreign_line_ends_are_no_damage(
    data: bytes, cards: int, tmp_path: Path
) -> None:
    (tmp_path / "good.md").write_bytes(data)
    code, out, err = run(tmp_path, "build", "good.md", "-o", "out")
    assert (code, err) == (0, "")
    assert f"{cards} card," in out


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("build", "none.md"), 1, "none.md:1:1: error[E101]"),
        (("build", "bare"), 1, "bare:1:1: error[E106]"),
        (("build",), 2, "which pages?"),
        (("build", "--nope"), 2, "No such option"),
        (("bild",), 2, "Did you mean 'build'?"),
        (("build", "good.md", "--config", "none.toml"), 1, "none.toml:1:1: error[E801]"),
        (("build", "good.md", "-o", "good.md"), 1, "error[E705]"),
        (("build", "good.md", "-o", "good.md/below"), 1, "error[E705]"),
        (("build", "good.md", "--lock", "none/x.lock"), 1, "error[E613]"),
        (("build", "good.md", "--lock", "bare"), 1, "error[E607]"),
        (("check", "none.md"), 1, "none.md:1:1: error[E101]"),
        (("cards", "none.md"), 1, "none.md:1:1: error[E101]"),
        (("stats", "none.md"), 1, "none.md:1:1: error[E101]"),
        (("diff", "none.apkg", "good.md"), 2, "none.apkg"),
        (("diff", "good.md", "good.md"), 1, "good.md:1:1: error["),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_wrong_place_is_said_and_nothing_written(
    arguments: tuple[str, ...], code: int, words: str, tmp_path: Path
) -> None:
    (tmp_path / "good.md").write_bytes(_GOOD)
    (tmp_path / "bare").mkdir()
    (tmp_path / ".git").mkdir()
    before = files(tmp_path)
    got, _, err = run(tmp_path, *arguments)
    assert words in err
    assert got == code
    assert files(tmp_path) == before


@pytest.mark.slow
def test_two_builds_at_once_leave_what_one_would(tmp_path: Path) -> None:
    """Neither fails, and packages and lock are of one piece."""
    for name in ("one", "two"):
        boxes = "".join(f'??? question "{name} {n}?"\n    {n}\n\n' for n in range(50))
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\n{boxes}", encoding="utf-8")
    command = [sys.executable, "-m", "generator", "build", "one.md", "two.md", "-o", "out"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1700000000"}
    runs = [subprocess.Popen(command, cwd=tmp_path, env=env) for _ in range(3)]
    assert [process.wait(timeout=120) for process in runs] == [0, 0, 0]
    together = files(tmp_path)
    assert not [name for name in together if name.endswith((".tmp", ".new"))]
    for name in [name for name in together if name.endswith((".apkg", ".lock"))]:
        (tmp_path / name).unlink()
    assert run(tmp_path, *command[3:], SOURCE_DATE_EPOCH="1700000000")[0] == 0
    assert files(tmp_path) == together
