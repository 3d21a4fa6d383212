"""Makes the card's math font from Latin Modern Math: a subset, fitted to how browsers set math.

`python -m benchmarks.math_font latinmodern-math.otf` (Debian: fonts-lmodern) writes
`generator/render/theme/media/math*.woff2` and `fonts.css` beside that folder. Needs `fonttools`
and `brotli`.

The font comes in pieces, so that a package carries what its formulas need. The first one holds
whatever stretches: Blink takes the constants and the sizes of fences from the font that has the
blank, and from no other.

Browsers follow MathML Core, which differs from TeX in what it takes from the font:

- A stretched operator is as wide as the widest size that it could have been stretched to. So all
  sizes of a fence get one advance here, with the ink at the side of the formula; what a tall one
  needs more hangs out on the far side, where the card's CSS makes room.
- The next larger size of a root or a brace is taken as it is, however much larger. So there are
  many sizes of roots, and braces and arrows are put together from their first size on.
- Scripts of a single letter are moved as those of a box, by how high and deep it is. The
  constants bring them to where TeX has those of a letter.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.otTables import MathGlyphVariantRecord

THEME = Path(__file__).parent.parent / "generator" / "render" / "theme"
PIECES = {
    "math": (
        "20-7E,A0-BF,D7,F7,131,237,2C6-2DD,300-338,391-3F6,2002-2064,20D0-20F0,2190-22FF,210E,"
        "1D434-1D467,1D6E2-1D71B"
    ),
    "math-letters": "2100-214F,1D400-1D433,1D49C-1D4CF,1D538-1D56B,1D6A8-1D6E1,1D7CE-1D7E1",
}
"""Name → characters. `math`: Latin and Greek italics, digits, operators, and whatever stretches;
`math-letters`: bold, calligraphic and double-struck ones; `math-more` holds the rest."""
UNICODES = (
    "20-7E,A0-FF,131,237,2C6-2DD,300-338,370-3FF,2002-2064,2070-209F,20D0-20F0,2100-214F,"
    "2190-23FF,2460-24FF,25A0-25FF,2605-2606,2660-266F,2713,2720,27C0-27FF,2900-2BFF,1D400-1D7FF"
)
# Character → advance of all its sizes, in thousandths of an em; ink to the right or to the left.
OPENING = {"(": 700, "[": 520, "{": 740, "⌈": 570, "⌊": 570, "⟨": 720, "⟦": 570}
CLOSING = {")": 700, "]": 520, "}": 740, "⌉": 570, "⌋": 570, "⟩": 720, "⟧": 570}
BARS = {"|": "|", "∣": "∣", "‖": "∥", "∥": "∥"}
"""Bar → whose stroke its sizes get; Latin Modern's become thicker with the height."""
NEVER_STRETCHED = "∫∬∭∮∯∰∑∏∐⋂⋃⋀⋁⨀⨁⨂⨄⨆"
ARROWS = "←→↔⇐⇒⇔↦↤↩↪↼↽⇀⇁⇌⇋↞↠"
BRACES = "⏞⏟⏜⏝⎴⎵"
BRACE_WIDTH, BRACE_HEIGHT = 0.4, 1.25
"""Ends and middles of braces, narrower and stronger, as KaTeX's; put together from 1.2 em on."""
WIDE_ACCENTS = "\u0302\u0303"
WIDEST_ACCENT = 5000
ROOTS = range(1300, 3000, 100)
ROOT_ADVANCE = 870
TALLEST = ".v7"
TALLEST_WIDTH = 0.89
"""Latin Modern's fences of 3 em are that much wider than Computer Modern's."""
SLANTS = {"∫": (249, 444), "∬": (249, 444), "∭": (249, 444), "∮": (249, 444)}
"""Integral → how far its lower limit is to the left of its upper one, in text and displayed."""
LONG_ARROWS = {"⟵": 1638, "⟶": 1638, "⟸": 1638, "⟹": 1638, "⟷": 1858, "⟺": 1858, "⟼": 1638}
PRIMES = "′″‴⁗‵"
DOT_PITCH = 278 + 167
CONSTANTS = {
    "SubscriptShiftDown": 150,
    "SubscriptBaselineDropMin": -40,
    "SuperscriptShiftUp": 390,
    "SuperscriptBaselineDropMax": 386,
    "SubSuperscriptGapMin": 180,
    "RadicalKernBeforeDegree": 0,  # is in the degree itself: browsers limit the kern after it
}
ASCENT, DESCENT = 740, -260
"""A line of 1.2 em is 0.84 em high and 0.36 em deep then: TeX's strut, for the rows of tables."""

