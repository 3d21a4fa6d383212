"""Regular expressions of a page's author, which must not run forever on a file name."""

import re
from functools import lru_cache

_LONGEST = 200  # characters
_MOST_REPEATS = 3  # each multiplies the time by the length of a name
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_SET = re.compile(r"\[\]?[^\]]*\]")
_REFUSED = re.compile(r"\)[*+{]|\(\?(?!:)")
"""A repeated group; a flag, a comment or a look, which would need a reader of their own."""
_REPEAT = re.compile(r"[*+]|\{")


@lru_cache(maxsize=64)
def compile_expression(text: str) -> re.Pattern[str] | None:
    """Compile an expression if it is valid and searches a name quickly.

    Args:
        text: The expression.

    Returns:
        The pattern; None for an error, a repeated group, `(?` but for `(?:`, or four repeats.
    """
    signs = _SET.sub("s", _ESCAPED.sub("e", text))
    repeats = len(_REPEAT.findall(signs))
    if len(text) > _LONGEST or repeats > _MOST_REPEATS or _REFUSED.search(signs):
        return None
    try:
        return re.compile(text)
    except (re.error, OverflowError):
        return None
