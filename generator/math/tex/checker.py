"""What is checked at each kind of token of a formula."""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import TypeAlias

from generator.math.formula import Problem
from generator.math.tex.arguments import ARITY, FOREIGN, RAW_ARGUMENTS
from generator.math.tex.cursor import Cursor
from generator.math.tex.environments import (
    ENVIRONMENTS,
    MATHJAX_ENVIRONMENTS,
    find_environment,
)
from generator.math.tex.groups import Frame, OpenGroups
from generator.math.tex.lengths import parse_length
from generator.math.tex.tokens import TexToken

_ROW_COMMANDS = frozenset({"\\matrix", "\\pmatrix", "\\cases", "\\eqalign", "\\substack"})
_ROW_COMMANDS |= {"\\displaylines", "\\eqalignno", "\\leqalignno", "\\array", "\\Aboxed"}
_SCRIPTS = {"^": "superscript", "_": "subscript"}
_ENDS = frozenset({"}", "&", "\\\\", "\\right", "\\end", ""})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold, not even in a text."""


class Checker(Cursor):
    """Walks over a formula and gathers what is wrong; each kind of token has its check.

    Attributes:
        problems: What is wrong, in no order; some may be there twice.
    """

    def __init__(self, tokens: list[TexToken]) -> None:
        super().__init__(tokens)
        self._groups = OpenGroups(self._report_unclosed)
        self._unbraced = 0
        self.problems: list[Problem] = []

    @property
    def nesting(self) -> int:
        """How deep converters may have to recurse."""
        return max(self.depth, self._groups.deepest, self._unbraced)

    def check(self, checks: Mapping[str, "Check"]) -> None:
        """Check all tokens.

        Args:
            checks: What to do at a token, by its text; others are a unit each.
        """
        groups = self._groups
        is_printable = "".join(self.texts).isprintable()
        for index, text in enumerate(self.texts):
            if text == " " or index < self.index:
                continue
            check = checks.get(text)
            if check is not None:
                self.index = index + 1
                check(self, index)
                continue
            groups.innermost.meet_unit()
            if is_printable or text.isprintable() or text[0] == "\\" or text in _JOINERS:
                continue
            self._control(index, text[0])
        groups.close_all()
        if not is_printable:  # in what checks have stepped over, too
            self._find_controls()

    def _find_controls(self) -> None:
        for index, text in enumerate(self.texts):
            control = _CONTROL.search(text)
            if control:
                self._control(index, control[0])

    def _control(self, index: int, character: str) -> None:
        self._add(
            index, "E412", f"control character U+{ord(character):04X} in a formula", "delete it"
        )

    def _add(self, index: int, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.offset(index), code, message, hint))

    def _report_unclosed(self, frame: Frame) -> None:
        if frame.kind == "{":
            hint = "add `}`, or write \\{ for a literal brace"
            problem = "E401", "opening brace without a closing one", hint
        elif frame.kind == "\\left":
            hint = "close it with \\right, or \\right. for no delimiter"
            problem = "E403", "\\left without \\right", hint
        else:
            end = f"\\end{{{frame.kind}}}"
            problem = "E405", f"\\begin{{{frame.kind}}} without {end}", f"add {end}"
        self.problems.append(Problem(frame.offset, *problem))

    def _open(self, kind: str, index: int, *, has_cells: bool) -> None:
        self._groups.open(Frame(kind, self.offset(index), has_cells))

    def _close(self, kind: str, index: int, code: str, message: str, hint: str) -> None:
        if not self._groups.close(kind):
            self._add(index, code, message, hint)

    def open_brace(self, index: int) -> None:
        """`{`."""
        before = index - 1
        while before >= 0 and self.texts[before] == " ":
            before -= 1
        has_cells = before >= 0 and self.texts[before] in _ROW_COMMANDS
        self._open("{", index, has_cells=has_cells)

    def close_brace(self, index: int) -> None:
        """`}`."""
        hint = "remove it, or write \\} for a literal brace"
        self._close("{", index, "E402", "closing brace without an opening one", hint)

    def left(self, index: int) -> None:
        r"""`\left(`."""
        self._open("\\left", index, has_cells=False)
        self._delimiter(index)

    def right(self, index: int) -> None:
        r"""`\right)`."""
        hint = "open it with \\left, or \\left. for no delimiter"
        self._close("\\left", index, "E404", "\\right without \\left", hint)
        self._delimiter(index)

    def middle(self, index: int) -> None:
        r"""`\middle|`."""
        if self._groups.innermost.kind != "\\left":
            hint = "put it between \\left and \\right, or write \\mid"
            self._add(index, "E404", "\\middle outside \\left … \\right", hint)
        self._delimiter(index)

    def _delimiter(self, index: int) -> None:
        following = self.peek()
        if following in _ENDS or following in ("{", "^", "_") or following.isalnum():
            text = self.texts[index]
            hint = f"write {text}. for no delimiter"
            self._add(index, "E409", f"{text} without a delimiter", hint)
        else:
            self.skip_blanks()
            self.index += 1

    def big(self, index: int) -> None:
        r"""`\big(`; the delimiter may be in braces."""
        self._groups.innermost.meet_unit()
        following = self.peek()
        if following in _ENDS or following.isalnum():
            text = self.texts[index]
            self._add(index, "E409", f"{text} without a delimiter", f"write {text}(")

    def over(self, index: int) -> None:
        r"""`a \over b`: once in a group."""
        frame = self._groups.innermost
        if frame.is_split:
            hint = "put one of the fractions into braces"
            self._add(index, "E407", f"second {self.texts[index]} in a group", hint)
        frame.is_split = True
        frame.scripts = ""

    def limits(self, index: int) -> None:
        r"""`\limits` after an operator, with its scripts or without; a letter is not one."""
        before = self.texts[index - 1] if index else "{"
        is_first = before in ("{", "&", "\\\\")
        if not self._groups.innermost.scripts and (is_first or before.isalnum()):
            hint = "put it after an operator, such as \\sum or \\mathop{…}"
            self._add(index, "E409", f"{self.texts[index]} without an operator", hint)

    def line(self, index: int) -> None:
        r"""`\hline` outside of a table, or within a row."""
        frame = self._groups.innermost
        hint = "it draws a line between the rows of an array"
        if not frame.has_cells:
            self._add(index, "E408", f"{self.texts[index]} outside a table", hint)
        elif frame.is_row_begun:
            self._add(index, "E408", f"{self.texts[index]} in the middle of a row", hint)

    def tag(self, index: int) -> None:
        r"""`\tag{1}`: one for a row."""
        row = self._groups.row
        if row.has_tag:
            self._add(index, "E407", "second \\tag in a row", "keep one of them")
        row.has_tag = True
        self.command(index)

    def shove(self, index: int) -> None:
        r"""`\shoveleft{x}`."""
        if not self._groups.row.kind.startswith("multline"):
            hint = "it moves a line of multline"
            self._add(index, "E408", f"{self.texts[index]} outside multline", hint)
        self.command(index)

    def script(self, index: int) -> None:
        """`^` and `_`: one of each for a nucleus, each with something to raise or lower."""
        sign = self.texts[index]
        frame = self._groups.innermost
        if sign in frame.scripts:
            hint = f"put what comes before it in braces: {{x{sign}a}}{sign}b"
            self._add(index, "E407", f"double {_SCRIPTS[sign]}", hint)
        following = self.peek()
        if following in _ENDS or following in _SCRIPTS or following == "'":
            hint = f"write {sign}{{…}}, or \\{sign} for the sign itself"
            self._add(index, "E409", f"nothing follows {sign}", hint)
        frame.scripts += sign
        frame.is_script_due = True

    def prime(self, index: int) -> None:
        """`'`: several are one superscript; `x'^2` is allowed (KaTeX), `x^2'` is not."""
        frame = self._groups.innermost
        if frame.is_script_due:
            frame.meet_unit()
        elif "^" in frame.scripts:
            hint = "put what comes before it in braces: {x^a}'"
            self._add(index, "E407", "prime after a superscript", hint)

    def ampersand(self, index: int) -> None:
        """`&` outside of a table."""
        frame = self._groups.innermost
        frame.end_cell()
        if not frame.has_cells:
            hint = "write \\& for a literal &, or put the rows into an environment such as aligned"
            self._add(index, "E408", "& outside a table or alignment", hint)
            return
        environment = ENVIRONMENTS.get(frame.kind)
        if environment is not None and environment.has_text:
            self._skip_text()

    def _skip_text(self) -> None:
        r"""Step over a cell of text: up to the row's end."""
        start, depth = self.index, 0
        while self.index < len(self.texts):
            text = self.texts[self.index]
            if depth == 0 and text in ("\\\\", "\\cr", "\\end", "}"):
                break
            depth += {"{": 1, "\\begin": 1, "}": -1, "\\end": -1}.get(text, 0)
            self.index += 1
        self._check_dollars(start, self.index)

    def row_end(self, index: int) -> None:
        r"""`\\`, `\\[8pt]`: a bracket right after it holds a length."""
        self._groups.innermost.end_row()
        if self.texts[index + 1 : index + 2] == ["*"]:
            index = self.index = index + 1
        if self.texts[index + 1 : index + 2] != ["["]:
            return
        end = self.end_of_option(index + 2)
        length = "".join(self.texts[index + 2 : end])
        if end and parse_length(length) is not None:
            self.index = end + 1
        else:
            hint = "write \\\\[8pt], or \\\\{} [ for a bracket that begins the row"
            self._add(index + 1, "E409", "\\\\[ without a length", hint)

    def plain_row_end(self, index: int) -> None:
        r"""`\cr`, which no engine knows outside of a table."""
        frame = self._groups.innermost
        frame.end_row()
        if not frame.has_cells:
            hint = "write \\\\ to break a line"
            self._add(index, "E408", "\\cr outside a table", hint)

    def begin(self, index: int) -> None:
        r"""`\begin{name}`."""
        name = self._name(index)
        if name is None:
            return
        environment, _ = find_environment(name)
        if environment is None and name not in MATHJAX_ENVIRONMENTS:
            near = get_close_matches(name, list(ENVIRONMENTS), 1)
            hint = f"did you mean {near[0]}?" if near else ""
            self._add(index, "E406", f"unknown environment {name}", hint)
        self._open(name, index, has_cells=True)
        if name == "array" or (environment is not None and environment.has_argument):
            self.skip_argument()
        elif self.texts[self.index : self.index + 1] == ["["]:
            self._skip_position()

    def _skip_position(self) -> None:
        """Step over `[t]`."""
        if self.texts[self.index + 2 : self.index + 3] == ["]"]:
            self.index += 3

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
        if self.peek() != "{":
            text = self.texts[index]
            self._add(index, "E409", f"{text} without a name", f"write {text}{{…}}")
            return None
        start = self.index + 1
        self.skip_group()
        return "".join(self.texts[start : self.index - 1]).strip()

    def skip_group(self) -> bool:
        """Step over a group unchecked, and report one without end."""
        offset = self.offset(self.index)
        is_closed = super().skip_group()
        if not is_closed:
            self._report_unclosed(Frame("{", offset, has_cells=False))
        return is_closed

    def command(self, index: int) -> None:
        """Check a command that takes arguments, some of them no formula."""
        self._groups.innermost.meet_unit()
        text = self.texts[index]
        count = ARITY.get(text)
        if count:
            self._check_arguments(index, count)
        if text == "\\tag" and self.peek() == "*":
            self.skip_blanks()
            self.index += 1
        for _ in range(RAW_ARGUMENTS.get(text, 0)):
            self.skip_option_if_any()
            start = self.index
            self.skip_argument()
            if text not in FOREIGN:
                self._check_dollars(start, self.index)

    def _check_dollars(self, start: int, end: int) -> None:
        """Find the `$` in a text that opens a formula and closes none."""
        dollars = [place for place in range(start, end) if self.texts[place] == "$"]
        if len(dollars) % 2:
            self._add(dollars[-1], "E410", "$ in a text without a second one", _DOLLAR_HINT)

    def verb(self, index: int) -> None:
        r"""`\verb|x|`: its content is the next token."""
        self._groups.innermost.meet_unit()
        content = self.texts[self.index] if self.index < len(self.texts) else ""
        if len(content) < 2 or content[0] != content[-1]:
            hint = f"write {self.texts[index]}|x|"
            self._add(index, "E409", f"{self.texts[index]} without its content", hint)
        else:
            self.index += 1

    def backslash(self, index: int) -> None:
        """A backslash alone, at the very end."""
        self._add(index, "E412", "backslash at the end of a formula", "remove it")

    def _check_arguments(self, index: int, count: int) -> None:
        text = self.texts[index]
        for number in range(count):
            following = self.peek()
            while following in ("[", "*") and number == 0 and text not in _WITHOUT_OPTION:
                if not self.skip_option(following) and text == "\\sqrt":
                    self._add(index, "E409", "\\sqrt[ without ]", "write \\sqrt[n]{x}")
                following = self.peek()
            if following in _ENDS:
                which = "argument" if count == 1 else "first argument" if not number else "second"
                which = "second argument" if which == "second" else which
                hint = f"write {text}" + "{…}" * count
                self._add(index, "E409", f"{text} without its {which}", hint)
                break
            self._step_over(following)
        self.index = index + 1

    def _step_over(self, following: str) -> None:
        if following != "{":
            self._unbraced += 1
            self.index += 1
            return
        problems = len(self.problems)
        self.skip_group()
        del self.problems[problems:]  # the walk itself will tell

    def dollar(self, index: int) -> None:
        """`$` in a formula."""
        hint = "write \\$ for a dollar sign, or end the formula"
        self._add(index, "E410", "$ inside a formula", hint)

    def hash(self, index: int) -> None:
        """`#` outside of a macro's body."""
        self._add(index, "E410", "# inside a formula", "write \\# for a literal #")


_JOINERS = frozenset("\u200c\u200d")  # letters of some scripts need them; nothing is seen of them
_WITHOUT_OPTION = frozenset({"\\genfrac"})  # `\\genfrac[]…`: a delimiter

_DOLLAR_HINT = "write \\$ for a dollar sign"

Check: TypeAlias = Callable[[Checker, int], None]
"""Checks the token at an index; the next one is the checker's `index`."""
