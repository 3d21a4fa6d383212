"""Nothing outside the docs folder is read, nothing outside the output folder is written."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from generator.apkg.reader import read_package
from tests.conftest import ROOT
from tests.faults.test_bad_input import files, run

pytestmark = pytest.mark.slow  # whole processes

_CANARY = "canary-7d1f"
_PIXEL = b"GIF89a" + _CANARY.encode()
_TARGETS = (
    *("../secret.gif", "../../secret.gif", "sub/../../secret.gif", "%2e%2e/secret.gif"),
    *("..%2fsecret.gif", "..\\secret.gif", "{abs}/secret.gif", "file://{abs}/secret.gif"),
    *("file:{abs}/secret.gif", "C:\\secret.gif", "//server/secret.gif", "\\\\server\\secret.gif"),
    *("link.gif", "folder/secret.gif", "~/secret.gif", "$HOME/secret.gif", "./.././secret.gif"),
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A project whose parent folder holds what nobody may read."""
    project = tmp_path / "project"
    docs = project / "docs"
    docs.mkdir(parents=True)
    (project / ".git").mkdir()
    for place in (tmp_path, project):
        (place / "secret.gif").write_bytes(_PIXEL)
        (place / "secret.md").write_text(f"{_CANARY}\n", encoding="utf-8")
    (docs / "link.gif").symlink_to(tmp_path / "secret.gif")
    (docs / "folder").symlink_to(tmp_path, target_is_directory=True)
    return project


def _packed(project: Path) -> bytes:
    """Everything in every package, unpacked, and everything else that a build wrote."""
    data = b""
    for path in (project / "build").rglob("*.apkg"):
        with zipfile.ZipFile(path) as package:
            data += b"".join(package.read(name) for name in package.namelist())
        data += repr(read_package(path)).encode()
    return data + b"".join(path.read_bytes() for path in project.rglob("admonki.lock"))


def test_no_picture_sound_or_snippet_from_outside_reaches_a_card(
    site: Path, tmp_path: Path
) -> None:
    boxes = []
    for number, target in enumerate(_TARGETS):
        name = target.format(abs=tmp_path)
        text = name.replace(".gif", ".md")
        boxes.append(
            f'??? question "Number {number}?"\n\n    ![a]({name}) ![b](<{name}>) [c]({name})\n\n'
            f'    <img src="{name}"> <video src="{name}"></video>\n\n'
            f'    --8<-- "{text}"\n\n    ;--8<-- "{text}"\n\n    --8<-- "{text}:1:2"\n'
        )
    (site / "docs" / "page.md").write_text("# P\n\n" + "\n".join(boxes), encoding="utf-8")
    (site / "mkdocs.yml").write_text("site_name: S\n", encoding="utf-8")
    outside = {name: data for name, data in files(tmp_path).items() if "project/" not in name}
    code, out, err = run(site, "build")
    assert code == 0, err
    assert "Traceback" not in err
    assert _CANARY not in out + err
    assert _CANARY.encode() not in _packed(site)
    after = {name: data for name, data in files(tmp_path).items() if "project/" not in name}
    assert after == outside
    written = {name.split("/")[0] for name in files(site)}
    assert written == {"admonki.lock", "build", "docs", "mkdocs.yml", "secret.gif", "secret.md"}


def test_the_canary_sings_where_it_may(site: Path) -> None:
    """The same picture and text inside the docs folder do arrive."""
    (site / "docs" / "secret.gif").write_bytes(_PIXEL)
    (site / "docs" / "secret.md").write_text(f"{_CANARY}-text\n", encoding="utf-8")
    page = '??? question "Q?"\n    ![a](secret.gif)\n\n    --8<-- "secret.md"\n'
    (site / "docs" / "page.md").write_text(page, encoding="utf-8")
    assert run(site, "build", "docs")[0] == 0
    packed = _packed(site)
    assert _PIXEL in packed
    assert f"{_CANARY}-text".encode() in packed


_NO_NETWORK = """
import runpy, sys
def refuse(event, arguments):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        print("NETWORK", event, arguments, file=sys.stderr)
        raise OSError("no network here")
sys.addaudithook(refuse)
sys.argv[0] = "admonki"
runpy.run_module("generator", run_name="__main__")
"""


