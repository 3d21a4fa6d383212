r"""The package siunitx: `\num{1.2e3}`, `\qty{10}{\meter\per\second}`, `\ang{10;20}`."""

import re
from collections.abc import Callable, Iterable

from generator.math.packages.arguments import ArgumentStream
from generator.math.tex.stream import TokenStream
from generator.math.tex.tokens import TexToken

_PREFIXES = {
    "quecto": "q", "ronto": "r", "yocto": "y", "zepto": "z", "atto": "a", "femto": "f",
    "pico": "p", "nano": "n", "micro": "\\mu ", "milli": "m", "centi": "c", "deci": "d",
    "deca": "da", "deka": "da", "hecto": "h", "kilo": "k", "mega": "M", "giga": "G",
    "tera": "T", "peta": "P", "exa": "E", "zetta": "Z", "yotta": "Y",
}  # fmt: skip
_UNITS = {
    "meter": "m", "metre": "m", "gram": "g", "second": "s", "ampere": "A", "kelvin": "K",
    "mole": "mol", "candela": "cd", "hertz": "Hz", "newton": "N", "pascal": "Pa", "joule": "J",
    "watt": "W", "coulomb": "C", "volt": "V", "farad": "F", "ohm": "\\Omega ", "siemens": "S",
    "weber": "Wb", "tesla": "T", "henry": "H", "lumen": "lm", "lux": "lx", "becquerel": "Bq",
    "gray": "Gy", "sievert": "Sv", "katal": "kat", "radian": "rad", "steradian": "sr",
    "degreeCelsius": "{}^{\\circ}C", "celsius": "{}^{\\circ}C", "degree": "{}^{\\circ}",
    "arcminute": "'", "arcsecond": "''", "percent": "\\%", "minute": "min", "hour": "h",
    "day": "d", "liter": "L", "litre": "L", "tonne": "t", "hectare": "ha", "electronvolt": "eV",
    "dalton": "Da", "astronomicalunit": "au", "decibel": "dB", "bel": "B", "neper": "Np",
    "bit": "bit", "byte": "B", "angstrom": "\\mathring{A}", "bar": "bar", "atm": "atm",
    "kg": "kg", "km": "km", "cm": "cm", "mm": "mm", "nm": "nm", "um": "\\mu m", "m": "m",
    "g": "g", "mg": "mg", "s": "s", "ms": "ms", "us": "\\mu s", "ns": "ns", "h": "h",
    "A": "A", "mA": "mA", "V": "V", "mV": "mV", "kV": "kV", "W": "W", "kW": "kW", "MW": "MW",
    "J": "J", "kJ": "kJ", "N": "N", "kN": "kN", "Pa": "Pa", "kPa": "kPa", "MPa": "MPa",
    "Hz": "Hz", "kHz": "kHz", "MHz": "MHz", "GHz": "GHz", "K": "K", "mol": "mol", "L": "L",
    "ml": "ml", "mL": "mL", "eV": "eV", "keV": "keV", "MeV": "MeV", "GeV": "GeV", "kWh": "kWh",
}  # fmt: skip
_POWERS = {"\\squared": "2", "\\cubed": "3"}
_POWERS_BEFORE = {"\\square": "2", "\\cubic": "3"}
_NUMBER = re.compile(
    r"([+-]{0,2})([0-9.,]*)(\([0-9]+\))?(?:(?:\+-|\\pm)([0-9.,]+))?(?:[eEdD]([+-]?[0-9]+))?"
)
_LONG = 5
"""Digits that are set in groups of three."""


def number(text: str) -> str:
    """Write a number as siunitx does: groups of digits, a power of ten."""
    return "\\times ".join(_factor(part) for part in re.split("x", text.replace(" ", "")))


def _factor(text: str) -> str:
    match = _NUMBER.fullmatch(text)
    if match is None or not text:
        return text
    sign, digits, uncertain, margin, power = match.groups()
    sign = "\\pm " if sign == "+-" else sign
    whole, point, part = digits.replace(",", ".").partition(".")
    made = f"{sign}{_grouped(whole, from_end=True)}{point}{_grouped(part, from_end=False)}"
    made += uncertain or ""
    if margin:
        made = f"{made}\\pm {margin}"
        made = f"({made})" if power else made
    if power:
        times = "\\times " if digits else ""
        made += f"{times}10^{{{power.removeprefix('+')}}}"
    return made


def _grouped(digits: str, *, from_end: bool) -> str:
    if len(digits) < _LONG:
        return digits
    first = len(digits) % 3 if from_end else 0
    groups = [digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))]
    return "\\,".join(filter(None, groups))


def unit(tokens: Iterable[TexToken]) -> str:
    r"""Write a unit, `\meter\per\second\squared` or `m.s^{-2}`, upright."""
    reader = _UnitReader()
    stream = TokenStream(tokens)
    while (token := stream.pop()) is not None:
        reader.read(token.text, stream)
    return "\\,".join(reader.parts)


