r"""`\ce{SO4^2- + Ba^2+ -> BaSO4 v}`: atoms upright, digits below, charges above, arrows.

Rules and examples are those of mhchem's manual (mhchem.github.io/MathJax-mhchem). A reader goes
over the text once; what it read last decides what a digit, a sign or a blank means.
"""

import re
from collections.abc import Callable
from enum import Enum, auto

from generator.math.chemistry.scanner import Scanner, UnknownChemistryError
from generator.math.chemistry.scripts import script_to_tex
from generator.math.chemistry.signs import BONDS, GREEK_NAMES, NESTED, RAW, SIGNS, arrow_to_tex

_DEEPEST = 10  # equations in arrows' labels in equations


class _Last(Enum):
    """What was read last."""

    NOTHING = auto()
    """The beginning, an operator, an arrow, an opening bracket."""
    AMOUNT = auto()
    ATOM = auto()
    """A letter, closing bracket, text or script."""
    SCRIPT = auto()
    RAISED = auto()
    """A `^` with its script, which a `_` may be set below."""
    ISOTOPE = auto()
    """A script that belongs to the next atom."""


_SCRIPTS = frozenset({_Last.SCRIPT, _Last.RAISED})
_BASES = _SCRIPTS | {_Last.ATOM}
"""After these a digit is a count, and `+` a charge."""

_BLANKS = re.compile(r"[\s~]+")
_ARROW = re.compile(r"<=>>|<<=>|<-->|<=>|<->|->|<-|[→⟶↔⇌]")
_ESCAPING = re.compile(r"(?:(?<=\s)|^)(v|\^)(?=\s|$)|\((v|\^)\)")
_OPERATOR = re.compile(r"(?:(?<=\s)|^)([-+=<>])(?=\s|$)")
_JOINED_PLUS = re.compile(r"\+(?=\s*[A-Z0-9([{$\\])")
_CHARGE = re.compile(r"[-+](?=[\s)\]},;]|$|\^|_|\()")
_BOND = re.compile(r"-(?=[A-Za-z0-9([{$\\])|=(?=\S)|#(?=\S)")
_FRACTION = re.compile(r"\((\d+)/(\d+)\)|(\d+)/(\d+)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_DIGITS = re.compile(r"\d+")
_AMOUNT_LETTER = re.compile(r"([a-z])(?=\s+[A-Z([{$])")
_LONE_LETTER = re.compile(r"([a-z])(?=\s|$)")
_PREFIX_LETTER = re.compile(r"([a-z])-(?=[A-Z])")
_LETTERS = re.compile(r"[A-Za-z\u00c0-\u024f°]+")
_ADDED = re.compile(r"\s*[*.·•⋅](?=\s*[\dA-Za-z([$\\{])")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)\s*", re.DOTALL)
_ENTITY = re.compile(r"\s*[^\W\d_]|\s*[(\[{$\\^_]")
_OPENING, _CLOSING = re.compile(r"[(\[]"), re.compile(r"[)\]]")
_PUNCTUATION = re.compile(r"[,;:/|]")
_PRIMES = re.compile(r"'+")


def equation_to_tex(text: str, depth: int = 0) -> str:
    r"""Write the argument of `\ce` as TeX.

    Args:
        text: What is between the braces.
        depth: How many equations this one is nested in.

    Returns:
        TeX for math mode.

    Raises:
        UnknownChemistryError: For what is not known here.
    """
    if depth > _DEEPEST:
        raise UnknownChemistryError("equations nested too deeply")
    return _Equation(text.strip(), depth).read()


