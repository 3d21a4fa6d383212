"""Every message word for word."""

import re
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.messages import (
    CONFIGS,
    DATA,
    GOLDEN,
    PAGES,
    config_messages,
    page_messages,
)

pytestmark = pytest.mark.slow


def golden() -> dict[str, str]:
    sections = re.split(r"^== ", GOLDEN.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    parted = (section.partition("\n") for section in sections)
    return {name: text.strip() for name, _, text in parted}


@pytest.mark.parametrize("file", [*PAGES, *CONFIGS], ids=lambda file: str(file.name))
def test_the_messages_of_a_file_are_word_for_word_as_recorded(file: Path, tmp_path: Path) -> None:
    make = page_messages if file.suffix == ".md" else config_messages
    said = make(file, tmp_path.resolve())
    assert f"[{file.name[:4]}]" in said
    assert said.strip() == golden()[file.name], "run: python -m tests.commands.messages"


def test_no_recorded_message_is_of_a_file_that_is_gone() -> None:
    assert set(golden()) == {file.name for file in (*PAGES, *CONFIGS)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_every_page_has_its_short_list_of_messages(page: Path) -> None:
    """`.txt` beside a page: what its own stage says, `line:column code message`."""
    text = page.with_suffix(".txt").read_text(encoding="utf-8")
    assert f" {page.name[:4]} " in text
    recorded = golden()[page.name]
    for line in text.splitlines():
        place, code, message = line.split(" ", 2)
        assert f"{page.name}:{place}: " in recorded
        assert f"[{code}]: {message}\n" in recorded + "\n"


def test_there_are_pages_for_every_stage_that_reads_pages() -> None:
    assert {page.name[1] for page in PAGES} >= {"1", "2", "3", "5", "6"}
    assert DATA.is_dir()


def test_what_only_the_configuration_silences_is_not_offered_a_comment(
    run: Run, project: Path
) -> None:
    page = project / "docs" / "heat.md"
    page.write_text('# Heat\n\n??? question "Why?"\n    ![](../secret.png) So.\n')
    said = run("check").stdout
    assert 'ignore = ["W502"]' in said
    assert "admonki: ignore W502" not in said
