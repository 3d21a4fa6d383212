r"""TeX macros in a site's MathJax or KaTeX configuration, read as data; nothing is run.

Both write them as an object literal: `macros: {R: "\\mathbb{R}", norm: ["\\|#1\\|", 1]}` in
MathJax (`Macros` in its version 2), `macros: {"\\R": "\\mathbb{R}"}` in KaTeX.
"""

import re
from collections.abc import Iterable, Iterator

_START = re.compile(r"\b[mM]acros[\"']?\s*:\s*\{")
_SKIPPED = re.compile(r"(?:\s|//[^\n]*|/\*.*?(?:\*/|\Z))*", re.DOTALL)
_STRING = re.compile(
    r'"((?:\\.|[^"\\\n])*)"|\'((?:\\.|[^\'\\\n])*)\'|`((?:\\.|[^`\\$])*)`', re.DOTALL
)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\n)|(.))", re.DOTALL)
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_OPEN, _CLOSE = "([{", ")]}"


def read_macros(scripts: Iterable[str]) -> dict[str, str]:
    r"""Return name with backslash → body, with `#1` … for arguments.

    Args:
        scripts: Texts of JavaScript files.

    Returns:
        The macros that are plain strings, or a string with the number of arguments; entries that
        would have to be computed, and those with a default for an argument, are left out.
    """
    found: dict[str, str] = {}
    for text in scripts:
        at = 0
        while match := _START.search(text, at):
            literal = _Literal(text, match.end())
            found.update(literal.entries())
            at = literal.at
    return found


class _Literal:
    """Scans the content of one object literal."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self.at = at

    def entries(self) -> Iterator[tuple[str, str]]:
        while self._here() not in ("}", ""):
            name = self._string() or self._word()
            if name is None or self._here() != ":":
                self._skip_entry()
                continue
            self.at += 1
            value_at = self.at
            body = self._body()
            if body is None or self._here() not in (",", "}"):
                self.at = value_at  # whatever it is, skip it from its start
            else:
                yield f"\\{name.removeprefix(chr(92))}", body
            self._skip_entry()

    def _here(self) -> str:
        match = _SKIPPED.match(self._text, self.at)
        self.at = match.end() if match else self.at
        return self._text[self.at : self.at + 1]

    def _string(self) -> str | None:
        self._here()
        match = _STRING.match(self._text, self.at)
        if not match:
            return None
        self.at = match.end()
        raw = next(group for group in match.groups() if group is not None)
        return _ESCAPE.sub(_unescaped, raw)

    def _word(self) -> str | None:
        match = _NAME.match(self._text, self.at)
        if not match:
            return None
        self.at = match.end()
        return match[0]

    def _body(self) -> str | None:
        """Read `"body"` or `["body", 2]`."""
        if self._here() != "[":
            return self._string()
        self.at += 1
        body = self._string()
        if self._here() == ",":
            self.at += 1
            self._here()
            count = re.compile(r"\d+").match(self._text, self.at)
            self.at = count.end() if count else self.at
        if self._here() != "]":
            return None
        self.at += 1
        return body

    def _skip_entry(self) -> None:
        """Move past the next comma of this level, or to its closing brace."""
        depth = 0
        while here := self._here():
            if here in "\"'`" and self._string() is not None:
                continue
            if depth == 0 and here == "}":
                return
            self.at += 1
            if depth == 0 and here == ",":
                return
            depth += (here in _OPEN) - (here in _CLOSE)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(int(code, 16))
    return "" if match[3] else _CONTROL.get(match[4], match[4])
