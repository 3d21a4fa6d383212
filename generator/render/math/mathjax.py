"""The way out for what MathML cannot say: TeX between the delimiters that Anki typesets."""

import re

from generator.render.math.escape import escape

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*\n?")


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
    # `\text{\(x\)}`: the inner `\)` would end the formula for Anki.
    safe = one_line.replace(r"\)", ")").replace(r"\(", "(")
    opening, closing = (r"\[", r"\]") if display else (r"\(", r"\)")
    return f"{opening}{escape(safe)}{closing}"
