"""Other programs that make packages from text, fed with the same cards in their own syntax.

Each gets the questions and answers of the first benchmark pages: the answer's Markdown without
admonition markers, which none of them knows. Not one keeps what `admonki` keeps; what each leaves
out is listed in `RIVALS`, and next to its figure.
"""

import itertools
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from benchmarks.measure import Run, repeat, run
from benchmarks.pages import pages

_CARD = re.compile(r'^\?\?\? question "(.*)"\n((?:    .*\n|\n)+)', re.MULTILINE)
_BOX = re.compile(r'^\?\?\? tip "(.*)"\n', re.MULTILINE)
_LONGEST_INSTALL_S = 300
_FLOOR = """
import genanki, json
def fields_of(card):
    return card
"""
_CHAIN = r"""
import functools, genanki, html, json, re
from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
formatter, lexer = HtmlFormatter(), functools.cache(get_lexer_by_name)
math = functools.cache(convert)
def code(text, language, attributes):
    return highlight(text, lexer(language), formatter) if language else ""
render = MarkdownIt("commonmark", {"highlight": code}).enable("table").render
formula = re.compile(r"[$]{2}(.+?)[$]{2}|[$](.+?)[$]", re.S)
def mathml(match):
    tex, display = html.unescape(match[1] or match[2]), "block" if match[1] else "inline"
    return math(tex, display=display)
def fields_of(card):
    asked, answer = card
    source = formula.sub(lambda match: match[0].replace("\\", "\\\\"), answer)
    return [html.escape(asked), formula.sub(mathml, render(source))]
"""
_PACK = """
fields = [{"name": "Front"}, {"name": "Back"}]
template = {"name": "Card", "qfmt": "{{Front}}", "afmt": "{{Back}}"}
model = genanki.Model(1, "m", fields=fields, templates=[template])
deck = genanki.Deck(2, "d")
for card in json.load(open("cards.json")):
    deck.add_note(genanki.Note(model, fields_of(card)))
genanki.Package(deck).write_to_file("all.apkg")
"""


@dataclass(frozen=True, slots=True)
class Rival:
    """A program to compare with.

    Attributes:
        name: Of its distribution.
        prepare: Writes cards into a folder in its syntax.
        command: Its program in the scratch environment, and arguments.
        does: What it does with a card.
        does_not: What it leaves out.
        also: Requirements that its own metadata forget.
    """

    name: str
    prepare: Callable[[Path, Sequence[tuple[str, str]]], None]
    command: tuple[str, ...]
    does: str
    does_not: str
    also: tuple[str, ...] = ()


def cards(count: int) -> Iterator[tuple[str, str]]:
    """Take question and answer of each card of the benchmark pages."""
    for page in pages(count):
        for match in _CARD.finditer(page.text):
            answer = dedent(match[2]).strip()
            head, *rest = _BOX.split(answer)
            inner = (f"**{title}**\n\n{dedent(body)}" for title, body in _pairs(rest))
            yield match[1], head + "\n".join(inner)


