"""Files are read when they are regular, small enough and in their place; nothing waits or hangs."""

import ast
import os
from pathlib import Path

import pytest

import generator
from generator.config import Config, load
from generator.files import OutsideError, digest_of, read_file, read_lines, resolve_inside
from generator.identity.lock_file import read_lock
from generator.pipeline.cache import Cache, key_of
from generator.pipeline.collect import collect
from generator.render.context import MediaProblem
from generator.render.media import MediaFolder, text_finder

_posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and devices are POSIX's")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret\n")
    (folder / "a.md").write_text('??? question "Q?"\n    a\n')
    return folder


def test_a_file_in_its_place_is_read(docs: Path) -> None:
    assert read_file(docs / "a.md", most=100, inside=docs).startswith(b"???")
    (docs / "b.md").symlink_to("a.md")
    assert read_file(docs / "b.md", most=100, inside=docs).startswith(b"???")
    assert digest_of(docs / "b.md", most=100) == digest_of(docs / "a.md", most=100)


def test_the_limit_is_the_largest_size(docs: Path) -> None:
    (docs / "b").write_bytes(b"x" * 10)
    assert len(read_file(docs / "b", most=10)) == 10
    with pytest.raises(OSError, match="larger than 0 KB"):
        read_file(docs / "b", most=9)
    with pytest.raises(OSError, match="larger"):
        digest_of(docs / "b", most=9)


@_posix
def test_a_pipe_and_a_device_are_refused_at_once(docs: Path) -> None:
    os.mkfifo(docs / "pipe")
    for path in (docs / "pipe", Path("/dev/zero"), Path("/dev/tty"), docs):
        with pytest.raises(OSError, match=r"not a regular file|No such device"):
            read_file(path, most=1000)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc here")
def test_what_claims_to_be_empty_is_read_to_the_limit() -> None:
    with pytest.raises(OSError, match="larger"):
        read_file(Path("/proc/self/status"), most=10)


@pytest.mark.parametrize("target", ["../secret.txt", "/etc/passwd", "../docs2/a"])
def test_a_link_out_is_refused(docs: Path, target: str) -> None:
    (docs.parent / "docs2").mkdir()
    (docs.parent / "docs2" / "a").write_text("x")
    (docs / "b.md").symlink_to(target)
    with pytest.raises(OutsideError):
        read_file(docs / "b.md", most=10**6, inside=docs)


def test_links_in_a_circle_are_an_error(docs: Path) -> None:
    (docs / "b.md").symlink_to("b.md")
    with pytest.raises(OSError):  # noqa: PT011 - the system's own words
        resolve_inside(docs / "b.md", docs)


@_posix
@pytest.mark.parametrize(
    "make",
    [
        lambda page: page.symlink_to("../secret.txt"),
        lambda page: page.symlink_to("/proc/self/environ"),
        lambda page: page.symlink_to("/dev/zero"),
        lambda page: page.symlink_to("b.md"),
        lambda page: os.mkfifo(page),
        lambda page: page.write_bytes(b"x" * (4 << 20) + b"x"),
    ],
)
def test_a_page_that_is_no_page_is_a_diagnostic_that_quotes_nothing(
    docs: Path, make: object
) -> None:
    assert callable(make)
    make(docs / "b.md")
    config = Config(root=docs, sources=(docs,), docs_dir=docs)
    found = collect(config, cwd=docs)
    assert [item.code for item in found.diagnostics] == ["E101"]
    assert len(found.notes) == 1
    if (docs / "b.md").is_symlink():
        assert read_lines(docs / "b.md") == []


@_posix
def test_pictures_snippets_lock_and_settings_take_the_same_way(docs: Path) -> None:
    for name in ("p.png", "s.py", "admonki.lock"):
        os.mkfifo(docs / name)
    find = MediaFolder([docs])
    assert find("a.md", "p.png") is MediaProblem.UNREADABLE
    assert not isinstance(text_finder(find)("s.py"), str)
    assert [item.code for item in read_lock(docs / "admonki.lock")[1]] == ["E607"]
    (docs / "admonki.toml").symlink_to("/dev/zero")
    assert [item.code for item in load({}, cwd=docs, file=docs / "admonki.toml")[1]] == ["E801"]


def test_a_large_snippet_is_refused(docs: Path) -> None:
    (docs / "s.py").write_bytes(b"x" * ((1 << 20) + 1))
    assert not isinstance(text_finder(MediaFolder([docs]))("s.py"), str)


_RESOURCES = ("preview/site.py", "markup/classes.py")


def test_every_file_is_read_through_one_function() -> None:
    """Other calls read files of our own package, or packages that we have just written."""
    root = Path(generator.__file__).parent
    for path in root.rglob("*.py"):
        if {"theme", "apkg"} & set(path.parts) or path.as_posix().endswith(_RESOURCES):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                is_resource = "files(" in ast.unparse(node.func.value)
                is_read = node.func.attr in ("read_text", "read_bytes")
                assert is_resource or not is_read, (path, node.lineno)


@_posix
def test_a_cache_of_somebody_else_s_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, key = Cache(tmp_path), key_of(b"x")
    cache.put(key, "a")
    assert cache.get(key, str) == "a"
    monkeypatch.setattr("os.geteuid", lambda: os.getuid() + 1)
    assert cache.get(key, str) is None
