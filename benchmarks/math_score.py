"""How right formulas are, letter by letter, against KaTeX: fonts and limits, too.

`python -m benchmarks.math_score FORMULAS.jsonl`: lines `{"tex", "display"}`. Needs Node, and KaTeX
from `npm ci` in `tests/e2e/`. Symbols are compared with their font (italic, upright, bold, script
…); limits by how many stand below or above; the checker by what it lets through and refuses.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, fromstring

from generator.render.math import convert
from generator.render.math.letters import letters

ROOT = Path(__file__).parent.parent
_SAME = str.maketrans(
    {"-": "−", "*": "∗", "|": "∣", "‖": "∥", "ϕ": "φ", "ε": "ϵ", "⟂": "⊥", "·": "⋅", "'": "′"}
)
_FONTS = {"bold": "bf", "italic": "", "bold-italic": "bfit", "script": "cal", "fraktur": "frak"}
_FONTS |= {"double-struck": "bb", "sans-serif": "sf", "monospace": "tt", "normal": "rm"}
_MOVABLE = tuple("∑∏∐⋂⋃⋀⋁⨀⨁⨂⨄⨆")
_SKIPPED = frozenset("\u2061\u2062\u2063\u2064\u200b\ufe00\ufe01")


def fonts(root: Element) -> Counter[str]:
    """Count ASCII letters by font, from `mathvariant` or from the character."""
    seen: Counter[str] = Counter()
    for element in root.iter():
        text = element.text or ""
        if element.tag not in ("mi", "mo") or len(element):
            continue
        variant = element.get("mathvariant", "")
        for character in text.translate(_SAME):
            if character in _SKIPPED or character.isspace():
                continue
            plain, font = letters().get(character, (character, ""))
            if plain == character:
                font = _FONTS.get(variant, "rm" if len(text) > 1 else "")
            font = "" if font == "it" else font
            if plain.isascii() and plain.isalpha():
                seen[f"{plain}:{font}"] += 1
    return seen


def limits(root: Element) -> int:
    """Count scripts below and above operators and words.

    In a formula within a line a sum's limits move to its side by themselves.
    """
    is_inline = root.get("display") != "block"
    return sum(_has_limits(element, is_inline=is_inline) for element in root.iter())


def _has_limits(element: Element, *, is_inline: bool) -> bool:
    if element.tag not in ("munder", "mover", "munderover"):
        return False
    base = element[0]
    moves = base.tag == "mo" and (base.text or "") in _MOVABLE
    if moves and is_inline and base.get("movablelimits") != "false":
        return False
    return not (element.get("accent") or element.get("accentunder"))


def katex(path: Path) -> list[Element | None]:
    """Let KaTeX make MathML of every line."""
    script = ROOT / "benchmarks" / "math_katex.mjs"
    done = subprocess.run(
        ["node", str(script), str(ROOT / "tests" / "e2e")],
        stdin=path.open(),
        capture_output=True,
        check=True,
        timeout=300,
    )
    return [_parse(json.loads(line)["mathml"]) for line in done.stdout.decode().splitlines()]


def _parse(html: str | None) -> Element | None:
    match = re.search(r"<math.*</math>", html or "", re.DOTALL)
    if match is None:
        return None
    text = re.sub(r"<annotation.*?</annotation>", "", match[0], flags=re.DOTALL)
    try:
        root = fromstring(text.replace("&nbsp;", "\u00a0"))
    except ParseError:
        return None
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def main(path: Path) -> None:
    """Compare and print the counts, and the first differences."""
    lines = path.read_text("utf-8").splitlines()
    count: Counter[str] = Counter()
    for line, theirs in zip(lines, katex(path), strict=True):
        record = json.loads(line)
        formula = convert(record["tex"], display=bool(record["display"]))
        count[formula.how] += 1
        if formula.how != "mathml" or theirs is None:
            continue
        ours = fromstring(formula.html)
        count["compared"] += 1
        if fonts(ours) != fonts(theirs):
            count["other fonts"] += 1
            if count["other fonts"] <= 20:
                more, less = fonts(ours) - fonts(theirs), fonts(theirs) - fonts(ours)
                print("fonts", repr(record["tex"][:80]), dict(more), "for", dict(less))
        if limits(ours) != limits(theirs):
            count["other limits"] += 1
            if count["other limits"] <= 20:
                print("limits", repr(record["tex"][:80]), limits(ours), "for", limits(theirs))
    print(dict(count))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