def _pairs(parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip(parts[::2], parts[1::2], strict=True)


def _ankdown(folder: Path, found: Sequence[tuple[str, str]]) -> None:
    text = "\n\n---\n\n".join(f"{asked}\n\n%\n\n{answer}" for asked, answer in found)
    (folder / "deck.md").write_text(text, encoding="utf-8")


def _ankcompiler(folder: Path, found: Sequence[tuple[str, str]]) -> None:
    blocks = (
        f"---\n\n{asked} ::: {answer}\n\n---\n[^uid]: {number:010}\n\n"
        for number, (asked, answer) in enumerate(found)
    )
    (folder / "deck.md").write_text(f"---\ndeck: Deck\n---\n\n{''.join(blocks)}", encoding="utf-8")


def _mdankideck(folder: Path, found: Sequence[tuple[str, str]]) -> None:
    (folder / "in").mkdir()
    (folder / "out").mkdir()
    text = "# Deck\n\n" + "\n\n".join(f"## {asked}\n\n{answer}" for asked, answer in found)
    (folder / "in" / "deck.md").write_text(text, encoding="utf-8")


def _yaml_tool(folder: Path, found: Sequence[tuple[str, str]]) -> None:
    deck = {
        "config": {
            "name": "Basic",
            "deck-name": "Deck",
            "css": "",
            "fields": ["Front", "Back"],
            "templates": [{"name": "Card", "qfmt": "{{Front}}", "afmt": "{{Back}}"}],
        },
        "data": [{"front": asked, "back": answer} for asked, answer in found],
    }
    (folder / "deck.yaml").write_text(json.dumps(deck), encoding="utf-8")  # JSON is YAML


def _floor(folder: Path, found: Sequence[tuple[str, str]]) -> None:
    ready = [(f"<p>{asked}</p>", f"<div>{answer}</div>") for asked, answer in found]
    _script(folder, _FLOOR, ready)


def _chain(folder: Path, found: Sequence[tuple[str, str]]) -> None:
    _script(folder, _CHAIN, found)


def _script(folder: Path, text: str, found: Sequence[tuple[str, str]]) -> None:
    (folder / "cards.json").write_text(json.dumps(found), encoding="utf-8")
    (folder / "script.py").write_text(text + _PACK, encoding="utf-8")


_LEFT_OUT = "formulas left to MathJax; no updates in place, no checks, one package"
RIVALS = (
    Rival("genanki", _floor, ("python", "script.py"), "packs HTML that is there (the floor)",
          "reads no Markdown at all; one timestamp for all notes"),
    Rival("markdown-it-py", _chain, ("python", "script.py"),
          "our libraries in a row (latex2mathml, Pygments, genanki): HTML, MathML, highlighting",
          "no dialect, no checks, no places, no lock, one package",
          ("latex2mathml", "Pygments", "genanki")),
    Rival("ankdown", _ankdown, ("ankdown", "-r", ".", "-p", "all.apkg"),
          "Markdown by a C library", _LEFT_OUT + "; no highlighting"),
    Rival("ankcompiler", _ankcompiler, ("ankc", "build", "--all"), "Markdown by markdown-it-py",
          _LEFT_OUT),
    Rival("markdown-anki-decks", _mdankideck, ("mdankideck", "in", "out"),
          "Markdown by Python-Markdown, highlighting", _LEFT_OUT, ("click<8.2",)),
    Rival("anki-yaml-tool", _yaml_tool, ("anki-yaml-tool", "build", "--file", "deck.yaml",
          "--output", "all.apkg"), "YAML fields as they are", "no Markdown, no checks"),
)  # fmt: skip


def install(rival: Rival, scratch: Path) -> str:
    """Install a rival into an environment of its own; return why not, or ""."""
    place = scratch / rival.name
    python = place / "bin" / "python"
    try:
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True, capture_output=True)
        command = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run(
            [*command, rival.name, *rival.also],
            check=True,
            capture_output=True,
            text=True,
            timeout=_LONGEST_INSTALL_S,
        )
    except subprocess.TimeoutExpired:
        return f"not installed within {_LONGEST_INSTALL_S} s"
    except subprocess.CalledProcessError as problem:
        return "not installed: " + " ".join(str(problem.stderr).split())[-200:]
    return ""


def measure(rival: Rival, scratch: Path, *, count: int, times: int) -> tuple[Run, ...]:
    """Build `count` cards with a rival several times, each time in a fresh folder."""
    program = str(scratch / rival.name / "bin" / rival.command[0])
    found = tuple(cards(count))
    folders = itertools.count()

    def once(is_watched: bool) -> Run:
        folder = scratch / "work" / f"{rival.name}-{next(folders)}"
        folder.mkdir(parents=True)
        rival.prepare(folder, found)
        result = run([program, *rival.command[1:]], cwd=folder, is_watched=is_watched)
        if not result.failure and not list(folder.rglob("*.apkg")):
            return Run(0, 0, 0, "it ended without a package")
        return result

    return repeat(times, once)
