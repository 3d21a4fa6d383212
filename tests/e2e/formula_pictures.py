"""Formulas of cards and of KaTeX, photographed in one engine."""

from pathlib import Path

from PIL import Image

from benchmarks.math_pictures import Pair, compare, write_report
from tests.e2e.engines import HEIGHT, SCALE, Engine

_MARGIN_PX = 24  # around each formula: ink may leave its box
_EDGE_PX = 5  # not looked at: some engines draw a line at the edge of the screen
_STYLE = (
    "<style>html,body{margin:0 0 9px;background:#fff!important;color:#000!important;font-size:20px}"
    f".row{{padding:{_MARGIN_PX}px;white-space:nowrap;overflow:hidden}}.row>*{{margin:0!important}}"
    ".katex{font-size:1.1em!important}.katex-display{margin:0!important;text-align:left!important}"
    ".katex-display>.katex{text-align:left!important}"
    ".row>math{width:fit-content;min-width:0!important}</style>"
)
_PLACES = "return [...document.querySelectorAll('.row')].map(row => row.getBoundingClientRect())"
_TOPS = f"{_PLACES}.map(place => [place.top, place.bottom])"


def photograph(engine: Engine, rows: list[str], *, head: str, page: Path) -> list[Image.Image]:
    """Write rows of HTML as a page, and return the ink of each.

    Args:
        engine: Draws them.
        rows: One formula each.
        head: What the page's head holds: style sheets.
        page: Where the page is written; pictures of the screen are written beside it.
    """
    boxes = "".join(f'<div class="row">{row}</div>' for row in rows)
    page.write_text(f'<!doctype html><meta charset="utf-8">{head}{_STYLE}{boxes}', "utf-8")
    engine.open(page.as_uri())
    pictures: list[Image.Image] = []
    while len(pictures) < len(rows):
        pictures += _screenful(engine, len(pictures), page.with_suffix(".png"))
    return pictures


def _screenful(engine: Engine, first: int, png: Path) -> list[Image.Image]:
    """Scroll to a row and return it with those below it that are on the screen."""
    engine.measure(f"document.querySelectorAll('.row')[{first}].scrollIntoView()")
    engine.measure("return new Promise(requestAnimationFrame).then(() => true)")
    places = [place for place in engine.measure(_TOPS)[first:] if place[1] <= HEIGHT]
    assert places, "a formula is taller than the screen"
    engine.screenshot(png)
    with Image.open(png) as screen:
        grey = screen.convert("L")
    png.unlink()
    return [_ink(grey, *place) for place in places]


def _ink(screen: Image.Image, top: float, bottom: float) -> Image.Image:
    row = screen.crop(
        (0, round((top + _EDGE_PX) * SCALE), screen.width, round((bottom - _EDGE_PX) * SCALE))
    )
    box = row.point(lambda level: 255 if level < 200 else 0).getbbox()
    return row.crop(box) if box else Image.new("L", (8, 8), 255)


def likeness(engine: Engine, formulas: list[tuple[str, bool]], folder: Path) -> list[Pair]:
    """Compare formulas with KaTeX's in an engine; `folder` gets pictures and `report.html`."""

    def shoot(name: str, rows: list[str], head: str, where: Path) -> list[Image.Image]:
        return photograph(engine, rows, head=head, page=where / f"{name}.html")

    pairs, _ = compare(formulas, folder, shoot=shoot)
    write_report(pairs, folder)
    return pairs
