"""Whether a formula is TeX at all; if not, where and why."""

from collections import Counter
from collections.abc import Callable
from difflib import get_close_matches

from generator.render.math.arity import ARITY, RAW, TWICE_RAW
from generator.render.math.formula import Problem
from generator.render.math.frames import Frame, match_braces
from generator.render.math.tables import ENVIRONMENTS
from generator.render.math.text import TEXT_COMMANDS, VERB_COMMANDS
from generator.render.math.tokens import Token

DEEPEST = 100
"""Nesting that is still converted: converters recurse, and no author nests so deep."""

MOST_TOKENS = 4000
"""Length that is still converted; longer is no formula that a card could show."""

MATHJAX_ENVIRONMENTS = frozenset(
    {"CD", "numcases", "subnumcases", "empheq", "crampedsubarray", "prooftree", "cases*"}
    | {"dcases*", "rcases*", "drcases*", "spreadlines", "alignedat*", "matrix*", "pmatrix*"}
    | {"bmatrix*", "Bmatrix*", "vmatrix*", "Vmatrix*", "smallmatrix*", "psmallmatrix*"}
    | {"bsmallmatrix*", "Bsmallmatrix*", "vsmallmatrix*", "Vsmallmatrix*"}
)
_ROW_COMMANDS = frozenset({"\\matrix", "\\pmatrix", "\\cases", "\\eqalign", "\\substack"})
_ROW_COMMANDS |= {"\\displaylines", "\\bordermatrix", "\\eqalignno", "\\leqalignno", "\\array"}
_LONGEST_OPTION = 200  # tokens between the brackets of a root
_MOST_PROBLEMS = 10
_SCRIPTS = {"^": "superscript", "_": "subscript"}
_RAW = TEXT_COMMANDS | RAW
_ENDS = frozenset({"}", "&", "\\\\", "\\right", "\\end", ""})


