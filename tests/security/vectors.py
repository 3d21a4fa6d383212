"""The hostile pages of `vectors.txt`, rendered as cards."""

from functools import cache
from pathlib import Path

from generator.config import Config, MathMode
from generator.identity.identify import identify
from generator.identity.lock import Lock
from generator.model import Fragment, IdentifiedNote, Media, SourceFile
from generator.parser import parse
from generator.pipeline.pages import render_page
from generator.pipeline.sources import PageFile
from generator.render.context import RenderContext
from generator.render.html import render_fragment
from tests.fuzz.trial import NOW_S

_SPELLED = {"⏎": "\n", "⇥": "\t", "␀": "\0", "␌": "\f"}


@cache
def vectors() -> tuple[str, ...]:
    """All vectors as Markdown."""
    text = Path(__file__).with_name("vectors.txt").read_text(encoding="utf-8")
    for sign, char in _SPELLED.items():
        text = text.replace(sign, char if char != "\n" else "\x1e")
    lines = (line.replace("\x1e", "\n") for line in text.split("\n"))
    return tuple(line for line in lines if line.strip() and not line.startswith("%%"))


def render_vector(text: str, math: MathMode = MathMode.MATHML) -> Fragment:
    """Render a page; every file that it asks for exists."""
    config = Config(site_url="https://site.example/", math=math)
    document, _ = parse(SourceFile("page.md", "page.md", text), config=config)
    context = RenderContext(document, config, lambda _, target: Media("file-12.png", target))
    return render_fragment(document.tokens, context=context)[0]


def notes_of(
    text: str, page: str = "page.md", math: MathMode = MathMode.MATHML
) -> tuple[IdentifiedNote, ...]:
    """Make the notes of a page; every file that it asks for exists."""
    file = PageFile(Path("/docs") / page, Path("/docs"), page)
    config = Config(site_url="https://site.example/", math=math)
    data = text.encode("utf-8", "surrogatepass")
    result = render_page(file, data, config=config, find_media=_found)
    return tuple(identify(result.notes, Lock(), now_s=NOW_S)[0])


def _found(_page: str, target: str) -> Media:
    return Media("file-12.mp3" if target.endswith(".mp3") else "file-12.png", target)
