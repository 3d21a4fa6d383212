"""`admonki ids`: showing, stamping, merging, recovering."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.commands.ids import command as ids
from generator.config import load
from generator.identity.lock_file import read_lock
from generator.pipeline.build import build
from generator.pipeline.identify import dry_run

NOW_S = 1_764_000_000
_PAGE = """# Losses

## Basics

??? question "What is a loss?"
    A number.

??? question "What is a **risk**?"

    An expected loss.

- ??? question "In a list?"
      Yes.
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one page, built once."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source/losses.md").write_bytes(_PAGE.replace("\n", "\r\n").encode())
    (tmp_path / "admonki.toml").write_text('sources = ["source"]\n')
    monkeypatch.chdir(tmp_path)
    _build()
    return tmp_path


def _build() -> list[tuple[str, int]]:
    config, problems = load({}, cwd=Path.cwd(), environ={})
    assert problems == ()
    assert not build(config, cwd=Path.cwd(), now_s=NOW_S).has_errors
    found = dry_run(config, cwd=Path.cwd(), now_s=NOW_S)
    return [(one.guid, one.mod_s) for one in found.notes]


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(ids, arguments)


def test_ids_that_would_change_a_card_are_taken_out_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the page had changed in between."""
    before = (project / "source/losses.md").read_bytes()
    monkeypatch.setattr("generator.commands.ids.stamp_ids", lambda *_: ("# Nothing\n", ()))
    result = _run("--write")
    assert result.exit_code == 1
    assert "E616" in result.output
    assert (project / "source/losses.md").read_bytes() == before


def test_each_card_is_shown_with_key_guid_place_and_question(project: Path) -> None:
    result = _run()
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert len(lines) == 3
    assert lines[0].endswith("source/losses.md:5  What is a loss?")
    rows = json.loads(_run("--format", "json").output)
    assert [row["page"] for row in rows] == ["losses.md"] * 3


def test_ids_are_written_once_and_guids_and_mods_stay(project: Path) -> None:
    before = _build()
    packages = {path: path.read_bytes() for path in project.glob("build/**/*.apkg")}
    result = _run("--write")
    assert result.exit_code == 0, result.output
    assert result.output == "3 ids written into 1 page\n"
    page = project / "source/losses.md"
    text = page.read_bytes().decode()
    assert '"What is a loss?"\r\n    <!-- id: what-is-a-loss -->\r\n    A number.\r\n' in text
    assert '"In a list?"\r\n      <!-- id: in-a-list -->\r\n' in text
    assert _build() == before
    assert {path: path.read_bytes() for path in packages} == packages
    _run("--write")
    assert page.read_bytes().decode() == text
    assert sorted(p.name for p in page.parent.iterdir()) == ["losses.md"]


def test_ids_are_written_before_the_first_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs/losses.md"
    page.write_text(_PAGE)
    monkeypatch.chdir(tmp_path)
    result = _run("--write")
    assert result.exit_code == 0, result.output
    assert result.output == "3 ids written into 1 page\n"
    assert page.read_text().count("<!-- id: ") == 3
    assert not (tmp_path / "docs/admonki.lock").exists()
    _build()
    rows = json.loads(_run("--format", "json").output)
    assert [row["key"] for row in rows] == ["what-is-a-loss", "what-is-a-risk", "in-a-list"]


def test_ids_keep_the_guids_of_packages_whose_lock_is_lost(project: Path) -> None:
    before = _build()
    (project / "admonki.lock").unlink()
    assert _run("--write").exit_code == 0
    assert [guid for guid, _ in _build()] == [guid for guid, _ in before]


def test_after_stamping_a_question_may_be_rewritten_at_once(project: Path) -> None:
    before = _build()
    _run("--write")
    page = project / "source/losses.md"
    changed = page.read_text().replace("What is a loss?", "Zzz").replace("A number", "Xyz")
    page.write_text(changed)
    assert [guid for guid, _ in _build()] == [guid for guid, _ in before]


def test_a_page_that_cannot_be_written_is_said(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    result = _run("--write")
    assert result.exit_code == 1
    assert "E613" in result.output
    assert (project / "source/losses.md").read_bytes() == _PAGE.replace("\n", "\r\n").encode()


def test_a_merge_conflict_is_settled_with_the_cards_of_both_sides(project: Path) -> None:
    lock = project / "admonki.lock"
    head, *_ = lock.read_text().partition("card\t")
    cards = [line for line in lock.read_text().splitlines() if line.startswith("card\t")]
    later = cards[0].split("\t")
    later[4], later[5] = str(NOW_S + 7), "ffffffffffffffff"
    both = ["<<<<<<< HEAD", cards[0], cards[1], "=======", "\t".join(later), cards[2], ">>>>>>> b"]
    lock.write_text(head + "\n".join(both) + "\n")
    assert _run().exit_code == 1
    result = _run("--merge")
    assert result.exit_code == 0, result.output
    merged, problems = read_lock(lock)
    assert problems == ()
    assert len(merged.entries) == 3
    assert sorted(mod for _, mod in _build()) == [NOW_S, NOW_S, NOW_S + 8]


def test_a_lock_with_a_card_twice_is_settled(project: Path) -> None:
    lock = project / "admonki.lock"
    text = lock.read_text()
    last = text.splitlines()[-2]
    lock.write_text(text.replace(last, f"{last}\n{last}"))
    assert "E606" in _run().output
    assert _run("--merge").exit_code == 0
    assert lock.read_text() == text


def test_a_lock_is_recovered_from_a_package(project: Path) -> None:
    before = _build()
    (project / "admonki.lock").unlink()
    result = _run("--recover", "build/all.apkg")
    assert result.exit_code == 0, result.output
    assert _build() == before


def test_a_lock_that_is_there_is_not_recovered(project: Path) -> None:
    before = (project / "admonki.lock").read_bytes()
    result = _run("--recover", "build")
    assert result.exit_code == 1
    assert "E615" in result.output
    assert (project / "admonki.lock").read_bytes() == before


def test_two_wishes_at_once_are_a_wrong_use(project: Path) -> None:
    assert _run("--write", "--merge").exit_code == 2


@pytest.mark.parametrize("now", [None, b"\xff"])
def test_a_page_that_changes_meanwhile_gets_no_id(
    project: Path, monkeypatch: pytest.MonkeyPatch, now: bytes | None
) -> None:
    page = project / "source/losses.md"

    def choose(*_: object) -> dict[int, str]:
        page.unlink() if now is None else page.write_bytes(now)
        return {0: "loss"}

    monkeypatch.setattr("generator.commands.ids.choose_ids", choose)
    result = CliRunner().invoke(ids, ["--write"])
    assert (result.exit_code, "error[E763]" in result.output) == (1, True)
    assert (page.read_bytes() if page.exists() else None) == now


def test_a_lock_that_is_not_there_cannot_be_read(project: Path) -> None:
    next(project.rglob("admonki.lock")).unlink()
    result = CliRunner().invoke(ids, ["--merge"])
    assert "error[E613]: cannot be read: No such file" in result.output
