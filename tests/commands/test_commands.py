"""build, cards, list, stats, export, init, config."""

import csv
import json
import re
import tomllib
from pathlib import Path

import pytest

from generator.commands.config import as_toml
from generator.commands.progress import bar
from generator.config import Config
from generator.config.schema import setting_types
from tests.commands.conftest import Run


def test_build_writes_packages_and_says_so_in_one_line(run: Run, project: Path) -> None:
    result = run("build")
    assert result.exit_code == 0
    assert result.stdout.startswith("1 page, 1 card, 1 unanswered; 1 warning; 3 files written in ")
    assert (project / "build" / "all.apkg").is_file()


def test_build_quiet_says_nothing_when_all_is_well(run: Run, project: Path) -> None:
    result = run("build", "--quiet")
    assert (result.stdout, result.stderr) == ("", "")


def test_build_verbose_names_the_files(run: Run, project: Path) -> None:
    assert f"{project / 'build' / 'all.apkg'}\n" in run("build", "-v").stdout


def test_build_strict_fails_on_a_warning(run: Run, project: Path) -> None:
    assert run("build", "--strict").exit_code == 1


def test_a_broken_card_is_left_out_and_the_others_are_built(run: Run, project: Path) -> None:
    (project / "docs" / "bad.md").write_text(
        '# Bad\n\n??? question "What is $\\frac{a}{b$?"\n    A ratio.\n\n'
        '??? question "And what is a fraction?"\n    A ratio, too.\n'
    )
    result = run("build")
    assert result.exit_code == 1
    assert "docs/bad.md:3:" in result.stderr
    assert "2 cards, 1 unanswered, 1 card left out for an error; 1 error, " in result.stdout
    assert (project / "build" / "bad" / "bad.apkg").is_file()


def test_a_strict_build_with_an_error_writes_nothing(run: Run, project: Path) -> None:
    (project / "docs" / "bad.md").write_bytes(b"\xff\xfe\x00")
    result = run("build", "--strict")
    assert result.exit_code == 1
    assert "nothing written" in result.stderr
    assert not (project / "build" / "all.apkg").exists()


def test_an_error_on_a_page_without_cards_stops_nothing(run: Run, project: Path) -> None:
    (project / "docs" / "prose.md").write_text("# Prose\n\n```python\nnever closed\n")
    result = run("build")
    assert "docs/prose.md:3:1: error[E202]" in result.stderr
    assert (project / "build" / "all.apkg").is_file()
    assert result.exit_code == 0
    assert run("build", "--strict").exit_code == 1
    assert run("check").exit_code == 0


def test_a_build_prints_a_warning_once(run: Run, project: Path) -> None:
    page = project / "docs" / "heat.md"
    assert "W301" in run("build").stderr
    page.write_text(page.read_text() + "\nMore.\n")
    again = run("build")
    assert "W301" not in again.stderr
    assert "1 warning as in the last build (-v)" in again.stdout
    page.write_text(page.read_text() + "\nAnd more.\n")
    assert "W301" in run("build", "-v").stderr


def test_an_error_on_a_page_does_not_repeat_the_warnings(run: Run, project: Path) -> None:
    (project / "docs" / "bad.md").write_bytes(b"\xff\xfe\x00")
    assert "W301" in run("build").stderr
    again = run("build")
    assert "E102" in again.stderr
    assert "W301" not in again.stderr
    assert again.exit_code == 1


@pytest.mark.parametrize("command", ["build", "preview"])
def test_a_new_output_folder_is_kept_out_of_git(run: Run, project: Path, command: str) -> None:
    ignored = project / "build" / ".gitignore"
    run(command)
    assert ignored.read_text() == "*\n"
    ignored.unlink()  # its owner wants the packages in git
    run("build")
    assert not ignored.exists()
    (project / "own").mkdir()
    run("build", "-o", "own")
    assert not (project / "own" / ".gitignore").exists()


def test_of_one_kind_five_messages_are_printed(run: Run, project: Path) -> None:
    boxes = "".join(f'??? question "Why is {n} a number?"\n\n' for n in range(9))
    (project / "docs" / "many.md").write_text(f"# Many\n\n{boxes}")
    said = run("check")
    assert said.stderr.count("warning[W301]") == 5
    assert "and 5 more W301 like it (--all)" in said.stderr
    assert run("check", "--all").stderr.count("warning[W301]") == 10
    assert "1 card, 10 unanswered; 10 warnings" in said.stdout
    assert 'ignore = ["W301"]' in said.stdout


