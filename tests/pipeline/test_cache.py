"""The cache of rendered pages: never wrong, never in the way."""

import json
import marshal
import os
import pickle
import zlib
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.config import Config, load
from generator.config.folders import cache_folder
from generator.pipeline.cache import Cache, code_state, key_of
from generator.pipeline.collect import Collection, collect
from generator.pipeline.encoding import decode, encode
from generator.pipeline.pages import render_page
from generator.pipeline.results import PageResult
from generator.pipeline.sources import PageFile

PAGE = '# P\n\n??? question "Q{n}?"\n    Answer {n} with $x_{n}$.\n'


def config_for(folder: Path) -> Config:
    return Config(root=folder, sources=(folder / "source",), cache_dir=folder / "cache")


def fill(folder: Path, count: int = 3) -> Config:
    (folder / "source").mkdir(exist_ok=True)
    for n in range(count):
        (folder / "source" / f"{n}.md").write_text(PAGE.replace("{n}", str(n)), encoding="utf-8")
    return config_for(folder)


def run(config: Config) -> Collection:
    return collect(config, cwd=config.root)


def cached_files(folder: Path) -> list[Path]:
    return sorted((folder / "cache").glob("??/*.bin"))


def test_what_comes_from_the_cache_equals_what_is_rendered(tmp_path: Path) -> None:
    config = fill(tmp_path)
    cold, warm = run(config), run(config)
    assert warm == cold == run(replace(config, cache_dir=None))


