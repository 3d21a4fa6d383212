"""Pictures of formulas as the card shows them beside KaTeX's, with a figure for each pair.

`python -m benchmarks.math_pictures [FORMULAS.jsonl]` writes `build/math/`: the pictures,
`report.html`, and `report.json`. Without a file the gallery is shown; with one, 360 formulas of
notes drawn from it, beside what math-core, latex2mathml and Temml make of them on their own.
Needs Chromium, Node, and KaTeX and Temml from `npm ci` in `tests/e2e/`.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from latex2mathml.converter import convert as latex2mathml
from math_core import LatexToMathML
from PIL import Image, ImageFilter

from benchmarks.math_corpus import draw_notes
from benchmarks.math_gallery import GALLERY
from generator.math.conversion import convert
from generator.render.theme import theme_css, theme_files

ROOT = Path(__file__).parent.parent
NODE = ROOT / "tests" / "e2e"
TEMML_CSS = NODE / "node_modules" / "temml" / "dist" / "Temml-Local.css"
ROW_PX, ROWS, WIDTH_PX, SCALE = 380, 20, 1100, 2
BLUR_PX, SHIFT_PX = 2, 8  # CSS pixels
COUNT, SEED = 360, 5
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--hide-scrollbars", "--allow-file-access-from-files", "--force-color-profile=srgb"),
)
Formulas: TypeAlias = list[tuple[str, bool]]
Ink: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """How like two pictures of a formula are.

    Attributes:
        tex: The formula.
        display: Whether it is a display formula.
        how: What the converter made of it.
        correlation: Of the two pictures; 1 is equal. See `correlation`.
        width_ratio: Ours to KaTeX's, of the ink.
        height_ratio: The same of its height.
    """

    tex: str
    display: bool
    how: str
    correlation: float
    width_ratio: float
    height_ratio: float


def node_render(formulas: Formulas) -> list[dict[str, str | None]]:
    """Render formulas with KaTeX and Temml; None for one that is refused."""
    unnumbered = [(_as_on_cards(tex), show) for tex, show in formulas]
    lines = "\n".join(json.dumps({"tex": tex, "display": show}) for tex, show in unnumbered)
    done = subprocess.run(
        ["node", str(ROOT / "benchmarks" / "math_katex.mjs"), str(NODE)],
        input=lines,
        capture_output=True,
        check=True,
        text=True,
        timeout=900,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def _as_on_cards(tex: str) -> str:
    """Take KaTeX's numbers away, and put tags after their formula: a card does both by design."""
    tex = re.sub(r"\{(align|alignat|equation|gather)\}", r"{\1*}", tex)
    return re.sub(r"\\tag\{([^{}]*)\}$", r"\\qquad\\text{(\1)}", tex.strip())


def write_page(folder: Path, name: str, rows: list[str], *, head: str) -> Path:
    """Write a page with one formula a row, each at a known place."""
    boxes = "".join(
        f'<div style="position:absolute;left:20px;top:{i * ROW_PX + 10}px;white-space:nowrap">'
        f"{row}</div>"
        for i, row in enumerate(rows)
    )
    page = folder / f"{name}.html"
    page.write_text(
        f'<!doctype html><meta charset="utf-8">{head}'
        "<style>html,body{margin:0;background:#fff!important;color:#000!important;font-size:20px}"
        ".katex{font-size:1.1em!important}.katex-display{margin:0!important}"
        f".math-display{{width:auto!important}}</style>{boxes}",
        "utf-8",
    )
    return page


def our_head(folder: Path) -> str:
    """Write the theme beside the page and return what its head needs."""
    for file in theme_files():
        (folder / file.name).write_bytes(file.data)
    return f"<style>{theme_css()}</style>"


def rival_head(name: str, folder: Path) -> str:
    """Return what others get: their own CSS, and of ours the font and its size."""
    face = re.search(r"@font-face\s*\{.*?\}", our_head(folder), re.DOTALL)
    style = TEMML_CSS.read_text("utf-8") if name == "Temml" else ""
    font = 'math{font-family:"admonki math"!important;font-size:1.1em!important}'
    return f"<style>{style}{face[0] if face else ''}{font}</style>"


def photograph(
    page: Path, png: Path, *, width: int, height: int, flags: tuple[str, ...] = ()
) -> None:
    """Let Chromium take a picture of a page."""
    with tempfile.TemporaryDirectory() as profile:
        size = f"--window-size={width},{height}"
        subprocess.run(
            [
                "chromium",
                *FLAGS,
                *flags,
                f"--user-data-dir={profile}",
                size,
                f"--force-device-scale-factor={SCALE}",
                f"--screenshot={png}",
                page.as_uri(),
            ],
            capture_output=True,
            check=True,
            timeout=120,
        )


def crop(picture: Image.Image, row: int) -> Image.Image:
    """Cut a row out and crop it to its ink."""
    top = row * ROW_PX * SCALE
    part = picture.crop((0, top, WIDTH_PX * SCALE, top + ROW_PX * SCALE)).convert("L")
    box = part.point(lambda level: 255 if level < 200 else 0).getbbox()
    return part.crop(box) if box else Image.new("L", (8, 8), 255)


def correlation(ours: Image.Image, theirs: Image.Image) -> float:
    """Correlate two crops, scaled to the same size, blurred a little, at the best shift.

    One descender more moves everything else in a crop; the shift, of 8 CSS pixels at most, takes
    that back. The width is told apart.
    """
    left, right = (_ink(image, theirs.size) for image in (ours, theirs))
    if left.std() == 0 or right.std() == 0:
        return 0.0
    steps = range(-SHIFT_PX, SHIFT_PX + 1)
    right -= right.mean()
    shifted = (np.roll(left, (down, along), (0, 1)) for down in steps for along in steps)
    best = max(float((image * right).sum()) for image in shifted)
    return best / float(left.std() * right.std() * left.size)


