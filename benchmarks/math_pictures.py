"""Pictures of formulas as the card shows them beside KaTeX's, with a figure for each pair.

`python -m benchmarks.math_pictures` writes `build/math/`: the pictures, `report.html`, and
`report.json`. Needs Chromium, Node, and KaTeX from `npm ci` in `tests/e2e/`.
"""

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import numpy as np
from PIL import Image, ImageFilter

from benchmarks.math_gallery import GALLERY
from generator.render.math import convert
from generator.render.theme import theme_css, theme_files

ROOT = Path(__file__).parent.parent
NODE = ROOT / "tests" / "e2e"
ROW_PX, WIDTH_PX, SCALE = 190, 760, 2
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--hide-scrollbars", "--allow-file-access-from-files", "--force-color-profile=srgb"),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """How like two pictures of a formula are.

    Attributes:
        tex: The formula.
        display: Whether it stands on its own.
        how: What the converter made of it.
        correlation: Of the two pictures, cropped to the ink, scaled alike and blurred; 1 is equal.
        width_ratio: Ours to KaTeX's, of the ink.
    """

    tex: str
    display: bool
    how: str
    correlation: float
    width_ratio: float


def katex(formulas: list[tuple[str, bool]]) -> list[str]:
    """Render formulas with KaTeX; "" for one that it refuses."""
    # A card numbers nothing, KaTeX does.
    unnumbered = [(re.sub(r"\{(align|gather)\}", r"{\1*}", tex), show) for tex, show in formulas]
    lines = "\n".join(json.dumps({"tex": tex, "display": show}) for tex, show in unnumbered)
    done = subprocess.run(
        ["node", str(ROOT / "benchmarks" / "math_katex.mjs"), str(NODE)],
        input=lines,
        capture_output=True,
        check=True,
        text=True,
        timeout=120,
    )
    return [json.loads(line)["html"] or "" for line in done.stdout.splitlines()]


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
    """Correlate two crops, scaled to the same size and blurred a little."""
    size = theirs.size
    blur = ImageFilter.GaussianBlur(2 * SCALE)
    left, right = (
        255.0 - np.asarray(image.resize(size).filter(blur), dtype=float) for image in (ours, theirs)
    )
    if left.std() == 0 or right.std() == 0:
        return 0.0
    return float(np.corrcoef(left.ravel(), right.ravel())[0, 1])


def compare(formulas: list[tuple[str, bool]], folder: Path) -> list[Pair]:
    """Photograph formulas both ways and compare them."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [convert(tex, display=display) for tex, display in formulas]
    style = (NODE / "node_modules" / "katex" / "dist" / "katex.min.css").as_uri()
    pages = {
        "ours": ([formula.html for formula in made], our_head(folder)),
        "katex": (katex(formulas), f'<link rel="stylesheet" href="{style}">'),
    }
    pictures: dict[str, list[Image.Image]] = {}
    for name, (rows, head) in pages.items():
        pictures[name] = []
        for start in range(0, len(rows), 40):
            page = write_page(folder, f"{name}-{start}", rows[start : start + 40], head=head)
            png = page.with_suffix(".png")
            photograph(page, png, width=WIDTH_PX, height=ROW_PX * 40)
            with Image.open(png) as picture:
                count = len(rows[start : start + 40])
                pictures[name] += [crop(picture, row) for row in range(count)]
    pairs = []
    for index, (tex, display) in enumerate(formulas):
        ours, theirs = pictures["ours"][index], pictures["katex"][index]
        ours.save(folder / f"{index:03}-ours.png")
        theirs.save(folder / f"{index:03}-katex.png")
        ratio = round(ours.width / theirs.width, 3)
        likeness = round(correlation(ours, theirs), 4)
        pairs.append(Pair(tex, display, made[index].how, likeness, ratio))
    return pairs


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


def main(folder: Path = ROOT / "build" / "math") -> list[Pair]:
    """Compare the gallery and say how it went."""
    pairs = compare(list(GALLERY), folder)
    write_report(pairs, folder)
    figures = sorted(pair.correlation for pair in pairs)
    print(f"{len(pairs)} pairs, median {median(figures):.3f}, least {figures[0]:.3f}")
    for pair in sorted(pairs, key=lambda pair: pair.correlation)[:10]:
        print(f"{pair.correlation:.3f} width {pair.width_ratio:.2f} {pair.how} {pair.tex}")
    return pairs


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
