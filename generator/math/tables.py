r"""Environments and rows: the many names of alignments become the few that converters know.

Numbers are never shown: a card has no other equation that could refer to them. A `\tag` that the
author wrote is, at the end of its row.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.math.atoms import Atom
from generator.math.lengths import format_em, parse_length
from generator.math.rewriter import Rewriter, UnsupportedError, close_inner, keep_infix
from generator.math.text import place_string, place_text, text_tokens
from generator.math.tokens import Token, Tokens


@dataclass(frozen=True, slots=True)
class _Environment:
    """How an environment is written.

    Attributes:
        name: Environment that the converters know, "" for a mere group.
        classes: Classes of a wrapper around it, "" for none.
        style: Style command in front of it.
        has_argument: A mandatory argument to drop (`alignedat{2}`).
        columns: Columns for `array`, where the environment has them by nature.
    """

    name: str
    classes: str = ""
    style: str = ""
    has_argument: bool = False
    columns: str = ""


_ALIGNED = _Environment("aligned")
_UNSPACED = _Environment("aligned", classes="m-tight", has_argument=True)
_GATHERED = _Environment("gathered")
_GROUP = _Environment("")
ENVIRONMENTS: dict[str, _Environment] = {
    "align": _ALIGNED,
    "align*": _ALIGNED,
    "aligned": _ALIGNED,
    "split": _ALIGNED,
    "flalign": _ALIGNED,
    "flalign*": _ALIGNED,
    "alignat": _UNSPACED,
    "alignat*": _UNSPACED,
    "alignedat": _UNSPACED,
    "xalignat": _Environment("aligned", has_argument=True),
    "xalignat*": _Environment("aligned", has_argument=True),
    "gather": _GATHERED,
    "gather*": _GATHERED,
    "gathered": _GATHERED,
    "lgathered": _Environment("array", columns="l", style="\\displaystyle"),
    "rgathered": _Environment("array", columns="r", style="\\displaystyle"),
    "multline": _Environment("gathered", classes="m-multline"),
    "multline*": _Environment("gathered", classes="m-multline"),
    "multlined": _Environment("gathered", classes="m-multline"),
    "eqnarray": _Environment("array", columns="rcl", classes="m-eqnarray"),
    "eqnarray*": _Environment("array", columns="rcl", classes="m-eqnarray"),
    "equation": _GROUP,
    "equation*": _GROUP,
    "math": _GROUP,
    "displaymath": _GROUP,
    "subequations": _GROUP,
    "matrix": _Environment("matrix"),
    "pmatrix": _Environment("pmatrix"),
    "bmatrix": _Environment("bmatrix"),
    "Bmatrix": _Environment("Bmatrix"),
    "vmatrix": _Environment("vmatrix"),
    "Vmatrix": _Environment("Vmatrix"),
    "smallmatrix": _Environment("matrix", classes="m-small"),
    "psmallmatrix": _Environment("pmatrix", classes="m-small"),
    "bsmallmatrix": _Environment("bmatrix", classes="m-small"),
    "Bsmallmatrix": _Environment("Bmatrix", classes="m-small"),
    "vsmallmatrix": _Environment("vmatrix", classes="m-small"),
    "Vsmallmatrix": _Environment("Vmatrix", classes="m-small"),
    "cases": _Environment("cases"),
    "dcases": _Environment("dcases"),
    "rcases": _Environment("rcases"),
    "drcases": _Environment("drcases"),
    "array": _Environment("array", classes="m-array"),
    "darray": _Environment("array", classes="m-eqnarray"),
    "tabular": _Environment("array"),
    "subarray": _Environment("subarray"),
}
_STARRED = re.compile(r"([pbBvV]?(?:small)?matrix)\*$")
_ALIGN_CLASSES = {"l": "m-left-cells", "r": "m-right-cells", "c": ""}


def _rewrite_begin(rewriter: Rewriter, token: Token) -> None:
    r"""`\begin{name}` with all its arguments."""
    name = rewriter.word()
    starred = _STARRED.match(name)
    environment = ENVIRONMENTS.get(starred[1] if starred else name)
    if environment is None:
        raise UnsupportedError(token.offset, f"\\begin{{{name}}}")
    option = "" if name in _NO_OPTION else _take_option(rewriter, token)
    classes = environment.classes
    if starred:
        classes = f"{classes} {_ALIGN_CLASSES.get(option, '')}".strip()
    if environment.has_argument:
        rewriter.argument()
    _open(rewriter, token, environment, classes)


def _take_option(rewriter: Rewriter, token: Token) -> str:
    r"""Take `[t]`; `\begin{aligned}[a] &= b` begins with a bracket that is to be seen."""
    taken = rewriter.optional()
    if taken is None:
        return ""
    option = "".join(part.text for part in taken).strip()
    if option in ("t", "b", "c", "l", "r"):
        return option
    rewriter.push(Token("[", token.offset), *taken, Token("]", token.offset))
    return ""


_NO_OPTION = frozenset(
    {"matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "cases"}
    | {"dcases", "rcases", "drcases", "align", "align*", "gather", "gather*", "equation"}
    | {"equation*", "eqnarray", "eqnarray*", "flalign", "flalign*", "math", "displaymath"}
)


def _open(rewriter: Rewriter, token: Token, environment: _Environment, classes: str) -> None:
    out = rewriter.out
    closing = "}" if not environment.name else f"\\end{{{environment.name}}}"
    if classes:
        closing += "}}"
        atom = Atom("mrow", {"class": classes})
        out += ["{", rewriter.atom(atom, token.offset).text, "{"]
    if not environment.name:
        out.append("{")
    else:
        if environment.name in _FENCED and not classes:
            out += ["\\mathinner", "{"]
        out.append(f"\\begin{{{environment.name}}}{_columns(rewriter, environment, token)}")
    if environment.style:
        out.append(environment.style)
    rewriter.environments.append(closing)


# TeX makes these with stretching fences, so a thin space stands around them.
_FENCED = frozenset({"pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "cases", "dcases"})
_FENCED_ENDINGS = frozenset(f"\\end{{{name}}}" for name in _FENCED)


def _columns(rewriter: Rewriter, environment: _Environment, token: Token) -> str:
    if environment.columns:
        return f"{{{environment.columns}}}"
    if environment.name == "subarray":
        return f"{{{rewriter.word()[:1] or 'c'}}}"
    if environment.name != "array":
        return ""
    return f"{{{_clean_columns(rewriter.argument(), token)}}}"


def _clean_columns(content: list[Token], token: Token) -> str:
    """Reduce `@{}l*{3}{c}p{2cm}|` to the letters and bars that a table needs."""
    stream = Rewriter(Tokens.of(content), {})
    columns = ""
    while stream.peek():
        text = stream.argument()[0].text
        if text in "lcr|:":
            columns += text
        elif text in "pmb":
            stream.argument()
            columns += "l"
        elif text == "*":
            count = stream.word()
            inner = _clean_columns(stream.argument(), token)
            columns += inner * min(int(count), 50) if count.isdecimal() else inner
        elif text in "@!><":
            stream.argument()
        else:
            raise UnsupportedError(token.offset, f"\\begin{{array}}{{…{text}…}}")
    return columns or "c"


def _rewrite_end(rewriter: Rewriter, token: Token) -> None:
    r"""`\end{name}`; a row that was only begun is no row."""
    rewriter.word()
    if rewriter.tags:
        rewriter.push(Token("\\end", token.offset), *text_tokens("{}", token.offset))
        place_tags(rewriter)
        return
    if rewriter.out and rewriter.out[-1] == "\\\\":
        rewriter.out.pop()
    if rewriter.environments:
        ending = rewriter.environments.pop()
        rewriter.out.append(ending)
        if ending in _FENCED_ENDINGS:
            close_inner(rewriter, token.offset)


def _rewrite_row_end(rewriter: Rewriter, token: Token) -> None:
    r"""`\\`, `\\*`, `\\[8pt]`, `\cr`: the space is set in front of the next row's formula."""
    if rewriter.tags:
        rewriter.push(token)
        place_tags(rewriter)
        return
    ahead = rewriter.pop()
    if ahead is not None and ahead.text == "*":
        ahead = rewriter.pop()
    if ahead is not None:
        rewriter.push(ahead)
        if ahead.text == "[":  # `\\ [a]`: TeX takes even that as a length; authors mean a bracket.
            _take_gap(rewriter)
    if not rewriter.environments:
        rewriter.is_broken = True
    rewriter.out.append("\\\\")


