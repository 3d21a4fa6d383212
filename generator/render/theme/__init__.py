"""What every card of ours looks like: card templates, CSS, a small script, fonts.

Everything here is a plain file beside this one, so that a stylesheet is edited as a stylesheet.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_FIRST = "card.css"  # holds the variables that the other stylesheets use


@dataclass(frozen=True, slots=True)
class ThemeFile:
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


@cache
def theme_css() -> str:
    """Join the stylesheets, `card.css` first, with `url(…)` of theme files made theirs."""
    paths = sorted(_HERE.glob("*.css"), key=lambda path: (path.name != _FIRST, path.name))
    css = "\n".join(_read(path) for path in paths)
    for path in _media_paths():
        css = css.replace(f'url("media/{path.name}")', f'url("{_theme_file(path).name}")')
    return css


@cache
def template(name: str) -> str:
    """Read a side of a card template, with the script at the end of an answer side's.

    Args:
        name: `basic_front`, `basic_back`, `reversed_front` …
    """
    return _read(_HERE / f"{name}.html").rstrip("\n") + _script()


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
