"""The pictures of the documentation: `python -m tests.e2e.make_pictures` writes `docs/images/`.

Cards in both modes, and the gallery of formulas in three engines at the width of a phone and of a
desktop.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image

from benchmarks.math_gallery import GALLERY
from generator.apkg.card import render_cards
from generator.config import Config
from generator.math.conversion import convert
from generator.pipeline.identify import dry_run
from tests.apkg.conftest import MOD_S
from tests.conftest import ROOT
from tests.e2e.cards import Frame, draw
from tests.e2e.engines import HEIGHT, NAMES, SCALE, Engine, opened

IMAGES = ROOT / "docs" / "images"
GAP_PX, COLOURS, PARTS = 12, 128, 4
CARD = "attention-mha-gqa-mqa-cache"


def shots(engine: Engine, frames: list[Frame], folder: Path) -> list[Image.Image]:
    """Photograph frames, each cut to its card's height."""
    pictures = []
    for frame in frames:
        draw(engine, [frame], folder)
        height = engine.measure(
            "return document.querySelector('iframe').contentDocument"
            ".querySelector('.admonki').getBoundingClientRect().bottom;"
        )
        assert height <= HEIGHT, "the card is taller than the screen"
        engine.screenshot(folder / "shot.png")
        with Image.open(folder / "shot.png") as shown:
            box = (0, 0, frame.width_px * SCALE, round(height * SCALE))
            pictures.append(shown.convert("RGB").crop(box))
    return pictures


def stacked(pictures: list[Image.Image], *, across: bool = False) -> Image.Image:
    """Put pictures below or beside each other, on a grey ground, with gaps in between."""
    gap = GAP_PX * SCALE if across else 0
    widths, heights = [p.width + gap for p in pictures], [p.height for p in pictures]
    size = (sum(widths) - gap, max(heights)) if across else (max(widths), sum(heights))
    canvas = Image.new("RGB", size, pictures[0].getpixel((2, 2)))
    at = 0
    for picture in pictures:
        canvas.paste(picture, (at, 0) if across else (0, at))
        at += picture.width + gap if across else picture.height
    return canvas


def gallery(width_px: int, *, is_night: bool) -> list[Frame]:
    """The gallery as cards that fit on a screen."""
    size = -(-len(GALLERY) // PARTS)
    parts = [GALLERY[start : start + size] for start in range(0, len(GALLERY), size)]
    return [
        Frame("gallery", f'<div class="admonki">{_formulas(part)}</div>', width_px, is_night,
              height_px=HEIGHT)
        for part in parts
    ]  # fmt: skip


def _formulas(part: tuple[tuple[str, bool], ...]) -> str:
    made = (convert(tex, display=True).html for tex, _ in part)
    return "".join(f'<div class="math-display">{html}</div>' for html in made)


def save(picture: Image.Image, name: str, *, scale: float) -> None:
    """Write a small PNG."""
    size = (round(picture.width * scale), round(picture.height * scale))
    small = picture.resize(size, Image.Resampling.LANCZOS).quantize(COLOURS)
    small.save(IMAGES / f"{name}.png", optimize=True)


def own_card(key: str, folder: Path) -> str:
    """The answer side of a card of `source/`; its pictures are put into a folder."""
    config = Config(root=ROOT, sources=(ROOT / "source",))
    found = dry_run(config, cwd=ROOT, now_s=MOD_S)
    (note,) = [note for note in found.notes if note.key == key]
    for media in note.note.question.media + note.note.answer.media:
        shutil.copy(media.path, folder / media.name)
    return render_cards(note, note_types=found.note_types)[0].back


def write_preview(folder: Path) -> str:
    """Write the preview of `source/`, and return the part of its address that shows our card."""
    run = [sys.executable, "-m", "generator", "preview", "source", "-o", str(folder / "preview")]
    subprocess.run(run, cwd=ROOT, check=True, capture_output=True)
    index = (folder / "preview" / "index.html").read_text(encoding="utf-8")
    data = json.loads(index.partition('id="data">')[2].partition("</script>")[0])
    (card,) = [card for card in data["cards"] if card["id"] == CARD]
    return urlencode({"card": f"{card['key']}/{card['ordinal']}", "side": "back"})


def preview(engine: Engine, folder: Path, state: str, height_px: int) -> Image.Image:
    """Photograph the preview in a state that its address names."""
    page = folder / "page.html"
    page.write_text(
        f'<style>body{{margin:0}}</style><iframe src="preview/index.html#{state}" '
        f'width="1200" height="{height_px}" style="border:0"></iframe>'
    )
    engine.open(page.as_uri())
    time.sleep(2)
    engine.screenshot(folder / "shot.png")
    with Image.open(folder / "shot.png") as shown:
        return shown.convert("RGB").crop((0, 0, 1200 * SCALE, height_px * SCALE))


def preview_pictures(engine: Engine, folder: Path) -> None:
    """Write the preview by day, and at night on a phone."""
    state = write_preview(folder)
    save(preview(engine, folder, state, 820), "preview-light", scale=0.5)
    at_night = preview(engine, folder, f"{state}&night=1&phone=1", 900)
    save(at_night, "preview-night", scale=0.5)


def main() -> None:
    """Write all pictures."""
    folder = Path(tempfile.mkdtemp())
    columns: dict[str, list[Image.Image]] = {}
    for name in NAMES:
        profile = folder / name
        profile.mkdir()
        with opened(name, profile) as engine:
            for width_px, place in ((360, "phone"), (760, "desktop")):
                for is_night, mode in ((False, "light"), (True, "night")):
                    frames = gallery(width_px, is_night=is_night)
                    column = stacked(shots(engine, frames, folder))
                    columns.setdefault(f"math-{place}-{mode}", []).append(column)
            if name == "chromium":
                html = own_card(CARD, folder)
                for is_night, mode in ((False, "light"), (True, "night")):
                    frame = Frame("card", html, 390, is_night, height_px=HEIGHT)
                    (card,) = shots(engine, [frame], folder)
                    save(card, f"card-{mode}", scale=1)
                preview_pictures(engine, folder)
    for name, pictures in columns.items():
        save(stacked(pictures, across=True), name, scale=0.5 if "phone" in name else 0.3)


if __name__ == "__main__":
    main()
