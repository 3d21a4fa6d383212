"""The preview's files, before any browser sees them."""

import json
import re
from pathlib import Path

import pytest

from generator.commands.preview.folder import write_folder
from generator.errors import AdmonkiError
from tests.commands.conftest import Run


def page(project: Path) -> str:
    return (project / "build" / "preview" / "index.html").read_text(encoding="utf-8")


def data(project: Path) -> dict[str, list[dict[str, object]]]:
    match = re.search(
        r'<script type="application/json" id="data">(.*?)</script>', page(project), re.DOTALL
    )
    assert match is not None
    found: dict[str, list[dict[str, object]]] = json.loads(match[1])
    return found


def sides(project: Path, number: int = 0) -> list[list[str]]:
    """Front, back and words of the answer of each card of one file."""
    text = (project / "build" / "preview" / f"cards-{number:04}.js").read_text(encoding="utf-8")
    match = re.fullmatch(r"admonkiCards\((\d+),(.*)\);\n", text, re.DOTALL)
    assert match is not None
    assert int(match[1]) == number
    found: list[list[str]] = json.loads(match[2])
    return found


def test_the_preview_goes_beside_the_packages_and_changes_nothing_else(
    run: Run, project: Path
) -> None:
    result = run("preview")
    assert result.exit_code == 0
    assert result.stdout == f"wrote {project / 'build' / 'preview' / 'index.html'}\n"
    assert not list(project.rglob("*.lock"))


def test_every_card_is_there_with_both_sides(run: Run, project: Path) -> None:
    run("preview")
    first, second = data(project)["cards"]
    (front, back, words), _ = sides(project)
    assert "Energy" not in front
    assert "Energy" in back
    assert words.startswith("Energy")
    assert first["template"] == "Question → Answer"
    assert (second["isUnanswered"], second["line"]) == (True, 12)
    assert [item["code"] for item in second["messages"]] == ["W301"]  # type: ignore[attr-defined]


def test_no_script_and_no_style_may_run_but_ours(run: Run, project: Path) -> None:
    run("preview")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page(project))
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["connect-src"] == "'none'"
    assert re.fullmatch(r"'self' 'sha256-[^']+'", rules["script-src"])
    assert "unsafe-inline" not in rules["style-src-elem"]


def test_text_of_a_page_cannot_end_the_data(run: Run, project: Path) -> None:
    (project / "docs" / "heat.md").write_text(
        '??? question "`</script><script>alert(1)</script>`"\n\n    `<!--`\n', encoding="utf-8"
    )
    run("preview")
    assert page(project).count("</script>") == 2
    assert "alert(1)" in str(data(project)["cards"][0]["question"])


def test_cards_are_in_files_of_their_own_which_are_made_one_at_a_time(
    run: Run, project: Path
) -> None:
    boxes = "".join(f'??? question "{n}?"\n    Answer {n}.\n\n' for n in range(250))
    (project / "docs" / "heat.md").write_text(f"# Heat\n\n{boxes}", encoding="utf-8")
    run("preview")
    assert [card["file"] for card in data(project)["cards"]] == [n // 100 for n in range(250)]
    assert "Answer 7" not in page(project)
    assert [len(sides(project, number)) for number in range(3)] == [100, 100, 50]
    assert sides(project, 2)[0][2] == "Answer 200."


def test_a_link_to_the_editor_is_made_when_asked(run: Run, project: Path) -> None:
    run("preview", "--editor", "vscode://file/{path}:{line}:{column}")
    assert data(project)["cards"][0]["editor"] == f"vscode://file/{project}/docs/heat.md:8:1"


def test_broken_pages_do_not_keep_the_others_from_being_shown(run: Run, project: Path) -> None:
    (project / "docs" / "bad.md").write_bytes(b"\xff\xfe\x00")
    assert run("preview").exit_code == 1
    found = data(project)
    assert len(found["cards"]) == 2
    assert [item["code"] for item in found["elsewhere"]] == ["E102"]


def test_files_of_an_earlier_preview_go_and_those_of_others_stay(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    write_folder(
        tmp_path, {"index.html": lambda: "a", "source-0001.html": lambda: "b"}, data={}, copies={}
    )
    write_folder(tmp_path, {"index.html": lambda: "c"}, data={"f.woff2": b"x"}, copies={})
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"mine.txt", "index.html", "f.woff2", "preview-files.json"}


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(AdmonkiError, match="E711"):
        write_folder(tmp_path / "file", {"index.html": lambda: "a"}, data={}, copies={})
