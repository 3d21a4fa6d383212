"""`{% include "file" %}` and `{% include-markdown "file" %}` of the plugin include-markdown.

Like snippets these work on the text. A path that begins with `./` or `../` is relative to the
page, any other one to the docs folder.
"""

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterator
from textwrap import dedent
from typing import Final

from msgspec import Struct, field

from generator.errors import Diagnostic
from generator.model import Origin, SourceFile
from generator.reader.lines import Numbered, line_starts, not_inserted, with_lines
from generator.reader.snippets import Absence, FindText
from generator.reader.text import MOST_ADDED, normalize

# Bounded: a page may hold thousands of beginnings without an end.
_TAG = re.compile(
    r"""\{%-?\s{0,50}+(?P<name>include-markdown|include)\s{1,50}+"""
    r"""(?P<quote>["'])(?P<path>[^"'\n]{1,500}+)(?P=quote)"""
    r"(?P<options>(?>(?:[^%]|%(?!\})){0,2000}))%\}"
)
_OPTION = re.compile(
    r"""(?P<name>[a-z-]+)\s*=\s*(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'"""
    r"|(?P<bare>[-+\w]+))"
)
_HEADING = re.compile(r"(#{1,6})(?=[ \t])")
_LINK = re.compile(r"(\]\()(?![a-z][\w+.-]*:|[/#<])([^)\s]+)")
_DEEPEST: Final = 8
_MOST_BESIDE: Final = 100
"""Tags of a page that come after others on their line; each copies the line."""
_HINT: Final = "only files inside the docs folder are read"
_TOO_LONG: Final = Absence("the page's included files are too long")


class _Page(Struct):
    """A page whose includes are being inserted."""

    source: SourceFile
    find_text: FindText
    size: int = 0
    diagnostics: list[Diagnostic] = field(default_factory=list)


def include_files(
    source: SourceFile, *, find_text: FindText
) -> tuple[SourceFile, tuple[Diagnostic, ...]]:
    """Insert the files that a page includes.

    Returns:
        The page with longer text and the number of each line; what could not be inserted (W508).
    """
    if "{%" not in source.text or not _TAG.search(source.text):
        return source, ()
    page = _Page(source, find_text)
    lines = [Numbered(line, number, None) for number, line in enumerate(source.text.split("\n"))]
    expanded = _expanded(page, lines, source.page, ())
    return with_lines(source, expanded), tuple(page.diagnostics)


def _expanded(
    page: _Page, lines: list[Numbered], name: str, above: tuple[str, ...]
) -> list[Numbered]:
    """Return lines with what their tags include."""
    text = "\n".join(line.text for line in lines)
    starts = line_starts(text)
    found: list[Numbered] = []
    done = beside = 0  # lines that are in `found`; tags beside others
    for match in _TAG.finditer(text):
        first = bisect_right(starts, match.start()) - 1
        last = bisect_right(starts, match.end() - 1) - 1
        if first < done:  # another tag is before it on its line
            beside += 1
            if beside > _MOST_BESIDE:
                continue
            place = found.pop()
            before = place.text.removesuffix(text[match.start() : starts[first + 1] - 1])
        else:
            found += lines[done:first]
            place, before = lines[first], text[starts[first] : match.start()]
        after = text[match.end() : starts[last + 1] - 1]
        found += _included(page, match, place, name, above, before, after)
        done = last + 1
    return found + lines[done:]


def _included(
    page: _Page,
    match: re.Match[str],
    place: Numbered,
    name: str,
    above: tuple[str, ...],
    before: str,
    after: str,
) -> Iterator[Numbered]:
    """Yield what replaces a tag, with the text around it."""
    path = _path(name, match["path"])
    options = _options(match["options"])
    read = _read(page, path, above, options, match["name"])
    if isinstance(read, Absence):
        yield _left_out(page, match, place, before, after, read)
        return
    first, body = read
    if match["name"] == "include-markdown" and options.get("rewrite-relative-urls") != "false":
        body = _rewritten(body, posixpath.dirname(path), posixpath.dirname(name))
    indent = before if not before.strip() else ""
    keeps = indent if options.get("preserve-includer-indent") != "false" else ""
    lines = [
        Numbered(line, place.number, Origin(path, first + at))
        for at, line in enumerate(body.split("\n"))
    ]
    found = _expanded(page, lines, path, (*above, path))
    page.size += len(keeps) * len(found)
    if page.size > MOST_ADDED:
        yield _left_out(page, match, place, before, after, _TOO_LONG)
        return
    for at, line in enumerate(found):
        head = before if at == 0 else keeps if line.text else ""
        tail = after if at == len(found) - 1 else ""
        yield Numbered(head + line.text + tail, line.number, line.origin)


