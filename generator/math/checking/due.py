"""What a formula should show, from its canonical TeX."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain

from generator.math.atoms import is_atom
from generator.math.checking.keys import FRACTION, INVISIBLE, ROOT, Keys, character_keys
from generator.math.commands import known_commands
from generator.math.letters import letters

_FONTS = {
    "\\mathrm": "rm",
    "\\mathbf": "bf",
    "\\mathit": "it",
    "\\mathsf": "sf",
    "\\mathtt": "tt",
    "\\mathcal": "cal",
    "\\mathscr": "cal",
    "\\mathfrak": "frak",
    "\\mathbb": "bb",
    "\\boldsymbol": "bfit",
}
_SWITCHES = {
    "\\rm": "rm",
    "\\bf": "bf",
    "\\it": "it",
    "\\sf": "sf",
    "\\tt": "tt",
    "\\cal": "cal",
    "\\oldstyle": "",
}
_TABLES = {
    "pmatrix": "()",
    "bmatrix": "[]",
    "Bmatrix": "{}",
    "vmatrix": "∣∣",
    "Vmatrix": "∥∥",
    "cases": "{",
    "dcases": "{",
    "rcases": "}",
    "drcases": "}",
}
_ESCAPED = frozenset("{}$%&#_")


class UncheckableError(ValueError):
    """The formula contains a command of which nothing is known."""


_SIGNS: dict[str, Keys] = {"\\sqrt": (ROOT,)}
_SIGNS |= dict.fromkeys(("\\frac", "\\dfrac", "\\tfrac", "\\cfrac", "\\over"), (FRACTION,))
_SIGNS |= dict.fromkeys(("\\binom", "\\dbinom", "\\tbinom", "\\choose"), (FRACTION,))
_SIGNS |= dict.fromkeys(("\\atop", "\\brace", "\\brack"), (FRACTION,))


class _Source:
    """Reads from canonical pieces what should be visible."""

    def __init__(self) -> None:
        self._font = ""
        self._pending = ""
        self._fonts: list[str] = []
        self._is_delimiter_due = False
        self.seen: list[str] = []

    def read(self, pieces: Iterable[str]) -> None:
        for piece in pieces:
            if self._is_delimiter_due:
                self._is_delimiter_due = False
                if piece == ".":
                    continue
            change = _CHANGES.get(piece)
            if change is not None:
                change(self, piece)
            elif len(piece) > 1 and piece.startswith(_ENVIRONMENT):
                self._environment(piece)
            elif keys := _piece_keys(piece, self._pending or self._font):
                self.seen += keys
                self._pending = ""

    def open(self, _piece: str) -> None:
        """`{`: a font that was due holds for the group."""
        self._fonts.append(self._font)
        self._font, self._pending = self._pending or self._font, ""

    def close(self, _piece: str) -> None:
        """`}`."""
        self._font = self._fonts.pop() if self._fonts else ""

    def end_cell(self, _piece: str) -> None:
        r"""`&`, `\\`: what `\rm` and the like rule is a cell."""
        if self._fonts:
            self._font = self._fonts[-1]

    def await_delimiter(self, _piece: str) -> None:
        r"""`\left`."""
        self._is_delimiter_due = True

    def await_argument(self, piece: str) -> None:
        r"""`\mathbf`."""
        self._pending = _combine(self._font, _FONTS[piece])

    def switch(self, piece: str) -> None:
        r"""`\bf`."""
        self._font = _SWITCHES[piece]

    def _environment(self, piece: str) -> None:
        if piece.startswith("\\begin{"):
            self._fonts.append(self._font)
            self.seen += _fences(piece)
            return
        # The braces of a wrapper around an environment end in the same piece.
        for _ in range(piece.count("}")):
            self.close(piece)


_CHANGES: dict[str, Callable[[_Source, str], None]] = {
    "{": _Source.open,
    "[{": _Source.open,
    "}": _Source.close,
    "}]": _Source.close,
    "&": _Source.end_cell,
    "\\\\": _Source.end_cell,
    **dict.fromkeys(("\\left", "\\right", "\\middle"), _Source.await_delimiter),
    **dict.fromkeys(_FONTS, _Source.await_argument),
    **dict.fromkeys(_SWITCHES, _Source.switch),
}
_STATEFUL = frozenset({"\\left", "\\right", "\\middle", *_FONTS, *_SWITCHES})
"""Pieces on which it depends what others show."""

_ENVIRONMENT = ("\\begin{", "\\end{")


@lru_cache(maxsize=4096)
def _plain_keys(piece: str) -> Keys:
    """Return what a piece shows that is not in a font's reach."""
    if piece.startswith(_ENVIRONMENT):
        return _fences(piece) if piece.startswith("\\begin{") else ()
    return () if piece in _CHANGES else _piece_keys(piece, "")


@lru_cache(maxsize=4096)
def _piece_keys(piece: str, font: str) -> Keys:
    """Return what a piece shows in a font."""
    if len(piece) == 1:
        if piece in "^_~" or piece in INVISIBLE or is_atom(piece):
            return ()
        return character_keys(*letters().get(piece, (piece, font)))  # `ℝ` typed as such
    return _command_keys(piece, font)


def _fences(piece: str) -> Keys:
    r"""Return the fences of `\begin{pmatrix}`."""
    return tuple(_TABLES.get(piece[7 : piece.index("}")], ""))


def _command_keys(piece: str, font: str) -> Keys:
    if piece.startswith(("\\operatorname{", "\\operatorname*{")):
        return _word(piece[piece.index("{") + 1 : -1])
    if piece[-1] in _ESCAPED and len(piece) == 2:
        return character_keys(piece[1], "")
    if piece.endswith("}"):
        return (FRACTION,) if piece.startswith("\\genfrac") else ()
    return _SIGNS.get(piece, ()) + _known(piece, font)


def _known(piece: str, font: str) -> Keys:
    known = known_commands().get(piece)
    if known is None:
        if len(piece) == 2 and not piece[1].isalnum():
            return ("∥",) if piece == "\\|" else ()
        raise UncheckableError(piece)
    shows = known.shows
    styled = letters().get(shows)
    if styled is not None:
        return character_keys(*styled)
    if len(shows) > 1:
        return _word(shows)
    return character_keys(shows, font if shows.isalpha() else "") if shows else ()


def _word(text: str) -> Keys:
    """Read a word such as `sin` or `(mod)`: upright."""
    return tuple(
        key
        for character in text
        if not is_atom(character) and not character.isspace()
        for key in character_keys(character, "rm")
    )


def _combine(outer: str, inner: str) -> str:
    r"""Return the font of `\boldsymbol{\mathcal{L}}` and the like; else the inner one counts."""
    return _BOLDER.get(inner, inner) if outer == "bfit" else inner


_BOLDER = {"cal": "bfcal", "frak": "bffrak", "sf": "sfbf", "rm": "bf", "it": "bfit"}


def keys_due(pieces: list[str]) -> list[str]:
    """Read canonical pieces into what should be seen.

    Raises:
        UncheckableError: When the source contains something that cannot be checked.
    """
    if _STATEFUL.isdisjoint(pieces):  # as most are
        return list(chain.from_iterable(map(_plain_keys, pieces)))
    source = _Source()
    source.read(pieces)
    return source.seen