def test_only_changed_pages_are_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = fill(tmp_path)
    run(config)
    rendered = []

    def spy(file: object, *rest: object, **named: object) -> object:
        rendered.append(file)
        return render_page(file, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("generator.pipeline.pages.render_page", spy)
    (tmp_path / "source" / "1.md").write_text('??? question "New?"\n    Yes.\n', "utf-8")
    run(config)
    assert len(rendered) == 1
    run(replace(config, deck_root="Other"))
    assert len(rendered) == 4


_FORMULA_AND_CODE = """---
math: {math}
---

??? question "What is $\\R$ in `#!python x = 1`?"
    $\\R_1$ and $\\foo$

    ```python
    for i in range(3): print("{word}")  # (1)!
    ```
"""


@pytest.mark.parametrize(
    ("math", "word", "macro"),
    [
        ("mathml", "two", r"\mathbb{R}"),
        ("mathjax", "one", r"\mathbb{R}"),
        ("mathml", "one", r"\mathbf{R}"),
        ("mathml", "one", r"\mathbb{R}"),
    ],
)
def test_formulas_and_code_of_the_last_version_change_nothing(
    tmp_path: Path, math: str, word: str, macro: str
) -> None:
    config = replace(fill(tmp_path, 0), macros={"\\R": r"\mathbb{R}"})
    page = tmp_path / "source" / "a.md"
    page.write_text(_FORMULA_AND_CODE.format(math="mathml", word="one"), "utf-8")
    run(config)
    config = replace(config, macros={"\\R": macro})
    page.write_text(_FORMULA_AND_CODE.format(math=math, word=word) + "\nAn edit.\n", "utf-8")
    assert run(config) == run(replace(config, cache_dir=None))


def test_damaged_formulas_and_code_are_made_again(tmp_path: Path) -> None:
    config = fill(tmp_path, 0)
    page = tmp_path / "source" / "a.md"
    page.write_text(_FORMULA_AND_CODE.format(math="mathml", word="one"), "utf-8")
    expected = run(config).notes
    for file in cached_files(tmp_path):
        file.write_bytes(b"admonki-6\nnonsense")
    page.write_text(page.read_text("utf-8") + "\nAn edit.\n", "utf-8")
    found = run(config)
    assert (found.notes, found.diagnostics) == (expected, run(config).diagnostics)


def test_a_changed_picture_under_an_unchanged_page_is_seen(tmp_path: Path) -> None:
    config = fill(tmp_path, 0)
    (tmp_path / "source" / "a.md").write_text('??? question "Q?"\n    ![x](p.png)\n', "utf-8")
    (tmp_path / "source" / "p.png").write_bytes(b"one")
    first = run(config).notes[0].answer.media
    (tmp_path / "source" / "p.png").write_bytes(b"two")
    assert run(config).notes[0].answer.media != first


def test_a_damaged_file_is_made_anew_and_said_once(tmp_path: Path) -> None:
    config = fill(tmp_path)
    cold = run(config)
    for path in cached_files(tmp_path):
        path.write_bytes(path.read_bytes()[:-9])
    damaged = run(config)
    assert damaged.notes == cold.notes
    assert [d.code for d in damaged.diagnostics] == ["W725"]
    assert run(config).diagnostics == ()


class _Bomb:
    """Pickled as a call of `eval`, as a crafted file would have it."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return eval, ("open('bomb', 'w')",)


def _sealed(body: bytes) -> bytes:
    """Put our mark and checksum before a body, as whoever knows the program can."""
    return b"admonki-6\n" + zlib.crc32(body).to_bytes(4, "big") + body


@pytest.mark.parametrize("kind", [PageResult, str])
@pytest.mark.parametrize(
    "body",
    [
        pickle.dumps(_Bomb()),
        marshal.dumps(compile("open('bomb', 'w')", "x", "exec")),
        b'{"__class__": "os.system", "args": ["touch bomb"]}',
        b'["os.system", "touch bomb"]',
        b'[["posix.system"], "touch bomb"]',
        b"[" * 100_000,
        b"9" * 5_000,
        b"NaN",
        b"\xff\xfe",
        b"null",
        b"",
    ],
)
def test_a_crafted_cache_file_runs_no_code_and_gives_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes, kind: type[object]
) -> None:
    monkeypatch.chdir(tmp_path)
    cache, key = Cache(tmp_path), key_of(b"x")
    cache.put(key, "x")
    (path,) = tmp_path.glob("??/*.bin")
    path.write_bytes(_sealed(body))
    assert cache.get(key, kind) is None
    assert [d.code for d in cache.diagnostics] == ["W725"]
    assert not (tmp_path / "bomb").exists()


def test_a_value_of_another_type_is_none() -> None:
    page = PageResult(PageFile(Path("a"), Path("b"), "c"))
    data = encode(page)
    assert data
    row = json.loads(data[14:])
    assert decode(_sealed(json.dumps(row).encode()), PageResult) == page
    for name in row:
        wrong = row | {name: {"a": 1}}
        assert decode(_sealed(json.dumps(wrong).encode()), PageResult) is None
    del row["file"]
    assert decode(_sealed(json.dumps(row).encode()), PageResult) is None


def test_only_values_of_ours_are_encoded() -> None:
    with pytest.raises(TypeError, match="cannot be cached"):
        encode({"a": eval})


def test_a_folder_that_cannot_be_written_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "cache")
    cache.put(key_of(b"a"), 1)
    cache.put(key_of(b"b"), 2)
    assert [d.code for d in cache.diagnostics] == ["W725"]


def test_the_cache_is_bounded_and_keeps_what_was_used_last(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    keys = [key_of(bytes([n])) for n in range(5)]
    for n, key in enumerate(keys):
        cache.put(key, "x" * 1000)
        os.utime(next(tmp_path.glob(f"??/{key[2:]}.bin")), (n, n))
    cache.prune(largest_bytes=2500)
    assert [cache.get(key, str) is not None for key in keys] == [False] * 3 + [True] * 2
    assert cache.clear() == 2


def test_one_process_and_many_give_the_same(tmp_path: Path) -> None:
    config = fill(tmp_path, 12)
    one = replace(config, cache_dir=None, jobs=1)
    many = replace(one, jobs=3)
    for n in range(12):
        path = tmp_path / "source" / f"{n}.md"
        path.write_text(path.read_text("utf-8") + "\n" + "word " * 5000, "utf-8")
    assert run(one) == run(many)


def test_the_cache_has_its_place_on_each_system() -> None:
    home = {"HOME": "/h", "XDG_CACHE_HOME": "/x"}
    assert cache_folder(home, platform="linux") == Path("/x/admonki")
    assert cache_folder({"HOME": "/h"}, platform="linux") == Path("/h/.cache/admonki")
    assert cache_folder({"HOME": "/h"}, platform="darwin") == Path("/h/Library/Caches/admonki")
    assert cache_folder({"ADMONKI_CACHE_DIR": "/c"}, platform="linux") == Path("/c")
    assert cache_folder({}, platform="linux") is None


def test_the_environment_says_where_the_cache_is(tmp_path: Path) -> None:
    environ = {"ADMONKI_CACHE_DIR": str(tmp_path / "c")}
    assert load({}, cwd=tmp_path, environ=environ)[0].cache_dir == tmp_path / "c"
    assert load({}, cwd=tmp_path)[0].cache_dir is None


@pytest.mark.skipif(os.name == "nt", reason="names of files are Unicode there")
def test_a_page_whose_name_is_not_utf8_is_rendered_each_time(tmp_path: Path) -> None:
    config = fill(tmp_path, 1)
    strange = os.fsencode(tmp_path / "source") + b"/caf\xe9.md"
    try:
        (tmp_path / "source" / "0.md").rename(os.fsdecode(strange))
    except OSError:
        pytest.skip("the file system takes UTF-8 only")
    first, again = run(config), run(config)
    assert first.notes == again.notes != ()
    assert again.diagnostics == ()
    assert len(cached_files(tmp_path)) == 1  # formulas and code, which name no file


def test_another_version_of_a_converter_gives_other_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code_state.cache_clear()
    before = code_state()
    (tmp_path / "math_core-99.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    code_state.cache_clear()
    assert "math_core-0" in before
    assert "math_core-99.0" in code_state()
    code_state.cache_clear()
