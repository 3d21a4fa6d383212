"""Gaps between the symbols of a line, ours and KaTeX's, as Chromium lays them out.

Symbols in fractions, roots, tables and scripts are left out; what follows them is
measured from their right edge. So what is compared is what the reader sees, not attributes.
"""

import json
import subprocess
import tempfile
from html import unescape
from pathlib import Path
from typing import NamedTuple, TypeAlias

from benchmarks.math_pictures import FLAGS, NODE, our_head
from generator.math.letters import letters

SCRIPT = Path(__file__).with_name("math_gaps.js")
PAGE_ROWS = 400
TOLERANCE_EM = 0.13
HANGING_EM = 0.25
"""TeX's thinnest space is 0.167 em; glyphs of the two fonts differ in width by up to 0.13, and the
room beside tall fences and fractions by more."""
_SAME = str.maketrans("-*|‖·'", "−∗∣∥⋅′")
_TALL = "↕"
_INVISIBLE = "\u2061\u2062\u2063\u200b\ufe00\ufe01"
_KATEX = {"\ue020": "", "≠": "=", "∉": "∈"}  # a slash over the sign


class Symbol(NamedTuple):
    """A symbol of the main line: its edges in em, and whether scripts or fractions follow it."""

    text: str
    left: float
    right: float
    hangs: bool


Line: TypeAlias = tuple[list[Symbol], list[Symbol]]


def measure_gaps(rows: list[tuple[str, str]]) -> list[list[tuple[str, float]] | None]:
    """Compare pairs of KaTeX's HTML and ours.

    Returns:
        For each the gaps that differ: the two symbols, and ours less KaTeX's in em. None where
        the lines cannot be compared, for want of the same symbols.
    """
    found: list[list[tuple[str, float]] | None] = []
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(rows), PAGE_ROWS):
            data = _lay_out(rows[start : start + PAGE_ROWS], Path(folder))
            found += [_differences(theirs, ours) for theirs, ours in data]
    return found


def _lay_out(rows: list[tuple[str, str]], folder: Path) -> list[Line]:
    style = (NODE / "node_modules" / "katex" / "dist" / "katex.min.css").as_uri()
    sections = "".join(f"<section>{theirs}<p>{ours}</p></section>" for theirs, ours in rows)
    page = folder / "gaps.html"
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="{style}">'
        f"{our_head(folder)}<style>body{{width:9000px;font-size:40px;white-space:nowrap}}"
        f".katex{{font-size:1.1em!important}}</style>{sections}<pre id=out></pre>"
        f"<script>{SCRIPT.read_text('utf-8')}</script>",
        "utf-8",
    )
    arguments = ("--virtual-time-budget=20000", "--dump-dom", f"--user-data-dir={folder}/profile")
    done = subprocess.run(
        ["chromium", *FLAGS, *arguments, page.as_uri()],
        capture_output=True,
        check=True,
        timeout=300,
    )
    data = json.loads(unescape(done.stdout.decode().split("@@@")[1]))
    return [([Symbol(*s) for s in theirs], [Symbol(*s) for s in ours]) for theirs, ours in data]


def _differences(theirs: list[Symbol], ours: list[Symbol]) -> list[tuple[str, float]] | None:
    left, right = _symbols(theirs), _symbols(ours)
    if [symbol.text for symbol in left] != [symbol.text for symbol in right]:
        return None
    found = []
    for index in range(1, len(left)):
        pair = f"{left[index - 1].text} {left[index].text}"
        if _TALL in pair:  # whose sizes differ, and with them the space beside the ink
            continue
        hangs = left[index - 1].hangs or right[index - 1].hangs
        gaps = [line[index].left - line[index - 1].right for line in (right, left)]
        if abs(gaps[0] - gaps[1]) > (HANGING_EM if hangs else TOLERANCE_EM):
            found.append((pair, round(gaps[0] - gaps[1], 2)))
    return found


def _symbols(line: list[Symbol]) -> list[Symbol]:
    """Make one symbol of a word or number, whose letters KaTeX writes apart or together."""
    symbols: list[Symbol] = []
    for item in line:
        written = "".join(letters().get(sign, (sign, ""))[0] for sign in item.text)
        plain = "".join(written.translate(_SAME).split()).strip(_INVISIBLE)
        plain = _KATEX.get(plain, plain)
        if not plain:
            continue
        is_styled = any(sign in letters() for sign in item.text)  # other widths in each font
        symbols.append(item._replace(text=plain, hangs=item.hangs or is_styled))
        last = symbols[-2:]
        if len(last) == 2 and _is_word(*last):
            symbols[-2:] = [last[0]._replace(text=last[0].text + plain, right=item.right)]
        elif "".join(symbol.text for symbol in symbols[-3:]) == "...":
            symbols[-3:] = [symbols[-3:][0]._replace(text="…", right=item.right)]
    return symbols


def _is_word(first: Symbol, second: Symbol) -> bool:
    both = first.text + second.text
    is_close = abs(second.left - first.right) < 0.01 and not first.hangs
    is_word = both.isascii() and both.isalpha()
    return is_close and (is_word or all(sign in "0123456789." for sign in both))
