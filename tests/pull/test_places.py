"""Corrections reach the right file and keep their card, however the page is put together."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.decks import DeckId
from click.testing import CliRunner

from generator.cli import main

_SITE = """\
site_name: N
plugins: [search, macros]
extra: {tool: Slurm}
markdown_extensions:
  - admonition
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.snippets: {base_path: [docs, parts], dedent_subsections: true}
"""


class Project:
    """A site, its reader's collection, and edits in it."""

    def __init__(self, folder: Path, files: dict[str, str]) -> None:
        self.folder = folder
        for name, text in ({"mkdocs.yml": _SITE} | files).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        self._age_s = 1_000
        self.col = Collection(str(folder / "reader.anki2"))

    def run(self, *arguments: str) -> str:
        result = CliRunner().invoke(main, list(arguments))
        assert result.exit_code == 0, result.output
        return result.stdout

    def ship(self) -> tuple[int, int]:
        self.run("build")
        return self.import_package(self.folder / "build" / "all.apkg")

    def import_package(self, path: Path) -> tuple[int, int]:
        options = ImportAnkiPackageOptions()
        request = ImportAnkiPackageRequest(package_path=str(path), options=options)
        log = self.col.import_anki_package(request).log
        return len(log.new), len(log.updated)

    def edit(self, old: str, new: str, field: str = "Answer") -> None:
        for number in self.col.find_notes(""):
            note = self.col.get_note(number)
            if old in note[field]:
                note[field] = note[field].replace(old, new)
                self.col.update_note(note)

    def add(self, deck: str, question: str, answer: str) -> None:
        note_type = self.col.get_note(self.col.find_notes("")[0]).note_type()
        assert note_type
        note = self.col.new_note(note_type)
        note["Text"], note["Answer"] = question, answer
        number = self.col.decks.id(deck)
        assert number
        self.col.add_note(note, DeckId(number))

    def pull(self, *arguments: str) -> str:
        copy = self.folder / "copy"
        copy.mkdir(exist_ok=True)
        self.col.close()
        (copy / "collection.anki2").write_bytes((self.folder / "reader.anki2").read_bytes())
        self.col.reopen()
        return self.run("pull", "copy", *arguments)

    def read(self, name: str) -> str:
        return (self.folder / name).read_bytes().decode()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Project]]:
    made = []
    monkeypatch.chdir(tmp_path)

    def make(**files: str) -> Project:
        named = {
            name.replace("__", "/").replace("_md", ".md"): text for name, text in files.items()
        }
        made.append(Project(tmp_path, named))
        assert made[0].ship()[0]
        return made[0]

    yield make
    for one in made:
        one.col.close()


def test_a_snippet_below_a_base_path_is_edited(project: Callable[..., Project]) -> None:
    page = '# P\n\n??? question "What?"\n\n    --8<-- "a.md"\n'
    life = project(docs__p_md=page, parts__a_md="One text.\n\n- a\n- b\n")
    life.edit("One text", "Another text")
    life.edit("<li>a</li>", "<li>a</li><li>more</li>")
    life.pull("--apply")
    assert life.read("parts/a.md") == "Another text.\n\n- a\n- more\n- b\n"
    assert life.read("docs/p.md") == page


def test_a_dedented_section_of_a_snippet_is_edited(project: Callable[..., Project]) -> None:
    part = "def f():\n    # --8<-- [start:x]\n    one = 1\n    two = 2\n    # --8<-- [end:x]\n"
    page = '# P\n\n??? question "What?"\n\n    ```text\n    --8<-- "a.md:x"\n    ```\n'
    life = project(docs__p_md=page, parts__a_md=part)
    life.edit("two = 2", "three = 3\nfour = 4")
    life.pull("--apply")
    assert life.read("parts/a.md") == part.replace("    two = 2\n", "    three = 3\n    four = 4\n")


def test_words_beside_a_variable_are_edited_and_its_value_is_not(
    project: Callable[..., Project],
) -> None:
    page = '# P\n\n??? question "What?"\n\n    Use {{ tool }} to submit.\n'
    life = project(docs__p_md=page)
    life.edit("submit", "queue")
    life.pull("--apply")
    assert life.read("docs/p.md") == page.replace("submit", "queue")


def test_the_value_of_a_variable_is_left_to_the_author(project: Callable[..., Project]) -> None:
    life = project(docs__p_md='# P\n\n??? question "What?"\n\n    Use {{ tool }} to submit.\n')
    life.edit("Slurm", "PBS")
    assert "from several files, variables or tables" in life.pull()


