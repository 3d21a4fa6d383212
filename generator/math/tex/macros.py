r"""Macros: those of the configuration, and `\newcommand`, `\def` inside a formula."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from generator.math.formula import Problem
from generator.math.tex.stream import TokenStream
from generator.math.tex.tokens import TexToken, tokenize

MOST_EXPANSIONS = 1000
MOST_TOKENS = 20_000
"""What a formula may expand to; more is a macro that calls itself, or a trap."""

DEFINITIONS = frozenset(
    {"\\newcommand", "\\renewcommand", "\\providecommand", "\\def", "\\gdef", "\\edef", "\\xdef"}
    | {"\\let", "\\DeclareMathOperator"}
)
_NEW = frozenset({"\\newcommand", "\\renewcommand", "\\providecommand"})


@dataclass(frozen=True, slots=True)
class Macro:
    """A replacement.

    Attributes:
        body: Its tokens, `#` and a digit for an argument.
        arity: Number of arguments.
        default: Of the first argument, when that may be left out.
    """

    body: tuple[str, ...]
    arity: int = 0
    default: tuple[str, ...] | None = None


class ExpansionError(Exception):
    """Expansion cannot go on; carries the problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def parse_macros(macros: Mapping[str, str]) -> dict[str, Macro]:
    r"""Read macros of a configuration.

    Args:
        macros: Name, with or without backslash, → body; the highest `#1` … `#9` counts.

    Returns:
        Command → macro.
    """
    return {
        name if name.startswith("\\") else f"\\{name}": _macro(tokenize(body))
        for name, body in macros.items()
    }


def _macro(tokens: Iterable[TexToken], arity: int = 0) -> Macro:
    body = tuple(token.text for token in tokens)
    numbers = [
        int(after) for before, after in pairwise(body) if before == "#" and after in "123456789"
    ]
    return Macro(body, max([arity, *numbers]))


def expand(tokens: list[TexToken], macros: Mapping[str, Macro]) -> list[TexToken]:
    """Replace macros until none is left.

    Args:
        tokens: The formula.
        macros: Known from outside; definitions in the formula are added for the formula.

    Returns:
        Tokens; those from a macro have the offset where the macro was used.

    Raises:
        ExpansionError: For a macro without end, or a definition that cannot be read.
    """
    texts = {token.text for token in tokens}
    if DEFINITIONS.isdisjoint(texts) and macros.keys().isdisjoint(texts):
        return tokens
    return _Expander(tokens, macros).run()


class _Expander:
    def __init__(self, tokens: list[TexToken], macros: Mapping[str, Macro]) -> None:
        self._stream = TokenStream(tokens)
        self._macros = dict(macros)
        self._out: list[TexToken] = []
        self._expansions = 0
        self._pushed = 0

    def run(self) -> list[TexToken]:
        while (token := self._stream.pop()) is not None:
            macro = self._macros.get(token.text)
            if macro is not None:
                self._use(token, macro)
            elif token.text in DEFINITIONS:
                self._define(token)
            else:
                self._out.append(token)
        return self._out

    def _use(self, token: TexToken, macro: Macro) -> None:
        arguments = self._arguments(macro)
        replacement: list[TexToken] = []
        body = iter(macro.body)
        for text in body:
            if text != "#":
                replacement.append(TexToken(text, token.offset))
                continue
            number = next(body, "")
            if number.isdecimal() and 0 < int(number) <= len(arguments):
                replacement += arguments[int(number) - 1]
            else:
                replacement.append(TexToken("#", token.offset))
        self._expansions += 1
        self._pushed += len(replacement)
        if self._expansions > MOST_EXPANSIONS or self._pushed > MOST_TOKENS:
            raise ExpansionError(_endless(token))
        self._stream.push(*replacement)

    def _arguments(self, macro: Macro) -> list[list[TexToken]]:
        arguments: list[list[TexToken]] = []
        if macro.default is not None:
            given = self._stream.optional()
            arguments.append(
                [TexToken(text, 0) for text in macro.default] if given is None else given
            )
        while len(arguments) < macro.arity:
            arguments.append(self._stream.argument())
        return arguments

    def _define(self, token: TexToken) -> None:
        if token.text in _NEW:
            self._define_new(token)
        elif token.text == "\\DeclareMathOperator":
            star = ["*"] if self._stream.accept("*") else []
            name = self._name(token)
            parts = [part.text for part in self._stream.argument()]
            self._macros[name] = Macro(("\\operatorname", *star, "{", *parts, "}"))
        elif token.text == "\\let":
            name = self._name(token)
            self._stream.accept("=")
            self._let(name, self._name(token))
        else:
            self._define_plain(token)

    def _let(self, name: str, target: str) -> None:
        self._macros[name] = self._macros.get(target, Macro((target,)))

    def _define_new(self, token: TexToken) -> None:
        self._stream.accept("*")
        name = self._name(token)
        count = "".join(part.text for part in self._stream.optional() or ())
        default = self._stream.optional()
        if count and not (count.isdecimal() and int(count) <= 9):
            raise ExpansionError(_unreadable(token))
        body = tuple(part.text for part in self._stream.argument())
        first = None if default is None else tuple(part.text for part in default)
        self._macros[name] = Macro(body, int(count or 0), first)

    def _define_plain(self, token: TexToken) -> None:
        name = self._name(token)
        arity = 0
        while self._stream.peek() not in ("{", ""):
            part = self._stream.argument()[0].text
            if part.isdecimal():
                arity = max(arity, int(part))
            elif part != "#":
                raise ExpansionError(_unreadable(token))
        self._macros[name] = _macro(self._stream.argument(), arity)

    def _name(self, token: TexToken) -> str:
        name = "".join(part.text for part in self._stream.argument()).strip()
        if not name.startswith("\\") or len(name) < 2:
            raise ExpansionError(_unreadable(token))
        return name


def _endless(token: TexToken) -> Problem:
    return Problem(
        token.offset,
        "E413",
        f"macro {token.text} expands without end",
        "a macro must not call itself, directly or through another one",
    )


def _unreadable(token: TexToken) -> Problem:
    return Problem(
        token.offset,
        "E414",
        f"this {token.text} cannot be read",
        r"write \newcommand{\name}[number of arguments]{body}",
    )
