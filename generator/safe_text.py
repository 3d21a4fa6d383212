"""Untrusted text made harmless for each place where it is printed: one function per place.

File names, decks, questions and packages may hold escapes that move a terminal's cursor, controls
that reverse the direction of text, line ends, and commands of GitHub's runner, which it reads from
the output of every step.
"""

import json
import re
from typing import Final

# Controls (C0, C1), line and paragraph separators, bidi controls, lone surrogates.
_ACTING: Final = "\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_IN_TERMINAL: Final = re.compile(rf"[{_ACTING}]")
_IN_JSON: Final = re.compile(
    r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|#(?=#\[)"
)
_RUNNER: Final = re.compile(r"(?<![^\s]):(?=:)|#(?=#\[)")
"""The beginnings of `::error …` and `##[error] …`."""
_IN_MARKDOWN: Final = re.compile(
    r"[\\`*_\[\]<>#|~$&@!{}^=]|(?<![^\s])[-+](?=\s|$)|(?<=\d)[.)]|:(?=//)"
)
_WWW: Final = re.compile(r"\bwww(?=\.)", re.IGNORECASE)


def for_terminal(text: str) -> str:
    """Return text on one line without terminal escapes, bidi controls and runner commands."""
    shown = _IN_TERMINAL.sub("�", text.replace("\t", "    "))
    return _RUNNER.sub("�", shown) if "::" in shown or "##[" in shown else shown


def for_github(text: str) -> str:
    """Return text as the message of a workflow command (actions/toolkit `command.ts`)."""
    kept = "\n".join(for_terminal(line) for line in text.split("\n"))
    return kept.replace("%", "%25").replace("\n", "%0A")


def for_github_property(text: str) -> str:
    """Return text as a property of a workflow command."""
    return for_github(text).replace(":", "%3A").replace(",", "%2C")


def for_markdown(text: str) -> str:
    """Return text escaped for a line of Markdown, without active links and mentions."""
    shown = _IN_MARKDOWN.sub(_as_reference, for_terminal(text))
    return _WWW.sub(lambda match: f"{match[0][:-1]}&#{ord(match[0][-1])};", shown)


def _as_reference(match: re.Match[str]) -> str:
    character = match[0]
    if character in "@#":  # GitHub looks for names and numbers in the rendered Markdown
        return f"\\{character}\u200b"
    return f"&#{ord(character)};" if character in "&<>:{}" else f"\\{character}"


def as_markdown_block(text: str) -> str:
    """Return text as a fenced Markdown block whose fence no line of the text can close."""
    lines = [for_terminal(line) for line in text.split("\n")]
    longest = max((len(run) for line in lines for run in re.findall(r"`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join((f"{fence}text", *lines, fence))


def as_json(value: object, *, indent: int | None = 2) -> str:
    """Return JSON whose texts are harmless on a terminal; the decoded values are the same."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