def test_lines_indented_by_tabs_keep_them(project: Callable[..., Project]) -> None:
    page = '# P\n\n??? question "What?"\n\n\tOne text:\n\n\t- a\n\t- b\n\nafter\t\n\n'
    life = project(docs__p_md=page)
    life.edit("One text", "A text")
    life.edit("<li>b</li>", "<li>b</li><li>c</li>")
    life.pull("--apply")
    assert life.read("docs/p.md") == page.replace("One", "A").replace("\t- b\n", "\t- b\n\t- c\n")


def test_a_question_reworded_beyond_recognition_keeps_its_reviews(
    project: Callable[..., Project],
) -> None:
    page = (
        '# P\n\n??? question "What is a qubit?"\n\n    A bit.\n\n??? question "Why?"\n\n    So.\n'
    )
    life = project(docs__p_md=page)
    life.edit("What is a qubit?", "Name the unit of quantum information", "Question")
    life.pull("--apply")
    assert "Name the unit" in life.read("docs/p.md")
    assert "    <!-- id: " in life.read("docs/p.md")
    assert life.ship()[0] == 0


def test_an_id_is_not_written_into_a_snippet_that_other_cards_have(
    project: Callable[..., Project],
) -> None:
    page = '# P\n\n??? question "{}?"\n    --8<-- "a.md"\n'
    life = project(
        docs__p_md=page.format("What is a qubit"),
        docs__q_md=page.format("Which is it"),
        parts__a_md="One text.\n",
    )
    life.edit("What is a qubit?", "Name the unit of quantum information", "Question")
    life.edit("One text", "Another text altogether")
    out = life.pull()
    assert "the card keeps its reviews only with the id" in out
    assert "+<!-- id" not in out


def test_a_question_reworded_a_little_gets_no_id(project: Callable[..., Project]) -> None:
    page = '# P\n\n??? question "What is a qubit?"\n\n    A bit.\n'
    life = project(docs__p_md=page)
    life.edit("What is", "Define", "Question")
    life.edit("What is a qubit?", "What is a quantum bit?", "Question")
    life.pull("--apply")
    assert "<!-- id" not in life.read("docs/p.md")


@pytest.mark.parametrize(
    ("deck", "place"), [("P::B", "text b\n\n"), ("P", "text\n\n"), ("P::C", "text c\n\n")]
)
def test_a_new_note_in_a_deck_without_cards_goes_to_its_section(
    project: Callable[..., Project], deck: str, place: str
) -> None:
    page = (
        '# P\n\ntext\n\n## A\n\n??? question "What?"\n\n    That.\n\n'
        "## B\n\ntext b\n\n## C\n\ntext c\n"
    )
    life = project(docs__p_md=page)
    root = life.col.decks.name(life.col.get_note(life.col.find_notes("")[0]).cards()[0].did)
    life.add(root.replace("P::A", deck), "New one?", "Yes, <b>new</b>.")
    life.pull("--apply")
    written = '??? question "New one?"\n\n    Yes, **new**.\n'
    assert f"{place}{written}" in life.read("docs/p.md")
    assert (
        life.read("docs/p.md").replace(f"{written}\n", "").replace(written, "").split()
        == page.split()
    )


@pytest.mark.parametrize("deck", ["P::Own", "Own"])
def test_a_new_note_in_a_deck_of_no_section_is_a_remark(
    project: Callable[..., Project], deck: str
) -> None:
    life = project(docs__p_md='# P\n\n??? question "What?"\n\n    That.\n')
    root = life.col.decks.name(life.col.get_note(life.col.find_notes("")[0]).cards()[0].did)
    life.add(root.replace("P", deck), "New one?", "Yes.")
    out = life.pull()
    assert deck in out
    assert "New one?" in out
    assert "@@" not in out


def test_a_snippet_that_two_cards_use_is_edited_once(project: Callable[..., Project]) -> None:
    page = (
        '# P\n\n??? question "What?"\n\n    --8<-- "a.md"\n\n'
        '??? question "Which?"\n\n    --8<-- "a.md"\n'
    )
    life = project(docs__p_md=page, parts__a_md="One text.\n")
    life.edit("One text", "A text")
    patch = life.pull()
    assert patch.count("+A text.") == 1
    git = ["git", "apply", "-"]
    subprocess.run(git, input=patch.encode(), check=True, cwd=life.folder, env=dict(os.environ))
    assert life.read("parts/a.md") == "A text.\n"


_BOX = '??? question "{}?"\n\n    --8<-- "a.md"\n\n'
_ON_ONE_PAGE = {"docs__p_md": _BOX.format("What") + _BOX.format("Which")}
_ON_TWO_PAGES = {"docs__p_md": _BOX.format("What"), "docs__q_md": _BOX.format("Which")}