Point = tuple[float, float]


class _Editor:
    """Redraws glyphs and finds what stretches them."""

    def __init__(self, font: TTFont) -> None:
        self.font = font
        self.cmap = font.getBestCmap()
        self.math = font["MATH"].table
        self._top = font["CFF "].cff.topDictIndex[0]

    def sizes(self, character: str, *, across: bool = False) -> Any:
        """Return how a character is stretched, None when it is not."""
        variants = self.math.MathVariants
        coverage = variants.HorizGlyphCoverage if across else variants.VertGlyphCoverage
        made = variants.HorizGlyphConstruction if across else variants.VertGlyphConstruction
        name = self.cmap.get(ord(character))
        return made[coverage.glyphs.index(name)] if name in coverage.glyphs else None

    def advance(self, name: str) -> int:
        return int(self.font["hmtx"][name][0])

    def bounds(self, name: str) -> tuple[float, float, float, float]:
        glyphs = self.font.getGlyphSet()
        pen = BoundsPen(glyphs)
        glyphs[name].draw(pen)
        left, low, right, high = pen.bounds
        return left, low, right, high

    def draw(self, name: str, advance: int, *parts: tuple[str, Callable[[Point], Point]]) -> None:
        """Replace a glyph by others whose points are moved."""
        glyphs = self.font.getGlyphSet()
        pen = T2CharStringPen(advance, glyphs)
        for source, move in parts:
            recorded = DecomposingRecordingPen(glyphs)
            glyphs[source].draw(recorded)
            for operator, points in recorded.value:
                getattr(pen, operator)(*(move(point) for point in points))
        charstring = pen.getCharString(self._top.Private, self._top.GlobalSubrs)
        self._top.CharStrings[name] = charstring
        self.font["hmtx"][name] = (advance, 0)
        self.font["hmtx"][name] = (advance, round(self.bounds(name)[0]))

    def add(self, name: str, like: str) -> None:
        """Add a glyph, at first a copy."""
        strings = self._top.CharStrings
        strings.charStringsIndex.append(strings[like])
        strings.charStrings[name] = len(strings.charStringsIndex) - 1
        self._top.charset.append(name)
        self.font.setGlyphOrder(self._top.charset)
        self.font["hmtx"][name] = self.font["hmtx"][like]


def _shift(right: float, up: float = 0) -> Callable[[Point], Point]:
    return lambda point: (point[0] + right, point[1] + up)


def _scale(
    across: float, up: float, low: float = 0.0, to: float = 0.0, right: float = 0.0
) -> Callable[[Point], Point]:
    return lambda point: (point[0] * across + right, (point[1] - low) * up + to)


def fit_fences(editor: _Editor) -> None:
    """Give all sizes of each fence but the first one advance, with the ink at the formula."""
    for table, is_opening in ((OPENING, True), (CLOSING, False)):
        for character, advance in table.items():
            made = editor.sizes(character)
            first = editor.cmap[ord(character)]
            names = [record.VariantGlyph for record in made.MathGlyphVariantRecord]
            parts = made.GlyphAssembly.PartRecords if made.GlyphAssembly else []
            names += [part.glyph for part in parts]
            for name in dict.fromkeys(names):
                if name != first:
                    width = TALLEST_WIDTH if name.endswith(TALLEST) else 1
                    right = advance - editor.advance(name) * width if is_opening else 0
                    editor.draw(name, advance, (name, _scale(width, 1, right=right)))


