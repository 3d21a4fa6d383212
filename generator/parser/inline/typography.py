"""Spelled-out symbols and typographic punctuation: rules of `ruler2` over inline text.

`(c)`, `-->`, `1/2`, `1st` (pymdownx.smartsymbols); quotes, dashes and ellipses (smarty).
"""

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from typing import Final

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.config.extensions import Smartsymbols, Smarty

_SYMBOLS: Final = {
    "trademark": {"(tm)": "™"},
    "copyright": {"(c)": "©"},
    "registered": {"(r)": "®"},
    "plusminus": {"+/-": "±"},
    "notequal": {"=/=": "≠"},
    "care_of": {"c/o": "℅"},
    "arrows": {"<-->": "↔", "-->": "→", "<--": "←"},
    "fractions": {
        "1/4": "¼", "1/2": "½", "3/4": "¾", "1/3": "⅓", "2/3": "⅔", "1/5": "⅕", "2/5": "⅖",
        "3/5": "⅗", "4/5": "⅘", "1/6": "⅙", "5/6": "⅚", "1/8": "⅛", "3/8": "⅜", "5/8": "⅝",
        "7/8": "⅞",
    },
}  # fmt: skip
_PATTERNS: Final = {
    "trademark": r"\(tm\)",
    "copyright": r"\(c\)",
    "registered": r"\(r\)",
    "plusminus": r"\+/-",
    "notequal": r"=/=",
    "care_of": r"\bc/o\b",
    "arrows": r"<-->|(?<!-)-->|<--(?!-)",
    "fractions": r"(?<![\d/])(?:[13]/4|1/2|[12]/3|[1-4]/5|[15]/6|[1357]/8)(?![\d/])",
}
_ORDINAL: Final = re.compile(r"\b(\d*(?:(?:1[1-3]|[04-9])th|(?<!1)(?:1st|2nd|3rd)))\b")
_TEXTS: Final = {
    "en_dash": "–", "em_dash": "—", "ellipsis": "…",
    "left-single-quote": "‘", "right-single-quote": "’",
    "left-double-quote": "“", "right-double-quote": "”",
    "left-angle-quote": "«", "right-angle-quote": "»",
}  # fmt: skip
_PUNCTUATION: Final = r"""[!"#$%'()*+,./:;<=>?@\[\\\]^_`{|}~-]"""


def symbols(options: Smartsymbols) -> Callable[[StateInline], None]:
    """Return the rule that replaces spelled symbols."""
    on = [name for name in _SYMBOLS if getattr(options, name)]
    pattern = re.compile("|".join(_PATTERNS[name] for name in on) or r"(?!)")
    chars = {text: char for name in on for text, char in _SYMBOLS[name].items()}

    def finish(state: StateInline) -> None:
        for token in state.tokens:
            if token.type == "text":
                token.content = pattern.sub(lambda match: chars[match[0]], token.content)
        if options.ordinal_numbers:
            _raise_ordinals(state)

    return finish


def _raise_ordinals(state: StateInline) -> None:
    """Make `1st` a number and a superscript."""
    for index in range(len(state.tokens) - 1, -1, -1):
        token = state.tokens[index]
        match = _ORDINAL.search(token.content) if token.type == "text" else None
        if match is None:
            continue
        pieces = []
        position = 0
        for match in _ORDINAL.finditer(token.content):
            pieces.append(_text(token.content[position : match.end() - 2], token.level))
            pieces += _raised(match[0][-2:], token.level)
            position = match.end()
        pieces.append(_text(token.content[position:], token.level))
        state.tokens[index : index + 1] = [p for p in pieces if p.content or p.nesting]


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, level=level, content=content)


def _raised(ending: str, level: int) -> list[Token]:
    return [
        Token("sup_open", "sup", 1, level=level),
        _text(ending, level + 1),
        Token("sup_close", "sup", -1, level=level),
    ]


def smarty(options: Smarty) -> Callable[[StateInline], None]:
    """Return the rule that makes quotes, dashes and ellipses typographic."""
    steps = _steps(options)

    def finish(state: StateInline) -> None:
        for token in state.tokens:
            if token.type == "text":
                for pattern, text in steps:
                    token.content = pattern.sub(text, token.content)

    return finish


@lru_cache(maxsize=8)
def _steps(options: Smarty) -> tuple[tuple[re.Pattern[str], str], ...]:
    said = _TEXTS | {
        name.replace("ndash", "en_dash").replace("mdash", "em_dash"): unescape(text)
        for name, text in options.substitutions
    }
    steps: list[tuple[str, str]] = []
    if options.smart_dashes:
        steps += [(r"(?<!-)---(?!-)", said["em_dash"]), (r"(?<!-)--(?!-)", said["en_dash"])]
    if options.smart_angled_quotes:
        steps += [("<<", said["left-angle-quote"]), (">>", said["right-angle-quote"])]
    if options.smart_quotes:
        double = said["left-double-quote"], said["right-double-quote"]
        steps += _quotes(double, (said["left-single-quote"], said["right-single-quote"]))
    if options.smart_ellipses:
        steps.append((r"(?<!\.)\.{3}(?!\.)", said["ellipsis"]))
    return tuple((re.compile(pattern), text) for pattern, text in steps)


def _quotes(double: tuple[str, str], single: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the steps for quotes, in smarty's order."""
    (left, right), (opening, closing) = double, single
    after_text = r"(?<=[^\s\[{(–—“”‘’«»-])"
    return [
        (rf"^'(?={_PUNCTUATION}\B)", closing),
        (rf'^"(?={_PUNCTUATION}\B)', right),
        (r""""'(?=\w)""", left + opening),
        (r"""'"(?=\w)""", opening + left),
        (rf"""{after_text}'\"""", closing + right),
        (rf"""{after_text}"'""", right + closing),
        (r"(?<!\w)'(?=\d{2}s)", closing),
        (r"(?<=[\s–—])'(?=\w)|(?<=--)'(?=\w)", opening),
        (rf"{after_text}'(?!\s|s\b|\d)|'(?=\s|s\b)", closing),
        ("'", opening),
        (r'(?<=[\s–—])"(?=\w)|(?<=--)"(?=\w)', left),
        (rf'"(?=\s)|{after_text}"', right),
        ('"', left),
    ]