@pytest.mark.parametrize("pages", [_ON_ONE_PAGE, _ON_TWO_PAGES], ids=["one page", "two pages"])
def test_two_different_changes_of_one_snippet_are_not_mixed(
    project: Callable[..., Project], pages: dict[str, str]
) -> None:
    life = project(**pages, parts__a_md="One text.\n")
    for number, word in zip(life.col.find_notes(""), ("Two", "Three"), strict=True):
        note = life.col.get_note(number)
        note["Answer"] = note["Answer"].replace("One", word)
        life.col.update_note(note)
    found = json.loads(life.pull("--format", "json"))
    assert len(found["cards"]) == 1
    assert "at the same place" in found["left"][0]["reason"]
    life.pull("--apply")
    assert life.read("parts/a.md") in ("Two text.\n", "Three text.\n")


def test_a_correction_does_not_swap_the_reviews_of_equal_questions(
    project: Callable[..., Project],
) -> None:
    box = '## {}\n\n??? question "What does it look like?"\n\n    {}\n\n'
    answers = ("So.", "Like that picture of it in the corner over there.", "No.")
    page = "# P\n\n" + "".join(box.format("Same", answer) for answer in answers)
    life = project(docs__p_md=page)
    texts = dict.fromkeys(answers, "")
    for number in life.col.find_notes(""):
        note = life.col.get_note(number)
        texts[note["Answer"].removeprefix("<p>").removesuffix("</p>")] = note.guid
    life.edit(answers[1], "Something else altogether, that nobody expected.")
    life.edit(answers[0], f"{answers[1]} Or longer.")
    life.pull("--apply")
    assert life.ship()[0] == 0
    fresh = Project(life.folder / "fresh", {})
    fresh.import_package(life.folder / "build" / "all.apkg")
    shipped = {
        note.guid: note["Answer"] for note in map(fresh.col.get_note, fresh.col.find_notes(""))
    }
    fresh.col.close()
    assert "longer" in shipped[texts[answers[0]]]
    assert "nobody expected" in shipped[texts[answers[1]]]


def _deck(life: Project) -> str:
    return life.col.decks.name(life.col.get_note(life.col.find_notes("")[0]).cards()[0].did)


def test_new_lines_and_new_boxes_at_one_place_come_in_order(
    project: Callable[..., Project],
) -> None:
    page = '# P\n\n??? question "What?"\n\n    That.\n'
    life = project(docs__p_md=page)
    life.edit("That.</p>", "That.</p><p>More.</p>")
    names = [f"New {number}" for number in range(8)]
    for name in names:
        life.add(_deck(life), f"{name}?", "Yes.")
    life.pull("--apply")
    boxes = "".join(f'\n??? question "{name}?"\n\n    Yes.\n' for name in names)
    assert life.read("docs/p.md") == f"{page}\n    More.\n{boxes}"


def test_a_new_box_survives_the_end_of_the_card_before_it(project: Callable[..., Project]) -> None:
    page = '# P\n\n??? question "What?"\n\n    That.\n\n    Gone.\n\n\n\n\ntext\n'
    life = project(docs__p_md=page)
    life.edit("<p>Gone.</p>", "")
    life.add(_deck(life), "New?", "Yes.")
    life.pull("--apply")
    assert life.read("docs/p.md").split() == (
        page.replace("Gone.", '??? question "New?" Yes.').split()
    )


@pytest.mark.parametrize("first", ["", "<div>Typed before everything.</div><p>One.</p>"])
def test_an_id_is_kept_where_other_lines_come_or_go(
    project: Callable[..., Project], first: str
) -> None:
    page = '# P\n\n??? question "What is a qubit?"\n    One.\n\n    Two.\n'
    life = project(docs__p_md=page)
    life.edit("What is a qubit?", "Name the unit of quantum information", "Question")
    life.edit("<p>One.</p>", first)
    life.pull("--apply")
    assert "    <!-- id: " in life.read("docs/p.md")
    assert ("One" in life.read("docs/p.md")) == bool(first)
    assert life.ship()[0] == 0


def test_a_patch_of_the_first_line_keeps_the_byte_order_mark(
    project: Callable[..., Project],
) -> None:
    life = project(docs__p_md='\ufeff??? question "What is a bit?"\n\n    That.\n')
    life.edit("That", "This")
    life.edit("a bit", "one bit", "Question")
    git = ["git", "apply", "-"]
    subprocess.run(git, input=life.pull().encode(), check=True, cwd=life.folder)
    assert life.read("docs/p.md") == '\ufeff??? question "What is one bit?"\n\n    This.\n'
