r"""Macro expansion: macros of the configuration, and those that a formula itself defines."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from generator.math.commands import known_commands
from generator.math.formula import Problem
from generator.math.tex.macros import Macro, MacroEnvironment, PairedDelimiter, read_body
from generator.math.tex.stream import TokenStream
from generator.math.tex.tokens import TexToken

MOST_EXPANSIONS = 1000
MOST_TOKENS, TOKENS_FOR_EACH = 1000, 20
"""Limit for the tokens of a formula: a base, plus a number for each token as written.

More means a macro that calls itself, or an attack: many short formulas that keep doubling.
"""

_GROUPS = {name: Macro(("{",), is_alias=True) for name in ("\\begingroup", "\\bgroup")}
_GROUPS |= {name: Macro(("}",), is_alias=True) for name in ("\\endgroup", "\\egroup")}
_Definition: TypeAlias = Macro | PairedDelimiter


class ExpansionError(Exception):
    """Expansion cannot continue; carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


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
    if _ACTIVE.isdisjoint(texts) and macros.keys().isdisjoint(texts):
        return tokens
    return _Expander(tokens, macros).run()


class _Expander:
    def __init__(self, tokens: list[TexToken], macros: Mapping[str, _Definition]) -> None:
        self._stream = TokenStream(tokens)
        self._macros: dict[str, _Definition] = {**_GROUPS, **macros}
        self._outer: list[dict[str, _Definition]] = []
        self._ever: dict[str, _Definition] = {}
        self._is_global = False
        self._environments: dict[str, MacroEnvironment] = {}
        self._out: list[TexToken] = []
        self._expansions = 0
        self._pushed = 0
        self._most = MOST_TOKENS + TOKENS_FOR_EACH * len(tokens)

    def run(self) -> list[TexToken]:
        while (token := self._stream.pop()) is not None:
            macro = self._macros.get(token.text) or self._ever.get(token.text)
            if macro is not None:
                self._use(token, macro)
            elif token.text in _DEFINE:
                _DEFINE[token.text](self, token)
            elif self._environments and token.text in ("\\begin", "\\end"):
                self._use_environment(token)
            else:
                self._put(token)
        return self._out

    def _put(self, token: TexToken) -> None:
        """Take a token over; a definition holds until the end of its group or cell."""
        text = token.text
        if text in _OPENING:
            self._outer.append(self._macros)
        elif text in _CLOSING and self._outer:
            self._macros = self._outer.pop()
        elif text in _ENDS_OF_CELLS and self._outer:
            self._macros = self._outer[-1]
        self._out.append(token)

    def _define(self, name: str, definition: _Definition) -> None:
        if self._is_global:
            self._outer = [{**macros, name: definition} for macros in self._outer]
        self._is_global = False
        self._macros = {**self._macros, name: definition}
        if name not in known_commands():  # MathJax knows it even after its group
            self._ever[name] = definition

    def _use(self, token: TexToken, macro: _Definition) -> None:
        if isinstance(macro, PairedDelimiter):
            is_stretched = self._stream.accept("*")
            size = self._stream.optional_word()
            macro = macro.sized(is_stretched=is_stretched, size=size)
        if macro.is_alias:
            for part in macro.fill([], token.offset):
                self._put(part)
        else:
            self._push(token, macro.fill(self._arguments(token, macro), token.offset))

    def _push(self, token: TexToken, replacement: list[TexToken]) -> None:
        self._expansions += 1
        self._pushed += len(replacement)
        if self._expansions > MOST_EXPANSIONS or self._pushed > self._most:
            raise ExpansionError(_endless(token))
        self._stream.push(*replacement)

    def _use_environment(self, token: TexToken) -> None:
        name = self._stream.argument()
        environment = self._environments.get("".join(part.text for part in name))
        offset = token.offset
        if environment is None:
            self._put(token)
            self._out += [TexToken("{", offset), *name, TexToken("}", offset)]
        elif token.text == "\\begin":
            arguments = self._arguments(token, environment.begin)
            begin = environment.begin.fill(arguments, offset)
            self._push(token, [TexToken("{", offset), *begin])
        else:
            end = Macro(environment.end).fill([], offset)
            self._push(token, [*end, TexToken("}", offset)])

    def _arguments(self, token: TexToken, macro: Macro) -> list[list[TexToken]]:
        if macro.delimiters:
            return self._delimited_arguments(token, macro.delimiters)
        arguments: list[list[TexToken]] = []
        if macro.default is not None:
            given = self._stream.optional()
            default = [TexToken(text, token.offset) for text in macro.default]
            arguments.append(default if given is None else given)
        while len(arguments) < macro.arity:
            arguments.append(self._stream.argument())
        return arguments

    def _delimited_arguments(
        self, token: TexToken, delimiters: tuple[tuple[str, ...], ...]
    ) -> list[list[TexToken]]:
        arguments: list[list[TexToken]] = []
        for number, delimiter in enumerate(delimiters):
            if delimiter:
                taken = self._stream.up_to(delimiter)
                if taken is None or (number == 0 and taken):
                    raise ExpansionError(_mismatch(token, delimiter))
            else:
                taken = self._stream.argument() if number else []
            arguments.append(taken)
        return arguments[1:]

    def define_new(self, token: TexToken) -> None:
        r"""`\newcommand{\name}[2][default]{body}`."""
        self._stream.accept("*")
        name = self._name(token)
        is_kept = token.text == "\\providecommand" and name in self._macros
        macro = self._body(token)
        if not is_kept:
            self._define(name, macro)

    def _body(self, token: TexToken) -> Macro:
        count = self._count(token)
        default = self._stream.optional()
        body = tuple(part.text for part in self._stream.argument())
        first = None if default is None else tuple(part.text for part in default)
        return Macro(body, count, first)

    def _count(self, token: TexToken) -> int:
        count = self._stream.optional_word() or "0"
        if not (count.isdecimal() and count.isascii() and int(count) <= 9):
            raise ExpansionError(_unreadable(token))
        return int(count)

    def define_environment(self, token: TexToken) -> None:
        r"""`\newenvironment{name}[2][default]{begin}{end}`."""
        name = self._stream.word()
        begin = self._body(token)
        end = tuple(part.text for part in self._stream.argument())
        self._environments[name] = MacroEnvironment(begin, end)

    def define_operator(self, token: TexToken) -> None:
        r"""`\DeclareMathOperator*{\name}{text}`."""
        star = ["*"] if self._stream.accept("*") else []
        name = self._name(token)
        parts = [part.text for part in self._stream.argument()]
        self._define(name, Macro(("\\operatorname", *star, "{", *parts, "}")))

    def define_delimiter(self, token: TexToken) -> None:
        r"""`\DeclarePairedDelimiter\abs{\lvert}{\rvert}`, `…X\name[2]{left}{right}{body}`."""
        name = self._name(token)
        count = self._count(token) if token.text.endswith("X") else 1
        left, right = (tuple(part.text for part in self._stream.argument()) for _ in range(2))
        inner = Macro(("#", "1"), 1)
        if token.text.endswith("X"):
            inner = Macro(tuple(part.text for part in self._stream.argument()), count)
        self._define(name, PairedDelimiter(left, right, inner))

    def define_alias(self, token: TexToken) -> None:
        r"""`\let\name=\other`: what the other means now."""
        name = self._name(token)
        self._stream.accept("=")
        target = self._stream.pop_after_blanks()
        if target is None:
            raise ExpansionError(_unreadable(token))
        self._define(name, self._macros.get(target.text, Macro((target.text,), is_alias=True)))

    def skip(self, token: TexToken) -> None:
        r"""`\global`, `\long`: what is defined next may hold for the formula."""
        self._is_global |= token.text == "\\global"

    def define_plain(self, token: TexToken) -> None:
        r"""`\def\name#1,#2{body}`; `\edef` expands the body now, `\gdef` holds for the formula."""
        self._is_global |= token.text in ("\\gdef", "\\xdef")
        name = self._name(token)
        delimiters: list[list[str]] = [[]]
        while self._stream.peek() not in ("{", ""):
            text = self._stream.argument()[0].text
            if text != "#":
                delimiters[-1].append(text)
            elif self._stream.peek() != str(len(delimiters)):
                raise ExpansionError(_unreadable(token))
            else:
                self._stream.pop()
                delimiters.append([])
        body = self._stream.argument()
        if token.text in ("\\edef", "\\xdef"):
            body = _Expander(body, self._macros).run()
        macro = read_body(body, len(delimiters) - 1)
        if any(delimiters):
            macro = Macro(macro.body, macro.arity, None, tuple(map(tuple, delimiters)))
        self._define(name, macro)

    def _name(self, token: TexToken) -> str:
        name = "".join(part.text for part in self._stream.argument()).strip()
        if not name.startswith("\\") or len(name) < 2:
            raise ExpansionError(_unreadable(token))
        return name


