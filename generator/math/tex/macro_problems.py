"""What is wrong with a macro or its definition."""

from generator.math.formula import Problem
from generator.math.tex.tokens import TexToken


class ExpansionError(Exception):
    """Expansion cannot continue; carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def endless(token: TexToken) -> Problem:
    """Report a macro that calls itself."""
    return Problem(
        token.offset,
        "E413",
        f"macro {token.text} expands endlessly",
        "a macro must not call itself, directly or through another one",
    )


def mismatch(token: TexToken, delimiter: tuple[str, ...]) -> Problem:
    """Report a delimiter that is missing after an argument."""
    return Problem(
        token.offset,
        "E409",
        f"{token.text} without {''.join(delimiter)}",
        f"its definition requires {''.join(delimiter)} after the argument",
    )


def unreadable(token: TexToken) -> Problem:
    """Report a definition that cannot be read."""
    return Problem(
        token.offset,
        "E414",
        f"this {token.text} cannot be read",
        r"write \newcommand{\name}[number of arguments]{body}",
    )
