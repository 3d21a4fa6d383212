"""How right formulas are, against KaTeX, Temml and MathJax: symbols, fonts, limits, spaces.

Then, how right the checker is.

`python -m benchmarks.math_score FORMULAS.jsonl`: lines `{"tex", "display", "src"}`. Needs Chromium,
Node, and the three from `npm ci` in `tests/e2e/`.

Right is what equals one of the three in every respect: symbols, letters with their font (italic,
upright, bold, script …), and how many scripts are below and above; and KaTeX's picture in the
gaps between the symbols of the main line (`math_gaps`), where both have the same symbols there.
The checker is judged by what it says of each converter's result on its own, right or not.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import combining, normalize
from xml.etree.ElementTree import Element, ParseError, fromstring

from benchmarks.math_corpus import Sample, read_samples
from benchmarks.math_gaps import measure_gaps
from benchmarks.math_pictures import node_render
from generator.math.checking import UncheckableError, find_difference, keys_due
from generator.math.conversion import convert
from generator.math.converters.latex2mathml_adapter import convert_with_latex2mathml
from generator.math.converters.math_core_adapter import convert_with_math_core
from generator.math.converters.refusal import RefusedError
from generator.math.letters import letters
from generator.math.mathml.core import place_atoms
from generator.math.rewriting.normalise import normalise
from generator.math.rewriting.rewriter import UnsupportedError
from generator.math.tex.expansion import expand
from generator.math.tex.macro_problems import ExpansionError
from generator.math.tex.tokens import tokenize

SHOWN = 40
_SAME = str.maketrans(
    {"-": "−", "–": "−", "*": "∗", "|": "∣", "‖": "∥", "ϕ": "φ", "ε": "ϵ", "⟂": "⊥", "·": "⋅"}
    | {"'": "′", "″": "′′", "‴": "′′′", "⁗": "′′′′", "…": "...", "¯": "‾", "ˉ": "‾", "―": "‾"}
    | {"ˆ": "^", "\u0302": "^", "˜": "~", "\u0303": "~", "∼": "~", "\u0304": "‾", "_": "‾"}
    | {"\u20d7": "→", "⟶": "→", "⟵": "←", "⟹": "⇒", "⟸": "⇐", "⟺": "⇔", "⟷": "↔", "\u0332": "‾"}
    | {
        "\u0305": "‾",
        "\u0301": "ˊ",
        "\u0300": "ˋ",
        "\u030a": "∘",
        "\u20db": "...",
        "\u20dc": "....",
    }
    | dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True))  # drawn alike
    | {"◻": "□", "∷": "::", "⩴": "::="}
    | {"∙": "⋅", "•": "⋅", "◦": "∘", "˚": "∘", "˙": ".", "\u0307": ".", "¨": "..", "\u0308": ".."}
    | {"∖": "\\", "⧵": "\\", "∶": ":", "≔": ":=", "ħ": "ℏ", "〈": "⟨", "〉": "⟩", "´": "ˊ"}
    | {"⩽": "≤", "⩾": "≥", "△": "▵", "∆": "Δ", "ı": "i", "ȷ": "j", "∅": "⌀", "⋯": "...", "`": "ˋ"}
)
_FONTS = {"bold": "bf", "italic": "", "bold-italic": "bfit", "script": "cal", "fraktur": "frak"}
_FONTS |= {"-tex-calligraphic": "cal", "-tex-bold-calligraphic": "bfcal", "-tex-mathit": ""}
_FONTS |= {"double-struck": "bb", "sans-serif": "sf", "monospace": "tt", "normal": "rm"}
_FONTS |= {"bold-sans-serif": "sfbf", "sans-serif-italic": "sfit"}
_CLASSES = {"m-bf": "bf", "m-it": "", "m-tt": "tt", "m-sf": "sf", "m-bf m-it": "bfit"}
_CLASSES |= {"m-bf m-sf": "sfbf", "m-it m-sf": "sfit"}
_MOVABLE = tuple("∑∏∐⋂⋃⋀⋁⨀⨁⨂⨄⨆")
_LIMITED = frozenset({"munder", "mover", "munderover"})
_SCRIPTED = _LIMITED | {"msub", "msup", "msubsup"}
_INVISIBLE = re.compile("[\u2061-\u2064\u200b-\u200f\ufe00-\ufe0f\u2009\\s]")


def symbols(root: Element) -> Counter[str]:
    """Count what is seen, in whatever font; characters composed of others as those."""
    return Counter("".join(_texts(root)))


def _texts(element: Element) -> list[str]:
    if element.tag in ("mphantom", "annotation"):
        return []
    if element.tag in ("mi", "mn", "mo", "mtext", "ms"):
        text = "".join(element.itertext()).translate(_SAME)
        plain = normalize("NFKD", normalize("NFKC", text).translate(_SAME)).translate(_SAME)
        return [_INVISIBLE.sub("", plain).replace("\u0338", "")]
    return [text for child in element for text in _texts(child)]


def fonts(root: Element) -> Counter[str]:
    """Count ASCII letters by font, from `mathvariant` or from the character."""
    return Counter(_fonts(root))


def _fonts(element: Element) -> Iterator[str]:
    if element.tag == "mphantom":  # letters that mhchem measures only
        return
    for child in element:
        yield from _fonts(child)
    if element.tag not in ("mi", "mo", "mtext") or len(element):
        return
    text = _INVISIBLE.sub("", normalize("NFD", element.text or "").translate(_SAME))
    text = "".join(character for character in text if not combining(character))
    is_upright = len(text) > 1 or element.tag in ("mtext", "mo")
    usual = _FONTS.get(element.get("mathvariant", ""), "rm" if is_upright else "")
    usual = _CLASSES.get(element.get("class", ""), usual)
    for character in text:
        plain, font = letters().get(character, (character, usual))
        plain = plain.translate(_SAME)
        if plain.isascii() and plain.isalpha():
            yield f"{plain}:{'' if font == 'it' else font}"


def limits(root: Element) -> int:
    """Count scripts below and above operators and words.

    In a formula within a line a sum's limits move to its side by themselves. What stretches
    (arrows, braces) or is an accent is not a limit, whatever it is written in.
    """
    return _limits(root, is_display=root.get("display") == "block")


def _limits(element: Element, *, is_display: bool) -> int:
    style = element.get("displaystyle")
    is_display = style == "true" if style else is_display and element.tag != "mtable"
    own = element.tag in _LIMITED and len(element) > 1 and _has_limits(element, is_display)
    inside = is_display and element.tag != "mfrac"
    return own + sum(
        _limits(child, is_display=inside and (index == 0 or element.tag not in _SCRIPTED))
        for index, child in enumerate(element)
    )


def _has_limits(element: Element, is_display: bool) -> bool:
    base, *scripts = element
    while len(base) and (
        base.tag in _LIMITED or (base.tag == "mrow" and len(base) == 1)
    ):  # of arrow on arrow
        base = base[0]
    name = base.text or ""
    moves = base.tag == "mo" and (name in _MOVABLE or base.get("movablelimits") == "true")
    if moves and not is_display and base.get("movablelimits") != "false":
        return False
    if any(script.tag == "mspace" for script in scripts):  # the least length of an arrow
        return False
    is_sign = all(script.tag == "mo" for script in scripts) or (
        base.tag == "mo" and not moves and not name.isalpha()
    )
    return not (is_sign or element.get("accent") or element.get("accentunder"))


ASPECTS: dict[str, Callable[[Element], object]] = {
    "symbols": symbols,
    "fonts": fonts,
    "limits": limits,
}


def parse(html: str | None) -> Element | None:
    """Read the `<math>` of a piece of HTML."""
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


@dataclass(slots=True)
class Case:
    """A formula, what the engines make of it, and KaTeX's HTML, "" if it does not know a sign."""

    sample: Sample
    references: list[Element]
    picture: str

    def differs(self, root: Element) -> list[str]:
        """Name the aspects in which a tree equals no engine."""
        return [
            name
            for name, look in ASPECTS.items()
            if not any(look(reference) == look(root) for reference in self.references)
        ]


