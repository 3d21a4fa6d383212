"""The fallback for what MathML cannot express: TeX between the delimiters that Anki typesets.

MathJax makes links, classes, ids, styles and whole elements of some commands. What it gets, here or
from a formula's `data-tex` in an old engine, holds none of them: only commands of `commands.tsv`
pass, without these, and without options that are styles.
"""

import re
from functools import lru_cache

from generator.math.commands import known_commands
from generator.math.escape import escape
from generator.math.formula import Problem
from generator.math.tex.arguments import OF_MHCHEM
from generator.math.tex.expansion import DEFINITIONS
from generator.math.tex.stream import TokenStream
from generator.math.tex.tokens import VERB_COMMANDS, TexToken, in_braces
from generator.math.text_characters import TEXT_CHARACTERS

# What is left out after a command: (o) an option, (a) an argument; (k) an argument is kept.
ACTIVE = {
    f"\\{name}": "a" for name in ("href", "url", "class", "cssId", "style", "data", "require")
}
ACTIVE |= {f"\\html{name}": "a" for name in ("Class", "Data", "Id", "Style")}
ACTIVE |= {"\\includegraphics": "oa", "\\mmlToken": "aoa", "\\csname": ""}
"""Commands that are themselves left out."""

_STYLED = {"\\bbox": "o", "\\unicode": "o", "\\enclose": "ko"}
"""Their option is a style, a font or attributes."""

_REFUSED = _STYLED | ACTIVE

_COMMAND = re.compile(r"\\[a-zA-Z]+")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*\n?")
_DELIMITER = re.compile(r"\\[()\[\]]")
_SPECIAL = re.compile(r"(\\\\)(?=[()\[\]])|(\\[()])|\\.")


_TAG = re.compile(r"/?(?:\$|latex)|sound:|anki:", re.IGNORECASE)
"""What would make a tag of Anki's of the bracket of `\\[`: `[$]`, `[latex]`, `[sound:…]`."""


def make_inert(tokens: list[TexToken]) -> tuple[list[TexToken], tuple[Problem, ...]]:
    """Leave out what would make MathJax write more than a formula.

    Args:
        tokens: A formula, its macros expanded.

    Returns:
        The rest of it, and a warning for the first command of that kind.
    """
    if all(map(_is_inert, {token.text for token in tokens})):
        return tokens, ()  # as nearly always
    stream = TokenStream(tokens)
    kept: list[TexToken] = []
    problems: list[Problem] = []
    while (token := stream.pop()) is not None:
        if token.text in VERB_COMMANDS:
            problems += _keep_verbatim(token, stream.pop(), kept)
            continue
        pattern = _REFUSED.get(token.text, "")
        if token.text not in ACTIVE and _is_known(token.text):
            kept.append(token)
        is_left_out = token.text in ACTIVE
        for part in pattern:
            is_left_out |= _step(stream, part, kept, token.offset)
        if is_left_out:
            problems.append(_active(token))
    return kept, tuple(problems[:1])


def _step(stream: TokenStream, part: str, kept: list[TexToken], offset: int) -> bool:
    """Take a part of a command; return whether an option has been left out."""
    if part == "o":
        return stream.optional() is not None
    argument = stream.argument()
    if part == "k":
        kept += in_braces(make_inert(argument)[0], offset)
    return False


def _keep_verbatim(
    command: TexToken, content: TexToken | None, kept: list[TexToken]
) -> tuple[Problem, ...]:
    r"""Keep `\verb|x|`; in `\text` MathJax does not know it, and reads what is in its dollars."""
    if content is not None and not _is_inert(content.text):
        return (_active(command),)
    kept += (command,) if content is None else (command, content)
    return ()


@lru_cache(maxsize=4096)
def _is_inert(text: str) -> bool:
    commands = _COMMAND.findall(text)
    return all(_is_known(command) and command not in _REFUSED for command in commands)


def _is_known(text: str) -> bool:
    if text[0] != "\\" or not text[1:2].isalpha():
        return True
    return (
        text in known_commands() or text in DEFINITIONS or text in OF_MHCHEM or text in _CHARACTERS
    )


_CHARACTERS = TEXT_CHARACTERS.keys() | {"\\char"}
"""They show a character and nothing else, where MathJax knows them."""


def _active(token: TexToken) -> Problem:
    message = f"{token.text} would make MathJax output its own HTML: it is left out"
    return Problem(token.offset, "W507", message, "remove the macro")


def _untangle(match: re.Match[str]) -> str:
    r"""Leave no `\(` and `\)` inside: for Anki they begin and end a formula.

    In `\text{if \(x\)}` dollars mean the same; before a bracket at a row's end, `\(` is text.
    """
    row_end, delimiter = match.groups()
    return f"{row_end} " if row_end else "$" if delimiter else match[0]


def one_line(tex: str) -> str:
    r"""Write TeX in one line, without comments, and without `\(` and `\[` inside.

    For Anki they begin and end formulas, and AnkiDroid loads MathJax for them.
    """
    if "%" in tex:
        tex = _COMMENT.sub(r"\1", tex)
    line = " ".join(tex.split())
    return _SPECIAL.sub(_untangle, line) if _DELIMITER.search(line) else line


def to_mathjax(tex: str, *, display: bool) -> str:
    """Wrap TeX for Anki's own MathJax, which every client brings along.

    A bare environment needs delimiters too: Anki sets `processEnvironments: false`.

    Args:
        tex: The formula in one line, without delimiters.
        display: Whether it is on a line of its own.

    Returns:
        HTML text.
    """
    opening, closing = (r"\[", r"\]") if display else (r"\(", r"\)")
    if _TAG.match(tex):
        opening += " "
    return f"{opening}{escape(tex)}{closing}"