class _Equation:
    def __init__(self, text: str, depth: int) -> None:
        self.scanner = Scanner(text)
        self._depth = depth
        self._out: list[str] = []
        self._last = _Last.NOTHING
        self._is_spaced = False
        self._brackets = 0

    def read(self) -> str:
        while self.scanner:
            before = self.scanner.place
            if not any(read(self) for read in _READERS):
                raise UnknownChemistryError(self.scanner.text[before : before + 10])
        return "".join(self._out)

    def _write(self, tex: str, last: _Last) -> None:
        """Write a part of an entity, apart from the one before it."""
        if self._last is _Last.AMOUNT:
            self._out.append("\\,")
        elif self._is_spaced and self._last in _BASES:
            self._out.append("\\ ")
        self._is_spaced = False
        self._out.append(tex)
        self._last = last

    def _write_between(self, tex: str) -> None:
        """Write an operator or arrow."""
        self._is_spaced = False
        self._out.append(tex)
        self._last = _Last.NOTHING

    def _next(self) -> str:
        return self.scanner.text[self.scanner.place : self.scanner.place + 1]

    def blanks(self) -> bool:
        """Blanks separate entities; what follows decides how."""
        is_there = self.scanner.accept(_BLANKS) is not None
        self._is_spaced = self._is_spaced or is_there
        return is_there

    def arrow(self, match: re.Match[str]) -> None:
        """`->[above][below]`."""
        above, below = (self._label(), self._label())
        arrow = arrow_to_tex(match[0], above, below)
        if not arrow:
            raise UnknownChemistryError(f"the arrow {match[0]} with a text")
        self._write_between(f"{{}}\\mathrel{{{arrow}}}{{}}")

    def _label(self) -> str:
        label = self.scanner.enclosed("[", "]")
        return "" if label is None else equation_to_tex(label, self._depth + 1)

    def math(self) -> bool:
        """`$n$`."""
        formula = self.scanner.formula()
        if formula is None:
            return False
        is_amount = self._last is _Last.NOTHING and self._next() == " "
        self._write(f"{{{formula}}}", _Last.AMOUNT if is_amount else _Last.ATOM)
        return True

    def text(self) -> bool:
        """`{words}`."""
        content = self.scanner.enclosed("{", "}")
        if content is None:
            return False
        if content:
            self._write(f"\\text{{{content}}}", _Last.ATOM)
        else:
            self._last = _Last.NOTHING
        return True

    def escaping(self, match: re.Match[str]) -> None:
        r"""`v` and `^` on their own: falls out, goes up."""
        sign = "\\downarrow" if "v" in match[0] else "\\uparrow"
        self._is_spaced = False
        self._write(f"\\,{sign} ", _Last.ATOM)

    def operator(self, match: re.Match[str]) -> None:
        """A sign between blanks."""
        self._write_between(f"{{}}{match[1]}{{}}")

    def charge(self) -> bool:
        """A sign right after an atom."""
        if self._is_spaced or self._last not in _BASES:
            return False
        match = self.scanner.accept(_CHARGE)
        if match is None:
            return False
        self._write_script("^", match[0])
        return True

    def joined_plus(self, _match: re.Match[str]) -> None:
        """`A+B`."""
        self._write_between("{}+{}")

    def bond(self, match: re.Match[str]) -> None:
        """`C-C`, `C=C`, `C#C`."""
        self._write(BONDS[match[0]], _Last.NOTHING)

    def script(self) -> bool:
        """`^2-`, `_x`."""
        sign = self.scanner.text[self.scanner.place]
        if sign not in "^_":
            return False
        self.scanner.place += 1
        self._write_script(sign, self._script_content(sign), is_explicit=True)
        return True

    def _script_content(self, sign: str) -> str:
        content = self.scanner.enclosed("{", "}")
        if content is not None:
            return content
        formula = self.scanner.formula()
        if formula is not None:
            return f"${formula}$"
        match = self.scanner.accept(_BARE_SCRIPTS[sign])
        if match is None:
            raise UnknownChemistryError(f"nothing after {sign}")
        return match[0]

    def _write_script(self, sign: str, content: str, *, is_explicit: bool = False) -> None:
        r"""Write a script after the one before it, as mhchem does: `SO4^2-` has both in turn."""
        is_neutral = content == "x" and self._last is _Last.ATOM and self._next() == "_"
        script = "\\times" if is_neutral else script_to_tex(content)
        tex = f"{sign}{{{script}}}"
        is_raised = is_explicit and sign == "^"
        is_below = is_explicit and self._last is _Last.RAISED and content[:1] != "("
        if (self._last is _Last.ATOM or is_below) and not self._is_spaced:
            self._out.append(tex)
            self._last = _Last.RAISED if is_raised else _Last.SCRIPT
        elif self._last is _Last.ISOTOPE:
            self._out.append(tex)
        elif self._last in _SCRIPTS and not self._is_spaced:
            self._out.append(f"{{\\vphantom{{A}}}}{tex}")
        else:
            self._write(f"{{\\vphantom{{A}}}}{tex}", _Last.ISOTOPE)

    def number(self) -> bool:
        """Digits: an amount of what follows, or a count of what came before."""
        if self._last in _BASES and not self._is_spaced:
            return self._count()
        if fraction := self.scanner.accept(_FRACTION):
            above, below = (part for part in fraction.groups() if part)
            tex = f"\\tfrac{{{above}}}{{{below}}}"
            tex = f"({above}/{below})" if fraction[1] else tex
            self._write(tex, _Last.AMOUNT)
            return True
        number = self.scanner.accept(_NUMBER)
        if number is None:
            return False
        last = _Last.AMOUNT if self._has_entity_ahead() else _Last.ATOM
        self._write(number[0].replace(",", "{,}"), last)
        return True

    def _has_entity_ahead(self) -> bool:
        return _ENTITY.match(self.scanner.text, self.scanner.place) is not None

    def _count(self) -> bool:
        """Digits after an atom: how many of it."""
        digits = self.scanner.accept(_DIGITS)
        if digits is None:
            return False
        self._write_script("_", digits[0])
        return True

    def letters(self) -> bool:
        """Atoms; a small letter on its own is a variable."""
        is_first = self._last in (_Last.NOTHING, _Last.AMOUNT) or self._is_spaced
        if is_first and (amount := self.scanner.accept(_AMOUNT_LETTER)):
            self._write(amount[1], _Last.AMOUNT)
            return True
        if is_first and (lone := self.scanner.accept(_LONE_LETTER)):
            self._write(lone[1], _Last.ATOM)
            return True
        if is_first and (prefix := self.scanner.accept(_PREFIX_LETTER)):
            self._write(f"{prefix[1]}\\text{{-}}", _Last.NOTHING)
            return True
        letters = self.scanner.accept(_LETTERS)
        if letters is None:
            return False
        upright = letters[0].replace("°", "}{}^{\\circ}\\mathrm{")
        self._write(f"\\mathrm{{{upright}}}", _Last.ATOM)
        return True

    def added(self) -> bool:
        """`*` or `.` before crystal water."""
        if self._last not in _BASES or not self.scanner.accept(_ADDED):
            return False
        self._write_between("\\,\\cdot\\,")
        return True

    def bracket(self) -> bool:
        """`(`, `)`, `[`, `]`."""
        if opening := self.scanner.accept(_OPENING):
            self._write(opening[0], _Last.SCRIPT if self._next() == " " else _Last.NOTHING)
            self._brackets += 1
            return True
        closing = self.scanner.accept(_CLOSING)
        if closing is None:
            return False
        self._is_spaced = False
        self._out.append(closing[0])
        self._brackets -= 1
        self._last = _Last.ATOM
        return True

    def punctuation(self, match: re.Match[str]) -> None:
        """`,`, `;`, `/`."""
        is_apart = self._next() == " " and self._brackets <= 0
        space = "" if match[0] not in ",;" else "\\mkern6mu " if is_apart else "\\mkern3mu "
        self._write_between(f"{{{match[0]}}}{space}")

    def primes(self, match: re.Match[str]) -> None:
        """`'`."""
        self._write_script("^", match[0], is_explicit=True)

    def command(self, match: re.Match[str]) -> None:
        r"""`\mu`, `\bond{-}`, `\overset{a}{b}`."""
        name = match[0].strip() or "\\ "
        if name == "\\bond":
            self._bond_of(self._argument(name))
        elif name in GREEK_NAMES:
            self._write(f"{name} ", _Last.ATOM)
        elif name == "\\{":
            self._write("\\{", _Last.NOTHING)
        elif name == "\\}":
            self._out.append("\\}")
            self._last = _Last.ATOM
        elif name in SIGNS:
            self._write_between(SIGNS[name])
        elif name in NESTED:
            self._nested(name)
        elif name in RAW:
            self._write(f"{name}{{{self._argument(name)}}}", _Last.ATOM)
        else:
            raise UnknownChemistryError(name)

    def _nested(self, name: str) -> None:
        r"""`\overset{a}{B}`: the arguments are equations."""
        arguments = [self._argument(name) for _ in range(NESTED[name])]
        parts = [equation_to_tex(argument, self._depth + 1) for argument in arguments]
        self._write(name + "".join(f"{{{part}}}" for part in parts), _Last.ATOM)

    def _argument(self, name: str) -> str:
        argument = self.scanner.enclosed("{", "}")
        if argument is None:
            raise UnknownChemistryError(name)
        return argument

    def _bond_of(self, kind: str) -> None:
        bond = BONDS.get(kind)
        if bond is None:
            raise UnknownChemistryError(f"the bond {kind}")
        self._write(bond, _Last.NOTHING)