def read_cases(path: Path) -> list[Case]:
    """Let the engines render every line."""
    samples = read_samples(path)
    cases = []
    rendered = node_render([(sample.tex, sample.display) for sample in samples])
    for sample, line in zip(samples, rendered, strict=True):
        trees = [parse(line[engine]) for engine in ("mathml", "temml", "mathjax")]
        references = [tree for tree in trees if tree is not None]
        picture = line["html"] if line["known"] else None
        cases.append(Case(sample, references, picture or ""))
    return cases


def score(cases: list[Case]) -> None:
    """Print, notes and suites apart, how much is right, different, left to MathJax, refused."""
    count: Counter[tuple[str, str]] = Counter()
    rows: list[tuple[Case, str]] = []
    for case in cases:
        made = convert(case.sample.tex, display=case.sample.display)
        kind = case.sample.kind
        count[kind, "all"] += 1
        count[kind, made.how] += 1
        if made.how == "mathml" and case.references:
            rows.append((case, made.html))
    gaps = measure_gaps([(case.picture, html) for case, html in rows])
    shown: Counter[str] = Counter()
    for (case, html), gap in zip(rows, gaps, strict=True):
        root, kind = parse(html), case.sample.kind
        different = case.differs(root) if root is not None else ["XML"]
        count[kind, "gaps not compared"] += gap is None
        different += ["gaps"] if gap else []
        for name in different:
            count[kind, f"other {name}"] += 1
        count[kind, "different"] += bool(different)
        shown[kind] += bool(different)
        if different and shown[kind] <= SHOWN:
            print(kind, *different, repr(case.sample.tex[:90]), gap or "")
    for kind in ("notes", "suites"):
        total = count[kind, "all"]
        parts = [
            f"{name} {number} ({100 * number / total:.2f} %)"
            for (of, name), number in sorted(count.items())
            if of == kind and name != "all"
        ]
        print(f"{kind}: {total} formulas, " + ", ".join(parts))


