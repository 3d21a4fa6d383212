r"""Macro expansion: macros of the configuration, and those that a formula itself defines."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from generator.math.commands import known_commands
from generator.math.tex.arguments import ARITY, TEXT_COMMANDS, is_in_text
from generator.math.tex.macro_problems import ExpansionError, endless, mismatch, unreadable
from generator.math.tex.macros import Macro, MacroEnvironment, PairedDelimiter, read_body
from generator.math.tex.stream import TokenStream
from generator.math.tex.tokens import TexToken, in_braces

MOST_EXPANSIONS = 1000
MOST_TOKENS, TOKENS_FOR_EACH = 1000, 20
"""Limit for the tokens of a formula: a base, plus a number for each token as written.

More means a macro that calls itself, or an attack: many short formulas that keep doubling.
"""

_GROUPS = {"\\bgroup": Macro(("{",), is_alias=True), "\\egroup": Macro(("}",), is_alias=True)}
_Definition: TypeAlias = Macro | PairedDelimiter


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
        self._roots: list[int] = []
        self._begun: list[tuple[int, int, TexToken]] = []

    def run(self) -> list[TexToken]:
        while (token := self._stream.pop()) is not None:
            macro = self._macro(token)
            if macro is not None:
                self._use(token, macro)
            elif token.text in _DEFINE:
                _DEFINE[token.text](self, token)
            elif self._environments and token.text in ("\\begin", "\\end"):
                self._use_environment(token)
            else:
                self._put(token)
        for _, start, opening in reversed(self._begun):  # which nothing closes
            self._out.insert(start, TexToken("{", opening.offset))
        return self._out

    def run_body(self) -> list[TexToken]:
        r"""Expand the body of an `\edef`: macros only, nothing is defined."""
        while (token := self._stream.pop()) is not None:
            macro = self._expandable(token)
            if token.text == "\\noexpand":
                self._out += filter(None, (self._stream.pop_after_blanks(),))
            elif token.text == "\\expandafter":
                self.expand_after(token)
            elif macro is None:
                self._out.append(token)
            else:
                self._use(token, macro)
        return self._out

    def _macro(self, token: TexToken) -> _Definition | None:
        return self._macros.get(token.text) or self._ever.get(token.text)

    def _put(self, token: TexToken) -> None:
        """Take a token over; a definition holds until the end of its group or cell."""
        text = token.text
        if text in _OPENING or (text == "[" and self._follows("\\sqrt")):
            self._roots += [len(self._outer)] * (text == "[")
            self._outer.append(self._macros)
        elif text in _CLOSING and self._outer:
            self._macros = self._outer.pop()
        elif text in _ENDS_OF_CELLS and self._outer:
            self._macros = self._outer[-1]
        elif text == "]" and self._roots and self._roots[-1] == len(self._outer) - 1:
            self._macros = self._outer.pop()
            self._roots.pop()
        self._out.append(token)

    def _follows(self, text: str) -> bool:
        return bool(self._out) and self._out[-1].text == text

    def _define(self, name: str, definition: _Definition) -> None:
        if self._is_global:
            self._outer = [{**macros, name: definition} for macros in self._outer]
        self._is_global = False
        self._macros = {**self._macros, name: definition}
        if name not in known_commands():  # MathJax knows it even after its group
            self._ever[name] = definition

    def _use(self, token: TexToken, macro: _Definition) -> None:
        if isinstance(macro, Macro) and macro.is_alias:
            for part in macro.fill([], token.offset):
                self._put(part)
        else:
            body = self._filled(token, macro)
            if self._out and self._out[-1].text in TEXT_COMMANDS:  # it is all of the text
                body = in_braces(body, token.offset)
            self._push(token, body)

    def _filled(self, token: TexToken, macro: _Definition) -> list[TexToken]:
        """Return a macro's body, its arguments taken from the tokens ahead."""
        if isinstance(macro, PairedDelimiter):
            is_stretched = self._stream.accept("*")
            size = self._stream.optional_word()
            macro = macro.sized(is_stretched=is_stretched, size=size)
        return macro.fill(self._arguments(token, macro), token.offset)

    def _expandable(self, token: TexToken) -> _Definition | None:
        macro = self._macro(token)
        return None if isinstance(macro, Macro) and macro.is_alias else macro

    def _push(self, token: TexToken, replacement: list[TexToken]) -> None:
        self._expansions += 1
        self._pushed += len(replacement)
        if self._expansions > MOST_EXPANSIONS or self._pushed > self._most:
            raise ExpansionError(endless(token))
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
                    raise ExpansionError(mismatch(token, delimiter))
            else:
                taken = self._stream.argument() if number else []
            arguments.append(taken)
        return arguments[1:]

    def define_new(self, token: TexToken) -> None:
        r"""`\newcommand{\name}[2][default]{body}`."""
        self._stream.accept("*")
        name = self._name(token)
        if token.text == "\\newcommand" and name[0] != "\\":  # a character has a meaning
            raise ExpansionError(unreadable(token))
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
            raise ExpansionError(unreadable(token))
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
        if target is not None:
            self._let(name, target)

    def _let(self, name: str, target: TexToken) -> None:
        self._define(name, self._macros.get(target.text, Macro((target.text,), is_alias=True)))

    def define_ahead(self, token: TexToken) -> None:
        r"""`\futurelet\name\first\second`: `\let\name=\second`, which stays with the first."""
        name = self._name(token)
        first, second = self._stream.pop_after_blanks(), self._stream.pop_after_blanks()
        if second is not None:
            self._let(name, second)
        self._stream.push(*filter(None, (first, second)))

    def expand_after(self, token: TexToken) -> None:
        r"""`\expandafter\first\second`: the second is expanded once before the first."""
        first, second = self._stream.pop_after_blanks(), self._stream.pop_after_blanks()
        if second is not None:
            macro = self._expandable(second)
            if second.text == token.text:
                self.expand_after(second)
            elif macro is None:
                self._stream.push(second)
            else:
                self._push(second, self._filled(second, macro))
        self._stream.push(*filter(None, (first,)))

    def keep_next(self, token: TexToken) -> None:
        r"""`\noexpand\name`: nothing, if the next one is a macro."""
        following = self._stream.pop_after_blanks()
        if following is not None and self._expandable(following) is None:
            self._stream.push(following)

    def choose(self, token: TexToken) -> None:
        r"""`\TextOrMath{text}{math}`."""
        text, formula = self._stream.argument(), self._stream.argument()
        self._push(token, text if is_in_text(self._out) else formula)

    def begin_group(self, token: TexToken) -> None:
        r"""`\begingroup`: definitions hold until `\endgroup`; to spaces it is not a group."""
        self._outer.append(self._macros)
        self._begun.append((len(self._outer), len(self._out), token))

    def end_group(self, token: TexToken) -> None:
        r"""`\endgroup`: braces only where the content is an argument or holds a switch."""
        depth, start, opening = self._begun.pop() if self._begun else (-1, 0, token)
        if depth != len(self._outer):
            self._put(TexToken("}", token.offset))  # which is one too many
            return
        self._macros = self._outer.pop()
        content = self._out[start:]
        before = self._out[start - 1].text if start else ""
        if before in _TAKES_GROUP or not _SWITCHES.isdisjoint(part.text for part in content):
            self._out[start:] = in_braces(content, opening.offset)

    def skip(self, token: TexToken) -> None:
        r"""`\global`, `\long`: what is defined next may hold for the formula."""
        self._is_global |= token.text == "\\global"

    def define_plain(self, token: TexToken) -> None:
        r"""`\def\name#1,#2{body}`; `\edef` expands the body now, `\gdef` holds for the formula."""
        self._is_global |= token.text in ("\\gdef", "\\xdef")
        name = self._name(token)
        delimiters: list[list[str]] = [[]]
        is_before_brace = False
        while self._stream.peek() not in ("{", ""):
            text = self._stream.argument()[0].text
            following = self._stream.peek()
            is_before_brace = text == "#" and following == "{"
            if is_before_brace:
                delimiters[-1].append("{")
            elif text != "#":
                delimiters[-1].append(text)
            elif following != str(len(delimiters)):
                raise ExpansionError(unreadable(token))
            else:
                self._stream.pop()
                delimiters.append([])
        body = self._stream.argument()
        if is_before_brace:  # it is not taken
            body = [*body, TexToken("{", token.offset)]
        if token.text in ("\\edef", "\\xdef"):
            body = self._expanded(body)
        macro = read_body(body, len(delimiters) - 1)
        if any(delimiters):
            macro = Macro(macro.body, macro.arity, None, tuple(map(tuple, delimiters)))
        self._define(name, macro)

    def _expanded(self, body: list[TexToken]) -> list[TexToken]:
        inner = _Expander(body, self._macros)
        inner._expansions, inner._pushed = self._expansions, self._pushed
        expanded = inner.run_body()
        self._expansions, self._pushed = inner._expansions, inner._pushed
        return expanded

    def _name(self, token: TexToken) -> str:
        name = "".join(part.text for part in self._stream.argument()).strip()
        is_command = name.startswith("\\") and len(name) > 1
        if not is_command and not (len(name) == 1 and name not in "\\{}#&^_$"):
            raise ExpansionError(unreadable(token))
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
    "\\futurelet": _Expander.define_ahead,
    "\\expandafter": _Expander.expand_after,
    "\\noexpand": _Expander.keep_next,
    "\\TextOrMath": _Expander.choose,
    "\\begingroup": _Expander.begin_group,
    "\\endgroup": _Expander.end_group,
    "\\global": _Expander.skip,
    "\\long": _Expander.skip,
    **dict.fromkeys(("\\def", "\\gdef", "\\edef", "\\xdef"), _Expander.define_plain),
}
DEFINITIONS = frozenset(_DEFINE)
_OPENING, _CLOSING = frozenset({"{", "\\left", "\\begin"}), frozenset({"}", "\\right", "\\end"})
_SWITCH_NAMES = """
    displaystyle textstyle scriptstyle scriptscriptstyle color rm bf it sf tt cal mit frak Bbb bm
    tiny Tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge
    over atop choose above brace brack
"""
_TAKES_GROUP = {"^", "_"} | ARITY.keys()
_SWITCHES = frozenset(f"\\{name}" for name in _SWITCH_NAMES.split())
"""What governs the rest of its group."""

_ENDS_OF_CELLS = frozenset({"&", "\\\\", "\\cr"})
_ACTIVE = DEFINITIONS | _GROUPS.keys()
