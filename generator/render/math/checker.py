r"""Compares what went into a converter with what came out.

Both sides become the multiset of what a reader sees: each symbol once, letters with their font
(`x` italic, upright, bold, script …). The source's side rests on KaTeX's and MathJax's tables
(`commands.tsv`), so no converter is judged by itself. Order is not compared: a superscript may be
written before a subscript. What stands where is compared by counts of fractions, roots and cells.
"""

from collections import Counter
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from generator.render.math.atoms import is_atom
from generator.render.math.commands import known_commands
from generator.render.math.letters import letters

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
_FRACTIONS = frozenset(
    {"\\frac", "\\dfrac", "\\tfrac", "\\cfrac", "\\binom", "\\dbinom", "\\tbinom", "\\over"}
    | {"\\choose", "\\atop", "\\brace", "\\brack"}
)
_ESCAPED = frozenset("{}$%&#_")


class UncheckableError(ValueError):
    """A command stands in the formula of which nothing is known."""


class _Source:
    """Reads canonical pieces into what should be seen."""

    def __init__(self) -> None:
        self._font = ""
        self._pending: str | None = None
        self._fonts: list[str] = []
        self.seen: list[str] = []
        self.fractions = 0
        self.roots = 0

    def read(self, pieces: Iterable[str]) -> None:
        is_delimiter = False
        for piece in pieces:
            if is_delimiter:
                is_delimiter = False
                if piece == ".":
                    continue
            if len(piece) == 1:
                self._character(piece)
            elif piece in _FONTS:
                self._pending = _combine(self._font, _FONTS[piece])
            elif piece in _SWITCHES:
                self._font = _SWITCHES[piece]
            else:
                is_delimiter = piece in ("\\left", "\\right", "\\middle")
                self._command(piece)

    def _character(self, character: str) -> None:
        if character == "{":
            self._fonts.append(self._font)
            if self._pending is not None:
                self._font, self._pending = self._pending, None
        elif character == "}":
            self._font = self._fonts.pop() if self._fonts else ""
        elif character == "&":
            self._end_cell()
        elif character not in "^_~" and not is_atom(character):
            self._show(character)

    def _end_cell(self) -> None:
        r"""End what `\rm` and the like rule: they hold for a cell."""
        if self._fonts:
            self._font = self._fonts[-1]

    def _show(self, text: str) -> None:
        font = self._font
        if self._pending is not None:
            font, self._pending = self._pending, None
        for character in text:
            self.seen += _keys(character, font)

    def _command(self, piece: str) -> None:
        if piece.startswith(("\\begin{", "\\end{")):
            self._environment(piece)
        elif piece.startswith(("\\operatorname{", "\\operatorname*{")):
            self._word(piece[piece.index("{") + 1 : -1])
        elif piece in ("[{", "}]"):
            self._character("{" if piece == "[{" else "}")
        elif piece == "\\\\":
            self._end_cell()
        elif piece[-1] in _ESCAPED and len(piece) == 2:
            self.seen += _keys(piece[1], "")
        else:
            self.fractions += piece in _FRACTIONS or piece.startswith("\\genfrac")
            self.roots += piece == "\\sqrt"
            if not piece.endswith("}"):
                self._known(piece)

    def _environment(self, piece: str) -> None:
        if piece.startswith("\\begin{"):
            self._fonts.append(self._font)
            self.seen += _TABLES.get(piece[7 : piece.index("}")], "")
            return
        # The braces of a wrapper around an environment end in the same piece.
        for _ in range(piece.count("}")):
            self._character("}")

    def _known(self, piece: str) -> None:
        known = known_commands().get(piece)
        if known is None:
            if len(piece) == 2 and not piece[1].isalnum():
                self.seen += ["∥"] if piece == "\\|" else []
                return
            raise UncheckableError(piece)
        shows = known.shows
        if not shows:
            return
        styled = letters().get(shows)
        if styled is not None:
            self.seen += _keys(*styled)
        elif len(shows) > 1:
            self._word(shows)
        elif shows.isalpha():
            self._show(shows)
        else:
            self._pending = None
            self.seen += _keys(shows, "")

    def _word(self, text: str) -> None:
        """Take a word such as `sin` or `(mod)`: upright."""
        for character in text:
            if not is_atom(character) and not character.isspace():
                self.seen += _keys(character, "rm")


def _combine(outer: str, inner: str) -> str:
    r"""Return the font of `\boldsymbol{\mathcal{L}}` and the like; else the inner one counts."""
    return _BOLDER.get(inner, inner) if outer in ("bfit", "bf") else inner


_BOLDER = {"cal": "bfcal", "frak": "bffrak", "sf": "sfbf", "rm": "bf", "it": "bfit"}


def _keys(character: str, font: str) -> Iterable[str]:
    """Return what a character counts as: itself, or its parts, and for letters the font."""
    same = _SAME.get(character)
    if same is not None:
        return same
    if font in ("", "it") or not character.isalnum():
        return (character,)
    if character.isdigit():
        return (f"{character}:bf",) if font in ("bf", "bfit") else (character,)
    if "\u0370" <= character <= "\u03ff":
        return (f"{character}:bf",) if "bf" in font else (character,)
    return (f"{character}:{font}",) if character.isascii() else (character,)


def _see(root: Element) -> tuple[list[str], Counter[str]]:
    """Read what a tree shows, and how many of each element it has."""
    seen: list[str] = []
    counts: Counter[str] = Counter()
    known = letters()
    for element in root.iter():
        tag = element.tag
        counts[tag] += 1
        text = element.text
        if not text or tag == "mtext" or len(element):
            continue
        is_upright = len(text) > 1 or "mathvariant" in element.attrib
        for character in text:
            if character in _INVISIBLE or character.isspace() or is_atom(character):
                continue
            plain = known.get(character)
            if plain is not None:
                font = plain[1] if plain[1] != "it" else ""
                seen += _keys(plain[0], font)
            else:
                seen += _keys(character, "rm" if is_upright else "")
    return seen, counts


def find_difference(pieces: Iterable[str], root: Element) -> str:
    """Compare canonical TeX with what a converter made of it, before atoms are placed.

    Args:
        pieces: See `Canonical.pieces`.
        root: The `<math>` element.

    Returns:
        What differs, "" when nothing does.

    Raises:
        UncheckableError: When something in the source is not known well enough to tell.
    """
    source = _Source()
    source.read(pieces)
    seen, counts = _see(root)
    if sorted(source.seen) != sorted(seen):
        missing, added = Counter(source.seen), Counter(seen)
        return f"lost {list(missing - added)}, gained {list(added - missing)}"
    if counts["mfrac"] != source.fractions:
        return f"{source.fractions} fractions became {counts['mfrac']}"
    roots = counts["msqrt"] + counts["mroot"]
    if roots != source.roots:
        return f"{source.roots} roots became {roots}"
    return _find_wrong_arity(root)


_ARITIES = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "mover": 2, "munder": 2}
_ARITIES |= {"msubsup": 3, "munderover": 3}
_LEAVES = frozenset({"mi", "mn", "mo", "mtext", "mspace"})


def _find_wrong_arity(root: Element) -> str:
    for element in root.iter():
        tag = element.tag
        arity = _ARITIES.get(tag)
        if arity is not None and len(element) != arity:
            return f"{tag} with {len(element)} children"
        if tag in _LEAVES:
            if len(element):
                return f"{tag} with children"
            if element.text and "\\" in element.text and len(element.text) > 1:
                return f"a command in {tag}"
    return ""