class _UnitReader:
    """Puts a unit's symbols next to each other, with their powers."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._prefix, self._power_before = "", ""
        self._is_per = self._is_open = False

    def read(self, text: str, stream: TokenStream) -> None:
        name = text[1:]
        if text == "\\per":
            self._is_per = True
        elif text in _POWERS_BEFORE:
            self._power_before = _POWERS_BEFORE[text]
        elif text in _POWERS:
            self._raise(_POWERS[text])
        elif text in ("\\tothe", "\\raiseto"):
            power = stream.word()
            if text == "\\tothe":
                self._raise(power)
            else:
                self._power_before = power
        elif text[0] == "\\" and name in _PREFIXES:
            self._prefix += _PREFIXES[name]
        elif text[0] == "\\":
            self._add(_UNITS.get(name, text))
        else:
            self._read_literal(text, stream)

    def _add(self, symbol: str) -> None:
        self.parts.append(f"\\mathrm{{{self._prefix}{symbol}}}")
        self._prefix, power = "", self._power_before
        self._power_before = ""
        if power or self._is_per:
            self._raise(power or "1")

    def _raise(self, power: str) -> None:
        if not self.parts:
            return
        sign = "-" if self._is_per else ""
        self._is_per = False
        symbol, is_raised, old = self.parts[-1].partition("^{-1}")
        sign = "-" if is_raised else sign
        self.parts[-1] = f"{symbol}{old}^{{{sign}{power}}}"

    def _read_literal(self, text: str, stream: TokenStream) -> None:
        """Take `m`, `.`, `/`, `^{2}` of a unit that is written out."""
        if text in (".", "~", " "):
            self._is_open = False
        elif text == "^":
            self._raise(stream.word())
            self._is_open = False
        elif text.isalpha() and self._is_open:
            self.parts[-1] = f"{self.parts[-1][:-1]}{text}}}"
        elif text.isalpha():
            self.parts.append(f"\\mathrm{{{text}}}")
            self._is_open = True
        elif self.parts:
            self.parts[-1] += text
            self._is_open = False
        else:
            self.parts.append(text)


def quantity(amount: str, tokens: Iterable[TexToken]) -> str:
    """Write a number with its unit, a thin space between them."""
    symbol = unit(tokens)
    space = "" if symbol.startswith(("\\mathrm{{}^{\\circ}}", "\\mathrm{'")) else "\\,"
    return f"{number(amount)}{space}{symbol}"


def _text(stream: ArgumentStream) -> str:
    return "".join(token.text for token in stream.argument())


def _number(stream: ArgumentStream) -> str:
    stream.optional()
    return f"{{{number(_text(stream))}}}"


def _unit(stream: ArgumentStream) -> str:
    stream.optional()
    return f"{{{unit(stream.argument())}}}"


def _quantity(stream: ArgumentStream) -> str:
    stream.optional()
    amount = _text(stream)
    before = "".join(token.text for token in stream.optional() or ())
    return f"{{{before}{quantity(amount, stream.argument())}}}"


def _angle(stream: ArgumentStream) -> str:
    r"""`\ang{10;20;30}`: degrees, minutes, seconds."""
    stream.optional()
    signs = ("^{\\circ}", "'", "''")
    parts = zip(_text(stream).split(";"), signs, strict=False)
    return "".join(f"{number(part)}{sign}" for part, sign in parts if part.strip())


def _range(stream: ArgumentStream) -> str:
    stream.optional()
    return f"{number(_text(stream))}\\text{{ to }}{number(_text(stream))}"


def _quantity_range(stream: ArgumentStream) -> str:
    stream.optional()
    first, last, symbol = _text(stream), _text(stream), stream.argument()
    return f"{quantity(first, symbol)}\\text{{ to }}{quantity(last, symbol)}"


def _list(stream: ArgumentStream) -> str:
    stream.optional()
    return _listed([number(part) for part in _text(stream).split(";")])


def _quantity_list(stream: ArgumentStream) -> str:
    stream.optional()
    parts, symbol = _text(stream).split(";"), stream.argument()
    return _listed([quantity(part, symbol) for part in parts])


def _listed(parts: list[str]) -> str:
    *first, last = parts
    return ",\\ ".join(first) + "\\text{ and }" + last if first else last


SIUNITX: dict[str, Callable[[ArgumentStream], str]] = {
    "\\num": _number,
    **dict.fromkeys(("\\si", "\\unit"), _unit),
    "\\SI": _quantity,
    "\\ang": _angle,
    "\\numrange": _range,
    **dict.fromkeys(("\\SIrange", "\\qtyrange"), _quantity_range),
    "\\numlist": _list,
    **dict.fromkeys(("\\SIlist", "\\qtylist"), _quantity_list),
}
"""Macro → what makes TeX of its arguments; `\\qty` is there for both packages in `physics`."""