def test_errors_come_first_and_text_outside_of_cards_is_counted(run: Run, project: Path) -> None:
    (project / "docs" / "a.md").write_text("# A\n\n[gone](gone.md)\n")
    (project / "docs" / "z.md").write_text('# Z\n\n??? question "What is $\\frac{a$?"\n    A.\n')
    said = run("check").stderr
    assert said.index("error[E401]") < said.index("warning[W301]")
    assert "W510" not in said
    assert "1 message about text outside of cards (--all)" in said


def test_a_wrong_configuration_ends_every_command(run: Run, project: Path) -> None:
    (project / "admonki.toml").write_text("sorces = []\n")
    for name in ("build", "check", "cards", "list", "stats", "config"):
        result = run(name)
        assert result.exit_code == 1
        assert 'error[E803]: unknown key "sorces"' in result.stderr
        assert 'did you mean "sources"?' in result.stderr


def test_cards_prints_every_field(run: Run, project: Path) -> None:
    first, second = json.loads(run("cards").stdout)
    assert first["question_text"] == "What is heat?"
    assert first["deck"] == "Heat::Basics"
    assert second["unanswered"] is True


def test_cards_can_print_every_box_with_its_place(run: Run, project: Path) -> None:
    (project / "docs" / "heat.md").write_text(
        "# Heat\n\n## Basics\n\n### Deep\n\n## More\n\n!!! note\n    Outer *text*.\n\n"
        '    ??? tip "In $x$"\n        Inner.\n\n!!! warning ""\n    Bare.\n\n'
        '??? question "Gone?"\n    ![gone](gone.png)\n',
        encoding="utf-8",
    )
    result = run("cards", "--all")
    boxes = json.loads(result.stdout)
    assert [(box["type"], box["depth"], box["question_text"]) for box in boxes] == [
        ("note", 0, "Note"),
        ("tip", 1, "In x"),
        ("warning", 0, ""),
        ("question", 0, "Gone?"),
    ]
    assert {box["section"] for box in boxes} == {"Heat › More"}
    cards = json.loads(run("cards").stdout)
    assert {box["deck"] for box in boxes} == {cards[-1]["deck"]}
    assert boxes[1]["answer_html"] == "<p>Inner.</p>"
    assert (boxes[1]["path"], boxes[1]["line"]) == ("docs/heat.md", 12)
    assert "warning[W501]" in result.stderr
    (project / "docs" / "broken.md").write_bytes(b"\xff\xfe")
    (project / "docs" / "gone.md").symlink_to(project / "nowhere.md")
    broken = run("cards", "--all")
    assert len(json.loads(broken.stdout)) == 4
    assert "error[E102]" in broken.stderr
    assert "error[E101]" in broken.stderr
    assert broken.exit_code == 1


def test_list_clips_a_long_question_by_columns_of_a_terminal(run: Run, project: Path) -> None:
    page = '??? question "%s?"\n    A.\n'
    (project / "docs" / "heat.md").write_text(page % ("温" * 200), encoding="utf-8")
    line = run("list").stdout.splitlines()[-1]
    assert line.endswith("温…")
    assert len(line) < 100


def test_list_has_a_line_a_card_and_filters(run: Run, project: Path) -> None:
    assert run("list").stdout == (
        "Heat::Basics\n  docs/heat.md:8    What is heat?\n  docs/heat.md:12 ? What is entropy?\n"
    )
    assert run("list", "--unanswered").stdout.count("\n") == 2
    assert run("list", "--deck", "Cold").stdout == ""
    assert len(json.loads(run("list", "--format", "json", "--tag", "physics").stdout)) == 2


def test_stats_counts_decks_and_names_the_longest(run: Run, project: Path) -> None:
    stats = json.loads(run("stats", "--format", "json").stdout)
    assert stats["total"]["answered"] == 1
    assert stats["total"]["unanswered"] == 1
    assert stats["total"]["formulas"] == 1
    text = run("stats").stdout
    assert text.startswith("deck          answered  unanswered  words  formulas  images\n")
    assert "longest cards" in text


BANK = """\
# Bank

??? question "What is a prior?"

    A belief before data.

??? "Question Bank"

    <!-- admonki: bank -->

    1. First part
        - What is a prior?
        - What is a posterior?
        - What is a likelihood?
"""


def test_stats_says_how_far_a_bank_is_answered(run: Run, project: Path) -> None:
    (project / "docs" / "heat.md").write_text(BANK, encoding="utf-8")
    assert "answered 1 of 3  heat.md" in run("stats").stdout


