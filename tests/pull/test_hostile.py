"""A stranger's export, and a docs folder with traps, harm neither the pages nor other files."""

import re
import sqlite3
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.errors import AdmonkiError
from generator.pull import comparison
from generator.pull.files import to_patch
from generator.pull.leaves import Leaf, leaves_of
from generator.pull.reader_side import media_of, read_export
from generator.pull.remarks import Remark, comment

_PAGE = '# Page\n\n??? question "Why?"\n    Because of that.\n'
_PIXEL = b"\x89PNG\r\n\x1a\n0000"


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "p.md").write_text(_PAGE, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: N\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert _run("build").exit_code == 0
    return folder


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def _export(answer: str, media: str = "{}") -> Path:
    """Write the package of a reader who changed the answer."""
    source, path = Path("build/all.apkg"), Path("export.apkg")
    with zipfile.ZipFile(source) as package:
        data = package.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(data)
        ((fields,),) = db.execute("SELECT flds FROM notes").fetchall()
        parts = fields.split("\x1f")
        parts[2] = answer
        now_s = int(time.time()) + 1000
        db.execute("UPDATE notes SET flds = ?, mod = ?", ("\x1f".join(parts), now_s))
        db.commit()
        data = db.serialize()
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("collection.anki2", data)
        package.writestr("media", media)
        package.writestr("0", _PIXEL)
    return path


def test_a_correction_is_applied(docs: Path) -> None:
    result = _run("pull", str(_export("<p>Because of this.</p>")), "--apply")
    assert result.exit_code == 0, result.output
    assert "Because of this." in (docs / "p.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{% include 'x' %}",
        "{# x #}",
    ],
)
@pytest.mark.parametrize(
    "where", ["<p>Because of {} that.</p>", "<p>Because of that.</p><p>{}</p>"]
)
def test_nothing_that_the_site_runs_comes_into_a_page(docs: Path, text: str, where: str) -> None:
    result = _run("pull", str(_export(where.format(text))), "--apply")
    assert result.exit_code == 0, result.output
    written = (docs / "p.md").read_text(encoding="utf-8")
    assert not re.search(r"\{[{%#]", written)
    assert written == _PAGE or "\\{" in written
    assert written != _PAGE or "left to you" in result.output


@pytest.mark.parametrize(
    "text",
    ["&lt;script&gt;x()&lt;/script&gt;", "&lt;img src=x onerror=x()&gt;", "&lt;!-- id: x --&gt;"],
)
def test_text_that_looks_like_html_stays_text_on_every_site(docs: Path, text: str) -> None:
    """Python-Markdown knows no escape of `<`."""
    _run("pull", str(_export(f"<p>Because of {text} that.</p><p>{text}</p>")), "--apply")
    written = (docs / "p.md").read_text(encoding="utf-8")
    assert "&lt;" in written
    assert "<" not in written


@pytest.mark.parametrize("trap", ["x.png", ".p.md.admonki"])
def test_nothing_is_written_through_a_link(docs: Path, trap: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (docs / trap).symlink_to(outside)
    export = _export('<p>Because of this. <img src="x.png"></p>', '{"0": "x.png"}')
    result = _run("pull", str(export), "--apply")
    assert result.exit_code == 0, result.output
    assert not outside.exists()


def test_no_name_forges_a_line_of_a_patch() -> None:
    name = 'a\n+++ b/.github/workflows/x.yml\n@@ -0,0 +1 @@\n+x\t"\\.md'
    patch = to_patch({name: "a\n"}, {name: "b\n"})
    assert [line[0] for line in patch.splitlines()] == ["-", "+", "@", "-", "+"]
    assert patch.startswith('--- "a/a\\012+++ b/')
    remark = Remark(name, 1, "why", (("Anki", "a\n+b\r+c\x1b[2J"),))
    lines = comment([remark]).split("\n")
    assert all(line.startswith("# ") for line in lines[:-1])
    assert "\x1b" not in comment([remark])


@pytest.mark.parametrize("is_packed", [True, False])
@pytest.mark.parametrize("index", [b"\x80" * 1_000_000, b"\x0a\x00\x0a\x00" * 500_000, b"\x0a"])
def test_an_odd_list_of_media_is_refused(tmp_path: Path, index: bytes, is_packed: bool) -> None:
    zstd = pytest.importorskip("backports.zstd")
    path = tmp_path / "odd.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("collection.anki21b", index)
        package.writestr("media", zstd.compress(index) if is_packed else index)
    began = time.process_time()
    assert media_of(path)("a.png") is None
    with pytest.raises(AdmonkiError, match="E760"):
        read_export(path)
    assert time.process_time() - began < 5


def test_the_reader_s_media_are_read_up_to_a_total(tmp_path: Path) -> None:
    path = tmp_path / "odd.apkg"
    names = ", ".join(f'"{n}": "{n}.png"' for n in range(2)) + ', "x": "a.png"'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("collection.anki2", b"")
        package.writestr("media", "{" + names + "}")
        for n in range(2):
            package.writestr(str(n), bytes(10 << 20))
    read = media_of(path)
    assert len(read("0.png") or b"") == 10 << 20
    assert read("a.png") is None


@pytest.mark.parametrize(
    "piece", ["<p>a</p>", "a ", "\\(x\\) ", "<b>", "<img src='a.png'>", "<div>a"]
)
def test_a_very_long_change_is_left_to_the_author(docs: Path, piece: str) -> None:
    export = _export(piece * (600_000 // len(piece)))
    began = time.process_time()
    result = _run("pull", str(export))
    assert result.exit_code == 0, result.output
    assert time.process_time() - began < 15
    assert len(result.output) < 500_000


def test_thousands_of_new_notes_are_left_to_the_author(docs: Path) -> None:
    export = _with_new_notes(5_000)
    began = time.process_time()
    result = _run("pull", str(export))
    assert result.exit_code == 0, result.output
    assert time.process_time() - began < 20
    assert "new note" in result.output


def test_one_pull_reads_a_bounded_number_of_characters(
    docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def reading(html: str) -> tuple[Leaf, ...]:
        read.append(html)
        return leaves_of(html)

    monkeypatch.setattr(comparison, "leaves_of", reading)
    path = _export("<p>" + "Because " * 510_000 + "</p>")
    result = _run("pull", str(path))
    assert result.exit_code == 0
    assert "1 change more than one pull reads" in result.stderr
    assert not read


def test_one_pull_reads_a_bounded_number_of_new_notes(
    docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "_MOST_NEW", 2)
    result = _run("pull", str(_with_new_notes(5)))
    assert result.exit_code == 0
    assert "2 new notes, 3 changes more than one pull reads" in result.stderr


def _with_new_notes(count: int) -> Path:
    path = _export("<p>Because of that.</p>")
    with zipfile.ZipFile(path) as package:
        data = package.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(data)
        for table, changes in (("notes", "guid = guid || ?, flds = ?"), ("cards", "nid = ?")):
            for number in range(count):
                db.execute(f"CREATE TEMP TABLE t AS SELECT * FROM {table} LIMIT 1")
                values = (str(number), "\x1fNew?\x1fYes." + "\x1f" * 9)[: changes.count("?")]
                step = 10_000 * (number + 1)
                if table == "cards":
                    values = (db.execute("SELECT min(nid) FROM cards").fetchone()[0] + step,)
                db.execute(f"UPDATE t SET id = id + {step}, {changes}", values)
                db.execute(f"INSERT INTO {table} SELECT * FROM t")
                db.execute("DROP TABLE t")
        db.commit()
        data = db.serialize()
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("collection.anki2", data)
        package.writestr("media", "{}")
    return path
