"""Rewrites that need no function of their own: a command is other TeX, or nothing."""

from generator.math.rewriting.rewriter import Rewrite, Rewriter
from generator.math.tex.tokens import TexToken, tokens_at


def write(*pieces: str) -> Rewrite:
    """Make the rewrite of a command that is written as fixed pieces."""

    def rewrite(rewriter: Rewriter, token: TexToken) -> None:
        rewriter.out.extend(pieces)

    return rewrite


def rename(name: str) -> Rewrite:
    """Make the rewrite of a command that is another one under a second name."""

    def rewrite(rewriter: Rewriter, token: TexToken) -> None:
        rewriter.push(TexToken(name, token.offset))

    return rewrite


def spell(tex: str) -> Rewrite:
    """Make the rewrite of a command that is short for other TeX."""

    def rewrite(rewriter: Rewriter, token: TexToken) -> None:
        rewriter.push(*tokens_at(tex, token.offset))

    return rewrite


def drop(rewriter: Rewriter, token: TexToken) -> None:
    """Leave out a command that shows nothing."""


def drop_argument(rewriter: Rewriter, token: TexToken) -> None:
    r"""Leave out `\require{ams}`, `\class{x}` of `\class{x}{y}`: the argument shows nothing."""
    rewriter.argument()