def test_export_csv_has_the_headers_that_anki_reads(run: Run, project: Path) -> None:
    head, _, rest = run("export", "--format", "csv").stdout.partition("#tags column:4\n")
    assert head.startswith("#separator:Comma\n#html:true\n#columns:GUID,Notetype,Deck,Tags,Text,")
    rows = list(csv.reader(rest.splitlines()))
    assert [row[1].split(" · ")[0] for row in rows] == ["Admonki"] * 2
    assert [row[2] for row in rows] == ["Heat::Basics"] * 2


def test_export_json_holds_the_fields(run: Run, project: Path) -> None:
    run("export", "--format", "json", "-o", "cards.json")
    first = json.loads((project / "cards.json").read_text(encoding="utf-8"))[0]
    assert first["fields"]["Text"] == "What is heat?"


def test_export_crowdanki_makes_a_deck_with_its_note_types(run: Run, project: Path) -> None:
    assert run("export", "--format", "crowdanki").exit_code == 2
    assert run("export", "--format", "crowdanki", "-o", "crowd").exit_code == 0
    deck = json.loads((project / "crowd" / "deck.json").read_text(encoding="utf-8"))
    assert deck["name"] == "Heat"
    (child,) = deck["children"]
    models = {model["crowdanki_uuid"] for model in deck["note_models"]}
    (preset,) = deck["deck_configurations"]
    assert preset["name"] == deck["name"]  # a second "Default" would look like Anki's own
    assert {note["note_model_uuid"] for note in child["notes"]} <= models
    assert len(child["notes"]) == 2


def test_export_to_where_nothing_can_be_written_is_an_error(run: Run, project: Path) -> None:
    result = run("export", "--format", "csv", "-o", "gone/x.csv")
    assert result.exit_code == 1
    assert "error[E712]" in result.stderr


def test_init_writes_a_configuration_that_is_in_force_at_once(run: Run, project: Path) -> None:
    assert run("init").exit_code == 0
    result = run("config")
    assert result.exit_code == 0
    assert 'sources = ["docs"]  # admonki.toml:5:1' in result.stdout


@pytest.mark.parametrize("name", ["📚", "a\x7fb", 'a"b', "ä"])
def test_init_writes_names_as_toml_does(run: Run, project: Path, name: str) -> None:
    (project / "docs").rename(project / name)
    (project / "admonki.toml").write_text(f"sources = [{as_toml(name)}]\n", encoding="utf-8")
    assert run("init", "--force").exit_code == 0
    assert run("check").exit_code == 0
    found = tomllib.loads((project / "admonki.toml").read_text("utf-8"))
    assert found == {"sources": [name]}


def test_init_writes_half_a_character_of_a_site_as_a_question_mark(run: Run, project: Path) -> None:
    (project / "mkdocs.yml").write_text('site_name: "x\\ud800"\n', encoding="utf-8")
    assert run("init").exit_code == 0
    assert '# deck_root = "x?"' in (project / "admonki.toml").read_text("utf-8")


def test_reviews_come_from_one_place(run: Run, project: Path) -> None:
    assert run("stats", "--reviews", ".", "--running").exit_code == 2


def test_the_cache_commands_read_the_given_configuration(run: Run, project: Path) -> None:
    for name in ("show", "clear"):
        assert "error[E801]" in run("cache", name, "--config", "none.toml").stderr


def test_init_never_replaces_what_is_there_unasked(run: Run, project: Path) -> None:
    (project / "admonki.toml").write_text("# mine\n")
    assert run("init").exit_code == 1
    assert (project / "admonki.toml").read_text() == "# mine\n"
    assert run("init", "--force").exit_code == 0


def test_init_shows_every_setting_and_the_defaults_as_they_are(run: Run, project: Path) -> None:
    (project / "admonki.toml").unlink(missing_ok=True)
    run("init")
    text = (project / "admonki.toml").read_text(encoding="utf-8")
    shown = tomllib.loads(re.sub(r"^# (?=\w+ = |\[|')", "", text, flags=re.MULTILINE))
    assert set(shown) == set(setting_types())
    examples = {"sources", "docs_dir", "lock", "deck_root", "answer_titles", "question_titles"}
    examples |= {"inner_cards", "math_display", "css", "site_url", "ignore", "macros"}
    defaults = Config()
    for name in set(shown) - examples:
        value = getattr(defaults, name)
        if isinstance(value, frozenset):
            assert set(shown[name]) == value, name
        else:
            assert shown[name] == (value.as_posix() if isinstance(value, Path) else value), name


