r"""`\pu{1.2e3 kJ mol-1}`: a number with its power of ten, units upright, their exponents."""

import re

from generator.math.chemistry.scanner import Scanner, UnknownChemistryError

_NUMBER = re.compile(
    r"""([-+]|\+-|±)?\s*(\d[\d,.\ ]*\d|\d)?(?:\((\d+)\))?
    (?:\s*([eE])([-+]?\d+)|\s*[x*×]\s*10\^?\{?([-+]?\d+)\}?)?""",
    re.VERBOSE,
)
_UNIT = re.compile(r"[A-Za-zÅΩ°%µμ℃]+")
_EXPONENT = re.compile(r"\^?\{?([-+]?\d+)\}?")
_PRODUCT = re.compile(r"\s*[*.·⋅]\s*|\s+")
_QUOTIENT = re.compile(r"\s*(//?)\s*")
_BRACKET = re.compile(r"[()]")
_COMMAND = re.compile(r"\\(?:mu|Omega|degree|circ|AA|percent|%)\s*")
_COMMANDS = {
    "\\mu": "\\mathrm{µ}",
    "\\Omega": "\\mathrm{\\Omega}",
    "\\degree": "{}^{\\circ}",
    "\\circ": "{}^{\\circ}",
    "\\%": "\\%",
}


def quantity_to_tex(text: str) -> str:
    r"""Write the argument of `\pu` as TeX.

    Raises:
        UnknownChemistryError: For what is not known here.
    """
    number, units = _split(text.strip())
    if "//" in units:
        above, below = units.split("//", 1)
        fraction = f"\\frac{{{_units(above)}}}{{{_units(below)}}}"
        return f"{number}\\,{fraction}" if number else fraction
    tex = _units(units)
    return f"{number}\\,{tex}" if number and tex else number + tex


def _split(text: str) -> tuple[str, str]:
    match = _NUMBER.match(text)
    if match is None or not match[0].strip():
        return "", text
    sign, digits, uncertain, mark, *powers = match.groups()
    number = f"{sign or ''}{_digits(digits or '')}"
    if uncertain:
        number += f"({uncertain})"
    power = next((power for power in powers if power), "")
    if power:
        times = "\\cdot " if mark == "e" else "\\times "
        number += (times if digits else "") + f"10^{{{power}}}"
    return number, text[match.end() :].strip()


def _digits(digits: str) -> str:
    return re.sub(r"\s+", "\\\\,", digits.strip()).replace(",", "{,}").replace("\\{,}", "\\,")


def _units(text: str) -> str:
    scanner = Scanner(text.strip())
    parts: list[str] = []
    while scanner:
        parts.append(_part(scanner, is_first=not parts))
    return "".join(parts)


def _part(scanner: Scanner, *, is_first: bool) -> str:
    if match := scanner.accept(_UNIT):
        exponent = scanner.accept(_EXPONENT)
        return _unit(match[0]) + (f"^{{{exponent[1]}}}" if exponent else "")
    if match := scanner.accept(_QUOTIENT):
        return "/"
    if not is_first and (match := scanner.accept(_PRODUCT)):
        return "\\mkern1mu{\\cdot}\\mkern1mu " if match[0].strip() else "\\,"
    if match := scanner.accept(_BRACKET):
        return match[0]
    if match := scanner.accept(_COMMAND):
        return _COMMANDS[match[0].strip()]
    raise UnknownChemistryError(scanner.text[scanner.place : scanner.place + 10])


def _unit(name: str) -> str:
    name = name.replace("%", "\\%").replace("°", "}{}^{\\circ}\\mathrm{")
    return f"\\mathrm{{{name}}}".replace("\\mathrm{}", "")
