"""Formulas and code as the last build made them of a page, so that an edit makes only new ones.

Converting and highlighting take most of the time of a page, and what they give depends on nothing
but the text, the macros and the versions of programs.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct, field

from generator.config import MathMode
from generator.math.formula import Formula

Runs: TypeAlias = tuple[tuple[str, str], ...]
"""Code as pieces of text, each with its class."""


class Pieces(Struct):
    """What a page's formulas and code became.

    Attributes:
        formulas: See `formula_key`.
        code: See `code_key`.
    """

    formulas: dict[str, Formula] = field(default_factory=dict)
    code: dict[str, Runs] = field(default_factory=dict)


class Reuse:
    """Takes what the last version of a page has, makes the rest, and keeps what was used.

    Attributes:
        used: For the next version.
    """

    def __init__(self, known: Pieces | None = None) -> None:
        self._known = known or Pieces()
        self.used = Pieces()

    @property
    def is_new(self) -> bool:
        """Whether the next version needs other pieces than the last one had."""
        return self.used != self._known

    def formula(self, key: str, make: Callable[[], Formula]) -> Formula:
        """Return a formula, made now if it is new."""
        found = self.used.formulas.get(key) or self._known.formulas.get(key) or make()
        self.used.formulas[key] = found
        return found

    def has_code(self, key: str) -> bool:
        """Whether code was highlighted before, so that its lexer need not be loaded."""
        return key in self.used.code or key in self._known.code

    def code(self, key: str, make: Callable[[], Runs]) -> Runs:
        """Return highlighted code, made now if it is new."""
        found = self.used.code.get(key) or self._known.code.get(key) or make()
        self.used.code[key] = found
        return found


def formula_key(tex: str, *, display: bool, macros: Mapping[str, str], mode: MathMode) -> str:
    """Name all that a formula depends on; see `generator.math.conversion.convert`."""
    return f"{mode} {display:d} {_sign(tuple(macros.items()))} {tex}"


def code_key(code: str, language: str) -> str:
    """Name all that highlighted code depends on."""
    return f"{language}\n{code}"


@lru_cache(maxsize=16)
def _sign(macros: tuple[tuple[str, str], ...]) -> str:
    text = repr(macros) if macros else ""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
