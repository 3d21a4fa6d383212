"""Ship, correct in the real Anki, pull, build, import: author and reader agree again."""

import base64
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)
from anki.decks import DeckId
from click.testing import CliRunner, Result

from generator.cli import main

_PAGE = """\
---
title: Learning
---

# Learning

## Networks

??? question "Why does **dropout** act as an `ensemble`?"

    Each step trains $x^2$ another *thinned* network; see [the paper](https://example.org/c).

    - one
    - two `code`

    | a | b |
    |---|--:|
    | 1 | **2** |

??? question "What is a gradient?"

    --8<-- "part.txt"

??? question "Which one stays?"

    The one that nobody touches.
"""
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
_SITE = """\
site_name: N
markdown_extensions: [pymdownx.details, pymdownx.snippets, pymdownx.arithmatex, tables]
"""
_PART = "The vector of partial derivatives.\n"


class Life:
    """A project, the reader's collection, and the ways between them."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.page = folder / "docs" / "p.md"
        self.page.parent.mkdir()
        self.page.write_text(_PAGE, encoding="utf-8")
        (folder / "docs" / "part.txt").write_text(_PART, encoding="utf-8")
        (folder / "mkdocs.yml").write_text(_SITE, encoding="utf-8")
        monkeypatch.chdir(folder)
        self._clock = monkeypatch
        self._age_s = 1_000
        self.col = Collection(str(folder / "reader.anki2"))

    def run(self, *arguments: str, expected: int = 0) -> Result:
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == expected, result.output
        return result

    def build(self) -> None:
        """Build: the first time as if it had been a while ago, then as of now."""
        self._clock.setenv("SOURCE_DATE_EPOCH", str(int(time.time()) - self._age_s))
        self._age_s = 0
        self.run("build")

    def import_all(self) -> tuple[int, int]:
        options = ImportAnkiPackageOptions()
        path = str(self.folder / "build" / "all.apkg")
        request = ImportAnkiPackageRequest(package_path=path, options=options)
        log = self.col.import_anki_package(request).log
        return len(log.new), len(log.updated)

    def edit(self, words: str, change: Callable[[str], str], field: str = "Answer") -> None:
        note = self.col.get_note(self.col.find_notes(words)[0])
        note[field] = change(note[field])
        self.col.update_note(note)

    def field(self, words: str, field: str = "Answer") -> str:
        return self.col.get_note(self.col.find_notes(words)[0])[field]

    def export(self, *, legacy: bool) -> str:
        path = self.folder / f"reader-{legacy}.apkg"
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=False, with_media=True, legacy=legacy
        )
        self.col.export_anki_package(out_path=str(path), options=options, limit=None)
        return str(path)

    def review_all(self) -> int:
        answered = 0
        deck = next(d for d in self.col.decks.all_names_and_ids() if d.name.endswith("Networks"))
        self.col.decks.select(DeckId(deck.id))
        while card := self.col.sched.getCard():
            self.col.sched.answerCard(card, 4)
            answered += 1
        return answered

    def reviews(self) -> int:
        assert self.col.db is not None
        return int(self.col.db.scalar("select count() from revlog"))


@pytest.fixture
def life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Life]:
    made = Life(tmp_path, monkeypatch)
    made.build()
    assert made.import_all() == (3, 0)
    yield made
    made.col.close()


@pytest.mark.parametrize("legacy", [False, True], ids=["new layout", "legacy layout"])
def test_corrections_come_back_and_the_next_build_agrees(life: Life, legacy: bool) -> None:
    reviews = life.review_all()
    assert reviews
    life.edit("dropout", lambda html: html.replace("another", "yet another"))
    life.edit("dropout", lambda html: html.replace("<li>one</li>", "<li>one</li><li>more</li>"))
    life.edit("dropout", lambda html: html.replace("act as", "resemble"), "Question")
    life.edit("gradient", lambda html: html.replace("partial", "<b>partial</b>"))
    wanted = {words: life.field(words) for words in ("dropout", "gradient", "stays")}
    export = life.export(legacy=legacy)
    patch = life.run("pull", export).stdout
    subprocess.run(["git", "init", "-q"], check=True, cwd=life.folder)
    subprocess.run(["git", "apply"], input=patch.encode(), check=True, cwd=life.folder)
    page = life.page.read_text(encoding="utf-8")
    assert page == _PAGE.replace("another", "yet another").replace("act as", "resemble").replace(
        "    - one\n", "    - one\n    - more\n"
    )
    part = (life.folder / "docs" / "part.txt").read_text(encoding="utf-8")
    assert part == _PART.replace("partial", "**partial**")
    time.sleep(1.1)  # Anki's clock has seconds
    life.build()
    assert life.import_all() == (0, 2)
    assert life.field("dropout").count("yet another") == 1
    assert "<li>more</li>" in life.field("dropout")
    assert life.field("stays") == wanted["stays"]
    assert life.reviews() == reviews
    assert "nothing changed" in life.run("pull", life.export(legacy=legacy)).stderr


def test_apply_writes_the_pages_and_keeps_their_line_ends(life: Life) -> None:
    life.page.write_bytes(b"\xef\xbb\xbf" + _PAGE.replace("\n", "\r\n").encode())
    life.build()
    life.edit("stays", lambda html: html.replace("nobody", "no one"))
    life.run("pull", life.export(legacy=False), "--apply")
    expected = _PAGE.replace("nobody", "no one").replace("\n", "\r\n")
    assert life.page.read_bytes() == b"\xef\xbb\xbf" + expected.encode()


def test_what_both_changed_is_a_remark_with_three_texts(life: Life) -> None:
    life.edit("stays", lambda html: html.replace("nobody", "no one"))
    life.page.write_text(_PAGE.replace("nobody", "few people"), encoding="utf-8")
    out = life.run("pull", life.export(legacy=True)).stdout
    assert out.startswith("# docs/p.md:24: both the page and Anki changed this card\n")
    for words in ("nobody", "no one", "few people"):
        assert f"The one that {words} touches" in out
    assert "@@" not in out
    life.run("pull", life.export(legacy=True), "--prefer-anki", "--apply")
    assert "no one touches" in life.page.read_text(encoding="utf-8")


def test_changes_of_different_lines_go_together(life: Life) -> None:
    life.edit("dropout", lambda html: html.replace("one", "first"))
    life.page.write_text(_PAGE.replace("- two", "- second"), encoding="utf-8")
    life.run("pull", life.export(legacy=True), "--apply")
    page = life.page.read_text(encoding="utf-8")
    assert page == _PAGE.replace("- one", "- first").replace("- two", "- second")


@pytest.mark.parametrize("legacy", [False, True], ids=["new layout", "legacy layout"])
def test_a_whole_collection_and_a_folder_are_read_too(life: Life, legacy: bool) -> None:
    life.edit("stays", lambda html: html.replace("nobody", "no one"))
    life.col.close()
    folder = life.folder / "synced"
    folder.mkdir()
    shutil.copy(life.folder / "reader.anki2", folder / "collection.anki2")
    life.col.reopen()
    life.col.export_collection_package(
        str(life.folder / "all.colpkg"), include_media=True, legacy=legacy
    )
    life.col.reopen()
    for source in ("all.colpkg", "synced"):
        patch = life.run("pull", source).stdout
        assert "+    The one that no one touches." in patch


def test_asked_about_each_card_only_the_chosen_ones_are_taken(life: Life) -> None:
    life.edit("stays", lambda html: html.replace("nobody", "no one"))
    life.edit("dropout", lambda html: html.replace("another", "one more"))
    export = life.export(legacy=False)
    arguments = ["pull", export, "--interactive", "--apply"]
    result = CliRunner().invoke(main, arguments, input="n\ny\n")
    assert result.exit_code == 0, result.output
    page = life.page.read_text(encoding="utf-8")
    assert page == _PAGE.replace("nobody", "no one")


def test_what_cannot_be_written_in_markdown_is_a_remark(life: Life) -> None:
    life.edit("stays", lambda html: f'{html}<img src="paste-1.jpg">')
    out = life.run("pull", life.export(legacy=True)).stdout
    assert out.startswith("# docs/p.md:26: no edit of the Markdown produces this for certain\n")
    assert "@@" not in out


def test_a_picture_that_the_reader_added_is_written_beside_the_page(life: Life) -> None:
    name = life.col.media.write_data("paste-1.png", _PIXEL)
    life.edit("stays", lambda html: f'{html}<div>See: <img src="{name}"></div>')
    export = life.export(legacy=False)
    assert (
        "# docs/paste-1.png: a new picture, which --apply writes\n"
        in life.run("pull", export).stdout
    )
    life.run("pull", export, "--apply")
    assert life.page.read_text(encoding="utf-8").endswith(
        "    The one that nobody touches.\n\n    See: ![](paste-1.png)\n"
    )
    assert (life.page.parent / "paste-1.png").read_bytes() == _PIXEL


def test_a_question_that_the_reader_added_becomes_a_box(life: Life) -> None:
    old = life.col.get_note(life.col.find_notes("stays")[0])
    note_type = old.note_type()
    assert note_type
    new = life.col.new_note(note_type)
    new["Text"] = "What is <b>new</b>?"
    new["Answer"] = "First line.<div>Second <i>line</i>:</div><ul><li>a</li><li>b</li></ul>"
    life.col.add_note(new, old.cards()[0].did)
    life.run("pull", life.export(legacy=False), "--apply")
    assert life.page.read_text(encoding="utf-8") == (
        _PAGE + '\n??? question "What is **new**?"\n\n    First line.\n\n    Second *line*:\n\n'
        "    - a\n    - b\n"
    )


def test_tags_flags_and_deletions_are_listed(life: Life) -> None:
    note = life.col.get_note(life.col.find_notes("stays")[0])
    note.tags += ["marked", "mine"]
    life.col.update_note(note)
    life.col.set_user_flag_for_cards(3, note.card_ids())
    life.col.sched.suspend_notes([note.id])
    life.col.remove_notes([life.col.find_notes("gradient")[0]])
    result = life.run("pull", life.export(legacy=False), "--format", "json")
    seen = {(item["place"], item["what"]) for item in json.loads(result.stdout)["seen"]}
    assert seen == {
        ("docs/p.md:24:1", "tags added: mine"),
        ("docs/p.md:24:1", "marked"),
        ("docs/p.md:24:1", "suspended"),
        ("docs/p.md:24:1", "flag 3"),
        ("docs/p.md:20:1", "deleted, or never imported"),
    }


@pytest.mark.parametrize("legacy", [False, True], ids=["new layout", "legacy layout"])
def test_diff_names_fields_tags_and_decks_of_the_reader(life: Life, legacy: bool) -> None:
    life.edit("gradient", lambda html: html.replace("vector", "list"))
    note = life.col.get_note(life.col.find_notes("stays")[0])
    note["Question"] = "Which one <b>stays</b>?"
    note.tags.append("mine")
    life.col.update_note(note)
    own = life.col.decks.id("Mine")
    assert own
    life.col.set_deck(life.col.find_cards("dropout"), own)
    out = life.run("diff", "build/all.apkg", life.export(legacy=legacy)).stdout
    assert "The [-vector-]{+list+} of partial" in out
    assert "  Which one stays?\n    fields: Question\n    tags: +mine\n" in out
    assert "Why does dropout act as an ensemble?: N::Learning::Networks → Mine" in out


def test_what_is_no_export_is_refused(life: Life) -> None:
    (life.folder / "x.apkg").write_bytes(b"no zip")
    assert "E760" in life.run("pull", "x.apkg", expected=1).stderr


def test_the_new_layout_asks_for_its_library(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("compression.zstd", "backports.zstd"):
        monkeypatch.setitem(sys.modules, name, None)
    output = life.run("pull", life.export(legacy=False), expected=1).stderr
    assert "E761" in output
    assert "backports.zstd" in output


def test_packages_to_compare_with_must_be_there(life: Life) -> None:
    export = life.export(legacy=True)
    shutil.rmtree(life.folder / "build")
    assert "E762" in life.run("pull", export, expected=1).stderr


def test_a_page_that_changes_meanwhile_is_not_overwritten(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    life.edit("stays", lambda html: html.replace("nobody", "no one"))

    def confirm(*_: object, **__: object) -> bool:
        life.page.write_text("other\n", encoding="utf-8")
        return True

    monkeypatch.setattr("click.confirm", confirm)
    result = life.run("pull", life.export(legacy=True), "--apply", "--interactive", expected=1)
    assert "E763" in result.stderr
    assert life.page.read_text(encoding="utf-8") == "other\n"