def test_nothing_is_fetched_whatever_the_pages_name(site: Path) -> None:
    address = "http://127.0.0.1:9/x"
    page = (
        f"# P\n\n--8<-- \"{address}.md\"\n\n![a]({address}.png) <img src='{address}.gif'>\n\n"
        f'??? question "Q ![a]({address}.png)?"\n    ![b]({address}.svg) <{address}>\n\n'
        f"    <video src='{address}.mp4'></video> <iframe src='{address}'></iframe>\n\n"
        f"    ```mermaid\n    graph TD; A-->B\n    ```\n\n    :smile: $\\ce{{H2O}}$\n"
    )
    (site / "docs" / "page.md").write_text(page, encoding="utf-8")
    (site / "mkdocs.yml").write_text(
        f"site_name: S\nsite_url: {address}\nextra_css: ['{address}.css']\n"
        f"extra_javascript: ['{address}.js']\nplugins:\n  - search\n  - social\n",
        encoding="utf-8",
    )
    for arguments in (["build"], ["check"], ["preview"], ["export", "--format", "json"]):
        command = [sys.executable, "-c", _NO_NETWORK, *arguments]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=site, env=env, capture_output=True, text=True)
        assert "NETWORK" not in done.stderr
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "INHERIT: ../secret.yml\n",
        "INHERIT: {abs}/secret.yml\n",
        "INHERIT: docs/up.yml\n",
    ],
)
def test_no_configuration_is_inherited_from_outside(text: str, site: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_text(f"site_name: {_CANARY}\n", encoding="utf-8")
    (site / "docs" / "up.yml").symlink_to(tmp_path / "secret.yml")
    (site / "mkdocs.yml").write_text(text.format(abs=tmp_path), encoding="utf-8")
    (site / "docs" / "page.md").write_text('??? question "Q?"\n    A.\n', encoding="utf-8")
    code, out, err = run(site, "config")
    assert "E806" in err
    assert code == 1
    assert _CANARY not in out + err


@pytest.mark.parametrize(
    "line",
    [
        "x: !!python/object/apply:os.mkdir [pwned]",
        "x: !!python/object/new:os.mkdir [pwned]",
        "x: !!python/name:os.mkdir",
        "x: !!python/module:os",
    ],
)
def test_yaml_runs_nothing(line: str, site: Path) -> None:
    page = f'---\n{line}\n---\n\n??? question "Q?"\n    A.\n'
    (site / "docs" / "page.md").write_text(page, encoding="utf-8")
    (site / "mkdocs.yml").write_text(f"site_name: S\nextra:\n  {line}\n", encoding="utf-8")
    run(site, "build")
    assert not list(site.rglob("pwned"))


def test_what_comes_from_the_environment_is_never_shown(site: Path) -> None:
    (site / "mkdocs.yml").write_text(
        "site_name: !ENV [TOKEN, x]\nsite_url: !ENV TOKEN\nnav: !ENV TOKEN\n", encoding="utf-8"
    )
    (site / "docs" / "page.md").write_text('??? question "Q?"\n    A.\n', encoding="utf-8")
    for arguments in (("config",), ("config", "--format", "json"), ("check",), ("build", "-v")):
        _, out, err = run(site, *arguments, TOKEN=_CANARY)
        assert _CANARY not in out + err, arguments


@pytest.mark.parametrize(
    "name", ["con", "NUL.txt", "aux.md", "a:b", "a?b*", "trailing.", "trailing ", "COM1", "x" * 200]
)
def test_sections_with_names_that_some_system_refuses_become_fit_files(
    name: str, tmp_path: Path
) -> None:
    page = f'# P\n\n## {name}\n\n??? question "Q?"\n    A.\n'
    (tmp_path / "con.md").write_text(page, encoding="utf-8")
    assert run(tmp_path, "build", "con.md", "-o", "out")[0] == 0
    for path in (tmp_path / "out").rglob("*.apkg"):
        stem = path.name.split(".")[0].lower()
        assert stem not in {"con", "nul", "aux", "prn", "com1"}
        assert not set(path.name) & set('<>:"/\\|?*')
        assert path.name == path.name.strip(" .")
        assert len(path.name) < 150


def test_pages_that_differ_in_case_only_never_share_a_package(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name, text in (("Page.md", "One"), ("page.md", "Two")):
        box = f'# P\n\n## S\n\n??? question "{text}?"\n    A.\n'
        (tmp_path / "docs" / name).write_text(box, encoding="utf-8")
    code, _, err = run(tmp_path, "build", "docs", "-o", "out")
    assert (code, "E720" in err) == (1, True), err
    assert not (tmp_path / "out").exists()
