"""The site's own style sheets for cards, with the pictures and fonts that they use."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

from generator.config import Config
from generator.errors import AdmonkiError, Diagnostic, Location
from generator.files import MEDIA, STYLE, read_file
from generator.model import Media
from generator.render.media import IMAGES, media_name
from generator.render.svg import check_svg

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_IMPORT = re.compile(r"@import\b[^;]*", re.IGNORECASE)
_URL = re.compile(
    r"url\(\s*+(?P<quote>[\"']?)(?P<target>[^\"'()]++)(?P=quote)\s*+\)", re.IGNORECASE
)
_FONTS = frozenset({".eot", ".otf", ".ttf", ".woff", ".woff2"})
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|/", re.IGNORECASE)


class SiteStyle(Struct, frozen=True):
    """The style sheets of a site.

    Attributes:
        css: Their text, with the packaged names of files.
        media: These files; their names begin with `_`, so that Anki keeps them for a style.
        diagnostics: What is wrong.
    """

    css: str = ""
    media: tuple[Media, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_site_style(config: Config) -> SiteStyle:
    """Read the style sheets that the configuration names.

    Args:
        config: What is in force.

    Returns:
        The style; `E723` for each `@import`, which no device could load, and `W724` for each
        file in a `url(…)` that is missing, outside of the project, or no picture or font.

    Raises:
        AdmonkiError: E722 when a style sheet cannot be read.
    """
    texts = [(path, _read(path)) for path in config.css]
    media: dict[str, Media] = {}
    found: list[Diagnostic] = []
    parts = []
    for path, text in texts:
        found.extend(_imports(path, text))
        home = config.root if path.is_relative_to(config.root) else path.parent
        pack = partial(_packed, path=path, home=home, media=media, found=found)
        # Anki puts the style into an element that `</style>` would end.
        parts.append(_URL.sub(pack, text).replace("</", "<\\/"))
    return SiteStyle("\n".join(parts), tuple(media.values()), tuple(found))


def style_paths(config: Config) -> tuple[Path, ...]:
    """List all files that the style of the cards depends on."""
    try:
        media = read_site_style(config).media
    except AdmonkiError:
        media = ()
    return (*config.css, *(Path(file.path) for file in media))


def _read(path: Path) -> str:
    try:
        return read_file(path, most=STYLE).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        message = f"the style sheet cannot be read: {problem}"
        raise AdmonkiError.at(path, "E722", message) from problem


def _imports(path: Path, text: str) -> Iterator[Diagnostic]:
    plain = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    line, at = 1, 0
    for found in _IMPORT.finditer(plain):
        line, at = line + plain.count("\n", at, found.start()), found.start()
        place = Location(path.as_posix(), line)
        message = f"a style sheet for cards cannot import another: {found[0].strip()[:60]}"
        yield Diagnostic(place, "E723", message, "list both files under css in the configuration")


def _packed(
    match: re.Match[str],
    *,
    path: Path,
    home: Path,
    media: dict[str, Media],
    found: list[Diagnostic],
) -> str:
    target = match["target"].strip()
    if _ELSEWHERE.match(target):
        return match[0]
    file = path.parent / unquote(re.split(r"[?#]", target, maxsplit=1)[0])
    try:
        data = _picture_or_font(file, home)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        text = f"the style sheet refers to {target[:60]}: {reason}"
        found.append(Diagnostic(Location(path.as_posix()), "W724", text))
        return match[0]
    name = f"_{media_name(file.name, data)}"
    media[name] = Media(name, str(file.resolve()))
    return f'url("{name}")'


def _picture_or_font(file: Path, home: Path) -> bytes:
    if file.suffix.lower() not in IMAGES | _FONTS:
        raise ValueError("it is not a picture or font")
    data = read_file(file, most=MEDIA, inside=home)
    if file.suffix.lower() == ".svg":
        check_svg(data)
    return data