def _rewrite_cell(rewriter: Rewriter, token: Token) -> None:
    r"""`a &+ b` in an alignment: the sign stands between, not in front (TeX: `{}` in its cell)."""
    out = rewriter.out
    out.append("&")
    is_aligned = bool(rewriter.environments) and rewriter.environments[-1].startswith(_ALIGNED_END)
    if is_aligned and _is_left_aligned(out):
        keep_infix(rewriter)


_ALIGNED_END = "\\end{aligned}"


def _is_left_aligned(out: list[str]) -> bool:
    """Tell whether the cell that begins is the second of its pair."""
    count = 0
    for piece in reversed(out):
        if piece == "\\\\" or piece.startswith("\\begin{"):
            break
        count += piece == "&"
    return count % 2 == 1


def _take_gap(rewriter: Rewriter) -> None:
    taken = rewriter.optional() or []
    gap = parse_length("".join(token.text for token in taken))
    if gap is None:
        offset = taken[0].offset if taken else 0
        rewriter.push(Token("[", offset), *taken, Token("]", offset))
    elif gap > 0 and rewriter.environments:
        attributes = {"depth": format_em(gap + _STRUT_DEPTH_EM), "height": "0", "width": "0"}
        offset = taken[0].offset
        strut = rewriter.atom(Atom("mspace", attributes, ""), offset)
        rewriter.out += ["{", strut.text, "}"]


