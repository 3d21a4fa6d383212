"""The language of indented code: `:::python` or `#!python` in its first line (codehilite)."""

import re

from generator.parser.block.code_fence import FenceHeader, read_lines

_FIRST_LINE = re.compile(
    r"""(?:::+|(?P<shebang>\#!))(?P<path>(?:/\w+)*[/ ])?(?P<language>[\w#.+-]*)"""
    r"""\s*(?:hl_lines=(?P<quote>["'])(?P<lines>.*?)(?P=quote))?"""
)


def read_first_line(code: str) -> tuple[FenceHeader, str]:
    """Read what the first line says of the code below it.

    Args:
        code: Indented code, without the indent.

    Returns:
        The header, and the code without that line; a line with a path (`#!/bin/sh`) belongs to it.
    """
    first, _, rest = code.partition("\n")
    match = _FIRST_LINE.match(first)
    if match is None:
        return FenceHeader(), code
    header = FenceHeader(
        match["language"].lower(),
        line_numbers_start=1 if match["shebang"] else None,
        highlighted=read_lines(match["lines"] or ""),
    )
    return header, code if match["path"] else rest
