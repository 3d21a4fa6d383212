"""Plain English: a short list of words that native writers would not use."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
import pytest

from generator.cli import main

_ROOT = Path(__file__).resolve().parents[1]
_PAGES = sorted((*_ROOT.glob("*.md"), *_ROOT.glob("docs/**/*.md")))
_ODD: Final = {  # pattern → what to write instead
    r"\banew\b": "again",
    r"\bshall\b": "should, must, or the imperative",
    r"\bmakes? no sense\b": "is unreadable, is invalid",
    r"\b(?<!there )(?:is|are) no (?!longer\b|more\b|less\b)[a-z]+": "is not a …",
    r"\bwho is who\b": "identity",
    r"\blast word\b": "wins",
    r"\bnothing but\b": "only",
    r"\bone (?!about|is|in|that|was|with)[a-z]+ a (?:card|file|line|page)\b(?! of)": "one per …",
}
_ODD_IN_PROGRAM: Final = {
    **_ODD,
    r"\b(?:stands?|stood)\b": "is, appears, comes",
    r"\bbehind\b": "after",
    r"\bsay (?:more|errors)\b": "print",
}


def _odd(text: str, words: dict[str, str]) -> list[str]:
    return [
        f"{found[0]!r}: write {instead!r}"
        for pattern, instead in words.items()
        for found in re.finditer(pattern, text, re.IGNORECASE)
    ]


def _notes(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the docstrings and comments of a module, with their lines."""
    text = file.read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.lineno, str(node.value.value)


def _printed(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield the texts of a module but for docstrings and single words."""
    skipped = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in skipped
            and " " in node.value.strip()
        ):
            yield node


def _helps(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    yield name, f"{command.help or ''} {command.short_help or ''}"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield f"{name} {parameter.opts[-1]}", parameter.help or ""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found is not None
            yield from _helps(found, f"{name} {child}")


def test_messages_and_hints() -> None:
    files = sorted((_ROOT / "generator").rglob("*.py"))
    assert [
        f"{file.relative_to(_ROOT)}:{node.lineno}: {odd}"
        for file in files
        for node in _printed(ast.parse(file.read_text(encoding="utf-8")))
        for odd in _odd(str(node.value), _ODD_IN_PROGRAM)
    ] == []


@pytest.mark.parametrize("folder", ["generator", "benchmarks"])
def test_docstrings_and_comments(folder: str) -> None:
    files = [file for file in sorted((_ROOT / folder).rglob("*.py")) if "data" not in file.parts]
    assert [
        f"{file.relative_to(_ROOT)}:{line}: {odd}"
        for file in files
        for line, text in _notes(file)
        for odd in _odd(text, _ODD_IN_PROGRAM)
    ] == []


def test_help_texts() -> None:
    found = dict(_helps(main, "admonki"))
    assert len(found) > 60
    assert [
        f"{at}: {odd}" for at, text in found.items() for odd in _odd(text, _ODD_IN_PROGRAM)
    ] == []


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.relative_to(_ROOT).as_posix())
def test_pages(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    assert [
        f"{page.relative_to(_ROOT)}:{number}: {odd}"
        for number, line in enumerate(lines, 1)
        for odd in _odd(line, _ODD)
    ] == []


def test_the_list_finds_what_it_is_for() -> None:
    odd = "It is no card, one card a line, and shall stand behind it."
    assert len(_odd(odd, _ODD_IN_PROGRAM)) == 5
    assert _odd("There is no file, and it is no longer needed.", _ODD_IN_PROGRAM) == []
