"""Problems reported to the author, and what the card shows for an invalid formula."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from generator.math.commands import known_commands
from generator.math.escape import escape
from generator.math.formula import Formula, Problem
from generator.math.mathjax import ACTIVE
from generator.math.tex.arguments import OF_MHCHEM
from generator.math.tex.expansion import DEFINITIONS
from generator.math.tex.tokens import ZERO_WIDTH, TexToken


def show_error(tex: str, problems: tuple[Problem, ...]) -> Formula:
    """Show an invalid formula as its TeX, with the first error marked.

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
    """Find the first few commands that Anki's MathJax does not know either."""
    known = known_commands()
    problems: dict[str, Problem] = {}
    for token in tokens:
        text = token.text
        if not _is_command(text) or text in problems or text in _KNOWN_ELSEWHERE:
            continue
        command = known.get(text)
        if command is None or not command.is_mathjax:
            problems[text] = Problem(token.offset, "E411", f"unknown command {text}", _hint(text))
            if len(problems) == _MOST_UNKNOWN:
                break
    return tuple(problems.values())


_KNOWN_ELSEWHERE = DEFINITIONS | OF_MHCHEM | ACTIVE.keys()


def _is_command(text: str) -> bool:
    return text[0] == "\\" and text[1:2].isalpha()


_MOST_UNKNOWN = 10
_PACKAGES = {
    "physics": "principalvalue pv PV imat xmat zmat dmat admat vmat",
    "siunitx": "SIunit numproduct qtyproduct complexnum complexqty DeclareSIUnit sisetup",
    "unicode-math": "symbfit symbfup symup mathbfcal mathbfscr",
    "stmaryrd": "llbracket rrbracket llparenthesis rrparenthesis",
}


def _hint(text: str) -> str:
    advice = "define it under `macros` in the configuration or the front matter"
    packages = [name for name, commands in _PACKAGES.items() if text[1:] in commands.split()]
    if packages:
        return f"Anki's MathJax does not have the package {' or '.join(packages)}: {advice}"
    from rapidfuzz import fuzz, process  # few formulas have a command that nobody knows

    near = process.extractOne(text, _similar(text), scorer=fuzz.ratio, score_cutoff=_LEAST_ALIKE)
    return f"did you mean {near[0]}? Otherwise {advice}" if near else advice


def _similar(text: str) -> list[str]:
    """Return the known commands that begin like this one and are about as long."""
    lengths = range(len(text) - _MOST_LETTERS_OFF, len(text) + _MOST_LETTERS_OFF + 1)
    return [name for n in lengths for name in _by_beginning().get((text[:2], n), ())]


@cache
def _by_beginning() -> Mapping[tuple[str, int], list[str]]:
    """Map the first letter and the length to the commands."""
    table: dict[tuple[str, int], list[str]] = defaultdict(list)
    for name in known_commands():
        table[name[:2], len(name)].append(name)
    return dict(table)


_LEAST_ALIKE = 75.0  # percent
_MOST_LETTERS_OFF = 3


def left_to_mathjax(offset: int, what: str) -> Problem:
    """Report that a construct needs MathJax."""
    hint = "no action needed; the card typesets it a moment later than other formulas"
    return Problem(offset, "W401", f"{what} is left to MathJax", hint)


def too_large(offset: int) -> Problem:
    """Report that a formula is nested too deeply or too long to be converted."""
    hint = "split the formula"
    return Problem(offset, "W402", "formula too long or nested too deeply for MathML", hint)


def not_right(reason: str) -> Problem:
    """Report that the output of every converter is wrong.

    Args:
        reason: What each converter refused or got wrong.
    """
    hint = "no action needed; the card typesets it a moment later than other formulas"
    return Problem(0, "W403", f"formula is left to MathJax: {reason}", hint)


def invisible(tex: str) -> tuple[Problem, ...]:
    """Report invisible characters, which are left out of the formula."""
    found = ZERO_WIDTH.search(tex)
    if found is None:
        return ()
    message = f"invisible character U+{ord(found[0]):04X} in a formula: it is left out"
    return (Problem(found.start(), "W404", message, "delete it"),)