def fit_bars(editor: _Editor) -> None:
    """Make all sizes of a bar from the stroke of the first."""
    done: set[str] = set()
    for character, like in BARS.items():
        made, source = editor.sizes(character), editor.cmap[ord(like)]
        _, low, _, high = editor.bounds(source)
        names = [
            record.VariantGlyph
            for record in made.MathGlyphVariantRecord
            if record.VariantGlyph != source
        ]
        names += [part.glyph for part in made.GlyphAssembly.PartRecords]
        for name in names:
            if name not in done:
                done.add(name)
                _, bottom, _, top = editor.bounds(name)
                scale = _scale(1, (top - bottom) / (high - low), low, bottom)
                editor.draw(name, editor.advance(source), (source, scale))


def fit_operators(editor: _Editor) -> None:
    """Leave sums and integrals their two sizes, arrows their first, braces their first two."""
    for character in NEVER_STRETCHED:
        made = editor.sizes(character)
        if made is not None:
            made.GlyphAssembly = None
            _keep(made, 2)
    for character in ARROWS:
        made = editor.sizes(character, across=True)
        if made is not None and made.GlyphAssembly is not None:
            _keep(made, 1)
    for character in BRACES:
        _fit_brace(editor, editor.sizes(character, across=True))


def _keep(made: Any, count: int) -> None:
    made.MathGlyphVariantRecord = made.MathGlyphVariantRecord[:count]
    made.VariantCount = len(made.MathGlyphVariantRecord)


def _fit_brace(editor: _Editor, made: Any) -> None:
    _keep(made, 2)
    parts = made.GlyphAssembly.PartRecords
    names = dict.fromkeys(part.glyph for part in parts)
    lows, highs = zip(*((bound[1], bound[3]) for bound in map(editor.bounds, names)), strict=True)
    at = min(lows) if min(lows) > 0 else max(highs)  # it grows away from the formula
    for name in names:
        scale = _scale(BRACE_WIDTH, BRACE_HEIGHT, at, at)
        editor.draw(name, round(editor.advance(name) * BRACE_WIDTH), (name, scale))
    for part in parts:
        for name in ("StartConnectorLength", "EndConnectorLength", "FullAdvance"):
            setattr(part, name, round(getattr(part, name) * BRACE_WIDTH))


def add_roots(editor: _Editor) -> None:
    """Add sizes of the root between its own, by a shorter slanted stroke."""
    made = editor.sizes("√")
    records = made.MathGlyphVariantRecord
    own = [(record.AdvanceMeasurement, record.VariantGlyph) for record in records]
    for height in ROOTS:
        larger = next(((size, name) for size, name in own if size >= height), own[-1])
        if larger[0] - height < 50:
            continue
        name = f"radical.h{height}"
        editor.add(name, larger[1])
        _, low, _, high = editor.bounds(larger[1])
        editor.draw(
            name, editor.advance(name), (larger[1], _squeeze(low, high, larger[0] - height))
        )
        record = MathGlyphVariantRecord()
        record.VariantGlyph, record.AdvanceMeasurement = name, height
        records.append(record)
    records.sort(key=lambda record: record.AdvanceMeasurement)
    made.VariantCount = len(records)
    names = [record.VariantGlyph for record in records]
    for name in (*names, *{part.glyph for part in made.GlyphAssembly.PartRecords}):
        right = ROOT_ADVANCE - editor.advance(name)  # the bar begins where the glyph ends
        editor.draw(name, ROOT_ADVANCE, (name, _shift(right)))


def set_slants(editor: _Editor) -> None:
    """Put the limits of integrals where Computer Modern has them."""
    info = editor.math.MathGlyphInfo.MathItalicsCorrectionInfo
    for character, slants in SLANTS.items():
        names = [record.VariantGlyph for record in editor.sizes(character).MathGlyphVariantRecord]
        for name, slant in zip(names, slants, strict=True):
            info.ItalicsCorrection[info.Coverage.glyphs.index(name)].Value = slant


