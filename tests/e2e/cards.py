"""Cards as Anki shows them, many on one page: each in a frame as wide as the screen it is for."""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from PIL import Image

from generator.apkg.card import render_cards
from generator.apkg.notetypes import note_types
from generator.model import CardKind
from generator.render.theme import script, theme_files
from tests.apkg.conftest import a_note
from tests.conftest import ROOT
from tests.e2e.constructs import CONSTRUCTS
from tests.e2e.engines import Engine

ANKI_CSS = (ROOT / "generator/commands/preview/assets/anki.css").read_text(encoding="utf-8")
BOXES = Path(__file__).with_name("boxes.js").read_text(encoding="utf-8")
MEASURE = Path(__file__).with_name("measure.js").read_text(encoding="utf-8")
FINISH = (
    f"{script('card.js').partition(chr(10) + '(function () {')[0]}\n"  # without what calls it
    "document.querySelectorAll('iframe').forEach(f => admonkiFinish(f.contentDocument));"
)
"""What the script of the card templates does, for each frame."""
TITLE = "Why is the sky blue?"
_PHONE = "mobile android linux js"


@dataclass(frozen=True, slots=True)
class Frame:
    """One side of a card on a screen.

    Attributes:
        name: For messages.
        html: What is inside Anki's `<div id="qa">`.
        width_px: Of the screen, in CSS pixels.
        is_night: Whether Anki is in night mode.
        is_phone: AnkiDroid's classes in place of the desktop's.
        height_px: Of the screen.
    """

    name: str
    html: str
    width_px: int = 390
    is_night: bool = False
    is_phone: bool = True
    height_px: int = 800


def question_side(body: str, title: str = TITLE) -> str:
    """The front of a card whose question has a title and a body."""
    return render_cards(a_note(question=f"{title} {body}"), note_types=note_types())[0].front


def answer_side(body: str) -> str:
    """The back of a card whose answer is a body."""
    note = a_note(question=TITLE, answer=body, kind=CardKind.REVERSED)
    return render_cards(note, note_types=note_types())[0].back


def construct_frames(width_px: int, *, is_night: bool = False) -> list[Frame]:
    """Each construct in a question and in an answer."""
    sides = (("question", question_side), ("answer", answer_side))
    return [
        Frame(f"{name}, {side}", make(body), width_px, is_night)
        for name, body in CONSTRUCTS.items()
        for side, make in sides
    ]


def write_page(frames: list[Frame], folder: Path, *, css: str = "") -> Path:
    """Write a page that shows all frames, with the fonts that they need beside it.

    Args:
        frames: What to show.
        folder: An existing one.
        css: Of the note type; ours by default.
    """
    for file in theme_files():
        (folder / file.name).write_bytes(file.data)
    shown = "".join(_iframe(frame, css or note_types()[0].css) for frame in frames)
    page = folder / "cards.html"
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><style>body{{margin:0}}</style>{shown}',
        encoding="utf-8",
    )
    return page


def _iframe(frame: Frame, css: str) -> str:
    night = "nightMode night_mode" if frame.is_night else ""
    root = f"{_PHONE if frame.is_phone else ''} {'night-mode' if frame.is_night else ''}"
    page = (
        f'<!doctype html><html lang="en" class="{root.strip()}"><head><title>Card</title>'
        f"<style>{ANKI_CSS}</style></head><body class='card card1 {night}'>"
        f"<main id='qa'><style>{css}</style>{frame.html}</main></body></html>"
    )
    return (
        f'<iframe title="{escape(frame.name)}" width="{frame.width_px}" '
        f'height="{frame.height_px}" style="border:0" srcdoc="{escape(page)}"></iframe>'
    )


def draw(engine: Engine, frames: list[Frame], folder: Path) -> None:
    """Show frames, finished by the templates' script as Anki runs it."""
    engine.open(write_page(frames, folder).as_uri())
    engine.measure(FINISH)


def measure(engine: Engine, frames: list[Frame], folder: Path) -> list[dict[str, Any]]:
    """Draw frames and measure each: see `measure.js`."""
    draw(engine, frames, folder)
    found: list[dict[str, Any]] = engine.measure(MEASURE)
    return found


def in_card(engine: Engine, code: str) -> Any:
    """Run a function body with `page`, the document of the first frame, and `view`, its window."""
    head = "const view = document.querySelector('iframe').contentWindow, page = view.document;"
    return engine.measure(head + code)


def picture(engine: Engine, png: Path) -> Image.Image:
    """What the window shows, in grey, SCALE pixels for each CSS pixel."""
    engine.screenshot(png)
    with Image.open(png) as shown:
        return shown.convert("L")
