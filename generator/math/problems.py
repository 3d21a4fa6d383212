"""What the author is told, and what stands on the card where a formula is invalid."""

from difflib import get_close_matches

from generator.math.commands import known_commands
from generator.math.escape import escape
from generator.math.formula import Formula, Problem
from generator.math.tex.macros import DEFINITIONS
from generator.math.tex.tokens import TexToken


def show_error(tex: str, problems: tuple[Problem, ...]) -> Formula:
    """Show an invalid formula as its TeX, the first trouble marked.

    Args:
        tex: As written.
        problems: What is wrong, by offset.
    """
    offset = min(problems[0].offset, len(tex))
    end = offset + _length_at(tex, offset)
    html = (
        f'<code class="math-error">{escape(tex[:offset])}'
        f"<mark>{escape(tex[offset:end])}</mark>{escape(tex[end:])}</code>"
    )
    return Formula(html, "error", problems)


def _length_at(tex: str, offset: int) -> int:
    """Return the length of the command or character at an offset."""
    if tex[offset : offset + 1] != "\\":
        return 1
    length = 1
    while tex[offset + length : offset + length + 1].isalpha():
        length += 1
    return max(length, 2)


def find_unknown(tokens: list[TexToken]) -> tuple[Problem, ...]:
    """Find the commands that Anki's MathJax does not know either."""
    known = known_commands()
    problems: dict[str, Problem] = {}
    for text, offset in tokens:
        if text[0] != "\\" or len(text) < 2 or not text[1].isalpha() or text in problems:
            continue
        command = known.get(text)
        if (command is None or not command.is_mathjax) and text not in DEFINITIONS:
            problems[text] = Problem(offset, "E411", f"unknown command {text}", _hint(text))
    return tuple(sorted(problems.values()))


def _hint(text: str) -> str:
    near = get_close_matches(text, list(known_commands()), 1, cutoff=0.75)
    advice = "define it under `macros` in the configuration or the front matter"
    return f"did you mean {near[0]}? Else {advice}" if near else advice


def left_to_mathjax(offset: int, what: str) -> Problem:
    """Say that a construct needs MathJax."""
    hint = "nothing to do; on the card it is typeset a moment later than the others"
    return Problem(offset, "W401", f"{what} is left to MathJax", hint)


def too_large(offset: int) -> Problem:
    """Say that a formula is too deep or too long to be converted."""
    hint = "split the formula"
    return Problem(offset, "W402", "formula too long or nested too deep for MathML", hint)


def not_right(reason: str) -> Problem:
    """Say that what the converters made was found wrong.

    Args:
        reason: What each converter refused or got wrong.
    """
    hint = "nothing to do; on the card it is typeset a moment later than the others"
    return Problem(0, "W403", f"formula is left to MathJax: {reason}", hint)
