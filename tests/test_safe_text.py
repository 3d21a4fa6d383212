"""What others wrote breaks out of no output: terminal, GitHub's runner, Markdown, JSON, SARIF."""

import ast
import json
import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import generator.commands
from generator.errors import Diagnostic, Location
from generator.report import to_github, to_json, to_sarif, to_text
from generator.safe_text import (
    as_json,
    as_markdown_block,
    for_github,
    for_github_property,
    for_markdown,
    for_terminal,
)

_HOSTILE = (
    *("\x1b[31m", "\x1b]0;title\x07", "\x9b31m", "a\rb", "a\nb", "a\u2028b", "a\u202eb\u2066c"),
    *("::error ::x", "a\n::error file=a::x", "##[error]x", "\x7f", "\ud800", "\u200f", "\x00"),
    *("::add-mask::x", " ::stop-commands::x", "%0A::error ::x", "a\u0085b", "a\u061cb"),
)
_ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_COMMAND = re.compile(r"^\s*::|##\[", re.MULTILINE)
_TEXTS = st.text(alphabet="".join(_HOSTILE) + "`*_[]<>#|~$&@!-+1.:/www ab", max_size=30)


@pytest.mark.parametrize("text", _HOSTILE)
def test_a_terminal_is_shown_characters(text: str) -> None:
    shown = for_terminal(text)
    assert not _ACTING.search(shown)
    assert "\n" not in shown
    assert not _COMMAND.search(shown)
    shown.encode()


def test_harmless_text_is_as_it_was() -> None:
    for text in ("Deck::Sub 解答 a:b", "נ קלב", "👩\u200d🔬", "naïve", "x ## y", "std::vector"):
        assert for_terminal(text) == text


@pytest.mark.parametrize("text", _HOSTILE)
def test_github_gets_one_command_of_ours(text: str) -> None:
    item = Diagnostic(Location(text, 1, 1), "W501", text, text)
    lines = to_github([item]).split("\n")
    assert lines[1:] == [""]
    assert lines[0].startswith("::warning file=")
    assert not _ACTING.search(lines[0])
    name = lines[0].removeprefix("::warning file=").split(",line=1,")[0]
    assert ":" not in name
    assert "," not in name


def test_the_escapes_of_github_are_those_of_its_toolkit() -> None:
    assert for_github("50% of\na") == "50%25 of%0Aa"
    assert for_github_property("a:b,c%") == "a%3Ab%2Cc%25"


@pytest.mark.parametrize("text", _HOSTILE)
def test_reports_act_nowhere(text: str) -> None:
    item = Diagnostic(Location(text, 1, 1), "W501", text, text)
    shown = to_text([item], lines={text: [text]})
    assert not _ACTING.search(shown)
    assert not _COMMAND.search(shown)
    for machine in (to_json([item]), to_sarif([item], version="1")):
        assert not _ACTING.search(machine)
        assert not _COMMAND.search(machine)
        machine.encode()
    assert json.loads(to_json([item]))["diagnostics"][0]["message"] == text


@given(_TEXTS)
def test_json_is_the_same_value(text: str) -> None:
    written = as_json({text: [text]})
    assert json.loads(written) == {text: [text]}
    assert not _ACTING.search(written)


@given(_TEXTS)
def test_markdown_shows_the_text_and_makes_nothing_of_it(text: str) -> None:
    md = MarkdownIt("gfm-like", {"linkify": False, "html": True}).enable(["strikethrough", "table"])
    tokens = md.parse(f"- a {for_markdown(text)}\n")
    kinds = {token.type for token in tokens}
    assert kinds == {"bullet_list_open", "list_item_open", "paragraph_open", "inline",
                     "paragraph_close", "list_item_close", "bullet_list_close"}  # fmt: skip
    children = tokens[3].children or []
    assert {child.type for child in children} <= {"text"}
    shown = "".join(child.content for child in children)
    assert shown.replace("\u200b", "").split() == f"a {for_terminal(text)}".split()


def test_json_is_indented_by_two() -> None:
    assert as_json([1]) == "[\n  1\n]"


@pytest.mark.parametrize("text", ["@user", "#12", "https://e.org", "www.e.org", "user@e.org"])
def test_markdown_mentions_and_links_nobody(text: str) -> None:
    assert text not in for_markdown(text)


@given(_TEXTS)
def test_a_block_of_markdown_ends_where_we_end_it(text: str) -> None:
    tokens = MarkdownIt().parse(as_markdown_block(text) + "\n\nafter\n")
    assert [token.type for token in tokens] == [
        "fence", "paragraph_open", "inline", "paragraph_close",
    ]  # fmt: skip


def test_every_command_prints_through_one_module() -> None:
    folder = Path(generator.commands.__file__).parent
    for path in folder.rglob("*.py"):
        if path.name == "output.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                assert name not in ("print", "click.echo", "click.secho", "echo"), path
                assert not name.endswith("stdout.write"), path


def test_markdown_reads_as_the_text_did() -> None:
    """GitHub decodes references: what is not a link any more is still the same words."""
    for text in ("www.e.org", "WWW.e.org", "a & <b>"):
        assert unescape(for_markdown(text).replace("\\", "")) == text
