"""Snippets: `--8<-- "file.py"` put the lines of another file in their place (pymdownx.snippets).

They work on the text, before anything is read as Markdown, in code too. Every line keeps the
number of the line of the page that asked for it, so that messages name a place in the page.
"""

import re
from collections.abc import Callable, Iterator
from textwrap import dedent
from typing import Final, TypeAlias

from msgspec import Struct, field

from generator.config import Config
from generator.config.extensions import Snippets
from generator.errors import Diagnostic
from generator.model import Origin, SourceFile
from generator.reader.lines import Numbered, not_inserted, with_lines
from generator.reader.text import MOST_ADDED, normalize

FindText: TypeAlias = Callable[[str], "str | Absence"]
"""`path → text`: looks up a file below the docs folder by the path that a snippet gives."""

_MARKER = "8<-"
_NO_NETWORK = "a build uses no network"
_SAVE = "save the file in the docs folder and name it there"
_RELATIVE = "paths are relative to the docs folder or the folder that holds it"
_LINE = re.compile(
    r"[ \t]*(?P<escape>;*)-+8<-+[ \t]+(?P<quote>[\"'])(?P<name>.+?)(?P=quote)[ \t]*$"
)
_BLOCK = re.compile(r"[ \t]*(?P<escape>;*)-+8<-+[ \t]*$")
_SECTION = re.compile(
    r"(?<!-)-++8<-++[ \t]++\[[ \t]*+(?P<edge>start|end)[ \t]*+:[ \t]*+(?P<name>[\w-]++)[ \t]*+\]"
)
_RANGE = re.compile(r"(?P<path>.+?):(?P<first>\d{0,7})(?::(?P<last>\d{0,7}))?$")
_DEEPEST: Final = 8  # snippets in snippets


class Absence(Struct, frozen=True):
    """Why there is no text."""

    reason: str


class _Page(Struct):
    """A page whose snippets are being put in."""

    source: SourceFile
    find_text: FindText
    options: Snippets
    lines: list[Numbered] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    characters: int = 0  # of snippets

    def add(self, line: Numbered, text: str) -> None:
        """Add a line with its final text."""
        self.lines.append(Numbered(text, line.number, line.origin))

    def report(self, line: Numbered, column: int, message: str) -> None:
        """Add a finding at a line."""
        hint = _SAVE if message.endswith(_NO_NETWORK) else _RELATIVE
        found = not_inserted(self.source, message, hint, line=line.number, column=column)
        self.diagnostics.append(found)


def include_snippets(
    source: SourceFile, *, config: Config, find_text: FindText
) -> tuple[SourceFile, tuple[Diagnostic, ...]]:
    """Put the files in that a page asks for.

    Args:
        source: The page.
        config: What is in force; a site that lists its extensions must list this one.
        find_text: See `FindText`.

    Returns:
        The page with longer text and the number of each line, and what could not be put in.
    """
    options = config.site.extensions.snippets
    if not options or not (_MARKER in source.text or options.auto_append):
        return source, ()
    page = _Page(source, find_text, options)
    lines = source.text.split("\n")
    for line, is_name in _requests(lines):
        _put(page, line, is_name)
    for name in options.auto_append:
        last = Numbered(name, len(lines) - 1, None)
        page.add(last, "")
        _put(page, last, is_name=True)
    return with_lines(source, page.lines), tuple(page.diagnostics)


def _requests(lines: list[str]) -> Iterator[tuple[Numbered, bool]]:
    """Yield each line of a page, and whether it is a file's name in a block."""
    edges = [n for n, line in enumerate(lines) if _MARKER in line and _is_edge(line)]
    blocks = dict(zip(edges[::2], edges[1::2], strict=False))  # an edge without a partner is text
    end = -1
    space = ""
    for number, line in enumerate(lines):
        if number in blocks:
            end = blocks[number]
            space = line[: len(line) - len(line.lstrip())]
        elif number > end:
            yield Numbered(line, number, None), False
        elif number < end and line.strip():
            yield Numbered(space + line.strip(), number, None), True


def _is_edge(line: str) -> bool:
    match = _BLOCK.match(line)
    return match is not None and not match["escape"]