_BARE_SCRIPTS = {
    "^": re.compile(
        r"""\d+/\d+[-+]? | \d+[-+]? | [-+]?\d*[-+] | [A-Za-z][-+]? | [*.·•]+[-+]? | '+
        | \([^()]*\)[-+]?""",
        re.VERBOSE,
    ),
    "_": re.compile(r"[-+]?\d+|[A-Za-z]|\([^()]*\)"),
}


def _where(
    pattern: re.Pattern[str], write: Callable[[_Equation, re.Match[str]], None]
) -> Callable[[_Equation], bool]:
    """Make a reader of a method that writes what a pattern has found."""

    def read(equation: _Equation) -> bool:
        match = equation.scanner.accept(pattern)
        if match is not None:
            write(equation, match)
        return match is not None

    return read


_READERS: tuple[Callable[[_Equation], bool], ...] = (
    _where(_ESCAPING, _Equation.escaping),
    _where(_ARROW, _Equation.arrow),
    _where(_OPERATOR, _Equation.operator),
    _Equation.charge,
    _Equation.added,
    _Equation.blanks,
    _Equation.math,
    _Equation.text,
    _where(_JOINED_PLUS, _Equation.joined_plus),
    _where(_BOND, _Equation.bond),
    _Equation.script,
    _Equation.number,
    _Equation.letters,
    _Equation.bracket,
    _where(_PUNCTUATION, _Equation.punctuation),
    _where(_PRIMES, _Equation.primes),
    _where(_COMMAND, _Equation.command),
)
"""In this order: what an earlier one takes, a later one does not see."""