class _Checker:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._index = 0
        self._frames = [Frame("", 0, has_cells=False)]
        self._open_kinds: Counter[str] = Counter()
        self._closing, self._deepest = match_braces(tokens)
        self._unbraced = 0
        self.problems: list[Problem] = []

    @property
    def depth(self) -> int:
        """How deep converters may have to recurse."""
        return max(self._deepest, self._unbraced)

    def check(self) -> None:
        tokens, rules, frames = self._tokens, _RULES, self._frames
        while self._index < len(tokens):
            token = tokens[self._index]
            self._index += 1
            text = token.text
            if text == " ":
                continue
            rule = rules.get(text)
            if rule is not None:
                rule(self, token)
                continue
            frames[-1].meet_unit()
            if text[0] == "\\":
                self._command(token)
            elif not text.isprintable():
                self._add(token, "E412", f"control character U+{ord(text[0]):04X} in a formula")
        for frame in frames[:0:-1]:
            self._report_unclosed(frame)

    def _add(self, token: Token, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(token.offset, code, message, hint))

    def _report_unclosed(self, frame: Frame) -> None:
        if frame.kind == "{":
            problem = "E401", "opening brace without a closing one", "add `}`, or write \\{ to show"
        elif frame.kind == "\\left":
            problem = "E403", "\\left without \\right", "end it by \\right, or \\right. for nothing"
        else:
            end = f"\\end{{{frame.kind}}}"
            problem = "E405", f"\\begin{{{frame.kind}}} without {end}", f"add {end}"
        self.problems.append(Problem(frame.offset, *problem))

    def _open(self, kind: str, token: Token, *, has_cells: bool) -> None:
        self._frames[-1].meet_unit()
        self._frames.append(Frame(kind, token.offset, has_cells))
        self._open_kinds[kind] += 1
        self._deepest = max(self._deepest, len(self._frames))

    def _close(self, kind: str, token: Token, code: str, message: str, hint: str) -> None:
        """Close the nearest frame of a kind; what was left open inside is told on the way."""
        frames = self._frames
        if not self._open_kinds[kind]:
            self._add(token, code, message, hint)
            return
        while (frame := frames.pop()).kind != kind:
            self._open_kinds[frame.kind] -= 1
            self._report_unclosed(frame)
        self._open_kinds[kind] -= 1

    def open_brace(self, token: Token) -> None:
        """`{`."""
        index = self._index - 2
        while index >= 0 and self._tokens[index].text == " ":
            index -= 1
        has_cells = index >= 0 and self._tokens[index].text in _ROW_COMMANDS
        self._open("{", token, has_cells=has_cells)

    def close_brace(self, token: Token) -> None:
        """`}`."""
        hint = "remove it, or write \\} to show it"
        self._close("{", token, "E402", "closing brace without an opening one", hint)

    def left(self, token: Token) -> None:
        r"""`\left(`."""
        self._open("\\left", token, has_cells=False)
        self._delimiter(token)

    def right(self, token: Token) -> None:
        r"""`\right)`."""
        hint = "start it by \\left, or \\left. for nothing"
        self._close("\\left", token, "E404", "\\right without \\left", hint)
        self._delimiter(token)

    def middle(self, token: Token) -> None:
        r"""`\middle|`."""
        if self._frames[-1].kind != "\\left":
            hint = "put it between \\left and \\right, or write \\mid"
            self._add(token, "E404", "\\middle outside of \\left … \\right", hint)
        self._delimiter(token)

    def _delimiter(self, token: Token) -> None:
        text = self._peek()
        if text in _ENDS or text in ("{", "^", "_") or text.isalnum():
            hint = f"write {token.text}. where nothing is to be shown"
            self._add(token, "E409", f"{token.text} without a delimiter", hint)
        else:
            self._skip_blanks()
            self._index += 1

    def big(self, token: Token) -> None:
        r"""`\big(`; the delimiter may stand in braces."""
        self._frames[-1].meet_unit()
        text = self._peek()
        if text in _ENDS or text.isalnum():
            self._add(token, "E409", f"{token.text} without a delimiter", f"write {token.text}(")

    def over(self, token: Token) -> None:
        r"""`a \over b`: once in a group."""
        frame = self._frames[-1]
        if frame.is_split:
            hint = "put one of the fractions into braces"
            self._add(token, "E407", f"second {token.text} in a group", hint)
        frame.is_split = True
        frame.scripts.clear()

    def limits(self, token: Token) -> None:
        r"""`\limits` behind an operator; a letter is none."""
        before = self._tokens[self._index - 2].text if self._index > 1 else ""
        if self._frames[-1].scripts:
            return
        if not before or before in ("{", "&", "\\\\") or before.isalnum():
            hint = "it stands behind an operator, such as \\sum or \\mathop{…}"
            self._add(token, "E409", f"{token.text} without an operator", hint)

    def line(self, token: Token) -> None:
        r"""`\hline` outside of a table."""
        if not self._frames[-1].has_cells:
            hint = "it draws a line between the rows of an array"
            self._add(token, "E408", f"{token.text} outside of a table", hint)

    def _skip_blanks(self) -> None:
        tokens = self._tokens
        while self._index < len(tokens) and tokens[self._index].text == " ":
            self._index += 1

    def _peek(self) -> str:
        self._skip_blanks()
        return self._tokens[self._index].text if self._index < len(self._tokens) else ""

    def script(self, token: Token) -> None:
        """`^` and `_`: one of each for a nucleus, each with something to raise or lower."""
        name = _SCRIPTS[token.text]
        frame = self._frames[-1]
        if name in frame.scripts:
            hint = f"put what comes before it in braces: {{x{token.text}a}}{token.text}b"
            self._add(token, "E407", f"double {name}", hint)
        following = self._peek()
        if following in _ENDS or following in _SCRIPTS:
            hint = f"write {token.text}{{…}}, or \\{token.text} to show the sign"
            self._add(token, "E409", f"nothing follows {token.text}", hint)
        frame.scripts.add(name)
        frame.is_script_due = True

    def prime(self, token: Token) -> None:
        """`'`: several are one superscript; `x'^2` is allowed (KaTeX), `x^2'` is not."""
        frame = self._frames[-1]
        if frame.is_script_due:
            frame.meet_unit()
        elif "superscript" in frame.scripts:
            hint = "put what comes before it in braces: {x^a}'"
            self._add(token, "E407", "prime after a superscript", hint)

    def ampersand(self, token: Token) -> None:
        """`&` outside of a table."""
        self._frames[-1].scripts.clear()
        self._frames[-1].is_split = False
        if not self._frames[-1].has_cells:
            hint = "write \\& to show it, or put the rows into an environment such as aligned"
            self._add(token, "E408", "& outside of a table or alignment", hint)

    def row_end(self, token: Token) -> None:
        r"""`\\`."""
        self._frames[-1].scripts.clear()
        self._frames[-1].is_split = False

    def begin(self, token: Token) -> None:
        r"""`\begin{name}`."""
        name = self._name(token)
        if name is None:
            return
        if name not in ENVIRONMENTS and name not in MATHJAX_ENVIRONMENTS:
            near = get_close_matches(name, list(ENVIRONMENTS), 1)
            hint = f"did you mean {near[0]}?" if near else ""
            self._add(token, "E406", f"unknown environment {name}", hint)
        self._open(name, token, has_cells=True)
        if name == "array":
            self._skip_argument()

    def end(self, token: Token) -> None:
        r"""`\end{name}`."""
        name = self._name(token)
        if name is None:
            return
        message = f"\\end{{{name}}} without \\begin{{{name}}}"
        self._close(name, token, "E405", message, "the innermost environment ends first")

    def _name(self, token: Token) -> str | None:
        if self._peek() != "{":
            self._add(token, "E409", f"{token.text} without a name", f"write {token.text}{{…}}")
            return None
        start = self._index + 1
        self._skip_group()
        return "".join(part.text for part in self._tokens[start : self._index - 1]).strip()

    def _skip_group(self) -> None:
        """Step over a group unchecked; one without end is told."""
        closing = self._closing.get(self._index)
        if closing is None:
            offset = self._tokens[self._index].offset
            self._report_unclosed(Frame("{", offset, has_cells=False))
            self._index = len(self._tokens)
        else:
            self._index = closing + 1

    def _skip_argument(self) -> None:
        if self._peek() == "[":
            while self._index < len(self._tokens) and self._tokens[self._index].text != "]":
                self._index += 1
            self._index += 1
        if self._peek() == "{":
            self._skip_group()

    def _command(self, token: Token) -> None:
        text = token.text
        if text == "\\":
            self._add(token, "E412", "backslash at the end of a formula", "remove it")
            return
        count = ARITY.get(text)
        if count:
            self._check_arguments(token, count)
        if text in _RAW:
            if text in TEXT_COMMANDS:
                self._check_dollars()
            self._skip_argument()
            if text in TWICE_RAW:
                self._skip_argument()
        elif text in VERB_COMMANDS:
            self._index += 1

    def _check_dollars(self) -> None:
        """Find the `$` in a text that opens a formula and closes none."""
        end = self._closing.get(self._index, self._index) if self._peek() == "{" else self._index
        dollars = [token for token in self._tokens[self._index : end] if token.text == "$"]
        if len(dollars) % 2:
            self._add(
                dollars[-1], "E410", "$ in a text without a second one", "write \\$ to show it"
            )

    def _check_arguments(self, token: Token, count: int) -> None:
        index = self._index
        for number in range(count):
            following = self._peek()
            while following in ("[", "*") and number == 0:
                self._skip_option(token, following)
                following = self._peek()
            if following in _ENDS:
                which = "argument" if count == 1 else "first argument" if not number else "second"
                which = "second argument" if which == "second" else which
                hint = f"write {token.text}" + "{…}" * count
                self._add(token, "E409", f"{token.text} without its {which}", hint)
                break
            self._step_over(following)
        self._index = index

    def _skip_option(self, command: Token, opening: str) -> None:
        self._index += 1
        if opening == "*":
            return
        for index in range(self._index, min(self._index + _LONGEST_OPTION, len(self._tokens))):
            if self._tokens[index].text == "]":
                self._index = index + 1
                return
        if command.text == "\\sqrt":
            self._add(command, "E409", "\\sqrt[ without ]", "write \\sqrt[n]{x}")

    def _step_over(self, following: str) -> None:
        if following != "{":
            self._unbraced += 1
            self._index += 1
            return
        problems = len(self.problems)
        self._skip_group()
        del self.problems[problems:]  # the walk itself will tell

    def dollar(self, token: Token) -> None:
        """`$` in a formula."""
        self._add(
            token, "E410", "$ inside of a formula", "write \\$ to show it, or end the formula"
        )

    def hash(self, token: Token) -> None:
        """`#` outside of a macro's body."""
        self._add(token, "E410", "# inside of a formula", "write \\# to show it")