def share_tilde(editor: _Editor) -> None:
    """Let the tilde that browsers stretch, U+02DC, take the sizes of the combining one."""
    variants = editor.math.MathVariants
    glyphs = variants.HorizGlyphCoverage.glyphs
    made = dict(zip(glyphs, variants.HorizGlyphConstruction, strict=True))
    made[editor.cmap[0x02DC]] = editor.sizes("\u0303", across=True)
    glyphs[:] = sorted(made, key=editor.font.getGlyphID)
    variants.HorizGlyphConstruction = [made[name] for name in glyphs]
    variants.HorizGlyphCount = len(glyphs)


def add_accents(editor: _Editor) -> None:
    """Add hats and tildes over long words: the widest of Latin Modern's, drawn wider."""
    for character in WIDE_ACCENTS:
        made = editor.sizes(character, across=True)
        widest = made.MathGlyphVariantRecord[-1]
        for width in range(widest.AdvanceMeasurement + 300, WIDEST_ACCENT, 300):
            factor = width / widest.AdvanceMeasurement
            name = f"{widest.VariantGlyph}.w{width}"
            editor.add(name, widest.VariantGlyph)
            advance = round(editor.advance(name) * factor)
            editor.draw(name, advance, (widest.VariantGlyph, _scale(factor, 1)))
            record = MathGlyphVariantRecord()
            record.VariantGlyph, record.AdvanceMeasurement = name, width
            made.MathGlyphVariantRecord.append(record)
        made.VariantCount = len(made.MathGlyphVariantRecord)


def _squeeze(low: float, high: float, less: float) -> Callable[[Point], Point]:
    """Take height from the middle; the bar above and the foot keep theirs."""
    top, foot = high - 60, low + 60

    def move(point: Point) -> Point:
        across, up = point
        if up >= top:
            up -= less / 2
        elif up <= foot:
            up += less / 2
        else:
            middle = (top + foot) / 2
            up = middle + (up - middle) * (top - foot - less) / (top - foot)
        return across, up

    return move


def widen_letters(editor: _Editor) -> None:
    r"""Give slanted letters the space that TeX adds after them: `V)`, `f(x)`, `T^2`."""
    info = editor.math.MathGlyphInfo.MathItalicsCorrectionInfo
    slants = zip(info.Coverage.glyphs, info.ItalicsCorrection, strict=True)
    by_name = {name: slant.Value for name, slant in slants}
    for code in (*range(0x1D434, 0x1D49C), *range(0x1D6E2, 0x1D756)):
        name = editor.cmap.get(code, "")
        if name in by_name:
            editor.draw(name, editor.advance(name) + by_name[name], (name, _shift(0)))


def raise_primes(editor: _Editor) -> None:
    """Put the large primes, made for superscripts, where browsers look for them."""
    for feature in editor.font["GSUB"].table.FeatureList.FeatureRecord:
        if feature.FeatureTag == "ssty":
            lookup = editor.font["GSUB"].table.LookupList.Lookup[feature.Feature.LookupListIndex[0]]
            for table in lookup.SubTable:
                for prime in PRIMES:
                    name = editor.cmap.get(ord(prime))
                    large = table.alternates.get(name, [None])[0]
                    if large:
                        editor.draw(name, editor.advance(large), (large, _shift(0)))
                        table.alternates[name] = [name] * len(table.alternates[name])