def _ink(image: Image.Image, size: tuple[int, int]) -> Ink:
    """Return the ink of a picture in CSS pixels, with space for shifts around it."""
    width, height = (max(1, side // SCALE) for side in size)
    blurred = image.resize((width, height)).filter(ImageFilter.GaussianBlur(BLUR_PX))
    return np.pad(255.0 - np.asarray(blurred, dtype=float), SHIFT_PX)


def take_pictures(name: str, rows: list[str], head: str, folder: Path) -> list[Image.Image]:
    """Photograph rows of HTML, a page of them at a time."""
    pictures: list[Image.Image] = []
    for start in range(0, len(rows), ROWS):
        part = rows[start : start + ROWS]
        page = write_page(folder, f"{name}-{start}", part, head=head)
        png = page.with_suffix(".png")
        photograph(page, png, width=WIDTH_PX, height=ROW_PX * ROWS)
        with Image.open(png) as picture:
            pictures += [crop(picture, row) for row in range(len(part))]
        png.unlink()
    return pictures


Shoot: TypeAlias = Callable[[str, list[str], str, Path], list[Image.Image]]
"""Photographs rows of HTML, cropped to their ink: see `take_pictures`."""


def compare(
    formulas: Formulas, folder: Path, *, shoot: Shoot = take_pictures
) -> tuple[list[Pair], list[Image.Image]]:
    """Photograph formulas both ways and compare them.

    Args:
        formulas: TeX, and whether it is displayed.
        folder: Where pictures and pages are written.
        shoot: Takes the pictures, in an engine of its own.

    Returns:
        The pairs, and KaTeX's pictures.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = [convert(tex, display=display) for tex, display in formulas]
    style = (NODE / "node_modules" / "katex" / "dist" / "katex.min.css").as_uri()
    rendered = [line["html"] or "" for line in node_render(formulas)]
    katex = shoot("katex", rendered, f'<link rel="stylesheet" href="{style}">', folder)
    html = [formula.html for formula in made]
    pairs = []
    for index, ours in enumerate(shoot("ours", html, our_head(folder), folder)):
        theirs = katex[index]
        ours.save(folder / f"{index:03}-ours.png")
        theirs.save(folder / f"{index:03}-katex.png")
        ratios = (ours.width / theirs.width, ours.height / theirs.height)
        likeness = round(correlation(ours, theirs), 4)
        pairs.append(Pair(*formulas[index], made[index].how, likeness, *ratios))
    return pairs, katex


def rivals(formulas: Formulas) -> dict[str, list[str]]:
    """Let the converters work on their own; "" for what one refuses."""
    math_core = LatexToMathML()
    converters: dict[str, Callable[[str, bool], str]] = {
        "math-core": lambda tex, show: math_core.convert_with_local_state(tex, displaystyle=show),
        "latex2mathml": lambda tex, show: latex2mathml(tex, display="block" if show else "inline"),
    }
    rows = {
        name: [_attempt(converter, tex, show) for tex, show in formulas]
        for name, converter in converters.items()
    }
    return rows | {"Temml": [line["temml"] or "" for line in node_render(formulas)]}


def _attempt(converter: Callable[[str, bool], str], tex: str, display: bool) -> str:
    try:
        return converter(tex, display)
    except Exception:  # latex2mathml raises errors of every kind
        return ""


def write_report(pairs: list[Pair], folder: Path) -> None:
    """Write `report.json` and `report.html`, the least alike first."""
    (folder / "report.json").write_text(json.dumps([asdict(pair) for pair in pairs], indent=1))
    ordered = sorted(enumerate(pairs), key=lambda item: item[1].correlation)
    rows = "".join(
        f"<tr><td>{pair.correlation:.3f}<td>{pair.width_ratio:.2f}<td>"
        f'<img style="zoom:.5" src="{i:03}-ours.png"><td>'
        f'<img style="zoom:.5" src="{i:03}-katex.png">'
        for i, pair in ordered
    )
    head = "<!doctype html><meta charset=utf-8><table border=1 cellpadding=6>"
    (folder / "report.html").write_text(
        f"{head}<tr><th>likeness<th>width<th>card<th>KaTeX{rows}</table>", "utf-8"
    )


def _say(name: str, figures: list[float]) -> None:
    low = sum(figure < 0.5 for figure in figures)
    print(f"{name:13} {len(figures)} pairs, median {median(figures):.3f}, under 0.5: {low}")


def main(folder: Path = ROOT / "build" / "math", corpus: Path | None = None) -> list[Pair]:
    """Compare the gallery, or formulas of a corpus, and say how it went."""
    formulas = draw_notes(corpus, count=COUNT, seed=SEED) if corpus else list(GALLERY)
    pairs, katex = compare(formulas, folder)
    write_report(pairs, folder)
    _say("admonki", [pair.correlation for pair in pairs])
    for name, rows in rivals(formulas).items() if corpus else ():
        pictures = take_pictures(name, rows, rival_head(name, folder), folder)
        _say(name, [correlation(*both) for both in zip(pictures, katex, strict=True)])
    for pair in sorted(pairs, key=lambda pair: pair.correlation)[:10]:
        print(f"{pair.correlation:.3f} width {pair.width_ratio:.2f} {pair.how} {pair.tex}")
    return pairs


if __name__ == "__main__":
    _CORPUS = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    main(ROOT / "build" / ("math-notes" if _CORPUS else "math"), _CORPUS)
