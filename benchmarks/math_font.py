"""Makes the card's math font from Latin Modern Math: a subset whose fences sit tight in Chromium.

`python -m benchmarks.math_font latinmodern-math.otf` (Debian: fonts-lmodern) writes
`generator/render/theme/media/math.woff2`. Needs `fonttools` and `brotli`.

Chromium gives a stretched operator the width of the widest glyph that it could have been
stretched to (MathML Core, "preferred inline size"), which for Latin Modern is twice that of a
common parenthesis. So all sizes of a fence get one advance here, with the ink at the side of the
formula; what a very tall one needs more hangs out on the far side.
"""

import sys
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

OUT = Path(__file__).parent.parent / "generator" / "render" / "theme" / "media" / "math.woff2"
UNICODES = (
    "20-7E,A0-FF,131,237,2C6-2DD,300-338,370-3FF,2002-2064,2070-209F,20D0-20F0,2100-214F,"
    "2190-23FF,2460-24FF,25A0-25FF,2605-2606,2660-266F,2713,2720,27C0-27FF,2900-2BFF,1D400-1D7FF"
)
BEARING = 80
# Character → advance of all its sizes, in thousandths of an em; ink to the left or the right.
OPENING = {"(": 610, "[": 450, "⌈": 480, "⌊": 480, "⟨": 560, "⟦": 560}
CLOSING = {")": 610, "]": 450, "⌉": 480, "⌋": 480, "⟩": 560, "⟧": 560}
RADICAL = {"√": 900}
NEVER_STRETCHED = "∫∬∭∮∯∰∑∏∐⋂⋃⋀⋁⨀⨁⨂⨄⨆"


def tighten(font: TTFont) -> None:
    """Give all sizes of each fence one advance."""
    variants = font["MATH"].table.MathVariants
    cmap, glyphs = font.getBestCmap(), variants.VertGlyphCoverage.glyphs
    for character in NEVER_STRETCHED:
        if cmap.get(ord(character)) in glyphs:
            made = variants.VertGlyphConstruction[glyphs.index(cmap[ord(character)])]
            made.GlyphAssembly = None
            made.MathGlyphVariantRecord = made.MathGlyphVariantRecord[:2]
            made.VariantCount = len(made.MathGlyphVariantRecord)
    for table, side in ((OPENING, "right"), (CLOSING, "left"), (RADICAL, "bar")):
        for character, advance in table.items():
            base = cmap[ord(character)]
            made = variants.VertGlyphConstruction[glyphs.index(base)]
            for record in made.MathGlyphVariantRecord:
                if record.VariantGlyph != base:
                    _align(font, [record.VariantGlyph], advance, side)
            if made.GlyphAssembly is not None:
                parts = [part.glyph for part in made.GlyphAssembly.PartRecords]
                _align(font, list(dict.fromkeys(parts)), advance, side)


def _align(font: TTFont, names: list[str], advance: int, side: str) -> None:
    """Move the ink of glyphs that stand on each other by one shift, and set their advance."""
    glyph_set = font.getGlyphSet()
    cff = font["CFF "].cff.topDictIndex[0]
    bounds = []
    for name in names:
        pen = BoundsPen(glyph_set)
        glyph_set[name].draw(pen)
        bounds.append(pen.bounds)
    left, right = min(bound[0] for bound in bounds), max(bound[2] for bound in bounds)
    shift = advance - font["hmtx"][names[0]][0]
    if side == "right":
        shift = advance - BEARING - right
    elif side == "left":
        shift = BEARING - left
    for name, bound in zip(names, bounds, strict=True):
        pen = T2CharStringPen(advance, glyph_set)
        glyph_set[name].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
        cff.CharStrings[name] = pen.getCharString(cff.Private, cff.GlobalSubrs)
        font["hmtx"][name] = (advance, round(bound[0] + shift))


def main(source: Path, out: Path = OUT) -> None:
    """Subset, tighten, rename, compress."""
    options = subset.Options()
    options.layout_features = ["ssty", "math", "flac", "dtls"]
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(UNICODES))
    subsetter.subset(font)
    tighten(font)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = "AdmonkiMath" if record.nameID in (3, 6) else "Admonki Math"
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "math.otf"
        font.save(plain)
        compressed = TTFont(plain, recalcTimestamp=False)
        compressed.flavor = "woff2"
        out.parent.mkdir(parents=True, exist_ok=True)
        compressed.save(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
