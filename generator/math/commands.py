"""What is known about commands: what each shows, and who knows it.

`commands.tsv` was made from KaTeX and from MathJax with the packages that Anki loads; the two are
the authority, not our converters.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from msgspec import Struct


class Command(Struct, frozen=True):
    """How KaTeX and MathJax render a command on its own.

    Attributes:
        shows: Its visible characters, "" for one that needs arguments or shows nothing.
        kind: Its TeX class by KaTeX: `ord`, `bin`, `rel`, `op`, `open`, `close`, `punct`, `inner`
            or "".
        is_mathjax: Whether Anki's MathJax knows it.
    """

    shows: str
    kind: str
    is_mathjax: bool


@cache
def known_commands() -> Mapping[str, Command]:
    r"""Read the table: `\alpha` → what it shows, who knows it."""
    text = files(__package__).joinpath("commands.tsv").read_text("utf-8")
    table: dict[str, Command] = {}
    for line in text.splitlines():
        name, shows, kind, known_by = line.split("\t")
        table["\\" + name] = Command(shows, kind, "mathjax" in known_by)
    return MappingProxyType(table)


def signs_of(kind: str) -> frozenset[str]:
    """Return the single characters that commands of a TeX class show."""
    shown = {command.shows for command in known_commands().values() if command.kind == kind}
    return frozenset(sign for sign in shown if len(sign) == 1)


@cache
def relations() -> frozenset[str]:
    """Return the signs that are relations."""
    return signs_of("rel") | frozenset("=<>:")


def kind_of(text: str) -> str:
    """Return the TeX class of a command or character, "" where none is known."""
    known = known_commands().get(text)
    if known is not None:
        return known.kind
    return _KINDS.get(text, "ord" if text.isalnum() else "")


_KINDS = dict.fromkeys("+-*−±", "bin") | dict.fromkeys("=<>:≤≥≠≈→", "rel")
_KINDS |= (
    dict.fromkeys(")]}!'", "close") | dict.fromkeys("([", "open") | dict.fromkeys(",;", "punct")
)