def _left_out(
    page: _Page, match: re.Match[str], place: Numbered, before: str, after: str, why: Absence
) -> Numbered:
    """Report a tag that cannot be replaced, and return its line as it is."""
    message = f"{match['path'][:80]} is left out: {why.reason}"
    column = match.start() - match.string.rfind("\n", 0, match.start()) - 1
    found = not_inserted(page.source, message, _HINT, line=place.number, column=column)
    page.diagnostics.append(found)
    return Numbered(before + match[0].replace("\n", " ") + after, place.number, place.origin)


def _read(
    page: _Page, path: str, above: tuple[str, ...], options: dict[str, str], tag: str
) -> tuple[int, str] | Absence:
    """Return the included part of a file, and its first line in the file."""
    if path in above or len(above) >= _DEEPEST or page.size > MOST_ADDED:
        return Absence("includes are nested too deeply")
    if "*" in path:
        return Absence("glob patterns are not supported")
    found = page.find_text(path)
    if isinstance(found, Absence):
        return found
    text = normalize(found).removesuffix("\n")
    body = _body(text, options, is_markdown=tag == "include-markdown")
    page.size += len(body)
    if page.size > MOST_ADDED:
        return _TOO_LONG
    return _first_line(text, options), body


def _path(name: str, path: str) -> str:
    folder = posixpath.dirname(name) if path.startswith(("./", "../")) else ""
    return posixpath.normpath(posixpath.join(folder, path.lstrip("/")))


def _options(text: str) -> dict[str, str]:
    found = {}
    for match in _OPTION.finditer(text):
        quoted = match["double"] if match["double"] is not None else match["single"]
        value = match["bare"] or re.sub(r"\\(.)", _unescaped, quoted or "")
        found[match["name"]] = value
    return found


def _unescaped(match: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t"}.get(match[1], match[1])


def _first_line(text: str, options: dict[str, str]) -> int:
    """0-based line of the file at which the included part starts."""
    start = options.get("start", "")
    at = text.find(start) if start else -1
    return text.count("\n", 0, at + len(start)) if at >= 0 else 0


def _body(text: str, options: dict[str, str], *, is_markdown: bool) -> str:
    if start := options.get("start"):
        _, found, rest = text.partition(start)
        text = rest if found else text
    if end := options.get("end"):
        text = text.partition(end)[0]
    if options.get("dedent") == "true":
        text = dedent(text)
    offset = options.get("heading-offset", "0")
    if is_markdown and re.fullmatch(r"[-+]?\d", offset) and int(offset):
        text = _shifted(text, int(offset))
    return text


def _shifted(text: str, by: int) -> str:
    """Move headings outside code by some levels."""
    lines, fence = [], ""
    for line in text.split("\n"):
        mark = re.match(r"\s*(```|~~~)", line)
        if mark and (not fence or fence == mark[1]):
            fence = "" if fence else mark[1]
        heading = None if fence else _HEADING.match(line)
        if heading:
            level = min(6, max(1, len(heading[1]) + by))
            line = "#" * level + line[heading.end() :]
        lines.append(line)
    return "\n".join(lines)


def _rewritten(text: str, folder: str, page_folder: str) -> str:
    """Make links of an included file relative to the page."""
    if folder == page_folder:
        return text

    def relative(match: re.Match[str]) -> str:
        path, mark, anchor = match[2].partition("#")
        target = posixpath.normpath(posixpath.join("/", folder, path))
        return (
            match[1] + posixpath.relpath(target, posixpath.join("/", page_folder)) + mark + anchor
        )

    return _LINK.sub(relative, text)
