r"""Compares what went into a converter with what came out.

Both sides become the multiset of what a reader sees: each symbol once, letters with their font
(`x` italic, upright, bold, script …). The source's side rests on KaTeX's and MathJax's tables
(`commands.tsv`), so no converter is judged by itself. Order is not compared: a superscript may be
written before a subscript. What stands where is compared by counts of fractions and roots, and by
that of every element's children.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import TypeAlias

from generator.math.atoms import is_atom
from generator.math.commands import known_commands
from generator.math.letters import letters
from generator.math.memo import Memo
from generator.math.tree import Element, Tree

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
_INVISIBLE = frozenset("\u2061\u2062\u2063\u2064\u200b\u200c\u200d\u2060\ufe00\ufe01\ufe0e\ufe0f")
_SAME = {
    "-": "−",
    "‐": "−",
    "*": "∗",
    "⁎": "∗",
    "|": "∣",
    "‖": "∥",
    "'": "′",
    "’": "′",
    "″": "′′",
    "‴": "′′′",
    "⁗": "′′′′",
    "…": "...",
    "¯": "‾",
    "ˉ": "‾",
    "―": "‾",
    "ˆ": "^",
    "\u0302": "^",
    "˜": "~",
    "\u0303": "~",
    "∼": "~",
    "\u030c": "ˇ",
    "\u0306": "˘",
    "\u0307": "˙",
    "\u0308": "¨",
    "ˊ": "´",
    "ˋ": "`",
    "‘": "`",
    "\u20db": "...",
    "\u20dc": "....",
    "\u030a": "˚",
    "\u0301": "´",
    "\u0300": "`",
    "\u0304": "‾",
    "\u0332": "‾",
    "⟶": "→",
    "⟵": "←",
    "⟹": "⇒",
    "⟸": "⇐",
    "⟺": "⇔",
    "⟷": "↔",
    "\u20d7": "→",
    "·": "⋅",
    "∙": "⋅",
    "•": "⋅",
    "〈": "⟨",
    "〉": "⟩",
    "⟂": "⊥",
    "∖": "\\",
    "∆": "Δ",
    "⧵": "\\",
    "∷": "::",
    "≔": ":=",
    "≕": "=:",
    "∶": ":",
    "⩴": "::=",
    "ħ": "ℏ",
    "µ": "μ",
    "⨯": "×",
    "⌀": "∅",
    "Ⓢ": "S",
    "®": "R",
    "◻": "□",
    "◼": "■",
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
    """A command stands in the formula of which nothing is known."""


_Keys: TypeAlias = tuple[str, ...]
_FRACTION, _ROOT = "a fraction", "a root"
_SIGNS: dict[str, _Keys] = {"\\sqrt": (_ROOT,)}
_SIGNS |= dict.fromkeys(("\\frac", "\\dfrac", "\\tfrac", "\\cfrac", "\\over"), (_FRACTION,))
_SIGNS |= dict.fromkeys(("\\binom", "\\dbinom", "\\tbinom", "\\choose"), (_FRACTION,))
_SIGNS |= dict.fromkeys(("\\atop", "\\brace", "\\brack"), (_FRACTION,))


class _Source:
    """Reads canonical pieces into what should be seen."""

    def __init__(self) -> None:
        self._font = ""
        self._pending = ""
        self._fonts: list[str] = []
        self._is_delimiter_due = False
        self.seen: list[str] = []

    def read(self, pieces: Iterable[str]) -> None:
        """Read pieces; most count by themselves, as long as nothing is due."""
        known = _IN_FONT[""]
        for piece in pieces:
            keys = known[piece]
            if keys is None:
                self._step(piece)
                is_due = self._is_delimiter_due or self._pending
                known = _UNKNOWN if is_due else _IN_FONT[self._font]
            else:
                self.seen += keys

    def _step(self, piece: str) -> None:
        """Read a piece that needs the state, or changes it."""
        if self._is_delimiter_due:
            self._is_delimiter_due = False
            if piece == ".":
                return
        change = _CHANGES.get(piece)
        if change is not None:
            change(self, piece)
        elif piece.startswith(_ENVIRONMENT):
            self._environment(piece)
        elif keys := _IN_FONT[self._pending or self._font][piece]:
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
_ENVIRONMENT = ("\\begin{", "\\end{")


def _read_piece(piece: str, font: str) -> _Keys | None:
    """Return the keys of a piece in a font; None for one that depends on others."""
    if piece in _CHANGES or piece.startswith(_ENVIRONMENT):
        return None
    if len(piece) == 1:
        return () if piece in "^_~" or is_atom(piece) else _keys(piece, font)
    return _command_keys(piece, font)


def _read_without_fonts(piece: str) -> _Keys:
    keys = _read_piece(piece, "")
    if keys is None:
        return _fences(piece) if piece.startswith("\\begin{") else ()
    return keys


def _fences(piece: str) -> _Keys:
    r"""Return the fences of `\begin{pmatrix}`."""
    return tuple(_TABLES.get(piece[7 : piece.index("}")], ""))


_Known: TypeAlias = Mapping[str, _Keys | None]
_UNKNOWN: _Known = Memo(lambda _: None)
_IN_FONT: Mapping[str, _Known] = Memo(lambda font: Memo(lambda piece: _read_piece(piece, font)))
_WITHOUT_FONTS = Memo(_read_without_fonts)
_STATEFUL = _FONTS.keys() | _SWITCHES.keys() | {"."}  # nothing is seen of `\\left.`


def _read_source(pieces: list[str]) -> list[str]:
    """Read canonical pieces into what should be seen."""
    if _STATEFUL.isdisjoint(pieces):
        return list(chain.from_iterable(map(_WITHOUT_FONTS.__getitem__, pieces)))
    source = _Source()
    source.read(pieces)
    return source.seen


def _command_keys(piece: str, font: str) -> _Keys:
    if piece.startswith(("\\operatorname{", "\\operatorname*{")):
        return _word(piece[piece.index("{") + 1 : -1])
    if piece[-1] in _ESCAPED and len(piece) == 2:
        return _keys(piece[1], "")
    if piece.endswith("}"):
        return (_FRACTION,) if piece.startswith("\\genfrac") else ()
    return _SIGNS.get(piece, ()) + _known(piece, font)


def _known(piece: str, font: str) -> _Keys:
    known = known_commands().get(piece)
    if known is None:
        if len(piece) == 2 and not piece[1].isalnum():
            return ("∥",) if piece == "\\|" else ()
        raise UncheckableError(piece)
    shows = known.shows
    styled = letters().get(shows)
    if styled is not None:
        return _keys(*styled)
    if len(shows) > 1:
        return _word(shows)
    return _keys(shows, font if shows.isalpha() else "") if shows else ()


def _word(text: str) -> _Keys:
    """Read a word such as `sin` or `(mod)`: upright."""
    return tuple(
        key
        for character in text
        if not is_atom(character) and not character.isspace()
        for key in _keys(character, "rm")
    )


def _combine(outer: str, inner: str) -> str:
    r"""Return the font of `\boldsymbol{\mathcal{L}}` and the like; else the inner one counts."""
    return _BOLDER.get(inner, inner) if outer in ("bfit", "bf") else inner


_BOLDER = {"cal": "bfcal", "frak": "bffrak", "sf": "sfbf", "rm": "bf", "it": "bfit"}


def _keys(character: str, font: str) -> _Keys:
    """Return what a character counts as: itself, or its parts, and for letters the font."""
    same = _SAME.get(character)
    if same is not None:
        return tuple(same)
    if font in ("", "it") or not character.isalnum():
        return (character,)
    if character.isdigit():
        return (f"{character}:bf",) if font in ("bf", "bfit") else (character,)
    if "\u0370" <= character <= "\u03ff":
        return (f"{character}:bf",) if "bf" in font else (character,)
    return (f"{character}:{font}",) if character.isascii() else (character,)


_COUNTED = {"mfrac": _FRACTION, "msqrt": _ROOT, "mroot": _ROOT}
_SIZES = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "mover": 2, "munder": 2}
_SIZES |= {"msubsup": 3, "munderover": 3}
_SIZES |= {"mi": 0, "mn": 0, "mo": 0, "mtext": 0, "mspace": 0}


def _see(tree: Tree) -> list[str]:
    """Read what a tree shows; an element that cannot be right counts as something to see."""
    seen = list(chain.from_iterable(map(_SHOWN.__getitem__, tree.elements)))
    for branch in tree.branches:
        tag, size = branch.head.tag, len(branch)
        if size != _SIZES.get(tag, size):
            seen.append(f"{tag} with {size} children")
    return seen


def _show_element(element: Element) -> _Keys:
    tag, text = element.tag, element.text
    if tag in _COUNTED:
        return (_COUNTED[tag],)
    if not text or tag == "mtext":
        return ()
    if len(text) == 1 and "mathvariant" not in element.attributes:
        return _shown(text, "")
    is_command = "\\" in text and len(text) > 1
    return (f"a command: {text}",) if is_command else _shown(text, "rm")


_SHOWN = Memo(_show_element)


def _shown(text: str, font: str) -> _Keys:
    keys: list[str] = []
    for character in text:
        if character not in _INVISIBLE and not character.isspace() and not is_atom(character):
            keys += _keys(*letters().get(character, (character, font)))
    return tuple(keys)


def find_difference(pieces: list[str], tree: Tree) -> str:
    """Compare canonical TeX with what a converter made of it, before atoms are placed.

    Args:
        pieces: See `Canonical.pieces`.
        tree: What the converter made.

    Returns:
        What differs, "" when nothing does.

    Raises:
        UncheckableError: When something in the source is not known well enough to tell.
    """
    due, seen = _read_source(pieces), _see(tree)
    if seen == due or sorted(seen) == sorted(due):
        return ""
    missing, added = Counter(due), Counter(seen)
    return f"lost {list(missing - added)}, gained {list(added - missing)}"
