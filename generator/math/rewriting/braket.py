r"""Dirac's brackets and sets that grow: `\\Braket{a|b}`, `\\Set{x | x > 0}`."""

from generator.math.rewriting.rewriter import Rewrite, Rewriter, close_inner
from generator.math.tex.tokens import TexToken, in_braces, tokens_at

_BARS = {"|": "\\vert", "\\|": "\\Vert"}


def _between(opening: str, closing: str, *, is_set: bool) -> Rewrite:
    """Make the rewrite of a command that puts its argument between delimiters that stretch."""

    def rewrite(rewriter: Rewriter, token: TexToken) -> None:
        offset = token.offset
        content = _stretch_bars(rewriter.argument(), offset, is_set=is_set)
        space = "\\:" if is_set else ""
        before = tokens_at(f"\\left{opening}{space}", offset)
        rewriter.push(*before, *content, *tokens_at(f"{space}\\right{closing}", offset))

    return rewrite


def _stretch_bars(content: list[TexToken], offset: int, *, is_set: bool) -> list[TexToken]:
    """Let bars outside of braces stretch; `||` is one double bar, and a set has one bar."""
    stretched: list[TexToken] = []
    depth = 0
    is_done = False
    texts = [token.text for token in content] + [""]
    index = 0
    while index < len(content):
        text = texts[index]
        depth += (text == "{") - (text == "}")
        is_double = text == "|" and texts[index + 1] == "|"
        bar = "\\Vert" if is_double else _BARS.get(text, "")
        if bar and depth == 0 and not is_done:
            space = "\\;" if is_set else "\\,"
            spaced = f"{space}\\middle{bar}{space}"
            stretched += tokens_at(spaced, offset)
            is_done = is_set
            index += is_double
        else:
            stretched.append(content[index])
        index += 1
    return stretched


def _rewrite_set(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\\set{x | x > |y|}`: its first bar outside of braces is a relation."""
    offset = token.offset
    content = rewriter.argument()
    depth = 0
    for index, part in enumerate(content):
        depth += (part.text == "{") - (part.text == "}")
        if part.text == "|" and not depth:
            is_double = [after.text for after in content[index + 1 : index + 2]] == ["|"]
            bar = tokens_at("\\mathrel{\\|}" if is_double else "\\mid ", offset)
            content[index : index + 1 + is_double] = bar
            break
    rewriter.push(*tokens_at("\\{\\,", offset), *content, *tokens_at("\\,\\}", offset))


def _of_one_size(before: str, *after: str) -> Rewrite:
    r"""Make the rewrite of `\\ket{x}`, which has the space of `\\left(` around it.

    Args:
        before: TeX before the first argument.
        after: TeX after each of the arguments.
    """

    def rewrite(rewriter: Rewriter, token: TexToken) -> None:
        offset = token.offset
        content = tokens_at(before, offset)
        for text in after:
            content += [*in_braces(rewriter.argument(), offset), *tokens_at(text, offset)]
        rewriter.out += ["\\mathinner", "{"]
        close_inner(rewriter, offset)
        rewriter.push(*content)

    return rewrite


BRAKET: dict[str, Rewrite] = {
    "\\Braket": _between("\\langle ", "\\rangle ", is_set=False),
    "\\bra": _of_one_size("\\langle", "|"),
    "\\ket": _of_one_size("|", "\\rangle"),
    "\\braket": _of_one_size("\\langle", "\\rangle"),
    "\\ketbra": _of_one_size("|", "\\rangle\\langle", "|"),
    "\\set": _rewrite_set,
    "\\Set": _between("\\{", "\\}", is_set=True),
}
