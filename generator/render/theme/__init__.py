"""What every card of ours looks like: card templates, CSS, a small script, fonts.

Everything here is a plain file beside this one, so that a stylesheet is edited as a stylesheet.
"""

import hashlib
import re
from functools import cache, lru_cache
from html import unescape
from itertools import chain
from pathlib import Path

from msgspec import Struct

USER_STYLE = "_admonki-user.css"
"""A style sheet that a reader may put into Anki's media folder. It comes after ours and the site's,
no package holds a file of this name, and so no update replaces it."""

_HERE = Path(__file__).parent
_FONT = re.compile(r'@font-face \{[^}]*url\("(_[^"]+)"\)[^}]*unicode-range: ([^;]+);')
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_FIRST, _LAST = "card.css", "print.css"  # variables that all others use; what outweighs all others


class ThemeFile(Struct, frozen=True):
    """A font or picture that the CSS refers to.

    Attributes:
        name: Name in Anki's media folder: `_`, the stem, a content hash. Anki imports `_` files
            always, and never replaces one: hence the hash.
        data: The bytes.
    """

    name: str
    data: bytes


@cache
def theme_files() -> tuple[ThemeFile, ...]:
    """Read the files of `theme/media/`, in the order of their names."""
    return tuple(_theme_file(path) for path in _media_paths())


def fonts_for(formula: str) -> tuple[str, ...]:
    """Name the pieces of the math font that a formula needs.

    Args:
        formula: MathML, of one formula or of several; anything else needs none.

    Returns:
        Names of theme files, sorted.
    """
    if "<math" not in formula:
        return ()
    text = unescape(formula) if "&" in formula else formula
    return _fonts_for(frozenset(_BEYOND_ASCII.findall(text)))


@lru_cache(maxsize=4096)
def _fonts_for(characters: frozenset[str]) -> tuple[str, ...]:
    """Name the pieces with these characters or with ASCII, which every formula's tags hold."""
    fonts = _fonts()
    found = [fonts[shown] for shown in fonts.keys() & {"", *characters}]
    return tuple(sorted({name for names in found for name in names}))


@cache
def _fonts() -> dict[str, set[str]]:
    """Read from the style sheet which pieces have a character; at "" those that have ASCII."""
    found: dict[str, set[str]] = {}
    for name, ranges in _FONT.findall(theme_css()):
        for number in chain.from_iterable(map(_characters, ranges.split(","))):
            character = chr(number)
            found.setdefault("" if character.isascii() else character, set()).add(name)
    return found


def _characters(written: str) -> range:
    """Read `U+41` or `U+41-5A`."""
    first, _, last = written.strip().removeprefix("U+").partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


@cache
def theme_css() -> str:
    """Join the stylesheets, `card.css` first, with `url(…)` of theme files made theirs."""
    paths = sorted(_HERE.glob("*.css"), key=_rank)
    css = "\n".join(_read(path) for path in paths)
    for path in _media_paths():
        css = css.replace(f'url("media/{path.name}")', f'url("{_theme_file(path).name}")')
    return css


def _rank(path: Path) -> tuple[bool, bool, str]:
    return path.name != _FIRST, path.name == _LAST, path.name


@cache
def template(name: str) -> str:
    """Read a side of a card template, with the reader's own style and the scripts at its end.

    Args:
        name: `basic_front`, `basic_back`, `reversed_front` …
    """
    style = f'<link rel="stylesheet" href="{USER_STYLE}">'
    return _read(_HERE / f"{name}.html") + style + _script()


def script(name: str) -> str:
    """Read one of the scripts.

    Args:
        name: `card.js` …
    """
    return _read(_HERE / name)


@cache
def _script() -> str:
    """All scripts of the theme as one element, or nothing."""
    code = "\n".join(_read(path).strip() for path in sorted(_HERE.glob("*.js")))
    return f"\n<script>\n{code}\n</script>\n" if code else "\n"


def _media_paths() -> list[Path]:
    return sorted(path for path in (_HERE / "media").glob("*") if path.suffix != ".md")


def _theme_file(path: Path) -> ThemeFile:
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()[:8]
    return ThemeFile(f"_{path.stem}-{digest}{path.suffix}", data)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")
