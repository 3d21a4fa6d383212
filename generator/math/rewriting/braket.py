r"""Dirac's brackets and sets that grow: `\\Braket{a|b}`, `\\Set{x | x > 0}`."""

from generator.math.rewriting.rewriter import Rewrite, Rewriter
from generator.math.tex.tokens import TexToken, tokens_at

_BARS = {"|": "\\vert", "\\|": "\\Vert"}


def _between(opening: str, closing: str, *, is_set: bool) -> Rewrite:
    """Make the rewrite of a command that puts its argument between delimiters that stretch."""

    def rewrite(rewriter: Rewriter, token: TexToken) -> None:
        offset = token.offset
        content = _stretch_bars(rewriter.argument(), offset, is_set=is_set)
        before = tokens_at(f"\\left{opening}", offset)
        rewriter.push(*before, *content, *tokens_at(f"\\right{closing}", offset))

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
            spaced = f"\\;\\middle{bar}\\;" if is_set else f"\\middle{bar} "
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


BRAKET: dict[str, Rewrite] = {
    "\\Braket": _between("\\langle ", "\\rangle ", is_set=False),
    "\\set": _rewrite_set,
    "\\Set": _between("\\{", "\\}", is_set=True),
}