def judge_checker(cases: list[Case]) -> None:
    """Print, for each converter, what the checker says of right and of wrong results."""
    converters = {"math-core": convert_with_math_core, "latex2mathml": convert_with_latex2mathml}
    for name, converter in converters.items():
        count: Counter[tuple[bool, bool]] = Counter()
        for case in cases:
            verdict = _judge(case, converter)
            if verdict is not None:
                count[verdict] += 1
        right, wrong = count[True, True], count[True, False]
        lost, caught = count[False, True], count[False, False]
        print(
            f"checker on {name}: lets {right + wrong} through, {wrong} of them wrong "
            f"({_percent(wrong, right)} %); refuses {lost + caught}, {lost} of them right "
            f"({_percent(lost, caught)} %)"
        )


def _percent(part: int, rest: int) -> str:
    return f"{100 * part / max(1, part + rest):.2f}"


def _judge(case: Case, converter: Callable[..., Element]) -> tuple[bool, bool] | None:
    """Return whether the checker lets a result through, and whether it is right."""
    sample = case.sample
    try:
        canonical = normalise(expand(tokenize(sample.tex), {}))
        tree = converter(canonical.tex, display=sample.display)
    except (ExpansionError, RefusedError, UnsupportedError, ValueError):
        return None
    try:
        is_passed = not find_difference(keys_due(canonical.pieces), tree)
    except UncheckableError:
        is_passed = False
    place_atoms(tree, canonical.atoms)
    return (is_passed, not case.differs(tree)) if case.references else None


def main(path: Path) -> None:
    """Score a corpus, then its checker."""
    cases = read_cases(path)
    score(cases)
    judge_checker(cases)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
