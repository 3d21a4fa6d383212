r"""Operators with a name: `\operatorname`, `\mathop`, and where their limits go."""

from generator.math.commands import kind_of, known_commands
from generator.math.rewriting.rewriter import Rewrite, Rewriter, UnsupportedError
from generator.math.rewriting.spaces import drop_space_before
from generator.math.tex.tokens import TexToken, in_braces


def _rewrite_operatorname(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\operatorname*{arg\,max}`: a name of letters, spaces kept where written."""
    star = "*" if rewriter.accept("*") or token.text.endswith("withlimits") else ""
    content = rewriter.argument()
    name = _name(content)
    if name is None:
        upright = TexToken("\\mathrm", token.offset)
        rewriter.defer([upright, *in_braces(content, token.offset)], token.offset)
    else:
        rewriter.out.append(f"\\operatorname{star}{{{name}}}")


def _name(content: list[TexToken]) -> str | None:
    """Return a name made of letters only, else None."""
    name = "".join(_NAME_PARTS.get(part.text) or _letter(part.text) for part in content)
    return None if any(character in "\\{}^_&#$*∑∏∫" for character in name) else name


def _letter(text: str) -> str:
    if text == " " or text in _SILENT_IN_NAMES:
        return ""
    if text[0] != "\\":
        return text
    known = known_commands().get(text)
    return known.shows if known is not None and known.shows else text


_NAME_PARTS = {"\\,": "\u2009", "\\;": "\u2005", "\\:": "\u2005", "\\ ": "\u00a0", "~": "\u00a0"}


_SILENT_IN_NAMES = frozenset(
    {"{", "}", "\\mathrm", "\\text", "\\rm", "\\textrm", "\\nolimits", "\\limits", "\\!"}
)


def _rewrite_mathop(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\mathop{\mathrm{argmin}}_x`: below the name in display, whatever the name is made of."""
    content = rewriter.argument()
    is_word = all(part.text in _NAME_WORDS or part.text.isalpha() for part in content)
    is_upright = any(part.text in _UPRIGHT for part in content)
    name = _name(content) if is_word and is_upright else None
    if name:
        rewriter.out.append(f"\\operatorname*{{{name}}}")
    else:
        rewriter.defer(content, token.offset)


_UPRIGHT = frozenset({"\\mathrm", "\\rm", "\\text", "\\operatorname"})


_NAME_WORDS = _UPRIGHT | {" ", "{", "}", "\\,"}


def _rewrite_sideset(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\sideset{_1^2}{_3^4}\prod_a^b`: scripts at four corners, limits above and below."""
    offset = token.offset
    left, right, operator = rewriter.argument(), rewriter.argument(), rewriter.argument()
    if _is_large(operator) and all(not side or side[0].text in "^_" for side in (left, right)):
        rewriter.out.append(token.text)
        rewriter.push(*in_braces(left, offset), *in_braces(right, offset), *operator)
        return
    phantom = in_braces([TexToken("\\vphantom", offset), *in_braces(operator, offset)], offset)
    inner = in_braces([*phantom, *left, *operator, *right], offset)
    rewriter.push(TexToken("\\mathop", offset), *inner)


def _is_large(operator: list[TexToken]) -> bool:
    known = known_commands().get(operator[0].text) if len(operator) == 1 else None
    return known is not None and known.kind == "op"


def _rewrite_buildrel(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\buildrel a \over b`."""
    above = rewriter.up_to(("\\over",))
    if above is None:
        raise UnsupportedError(token.offset, token.text)
    offset = token.offset
    below = in_braces(rewriter.argument(), offset)
    rewriter.push(TexToken("\\stackrel", offset), *in_braces(above, offset), *below)


def _rewrite_stackrel(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\stackrel{a}{b}`: a relation, whatever is below."""
    offset = token.offset
    above, below = rewriter.argument(), rewriter.argument()
    over = [TexToken("\\overset", offset), *in_braces(above, offset), *in_braces(below, offset)]
    is_relation = len(below) == 1 and kind_of(below[0].text) == "rel"
    if not is_relation:
        over = [TexToken("\\mathrel", offset), *in_braces(over, offset)]
    rewriter.push(*over)


def _rewrite_bmod(rewriter: Rewriter, token: TexToken) -> None:
    r"""`a \bmod n`: its own space on both sides, and no other."""
    space = "\\hspace{0.2778em}"
    rewriter.out += [space, "\\mathrm", "{", *"mod", "}", space]
    drop_space_before(rewriter)


OPERATORS: dict[str, Rewrite] = {
    "\\bmod": _rewrite_bmod,
    "\\sideset": _rewrite_sideset,
    "\\buildrel": _rewrite_buildrel,
    "\\stackrel": _rewrite_stackrel,
    "\\operatorname": _rewrite_operatorname,
    "\\operatornamewithlimits": _rewrite_operatorname,
    "\\mathop": _rewrite_mathop,
}
