r"""What is above and below atoms: charges, counts, oxidation states, `_{(aq)}`."""

import re

from generator.math.chemistry.scanner import Scanner, UnknownChemistryError

_VARIABLES = re.compile(
    r"(?:[a-z]|(?:[0-9 +\-,.()]+[a-z])+[0-9 +\-,.()]*|(?:[a-z][0-9 +\-,.()]+)+[a-z]?|[A-Z][-+]?)$"
)
_NO_VARIABLES = re.compile(r"\([a-z]+\)$|i(?:$|,)")
_SITE = re.compile(r"(?:[A-Z][a-z]{0,2}|i),")
_LETTERS = re.compile(r"[A-Za-z]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SIGN = re.compile(r"[-+=/()\[\],;:\s]")
_DOT = re.compile(r"[.·•]")
_PRIME = re.compile(r"'+")
_GREEK = re.compile(
    r"\\(?:alpha|beta|gamma|delta|epsilon|eta|theta|kappa|lambda|mu|nu|pi|sigma|infty)"
)


def script_to_tex(text: str) -> str:
    r"""Write a script as TeX.

    Args:
        text: What is above or below: `2-`, `II`, `x`, `7-x`, `Li,x`, `{red}`, `$i$`, `(aq)`.

    Returns:
        TeX for math mode; a letter alone or in a sum is a variable, a word or `i` is upright.

    Raises:
        UnknownChemistryError: For what is not known here.
    """
    parts: list[str] = []
    while match := _SITE.match(text):
        parts.append(f"\\mathrm{{{match[0][:-1]}}}{{,}}")
        text = text[match.end() :]
    if _VARIABLES.match(text) and not _NO_VARIABLES.match(text):
        return "".join((*parts, text.replace(",", "{,}")))
    scanner = Scanner(text)
    while scanner:
        parts.append(_part(scanner))
    return "".join(parts)


def _part(scanner: Scanner) -> str:
    if (formula := scanner.formula()) is not None:
        return f"{{{formula}}}"
    if (words := scanner.enclosed("{", "}")) is not None:
        return f"\\text{{{words}}}"
    if match := scanner.accept(_LETTERS):
        return f"\\mathrm{{{match[0]}}}"
    if match := scanner.accept(_NUMBER) or scanner.accept(_GREEK):
        return f"{match[0]} " if match[0][0] == "\\" else match[0]
    if match := scanner.accept(_SIGN):
        return f"{{{match[0]}}}" if match[0] in ",;:=" else match[0]
    if scanner.accept(_DOT):
        return "{\\bullet}"
    if match := scanner.accept(_PRIME):
        return "\\prime " * len(match[0])
    if scanner.text[scanner.place] == "*":
        scanner.place += 1
        return "*"
    raise UnknownChemistryError(scanner.text[scanner.place : scanner.place + 10])