_DEFINE: Mapping[str, Callable[[_Expander, TexToken], None]] = {
    "\\newcommand": _Expander.define_new,
    "\\renewcommand": _Expander.define_new,
    "\\providecommand": _Expander.define_new,
    "\\newenvironment": _Expander.define_environment,
    "\\renewenvironment": _Expander.define_environment,
    "\\DeclareMathOperator": _Expander.define_operator,
    "\\DeclarePairedDelimiter": _Expander.define_delimiter,
    "\\DeclarePairedDelimiterX": _Expander.define_delimiter,
    "\\let": _Expander.define_alias,
    "\\global": _Expander.skip,
    "\\long": _Expander.skip,
    **dict.fromkeys(("\\def", "\\gdef", "\\edef", "\\xdef"), _Expander.define_plain),
}
DEFINITIONS = frozenset(_DEFINE)
_OPENING, _CLOSING = frozenset({"{", "\\left", "\\begin"}), frozenset({"}", "\\right", "\\end"})
_ENDS_OF_CELLS = frozenset({"&", "\\\\", "\\cr"})
_ACTIVE = DEFINITIONS | _GROUPS.keys()


def _endless(token: TexToken) -> Problem:
    return Problem(
        token.offset,
        "E413",
        f"macro {token.text} expands without end",
        "a macro must not call itself, directly or through another one",
    )


def _mismatch(token: TexToken, delimiter: tuple[str, ...]) -> Problem:
    return Problem(
        token.offset,
        "E409",
        f"{token.text} without {''.join(delimiter)}",
        f"its definition requires {''.join(delimiter)} after the argument",
    )


def _unreadable(token: TexToken) -> Problem:
    return Problem(
        token.offset,
        "E414",
        f"this {token.text} cannot be read",
        r"write \newcommand{\name}[number of arguments]{body}",
    )