_STRUT_DEPTH_EM = 0.3
"""What a row of letters reaches below its line: the gap is added to that (TeX: \\strutbox)."""


def _rewrite_tag(rewriter: Rewriter, token: Token) -> None:
    r"""`\tag{1}` in parentheses, `\tag*{x}` bare, at the end of the row."""
    is_bare = rewriter.accept("*")
    content = rewriter.argument()
    offset = token.offset
    if not is_bare:
        content = [Token("(", offset), *content, Token(")", offset)]
    rewriter.tags += [Token("\\qquad", offset)]
    place_text(rewriter, content, offset)
    group = rewriter.argument()
    rewriter.tags += [Token("{", offset), *group, Token("}", offset)]


def place_tags(rewriter: Rewriter) -> None:
    """Put the row's tags ahead, to be written now."""
    tags, rewriter.tags = rewriter.tags, []
    rewriter.push(*tags)


def _rewrite_label(rewriter: Rewriter, token: Token) -> None:
    r"""`\label{eq:x}`: nothing to see."""
    rewriter.argument()


def _drop(rewriter: Rewriter, token: Token) -> None:
    r"""`\notag`, `\nonumber`: nothing is numbered."""


def _substack(rewriter: Rewriter, token: Token) -> None:
    r"""`\substack{a \\ b}`."""
    _push_environment(rewriter, "subarray", "{c}", rewriter.argument(), token.offset)


def _push_environment(
    rewriter: Rewriter, name: str, columns: str, content: list[Token], offset: int
) -> None:
    opening = text_tokens(f"\\begin{{{name}}}{columns}", offset)
    rewriter.push(*opening, *content, *text_tokens(f"\\end{{{name}}}", offset))


def _plain_table(name: str, columns: str = "") -> Callable[[Rewriter, Token], None]:
    r"""Make the rule of plain TeX's `\pmatrix{a & b \cr c & d}`."""

    def rule(rewriter: Rewriter, token: Token) -> None:
        if rewriter.peek() != "{":
            raise UnsupportedError(token.offset, token.text)
        _push_environment(rewriter, name, columns, rewriter.argument(), token.offset)

    return rule


def _rewrite_hline(rewriter: Rewriter, token: Token) -> None:
    r"""`\hline`, doubled too: one line is drawn."""
    if not rewriter.environments:
        raise UnsupportedError(token.offset, token.text)
    if rewriter.out[-1] != token.text:
        rewriter.out.append(token.text)


def _rewrite_shove(rewriter: Rewriter, token: Token) -> None:
    r"""`\shoveleft{x}` in `multline`: the line as it is."""
    rewriter.push(Token("{", token.offset), *rewriter.argument(), Token("}", token.offset))


def _rewrite_intertext(rewriter: Rewriter, token: Token) -> None:
    r"""`\intertext{and}`: a row of its own."""
    content = rewriter.argument()
    text = "".join(part.text for part in content)
    if any(part.text in "$\\" for part in content):
        raise UnsupportedError(token.offset, token.text)
    rewriter.push(Token("\\\\", token.offset))
    place_string(rewriter, text, token.offset)


TABLE_RULES: dict[str, Callable[[Rewriter, Token], None]] = {
    "\\begin": _rewrite_begin,
    "\\end": _rewrite_end,
    "&": _rewrite_cell,
    "\\\\": _rewrite_row_end,
    "\\cr": _rewrite_row_end,
    "\\newline": _rewrite_row_end,
    "\\tag": _rewrite_tag,
    "\\label": _rewrite_label,
    "\\notag": _drop,
    "\\nonumber": _drop,
    "\\substack": _substack,
    "\\crampedsubstack": _substack,
    "\\hline": _rewrite_hline,
    "\\hdashline": _rewrite_hline,
    "\\matrix": _plain_table("matrix"),
    "\\pmatrix": _plain_table("pmatrix"),
    "\\cases": _plain_table("cases"),
    "\\eqalign": _plain_table("aligned"),
    "\\displaylines": _plain_table("gathered"),
    "\\array": _plain_table("matrix"),
    "\\shoveleft": _rewrite_shove,
    "\\shoveright": _rewrite_shove,
    "\\intertext": _rewrite_intertext,
    "\\shortintertext": _rewrite_intertext,
}