def test_every_line_of_the_written_configuration_is_right_when_uncommented(
    run: Run, project: Path
) -> None:
    run("init")
    text = (project / "admonki.toml").read_text(encoding="utf-8")
    lines = [
        line.removeprefix("# ")
        for line in text.splitlines()
        if " = " in line.partition("  ")[0] or line.startswith("# [")
    ]
    lines = [line for line in lines if not line.startswith("TeX macros")]
    (project / "admonki.toml").write_text("\n".join(lines), encoding="utf-8")
    assert len(lines) >= 12
    assert run("config").stderr == ""


def test_config_never_shows_what_came_from_the_environment(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE", "https://user:hunter2@x.example")
    (project / "mkdocs.yml").write_text("site_name: x\nsite_url: !ENV SITE\n")
    result = run("config")
    assert "hunter2" not in result.output
    assert "site_url = # (from the environment, not shown)  # mkdocs.yml:2:1" in result.output


def test_the_bar_walks_from_side_to_side() -> None:
    bars = [bar(step) for step in range(60)]
    assert len({len(shown) for shown in bars}) == 1
    assert bars[0].startswith("▰▰▰▰▱")
    assert bars[20].endswith("▱▰▰▰▰")


def test_the_cache_can_be_shown_left_out_and_cleared(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project / "kept"
    monkeypatch.setenv("ADMONKI_CACHE_DIR", str(folder))
    run("check", "--no-cache")
    assert not folder.exists()
    run("check")
    assert run("cache", "show").stdout.startswith(f"{folder}: 2 files, ")
    assert run("cache", "clear").stdout == "removed 2 files\n"
    assert run("cache", "show").stdout.startswith(f"{folder}: 0 files, ")


def test_without_a_home_nothing_is_kept_and_that_is_said(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ADMONKI_CACHE_DIR", "XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    assert "nothing is cached: there is no home folder" in run("cache", "show").stdout
    assert run("cache", "clear").stdout == "removed 0 files\n"


def test_a_command_cannot_write_where_a_folder_is_in_the_way_or_missing(
    run: Run, project: Path
) -> None:
    (project / "admonki.toml").mkdir()
    assert "admonki.toml cannot be written" in run("init", "--force").stderr
    (project / "admonki.toml").rmdir()
    failed = run("export", "--format", "csv", "-o", "none/x.csv")
    assert failed.exit_code == 1
    assert "error[E712]" in failed.stderr
    (project / "x.csv").mkdir()
    assert "error[E712]" in run("export", "--format", "csv", "-o", "x.csv").stderr
    assert list(project.glob(".admonki-*")) == []


def test_a_style_sheet_that_is_no_text_is_said(run: Run, project: Path) -> None:
    (project / "admonki.toml").write_text('css = ["own.css", "gone.css"]\n')
    (project / "own.css").write_bytes(b"\xff\xfe")
    for arguments in (("build",), ("stats",), ("preview",)):
        result = run(*arguments)
        assert result.exit_code == 1
        assert "error[E722]" in result.stderr


def test_the_number_of_jobs_changes_no_byte(run: Run, project: Path) -> None:
    for jobs in ("1", "2"):
        assert run("build", "--no-cache", "-j", jobs, "-o", f"out{jobs}").exit_code == 0
    one, two = ((project / f"out{jobs}" / "all.apkg").read_bytes() for jobs in "12")
    assert one == two


def test_the_shell_completes_commands_and_options(run: Run) -> None:
    from click.shell_completion import BashComplete

    from generator.cli import main

    complete = BashComplete(main, {}, "admonki", "_ADMONKI_COMPLETE")
    assert [item.value for item in complete.get_completions([], "ch")] == ["check"]
    assert "--strict" in [item.value for item in complete.get_completions(["check"], "--s")]


@pytest.mark.slow
def test_anki_itself_imports_the_csv(run: Run, project: Path) -> None:
    collection_of = pytest.importorskip("anki.collection", reason="the anki library is missing")
    from anki.import_export_pb2 import CsvMetadata, ImportCsvRequest

    run("build", "--unanswered")
    run("export", "--format", "csv", "-o", "cards.csv")
    collection = collection_of.Collection(str(project / "c.anki2"))
    try:
        package = collection_of.ImportAnkiPackageRequest(
            package_path=str(project / "build" / "all.apkg")
        )
        collection.import_anki_package(package)  # the note types come with a package
        before = collection.note_count()
        path = str(project / "cards.csv")
        metadata = collection.get_csv_metadata(path=path, delimiter=CsvMetadata.Delimiter.COMMA)
        log = collection.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log
        assert collection.note_count() == before
        assert len(log.updated) + len(log.duplicate) == 2
    finally:
        collection.close()
