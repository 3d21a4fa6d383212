"""Whether a formula is TeX at all; if not, where and why."""

from generator.math.formula import Problem
from generator.math.tex.arguments import ARITY, RAW_ARGUMENTS
from generator.math.tex.checker import Check, Checker
from generator.math.tex.tokens import VERB_COMMANDS, TexToken

MOST_TOKENS = 4000
"""Length that is still converted; longer ones would not fit a card."""

DEEPEST = 100
"""Nesting that is still converted: converters recurse, and no author nests so deep."""

_MOST_PROBLEMS = 10
_BIG = ("big", "Big", "bigg", "Bigg")
_CHECKS: dict[str, Check] = {
    **dict.fromkeys(ARITY.keys() | RAW_ARGUMENTS.keys(), Checker.command),
    "\\tag": Checker.tag,
    "\\shoveleft": Checker.shove,
    "\\shoveright": Checker.shove,
    **dict.fromkeys(VERB_COMMANDS, Checker.verb),
    **dict.fromkeys(("\\limits", "\\nolimits"), Checker.limits),
    **dict.fromkeys(("\\hline", "\\hdashline"), Checker.line),
    **dict.fromkeys(("\\over", "\\atop", "\\choose", "\\brace", "\\brack"), Checker.over),
    **{f"\\{size}{side}": Checker.big for size in _BIG for side in ("", "l", "r", "m")},
    "\\": Checker.backslash,
    "{": Checker.open_brace,
    "}": Checker.close_brace,
    "\\left": Checker.left,
    "\\right": Checker.right,
    "\\middle": Checker.middle,
    "^": Checker.script,
    "_": Checker.script,
    "'": Checker.prime,
    "&": Checker.ampersand,
    "\\\\": Checker.row_end,
    "\\cr": Checker.plain_row_end,
    "\\begin": Checker.begin,
    "\\end": Checker.end,
    "$": Checker.dollar,
    "#": Checker.hash,
}


def check_syntax(tokens: list[TexToken]) -> tuple[tuple[Problem, ...], int]:
    """Check a formula whose macros are expanded.

    Args:
        tokens: The formula.

    Returns:
        What is wrong, by offset; and how deep it nests.
    """
    checker = Checker(tokens)
    checker.check(_CHECKS)
    return tuple(sorted(set(checker.problems))[:_MOST_PROBLEMS]), checker.nesting
