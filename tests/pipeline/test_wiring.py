"""What single stages find is found in a whole build, too.

E808, E609 and others that no page can cause are here as well.
"""

from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from generator.cli import main
from generator.config import Config
from generator.config.settings import MathMode
from generator.errors import AdmonkiError
from generator.identity.lock_file import hold_project
from generator.pipeline.build import build
from generator.pipeline.identify import dry_run

NOW_S = 1_790_000_000
_PAGE = '# P\n\n??? question "Q?"\n    A is $x$.\n\n    $$y$$\n'


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "p.md").write_text(_PAGE, encoding="utf-8")
    return Config(root=tmp_path, sources=(tmp_path / "docs",), output=tmp_path / "build", jobs=1)


def run(config: Config, *, now_s: int = NOW_S) -> list[str]:
    report = build(config, cwd=config.root, now_s=now_s)
    return [item.code for item in report.diagnostics]


def edit(config: Config, old: str, new: str) -> None:
    page = config.root / "docs" / "p.md"
    page.write_text(page.read_text("utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(("behind_s", "code"), [(5, "W621"), (90_000, "E611")])
def test_a_clock_behind_the_lock_is_noticed(config: Config, behind_s: int, code: str) -> None:
    assert run(config) == []
    edit(config, "A is", "B is")
    assert code in run(config, now_s=NOW_S - behind_s)


def test_another_look_of_the_same_card_is_noticed(config: Config) -> None:
    assert run(config) == []
    assert run(replace(config, math=MathMode.MATHJAX)) == ["L632"]


def test_a_card_that_is_no_longer_asked_in_reverse_is_noticed(config: Config) -> None:
    edit(config, "question ", "question reversed ")
    assert run(config) == []
    edit(config, "question reversed ", "question ")
    assert "W628" in run(config)


def test_raw_html_of_a_page_is_sanitized(config: Config) -> None:
    edit(config, "A is", '<b onclick="x()">A</b><script>x()</script><img src=x onerror=x()> is')
    (note,) = dry_run(config, cwd=config.root, now_s=NOW_S).notes
    answer = "".join(note.fields)
    assert "<b>A</b>" in answer
    assert not any(word in answer for word in ("onclick", "onerror", "<script"))


def test_two_colons_in_a_heading_open_no_deck(config: Config) -> None:
    edit(config, "# P\n", "# P::Q\n\n## A::B\n")
    (note,) = dry_run(config, cwd=config.root, now_s=NOW_S).notes
    assert note.note.deck == "P: Q::A: B"


def test_a_second_build_waits_and_gives_up(config: Config) -> None:
    place = config.root / "admonki.lock"
    with (
        hold_project(place),
        pytest.raises(AdmonkiError, match="E609"),
        hold_project(place, timeout_s=0.1),
    ):
        pytest.fail("two hold the project")


def test_a_disk_that_keeps_other_bytes_is_noticed(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_bytes = Path.write_bytes

    def damage(path: Path, data: bytes) -> int:
        return write_bytes(path, data[:50] + b"!" + data[51:])

    monkeypatch.setattr(Path, "write_bytes", damage)
    assert run(config) == ["E706", "E706"]
    assert list((config.root / "build").rglob("*.*")) == []


def test_displayed_formulas_may_be_set_otherwise_than_others(config: Config) -> None:
    config = replace(config, math_display=MathMode.MATHJAX)
    (note,) = dry_run(config, cwd=config.root, now_s=NOW_S).notes
    assert note.note.answer.html.count("<math") == 1
    assert "\\[y\\]" in note.note.answer.html


def test_init_replaces_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["init"]).exit_code == 0
    again = CliRunner().invoke(main, ["init"])
    assert (again.exit_code, "already exists" in again.output) == (1, True)
    assert CliRunner().invoke(main, ["init", "--force"]).exit_code == 0


def test_a_page_silences_codes_in_its_front_matter(config: Config) -> None:
    unanswered = '\n??? question "Why?"\n'
    edit(config, "# P\n", f"# P\n{unanswered}")
    assert run(config) == ["W301"]
    edit(config, "# P\n", "---\nadmonki:\n  ignore: [W301]\n---\n\n# P\n")
    assert run(config) == []
