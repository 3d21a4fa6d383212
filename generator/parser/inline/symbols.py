"""Smart symbols: `(c)`, `-->`, `1/2`, `+/-`, `1st` where the site turns them on."""

import re
from typing import Final

from markdown_it.rules_inline import StateInline

_SYMBOLS: Final = {
    "(tm)": "™", "(c)": "©", "(r)": "®", "+/-": "±", "=/=": "≠", "c/o": "℅",
    "<-->": "↔", "-->": "→", "<--": "←",
    "1/4": "¼", "1/2": "½", "3/4": "¾", "1/3": "⅓", "2/3": "⅔", "1/5": "⅕", "2/5": "⅖",
    "3/5": "⅗", "4/5": "⅘", "1/6": "⅙", "5/6": "⅚", "1/8": "⅛", "3/8": "⅜", "5/8": "⅝", "7/8": "⅞",
}  # fmt: skip
_PATTERN = re.compile(
    r"\((?:tm|c|r)\)|\+/-|=/=|\bc/o\b|<-->|(?<!-)-->|<--(?!-)"
    r"|(?<![\d/])(?:[13]/4|1/2|[12]/3|[1-4]/5|[15]/6|[1357]/8)(?![\d/])"
)


def replace_symbols(state: StateInline) -> None:
    """Replace spelled symbols in texts, a rule of `ruler2`; formulas and code are other tokens."""
    for token in state.tokens:
        if token.type == "text":
            token.content = _PATTERN.sub(lambda match: _SYMBOLS[match[0]], token.content)
