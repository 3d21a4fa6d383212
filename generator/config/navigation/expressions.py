"""Regular expressions of a page's author, which must not take for ever on a name of a file."""

import re
from functools import lru_cache

_LONGEST = 200  # characters
_MOST_REPEATS = 3  # each multiplies the time by the length of a name
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_SET = re.compile(r"\[\]?[^\]]*\]")
_REPEATED_GROUP = re.compile(r"\)[*+{]")
_REPEAT = re.compile(r"[*+]|\{")


@lru_cache(maxsize=64)
def compile_expression(text: str) -> re.Pattern[str] | None:
    """Compile an expression if it is one, and searches a name in a moment.

    Args:
        text: The expression.

    Returns:
        The pattern; None for an error, a repeated group, or more than three repeats.
    """
    signs = _SET.sub("", _ESCAPED.sub("", text))
    repeats = len(_REPEAT.findall(signs))
    if len(text) > _LONGEST or repeats > _MOST_REPEATS or _REPEATED_GROUP.search(signs):
        return None
    try:
        return re.compile(text)
    except (re.error, OverflowError):
        return None
