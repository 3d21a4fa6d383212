"""`admonki diff`: packages, revisions, and the search for what was removed."""

import json
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.commands import diff as module
from generator.commands.diff import command as diff
from generator.config import load
from generator.html_text import plain_text
from generator.identity.difference import removal_search, word_diff
from generator.pipeline.build import build

_FIRST = """# Losses

## Basics

??? question "What is a loss?"
    A number that says how wrong $f(x)$ is.

??? question "What is a risk?"
    An expected loss, estimated by its mean over a sample.

??? question "What is a regret?"
    What one could have had.

## Others

??? question "What stays as it is?"
    This.
"""
_SECOND = """# Losses

## Basics

??? question "What is a loss?"
    A number that says how bad $f(y)$ is.

??? question "What is the risk?"
    An expected loss, estimated by its mean over a sample.

??? question "What is an entropy?"
    Mean surprise.

## Elsewhere

??? question "What stays as it is?"
    This.
"""


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Two states of a deck, as packages; the second is in the folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "admonki.toml").write_text('sources = ["source"]\n')
    (tmp_path / "source").mkdir()
    return _build(tmp_path, _FIRST, 1), _build(tmp_path, _SECOND, 2)


def load_and_build(folder: Path, number: int = 9) -> None:
    config, _ = load({}, cwd=folder, environ={})
    assert not build(config, cwd=folder, now_s=1_764_000_000 + number).has_errors


def _build(folder: Path, text: str, number: int) -> Path:
    (folder / "source/losses.md").write_text(text)
    load_and_build(folder, number)
    target = folder / f"{number}.apkg"
    target.write_bytes((folder / "build/all.apkg").read_bytes())
    return target


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(diff, [str(argument) for argument in arguments])


def test_each_kind_of_change_is_named(packages: tuple[Path, Path]) -> None:
    result = _run(*packages)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0] == "1 new, 1 changed, 1 renamed, 1 moved, 1 removed."
    assert "  What is an entropy?" in lines[3]
    assert "    A number that says how [-wrong-]{+bad+} $f([-x-]{+y+})$ is." in lines
    assert "  What is [-a-]{+the+} risk?" in lines
    assert "  What stays as it is?: Losses::Others → Losses::Elsewhere" in lines
    assert re.match(r'\(mid:\d+ OR mid:\d+\) \("ID:', lines[-1])


def test_no_change_is_said(packages: tuple[Path, Path]) -> None:
    assert _run(packages[0], packages[0]).output == "No card changed.\n"
    assert _run(packages[0], packages[0], "--exit-code").exit_code == 0
    assert _run(*packages, "--exit-code").exit_code == 1


def test_markdown_makes_release_notes(packages: tuple[Path, Path]) -> None:
    output = _run(*packages, "--format", "markdown").output
    assert "### New\n\n- What is an entropy?\n" in output
    assert "- What is the risk? (was: What is a risk?)" in output
    assert "how ~~wrong~~**bad** \\$f(~~x~~**y**)\\$ is." in output
    assert "```text\n(mid:" in output


def test_json_is_for_programs(packages: tuple[Path, Path]) -> None:
    value = json.loads(_run(*packages, "--format", "json").output)
    assert [card["question"] for card in value["removed"]] == ["What is a regret?"]
    assert value["search"].endswith(f' ("ID:{value["removed"][0]["key"]}")')
    assert ["-", "wrong"] in value["changed"][0]["answer_diff"]


def test_a_revision_is_compared_with_the_pages_as_they_are(packages: tuple[Path, Path]) -> None:
    folder = packages[0].parent
    _git(folder, "init", "-q")
    _git(folder, "add", "admonki.lock", "source")
    _git(folder, "-c", "user.name=n", "-c", "user.email=e", "commit", "-qm", "second")
    assert _run("--git", "HEAD").output == "No card changed.\n"
    (folder / "source/losses.md").write_text(_SECOND.replace("This.", "That."))
    output = _run("--git", "HEAD").output
    assert output.splitlines()[0] == "1 changed."


@pytest.mark.parametrize("revision", ["no-such", "--output=x", "HEAD"])
def test_a_revision_without_a_lock_is_said(packages: tuple[Path, Path], revision: str) -> None:
    result = _run(f"--git={revision}")
    assert result.exit_code == 1
    assert "E614" in result.output


def test_a_file_that_is_no_package_is_said(packages: tuple[Path, Path]) -> None:
    result = _run(packages[0], packages[0].parent / "admonki.toml")
    assert result.exit_code == 1
    assert "E707" in result.output


