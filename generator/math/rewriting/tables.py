r"""Environments and rows: the many names of alignments become the few that converters know.

Numbers are never shown: a card has no other equation that could refer to them. A `\tag` that the
author wrote is, at the end of its row.
"""

from generator.math.atoms import Atom
from generator.math.rewriting.replacements import drop, drop_argument
from generator.math.rewriting.rewriter import (
    Rewrite,
    Rewriter,
    UnsupportedError,
    close_inner,
    keep_infix,
)
from generator.math.rewriting.text import place_string, place_text
from generator.math.tex.environments import Environment, find_environment
from generator.math.tex.lengths import format_em, parse_length
from generator.math.tex.tokens import TexToken, in_braces, tokens_at

_ALIGN_CLASSES = {"l": "m-left-cells", "r": "m-right-cells", "c": ""}


def _rewrite_begin(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\begin{name}` with all its arguments."""
    name = rewriter.word()
    environment, is_starred = find_environment(name)
    if environment is None:
        raise UnsupportedError(token.offset, f"\\begin{{{name}}}")
    option = "" if name in _NO_OPTION else _take_option(rewriter, token)
    classes = environment.classes
    if is_starred:
        classes = f"{classes} {_ALIGN_CLASSES.get(option, '')}".strip()
    if environment.has_argument:
        rewriter.argument()
    if environment.has_formula:
        _show_formula(rewriter, token, name)
    else:
        _open(rewriter, token, environment, classes)


def _show_formula(rewriter: Rewriter, token: TexToken, name: str) -> None:
    r"""`\begin{numcases}{f(x)=}`: the formula, then `\begin{cases*}`."""
    formula = rewriter.argument()
    rewriter.push(*formula, *tokens_at("\\begin{cases*}", token.offset))


def _take_option(rewriter: Rewriter, token: TexToken) -> str:
    r"""Take `[t]`; `\begin{aligned}[a] &= b` begins with a visible bracket."""
    taken = rewriter.optional()
    if taken is None:
        return ""
    option = "".join(part.text for part in taken).strip()
    if option in ("t", "b", "c", "l", "r") or parse_length(option) is not None:
        _take_option(rewriter, token)  # `\begin{multlined}[c][7cm]`
        return option
    rewriter.push(TexToken("[", token.offset), *taken, TexToken("]", token.offset))
    return ""


_NO_OPTION = frozenset(
    {"matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "cases"}
    | {"dcases", "rcases", "drcases", "align", "align*", "gather", "gather*", "equation"}
    | {"equation*", "eqnarray", "eqnarray*", "flalign", "flalign*", "math", "displaymath"}
)


def _open(rewriter: Rewriter, token: TexToken, environment: Environment, classes: str) -> None:
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
    rewriter.has_text.append(environment.has_text)


# TeX makes these with stretching fences, so they have a thin space around them.
_FENCED = frozenset({"pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "cases", "dcases"})
_FENCED_ENDINGS = frozenset(f"\\end{{{name}}}" for name in _FENCED)


def _columns(rewriter: Rewriter, environment: Environment, token: TexToken) -> str:
    if environment.columns:
        return f"{{{environment.columns}}}"
    if environment.name == "subarray":
        return f"{{{rewriter.word()[:1] or 'c'}}}"
    if environment.name != "array":
        return ""
    return f"{{{_clean_columns(rewriter.argument(), token)}}}"


def _clean_columns(content: list[TexToken], token: TexToken) -> str:
    """Reduce `@{}l*{3}{c}p{2cm}|` to the letters and bars that a table needs."""
    stream = Rewriter(content, {})
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


def _rewrite_end(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\end{name}`; an empty last row does not count."""
    rewriter.word()
    if rewriter.has_tags:
        rewriter.push(TexToken("\\end", token.offset), *tokens_at("{}", token.offset))
        place_tags(rewriter)
        return
    if rewriter.out and rewriter.out[-1] == "\\\\":
        rewriter.out.pop()
    if rewriter.environments:
        ending = rewriter.environments.pop()
        rewriter.has_text.pop()
        rewriter.out.append(ending)
        if ending in _FENCED_ENDINGS:
            close_inner(rewriter, token.offset)


def _rewrite_row_end(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\\`, `\\*`, `\\[8pt]`, `\cr`: the space is set before the next row's formula."""
    if rewriter.has_tags:
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


def _rewrite_cell(rewriter: Rewriter, token: TexToken) -> None:
    r"""`a &+ b` in an alignment: the sign is binary, not a prefix (TeX: `{}` in its cell)."""
    out = rewriter.out
    out.append("&")
    is_aligned = bool(rewriter.environments) and rewriter.environments[-1].startswith(_ALIGNED_END)
    if is_aligned and _is_left_aligned(out):
        keep_infix(rewriter)
    if rewriter.has_text and rewriter.has_text[-1]:
        content = _take_cell(rewriter)
        place_text(rewriter, content, token.offset)


def _take_cell(rewriter: Rewriter) -> list[TexToken]:
    r"""Take the tokens up to the row's end; rows of tables inside belong to the cell."""
    rewriter.peek()  # drops blanks at the beginning
    taken: list[TexToken] = []
    depth = 0
    while (part := rewriter.pop()) is not None:
        if depth == 0 and part.text in ("\\\\", "\\cr", "\\end"):
            rewriter.push(part)
            break
        depth += {"{": 1, "\\begin": 1, "}": -1, "\\end": -1}.get(part.text, 0)
        taken.append(part)
    return taken[:-1] if taken and taken[-1].text == " " else taken


_ALIGNED_END = "\\end{aligned}"


def _is_left_aligned(out: list[str]) -> bool:
    """Whether the cell that begins is the second of its pair."""
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
        rewriter.push(TexToken("[", offset), *taken, TexToken("]", offset))
    elif gap > 0 and rewriter.environments:
        attributes = {"depth": format_em(gap + _STRUT_DEPTH_EM), "height": "0em", "width": "0em"}
        offset = taken[0].offset
        strut = rewriter.atom(Atom("mspace", attributes, ""), offset)
        rewriter.out += ["{", strut.text, "}"]


_STRUT_DEPTH_EM = 0.3
"""Depth of a row of letters, to which the gap is added (TeX: \\strutbox)."""


def _rewrite_tag(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\tag{1}` in parentheses, `\tag*{x}` bare, at the end of the row."""
    is_bare = rewriter.accept("*")
    content = rewriter.argument()
    offset = token.offset
    if not is_bare:
        content = [TexToken("(", offset), *content, TexToken(")", offset)]
    place_text(rewriter, content, offset)
    atom = rewriter.atom(Atom("mrow", {"class": "m-tag"}), offset)
    spaced = in_braces([TexToken("\\qquad", offset), *rewriter.argument()], offset)
    tag = in_braces([atom, *spaced], offset)
    rewriter.tags.setdefault(len(rewriter.environments), []).extend(tag)


def place_tags(rewriter: Rewriter) -> None:
    """Put the row's tags ahead, to be written now."""
    rewriter.push(*rewriter.tags.pop(len(rewriter.environments)))


def _substack(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\substack{a \\ b}`."""
    _push_environment(rewriter, "subarray", "{c}", rewriter.argument(), token.offset)


def _push_environment(
    rewriter: Rewriter, name: str, columns: str, content: list[TexToken], offset: int
) -> None:
    opening = tokens_at(f"\\begin{{{name}}}{columns}", offset)
    rewriter.push(*opening, *content, *tokens_at(f"\\end{{{name}}}", offset))


def _plain_table(name: str, columns: str = "") -> Rewrite:
    r"""Make the rule of plain TeX's `\pmatrix{a & b \cr c & d}`."""

    def rewrite(rewriter: Rewriter, token: TexToken) -> None:
        if rewriter.peek() != "{":
            raise UnsupportedError(token.offset, token.text)
        _push_environment(rewriter, name, columns, rewriter.argument(), token.offset)

    return rewrite


def _rewrite_hline(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\hline`, doubled too: one line is drawn."""
    if not rewriter.environments:
        raise UnsupportedError(token.offset, token.text)
    if rewriter.out[-1] != token.text:
        rewriter.out.append(token.text)


def _rewrite_aboxed(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\Aboxed{a &= b}`: a box does not reach over columns; it is set in the second one."""
    content = rewriter.argument()
    cells = [part for part in content if part.text != "&"]
    marks = [part for part in content if part.text == "&"]
    boxed = TexToken("\\boxed", token.offset)
    rewriter.push(*marks[:1], boxed, *in_braces(cells, token.offset))


def _rewrite_left_mark(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\MoveEqLeft[2] a`: a row that begins 2 em left of the others' alignment."""
    width = rewriter.optional_word() or "2"
    length = parse_length(f"{width}em") or 2.0
    atom = Atom("mpadded", {"width": format_em(length), "class": "m-rlap"})
    rewriter.wrap(atom, rewriter.rest_of_group(), token.offset)


def _rewrite_shove(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\shoveleft{x}` in `multline`: the line as it is."""
    rewriter.push(*in_braces(rewriter.argument(), token.offset))


def _rewrite_intertext(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\intertext{and}`: a row of its own."""
    content = rewriter.argument()
    text = "".join(part.text for part in content)
    if any(part.text in "$\\" for part in content):
        raise UnsupportedError(token.offset, token.text)
    rewriter.push(TexToken("\\\\", token.offset))
    place_string(rewriter, text, token.offset)


TABLES: dict[str, Rewrite] = {
    "\\begin": _rewrite_begin,
    "\\end": _rewrite_end,
    "&": _rewrite_cell,
    "\\\\": _rewrite_row_end,
    "\\cr": _rewrite_row_end,
    "\\newline": _rewrite_row_end,
    "\\tag": _rewrite_tag,
    "\\label": drop_argument,
    "\\notag": drop,
    "\\nonumber": drop,
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
    "\\Aboxed": _rewrite_aboxed,
    "\\MoveEqLeft": _rewrite_left_mark,
    "\\shoveleft": _rewrite_shove,
    "\\shoveright": _rewrite_shove,
    "\\intertext": _rewrite_intertext,
    "\\shortintertext": _rewrite_intertext,
}