def _put(
    page: _Page, line: Numbered, is_name: bool, *, indent: str = "", above: tuple[str, ...] = ()
) -> None:
    """Add a line, or the file that it asks for."""
    text = line.text
    match = None if is_name or _MARKER not in text else _LINE.match(text)
    if match is None and not is_name:
        page.add(line, indent + text if text else text)
        return
    if match and match["escape"]:
        page.add(line, indent + text.replace(";", "", 1))
        return
    name = text.strip() if match is None else match["name"]
    if name.startswith(";"):
        return
    space = text[: len(text) - len(text.lstrip())]
    found = _read(page, name, above, width=len(indent) + len(space))
    if isinstance(found, Absence):
        page.report(line, len(space), f"snippet {name[:80]} is left out: {found.reason}")
        page.add(line, indent + text)
        return
    place, lines = found
    for inside, inner in lines:
        one = Numbered(inner, line.number, Origin(place, inside))
        _put(page, one, is_name=False, indent=indent + space, above=(*above, name))


def _read(
    page: _Page, name: str, above: tuple[str, ...], *, width: int
) -> "tuple[str, list[tuple[int, str]]] | Absence":
    """Return the path that was found, and the wanted lines with their 0-based numbers.

    Each line is written after an indent of `width` characters, which counts as added.
    """
    if re.match(r"\w+://", name):
        return Absence(_NO_NETWORK)
    if name in above or len(above) >= _DEEPEST:
        return Absence("snippets are nested too deeply")
    if page.characters > MOST_ADDED:
        return Absence("the page's snippets are too long")
    path, wanted = _split(name)
    place, text = _find(page, path)
    if isinstance(text, Absence):
        return text
    lines = normalize(text).split("\n")
    if lines and not lines[-1]:
        lines.pop()
    found = _part(lines, wanted)
    if wanted and page.options.dedent_subsections and not isinstance(found, Absence):
        found = _dedented(found)
    if isinstance(found, Absence):
        return found
    if page.characters + width * len(found) > MOST_ADDED:
        return Absence("the page's snippets are too long")
    page.characters += sum(len(line) + 1 + width for _, line in found)
    return place, found


def _find(page: _Page, path: str) -> "tuple[str, str | Absence]":
    """Look a file up below each of the site's base paths, then as it is named."""
    bases = [base.rstrip("/") for base in page.options.base_path if base not in ("", ".")]
    for base in bases:
        text = page.find_text(f"{base}/{path}")
        if not isinstance(text, Absence):
            return f"{base}/{path}", text
    return path, page.find_text(path)


def _dedented(found: list[tuple[int, str]]) -> list[tuple[int, str]]:
    lines = dedent("\n".join(line for _, line in found)).split("\n")
    return [(number, line) for (number, _), line in zip(found, lines, strict=True)]


def _split(name: str) -> tuple[str, str | tuple[int, int | None]]:
    """Return path and section, or path and range of lines: `a.py:setup`, `a.py:3:7`, `a.py::9`."""
    match = _RANGE.match(name)
    if match and match["path"] and (match["first"] or match["last"]):
        first = int(match["first"] or 1)
        return match["path"], (first, int(match["last"]) if match["last"] else None)
    path, colon, section = name.rpartition(":")
    if colon and re.fullmatch(r"[\w-]+", section):
        return path, section
    return name, ""


def _part(
    lines: list[str], wanted: str | tuple[int, int | None]
) -> "list[tuple[int, str]] | Absence":
    """Return the wanted lines with their 0-based numbers, without the marks of sections."""
    if isinstance(wanted, tuple):
        first, last = wanted
        numbered = list(enumerate(lines))[first - 1 : last]
        return [(number, line) for number, line in numbered if not _SECTION.search(line)]
    kept: list[tuple[int, str]] = []
    is_inside, is_found = not wanted, not wanted
    for number, line in enumerate(lines):
        mark = _SECTION.search(line)
        if mark is None:
            if is_inside:
                kept.append((number, line))
        elif mark["name"] == wanted:
            is_inside = mark["edge"] == "start"
            is_found = True
    return kept if is_found else Absence(f"the file has no section {wanted}")