def test_one_package_alone_is_a_wrong_use(packages: tuple[Path, Path]) -> None:
    assert _run(packages[0]).exit_code == 2
    assert _run(*packages, "--git", "HEAD").exit_code == 2


def test_without_arguments_the_last_build_is_compared_with_the_pages(
    packages: tuple[Path, Path],
) -> None:
    page = packages[0].parent / "source/losses.md"
    assert _run().output == "No card changed.\n"
    page.write_text(f'{_SECOND.replace("This.", "That.")}\n??? question "Open?"\n')
    assert _run().stdout.splitlines()[0] == "1 new, 1 changed."
    load_and_build(packages[0].parent)
    assert _run("--exit-code").exit_code == 0
    page.write_text('# Losses\n\n??? question "Open?"\n')
    assert "4 removed" in _run().stdout.splitlines()[0]


def test_a_card_with_an_error_is_not_called_removed(packages: tuple[Path, Path]) -> None:
    """Else its author would search for it in Anki, and delete it with its reviews."""
    page = packages[0].parent / "source/losses.md"
    page.write_text(_SECOND.replace("Mean surprise.", "$\\frac{a$"))
    result = _run()
    assert "E4" in result.stderr
    assert result.stdout == "No card changed.\n"


def test_without_a_build_there_is_nothing_to_compare_with(packages: tuple[Path, Path]) -> None:
    shutil.rmtree(packages[0].parent / "build")
    result = _run()
    assert result.exit_code == 1
    assert "E708" in result.output


def test_a_hostile_field_is_read_in_time_that_grows_with_its_length() -> None:
    for text in ("<", "<a ", '<a "', "&amp", '<math alttext="x">'):
        started = time.process_time()
        plain_text(text * (1_000_000 // len(text)))
        assert time.process_time() - started < 2


def test_what_acts_in_a_search_is_escaped() -> None:
    assert removal_search(["a_b", "c*d"]) == r'"ID:a\_b" OR "ID:c\*d"'
    assert removal_search(["a"], [2, 1]) == '(mid:1 OR mid:2) ("ID:a")'


def test_unchanged_words_are_cut_short() -> None:
    old = " ".join(map(str, range(100)))
    pieces = word_diff(old, old.replace("50", "x"))
    assert pieces == (
        ("=", "… 44 45 46 47 48 49 "),
        ("-", "50"),
        ("+", "x"),
        ("=", " 51 52 53 54 55 56 …"),
    )


def test_between_two_changes_unchanged_words_are_cut_short_in_the_middle() -> None:
    old = " ".join(map(str, range(60)))
    new = old.replace("5 6 ", "5 x 6 ").replace("50 51", "50 y 51")
    shown = "".join(text for sign, text in word_diff(old, new) if sign != "-")
    assert " … " in shown
    assert "x 6 7 " in shown
    assert "49 50 y" in shown
    assert "30" not in shown


def test_a_very_long_text_is_shown_by_its_beginning() -> None:
    old, new = "word " * 30_000, "other " * 30_000
    (removed, gone), (added, come) = word_diff(old, new)
    assert (removed, added) == ("-", "+")
    assert len(gone) == len(come) == 200
    assert gone.endswith("…")


def test_texts_with_nothing_in_common_are_compared_in_no_time() -> None:
    """`difflib` took a minute for a package of 7 MB."""
    old, new = (" ".join(f"{sign}{n}" for n in range(990)) for sign in "ab")
    started = time.process_time()
    for _ in range(20):
        assert word_diff(old, new) == (("-", old), ("+", new))
    assert time.process_time() - started < 2


def test_words_are_read_up_to_a_limit(
    packages: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def reading(html: str) -> str:
        read.append(html)
        return plain_text(html)

    monkeypatch.setattr(module, "plain_text", reading)
    monkeypatch.setattr(module, "_MOST_READ", 150)
    result = _run(*packages)
    assert "listed by ID only" in result.stderr
    assert sum(map(len, read)) < 150 + 20 * len("some-id-of-a-card")
    assert result.stdout.splitlines()[0] == "1 new, 3 changed, 1 moved, 1 removed."


def test_formulas_are_compared_by_their_tex() -> None:
    html = '<p>a <math alttext="x^2"><msup><mi>x</mi></msup></math></p><ul><li>b</li></ul>'
    assert plain_text(html) == "a $x^2$ b"


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)