def space_dots(editor: _Editor) -> None:
    """Set dots as far apart as TeX does, who sets three of them with thin spaces."""
    dot, raised = editor.cmap[ord(".")], editor.cmap[ord("⋅")]
    wide, steep = 2 * DOT_PITCH + 278, 278 + 111
    places = {
        "…": (wide, [(dot, _shift(i * DOT_PITCH)) for i in range(3)]),
        "⋯": (wide, [(raised, _shift(i * DOT_PITCH)) for i in range(3)]),
        "⋮": (278, [(dot, _shift(0, i * 400)) for i in range(3)]),
        "⋱": (wide, [(dot, _shift(56 + i * steep, 700 - i * 300)) for i in range(3)]),
        "⋰": (wide, [(dot, _shift(56 + i * steep, 100 + i * 300)) for i in range(3)]),
    }
    for character, (advance, parts) in places.items():
        editor.draw(editor.cmap[ord(character)], advance, *parts)


def lengthen_arrows(editor: _Editor) -> None:
    """Give arrows with a long shaft the length of Computer Modern's, two joined short ones."""
    for character, advance in LONG_ARROWS.items():
        name = editor.cmap[ord(character)]
        scale = _scale(advance / editor.advance(name), 1)
        editor.draw(name, advance, (name, scale))


def set_constants(editor: _Editor) -> None:
    """Set the constants of the layout, and the height of a line."""
    constants = editor.math.MathConstants
    for name, value in CONSTANTS.items():
        getattr(constants, name).Value = value
    head, windows = editor.font["hhea"], editor.font["OS/2"]
    head.ascent, head.descent = ASCENT, DESCENT
    windows.sTypoAscender, windows.sTypoDescender = ASCENT, DESCENT
    windows.fsSelection |= 1 << 7  # the typographic ones count, on Windows, too


def rename(font: TTFont) -> None:
    """Give the changed font its own name, as the licence asks."""
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = "AdmonkiMath" if record.nameID in (3, 6) else "Admonki Math"


def split(source: Path, folder: Path = THEME) -> None:
    """Write a font in pieces, and the style sheet that puts them together.

    Args:
        source: The font, with all glyphs.
        folder: Of the style sheet; the pieces go into its folder `media`.
    """
    rules = []
    for name, characters in _pieces(TTFont(source)).items():
        options = _options()
        options.flavor = "woff2"
        font = subset.load_font(str(source), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=characters)
        subsetter.subset(font)
        subset.save_font(font, str(folder / "media" / f"{name}.woff2"), options)
        rules.append(
            '@font-face {\n  font-family: "admonki math";\n'
            f'  src: url("media/{name}.woff2") format("woff2");\n'
            f"  unicode-range: {_ranges(characters)};\n}}\n"
        )
    head = "/* Made by benchmarks/math_font.py: the pieces of the math font. */\n\n"
    (folder / "fonts.css").write_text(head + "\n".join(rules), encoding="utf-8")


def _pieces(font: TTFont) -> dict[str, set[int]]:
    glyphs = font.getBestCmap()
    variants = font["MATH"].table.MathVariants
    stretched = {*variants.VertGlyphCoverage.glyphs, *variants.HorizGlyphCoverage.glyphs}
    left = set(glyphs)
    found = {}
    for name, characters in PIECES.items():
        found[name] = left & set(subset.parse_unicodes(characters))
        if len(found) == 1:
            found[name] |= {code for code, glyph in glyphs.items() if glyph in stretched}
        left -= found[name]
    return {**found, "math-more": left}


def _ranges(characters: set[int]) -> str:
    """Write characters as `unicode-range` has them."""
    ranges: list[list[int]] = []
    for code in sorted(characters):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in ranges)


def _options() -> subset.Options:
    options = subset.Options()
    options.layout_features = ["ssty", "math", "flac", "dtls"]
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    return options


def main(source: Path) -> None:
    """Subset, fit, rename, compress."""
    options = _options()
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(UNICODES))
    subsetter.subset(font)
    editor = _Editor(font)
    for step in (
        *(fit_fences, fit_bars, fit_operators, add_roots, add_accents, share_tilde),
        *(set_slants, widen_letters, raise_primes, space_dots, lengthen_arrows, set_constants),
    ):
        step(editor)
    rename(font)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "math.otf"
        font.save(plain)
        split(plain)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
