"""Whether a formula is TeX at all; if not, where and why."""

import re
from collections import defaultdict
from collections.abc import Callable
from difflib import get_close_matches

from generator.math.formula import Problem
from generator.math.tex.arguments import ARITY, RAW, TEXT_COMMANDS, TWICE_RAW
from generator.math.tex.environments import ENVIRONMENTS
from generator.math.tex.groups import Frame, match_braces
from generator.math.tex.tokens import VERB_COMMANDS, TexToken

MOST_TOKENS = 4000
"""Length that is still converted; longer is no formula that a card could show."""

DEEPEST = 100
"""Nesting that is still converted: converters recurse, and no author nests so deep."""

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
_ENDS = frozenset({"}", "&", "\\\\", "\\right", "\\end", ""})
_RAW = TEXT_COMMANDS | RAW
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold, not even in a text."""


class _Checker:
    def __init__(self, tokens: list[TexToken]) -> None:
        self._texts = [token.text for token in tokens]
        self._offsets = [token.offset for token in tokens]
        self._index = 0  # of the first token that no rule has taken yet
        self._frames = [Frame("", 0, has_cells=False)]
        self._open_kinds: defaultdict[str, int] = defaultdict(int)
        self._closing, self._deepest = match_braces(self._texts)
        self._unbraced = 0
        self.problems: list[Problem] = []

    @property
    def depth(self) -> int:
        """How deep converters may have to recurse."""
        return max(self._deepest, self._unbraced)

    def check(self) -> None:
        checks, frames = _CHECKS, self._frames
        for index, text in enumerate(self._texts):
            if text == " " or index < self._index:
                continue
            check = checks.get(text)
            if check is not None:
                self._index = index + 1
                check(self, index)
                continue
            frames[-1].meet_unit()
            if not text.isprintable() and text[0] != "\\":
                self._control(index, text[0])
        for frame in frames[:0:-1]:
            self._report_unclosed(frame)
        if _CONTROL.search("".join(self._texts)):  # in what checks have stepped over, too
            self._find_controls()

    def _find_controls(self) -> None:
        for index, text in enumerate(self._texts):
            control = _CONTROL.search(text)
            if control:
                self._control(index, control[0])

    def _control(self, index: int, character: str) -> None:
        self._add(index, "E412", f"control character U+{ord(character):04X} in a formula")

    def _add(self, index: int, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self._offsets[index], code, message, hint))

    def _report_unclosed(self, frame: Frame) -> None:
        if frame.kind == "{":
            problem = "E401", "opening brace without a closing one", "add `}`, or write \\{ to show"
        elif frame.kind == "\\left":
            problem = "E403", "\\left without \\right", "end it by \\right, or \\right. for nothing"
        else:
            end = f"\\end{{{frame.kind}}}"
            problem = "E405", f"\\begin{{{frame.kind}}} without {end}", f"add {end}"
        self.problems.append(Problem(frame.offset, *problem))

    def _open(self, kind: str, index: int, *, has_cells: bool) -> None:
        self._frames[-1].meet_unit()
        self._frames.append(Frame(kind, self._offsets[index], has_cells))
        self._open_kinds[kind] += 1
        self._deepest = max(self._deepest, len(self._frames))

    def _close(self, kind: str, index: int, code: str, message: str, hint: str) -> None:
        """Close the nearest frame of a kind; what was left open inside is told on the way."""
        frames = self._frames
        if not self._open_kinds[kind]:
            self._add(index, code, message, hint)
            return
        while (frame := frames.pop()).kind != kind:
            self._open_kinds[frame.kind] -= 1
            self._report_unclosed(frame)
        self._open_kinds[kind] -= 1

    def open_brace(self, index: int) -> None:
        """`{`."""
        before = index - 1
        while before >= 0 and self._texts[before] == " ":
            before -= 1
        has_cells = before >= 0 and self._texts[before] in _ROW_COMMANDS
        self._open("{", index, has_cells=has_cells)

    def close_brace(self, index: int) -> None:
        """`}`."""
        hint = "remove it, or write \\} to show it"
        self._close("{", index, "E402", "closing brace without an opening one", hint)

    def left(self, index: int) -> None:
        r"""`\left(`."""
        self._open("\\left", index, has_cells=False)
        self._delimiter(index)

    def right(self, index: int) -> None:
        r"""`\right)`."""
        hint = "start it by \\left, or \\left. for nothing"
        self._close("\\left", index, "E404", "\\right without \\left", hint)
        self._delimiter(index)

    def middle(self, index: int) -> None:
        r"""`\middle|`."""
        if self._frames[-1].kind != "\\left":
            hint = "put it between \\left and \\right, or write \\mid"
            self._add(index, "E404", "\\middle outside of \\left … \\right", hint)
        self._delimiter(index)

    def _delimiter(self, index: int) -> None:
        following = self._peek()
        if following in _ENDS or following in ("{", "^", "_") or following.isalnum():
            text = self._texts[index]
            hint = f"write {text}. where nothing is to be shown"
            self._add(index, "E409", f"{text} without a delimiter", hint)
        else:
            self._skip_blanks()
            self._index += 1

    def big(self, index: int) -> None:
        r"""`\big(`; the delimiter may stand in braces."""
        self._frames[-1].meet_unit()
        following = self._peek()
        if following in _ENDS or following.isalnum():
            text = self._texts[index]
            self._add(index, "E409", f"{text} without a delimiter", f"write {text}(")

    def over(self, index: int) -> None:
        r"""`a \over b`: once in a group."""
        frame = self._frames[-1]
        if frame.is_split:
            hint = "put one of the fractions into braces"
            self._add(index, "E407", f"second {self._texts[index]} in a group", hint)
        frame.is_split = True
        frame.scripts = ""

    def limits(self, index: int) -> None:
        r"""`\limits` behind an operator, with its scripts or without; a letter is none."""
        before = self._texts[index - 1] if index else "{"
        is_first = before in ("{", "&", "\\\\")
        if not self._frames[-1].scripts and (is_first or before.isalnum()):
            hint = "it stands behind an operator, such as \\sum or \\mathop{…}"
            self._add(index, "E409", f"{self._texts[index]} without an operator", hint)

    def line(self, index: int) -> None:
        r"""`\hline` outside of a table."""
        if not self._frames[-1].has_cells:
            hint = "it draws a line between the rows of an array"
            self._add(index, "E408", f"{self._texts[index]} outside of a table", hint)

    def _skip_blanks(self) -> None:
        texts = self._texts
        while self._index < len(texts) and texts[self._index] == " ":
            self._index += 1

    def _peek(self) -> str:
        self._skip_blanks()
        return self._texts[self._index] if self._index < len(self._texts) else ""

    def script(self, index: int) -> None:
        """`^` and `_`: one of each for a nucleus, each with something to raise or lower."""
        sign = self._texts[index]
        frame = self._frames[-1]
        if sign in frame.scripts:
            hint = f"put what comes before it in braces: {{x{sign}a}}{sign}b"
            self._add(index, "E407", f"double {_SCRIPTS[sign]}", hint)
        following = self._peek()
        if following in _ENDS or following in _SCRIPTS:
            hint = f"write {sign}{{…}}, or \\{sign} to show the sign"
            self._add(index, "E409", f"nothing follows {sign}", hint)
        frame.scripts += sign
        frame.is_script_due = True

    def prime(self, index: int) -> None:
        """`'`: several are one superscript; `x'^2` is allowed (KaTeX), `x^2'` is not."""
        frame = self._frames[-1]
        if frame.is_script_due:
            frame.meet_unit()
        elif "^" in frame.scripts:
            hint = "put what comes before it in braces: {x^a}'"
            self._add(index, "E407", "prime after a superscript", hint)

    def ampersand(self, index: int) -> None:
        """`&` outside of a table."""
        self._frames[-1].end_cell()
        if not self._frames[-1].has_cells:
            hint = "write \\& to show it, or put the rows into an environment such as aligned"
            self._add(index, "E408", "& outside of a table or alignment", hint)

    def row_end(self, index: int) -> None:
        r"""`\\`."""
        self._frames[-1].end_cell()

    def begin(self, index: int) -> None:
        r"""`\begin{name}`."""
        name = self._name(index)
        if name is None:
            return
        if name not in ENVIRONMENTS and name not in MATHJAX_ENVIRONMENTS:
            near = get_close_matches(name, list(ENVIRONMENTS), 1)
            hint = f"did you mean {near[0]}?" if near else ""
            self._add(index, "E406", f"unknown environment {name}", hint)
        self._open(name, index, has_cells=True)
        if name == "array":
            self._skip_argument()

    def end(self, index: int) -> None:
        r"""`\end{name}`."""
        name = self._name(index)
        if name is None:
            return
        message = f"\\end{{{name}}} without \\begin{{{name}}}"
        hint = "the innermost environment ends first"
        if name == "\\left":  # is open as well, but no environment
            self._add(index, "E405", message, hint)
        else:
            self._close(name, index, "E405", message, hint)

    def _name(self, index: int) -> str | None:
        if self._peek() != "{":
            text = self._texts[index]
            self._add(index, "E409", f"{text} without a name", f"write {text}{{…}}")
            return None
        start = self._index + 1
        self._skip_group()
        return "".join(self._texts[start : self._index - 1]).strip()

    def _skip_group(self) -> None:
        """Step over a group unchecked; one without end is told."""
        closing = self._closing.get(self._index)
        if closing is None:
            offset = self._offsets[self._index]
            self._report_unclosed(Frame("{", offset, has_cells=False))
            self._index = len(self._texts)
        else:
            self._index = closing + 1

    def _skip_argument(self) -> None:
        if self._peek() == "[":
            while self._index < len(self._texts) and self._texts[self._index] != "]":
                self._index += 1
            self._index += 1
        if self._peek() == "{":
            self._skip_group()

    def command(self, index: int) -> None:
        """Check a command that takes arguments, some of them no formula."""
        self._frames[-1].meet_unit()
        text = self._texts[index]
        count = ARITY.get(text)
        if count:
            self._check_arguments(index, count)
        if text in TEXT_COMMANDS:
            self._check_dollars()
        if text in _RAW:
            self._skip_argument()
            if text in TWICE_RAW:
                self._skip_argument()

    def _check_dollars(self) -> None:
        """Find the `$` in a text that opens a formula and closes none."""
        end = self._closing.get(self._index, self._index) if self._peek() == "{" else self._index
        dollars = [place for place in range(self._index, end) if self._texts[place] == "$"]
        if len(dollars) % 2:
            hint = "write \\$ to show it"
            self._add(dollars[-1], "E410", "$ in a text without a second one", hint)

    def verb(self, index: int) -> None:
        r"""`\verb|x|`: its content is the next token."""
        self._frames[-1].meet_unit()
        self._index += 1

    def backslash(self, index: int) -> None:
        """A backslash alone, at the very end."""
        self._add(index, "E412", "backslash at the end of a formula", "remove it")

    def _check_arguments(self, index: int, count: int) -> None:
        text = self._texts[index]
        for number in range(count):
            following = self._peek()
            while following in ("[", "*") and number == 0:
                if not self._skip_option(following) and text == "\\sqrt":
                    self._add(index, "E409", "\\sqrt[ without ]", "write \\sqrt[n]{x}")
                following = self._peek()
            if following in _ENDS:
                which = "argument" if count == 1 else "first argument" if not number else "second"
                which = "second argument" if which == "second" else which
                hint = f"write {text}" + "{…}" * count
                self._add(index, "E409", f"{text} without its {which}", hint)
                break
            self._step_over(following)
        self._index = index + 1

    def _skip_option(self, opening: str) -> bool:
        """Step over `*` or `[…]`; tell whether it ends."""
        self._index += 1
        if opening == "*":
            return True
        for index in range(self._index, min(self._index + _LONGEST_OPTION, len(self._texts))):
            if self._texts[index] == "]":
                self._index = index + 1
                return True
        return False

    def _step_over(self, following: str) -> None:
        if following != "{":
            self._unbraced += 1
            self._index += 1
            return
        problems = len(self.problems)
        self._skip_group()
        del self.problems[problems:]  # the walk itself will tell

    def dollar(self, index: int) -> None:
        """`$` in a formula."""
        self._add(
            index, "E410", "$ inside of a formula", "write \\$ to show it, or end the formula"
        )

    def hash(self, index: int) -> None:
        """`#` outside of a macro's body."""
        self._add(index, "E410", "# inside of a formula", "write \\# to show it")


_BIG = ("big", "Big", "bigg", "Bigg")
_CHECKS: dict[str, Callable[[_Checker, int], None]] = {
    **dict.fromkeys(ARITY.keys() | _RAW, _Checker.command),
    **dict.fromkeys(VERB_COMMANDS, _Checker.verb),
    **dict.fromkeys(("\\limits", "\\nolimits"), _Checker.limits),
    **dict.fromkeys(("\\hline", "\\hdashline"), _Checker.line),
    **dict.fromkeys(("\\over", "\\atop", "\\choose", "\\brace", "\\brack"), _Checker.over),
    **{f"\\{size}{side}": _Checker.big for size in _BIG for side in ("", "l", "r", "m")},
    "\\": _Checker.backslash,
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
    "$": _Checker.dollar,
    "#": _Checker.hash,
}


def check_syntax(tokens: list[TexToken]) -> tuple[tuple[Problem, ...], int]:
    """Check a formula whose macros are expanded.

    Args:
        tokens: The formula.

    Returns:
        What is wrong, by offset; and how deep it nests.
    """
    checker = _Checker(tokens)
    checker.check()
    return tuple(sorted(set(checker.problems))[:_MOST_PROBLEMS]), checker.depth