_BIG = ("big", "Big", "bigg", "Bigg")
_RULES: dict[str, Callable[[_Checker, Token], None]] = {
    "{": _Checker.open_brace,
    "}": _Checker.close_brace,
    "\\left": _Checker.left,
    "\\right": _Checker.right,
    "\\middle": _Checker.middle,
    "^": _Checker.script,
    "_": _Checker.script,
    "'": _Checker.prime,
    "&": _Checker.ampersand,
    "\\\\": _Checker.row_end,
    "\\cr": _Checker.row_end,
    "\\begin": _Checker.begin,
    "\\end": _Checker.end,
    "\\limits": _Checker.limits,
    "\\nolimits": _Checker.limits,
    "\\hline": _Checker.line,
    "\\hdashline": _Checker.line,
    **dict.fromkeys(("\\over", "\\atop", "\\choose", "\\brace", "\\brack"), _Checker.over),
    **{f"\\{size}{side}": _Checker.big for size in _BIG for side in ("", "l", "r", "m")},
    "$": _Checker.dollar,
    "#": _Checker.hash,
}


def check_syntax(tokens: list[Token]) -> tuple[tuple[Problem, ...], int]:
    """Check a formula whose macros are expanded.

    Args:
        tokens: The formula.

    Returns:
        What is wrong, by offset; and how deep it nests, to be compared with `DEEPEST`.
    """
    checker = _Checker(tokens)
    checker.check()
    return tuple(sorted(set(checker.problems))[:_MOST_PROBLEMS]), checker.depth
