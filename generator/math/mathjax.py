"""The way out for what MathML cannot say: TeX between the delimiters that Anki typesets."""

import re

from generator.math.escape import escape

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*\n?")
_SPECIAL = re.compile(r"(\\\\)(?=[()])|(\\[()])|\\.")


def _untangle(match: re.Match[str]) -> str:
    r"""Leave no `\(` and `\)` inside: for Anki they begin and end a formula.

    In `\text{if \(x\)}` dollars say the same; at a row's end before a bracket it is no delimiter.
    """
    row_end, delimiter = match.groups()
    return f"{row_end} " if row_end else "$" if delimiter else match[0]


def to_mathjax(tex: str, *, display: bool) -> str:
    """Wrap TeX for Anki's own MathJax, which every client brings along.

    A bare environment needs delimiters too: Anki sets `processEnvironments: false`.

    Args:
        tex: The formula without delimiters, user macros already expanded.
        display: Whether it stands on its own.

    Returns:
        HTML text.
    """
    one_line = " ".join(_COMMENT.sub(r"\1", tex).split())
    safe = _SPECIAL.sub(_untangle, one_line)
    opening, closing = (r"\[", r"\]") if display else (r"\(", r"\)")
    return f"{opening}{escape(safe)}{closing}"
