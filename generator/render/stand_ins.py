"""Formulas stand aside while the sanitizer works.

A formula's place in the text is held by its number between two noncharacters. It comes back in
texts only: an author who writes noncharacters into an attribute gains nothing.
"""

import re
from collections.abc import Sequence
from typing import Final

_EDGE: Final = "\ufdd4"
_STAND_IN = re.compile(f"{_EDGE}([0-9]+){_EDGE}")
_TAG = re.compile(r'(<[^>"]*(?:"[^"]*"[^>"]*)*>)')


def stand_in(number: int) -> str:
    """Return what holds the place of a formula."""
    return f"{_EDGE}{number}{_EDGE}"


def put_back(html: str, formulas: Sequence[str]) -> str:
    """Return serialised HTML with its formulas in place."""
    if _EDGE not in html:
        return html
    pieces = _TAG.split(html)
    for index in range(0, len(pieces), 2):  # texts; tags have odd indexes
        if _EDGE in pieces[index]:
            pieces[index] = _STAND_IN.sub(lambda m: _formula(m, formulas), pieces[index])
    return "".join(pieces)


def _formula(match: re.Match[str], formulas: Sequence[str]) -> str:
    number = int(match[1]) if len(match[1]) < 9 else len(formulas)
    return formulas[number] if number < len(formulas) else ""
