"""Images, audio and video on the card; a placeholder if the file is missing."""

import posixpath
from typing import Final
from urllib.parse import unquote, urlsplit

from markdown_it.token import Token

from generator.markup.allowed import SCHEMES
from generator.markup.writer import sound
from generator.model import Media
from generator.render import media
from generator.render.context import MediaProblem, Output
from generator.render.links import LONGEST, scheme_of
from generator.render.quoting import shorten

_SHOWN: Final = ("width", "height", "align", "class", "title")
_MODES: Final = {
    "only-light": "only-light",
    "only-dark": "only-dark",
    "gh-light-mode-only": "only-light",
    "gh-dark-mode-only": "only-dark",
}
_CODES: Final = {
    MediaProblem.MISSING: "W501",
    MediaProblem.OUTSIDE: "W502",
    MediaProblem.UNREADABLE: "W501",
    MediaProblem.ACTIVE: "W504",
    MediaProblem.KIND: "W501",
}
_HINTS: Final = {
    MediaProblem.MISSING: "paths are relative to the page; a leading / means the docs folder",
    MediaProblem.OUTSIDE: "move the file into the docs folder",
    MediaProblem.ACTIVE: "export it as plain SVG in UTF-8, without scripts, HTML and addresses",
}


def render_image(output: Output, token: Token) -> None:
    """Render `![alt](path "title"){ width=300 }`."""
    attributes = {name: str(value) for name, value in token.attrs.items()}
    place_image(output, token, attributes | {"alt": token.content or attributes.get("alt", "")})


def place_image(output: Output, token: Token, attributes: dict[str, str]) -> None:
    """Put an image on the card.

    Args:
        output: Where to.
        token: For its place.
        attributes: `src`, `alt` and what else the author gave.
    """
    source, alt = attributes.get("src", "").strip(), attributes.get("alt", "")
    said = f" {alt} "
    found = find(output, token, source)
    if found is None:
        _show_what_was_there(output, source, alt, said)
        return
    extension = posixpath.splitext(found.name)[1]
    if extension in media.SOUNDS:
        output.nodes.append(sound(found.name, said))
    elif extension in media.FILMS:
        output.start("video", {"controls": "", "src": found.name}, said=said)
        output.end("video")
    else:
        attributes = _with_mode(attributes, source)
        shown = {name: attributes[name] for name in _SHOWN if attributes.get(name)}
        output.start("img", {"src": found.name, "alt": alt} | shown, said=said)


def _with_mode(attributes: dict[str, str], source: str) -> dict[str, str]:
    """`picture.png#only-dark` is for night mode alone (Material for MkDocs; `#gh-…` on GitHub)."""
    mode = _MODES.get(urlsplit(source).fragment)
    if mode is None:
        return attributes
    return attributes | {"class": f"{attributes.get('class', '')} {mode}".strip()}


def find(output: Output, token: Token, source: str) -> Media | None:
    """Look up a file that a page shows; report why it cannot be used."""
    scheme = scheme_of(source)
    is_remote = scheme in SCHEMES or source.startswith("//")
    if len(source) > LONGEST or (scheme and not is_remote):
        output.report(token, "W505", f"address is not allowed on a card: {shorten(source)}")
        return None
    if is_remote:
        message = f"remote file is not fetched: {shorten(source)}"
        output.report(
            token, "W503", message, "save it in the docs folder; the card has a link to it"
        )
        return None
    path = unquote(urlsplit(source).path) if "?" in source or "#" in source else unquote(source)
    found = _look_up(output, token, path)
    if isinstance(found, MediaProblem):
        message = f"{shorten(source) or 'image without an address'}: {found.value}"
        output.report(token, _CODES[found], message, _HINTS.get(found, ""))
        return None
    if media.is_too_large(found):
        message = f"{shorten(source)} is larger than the 100 MiB that AnkiWeb takes"
        output.report(token, "W514", message, "make the file smaller, or link to it")
    output.media[found.name] = found
    return found


def _look_up(output: Output, token: Token, path: str) -> Media | MediaProblem:
    if not path:
        return MediaProblem.MISSING
    find_media, page = output.context.find_media, output.context.document.source.page
    found = find_media(page, path)
    is_raw = token.type.startswith("html_")
    if isinstance(found, Media) or not is_raw or not output.context.config.use_directory_urls:
        return found
    # In raw HTML paths are read from the page's address: `page/` instead of `page.md`.
    served = find_media(f"{posixpath.splitext(page)[0]}/index.md", path)
    return served if isinstance(served, Media) else found


def _show_what_was_there(output: Output, source: str, alt: str, said: str) -> None:
    """An `img` without a file shows its text; a remote one leads to its address."""
    target = output.resolve(source)
    name = posixpath.basename(unquote(source.split("?")[0]).rstrip("/"))
    shown = f"{alt} ({name})" if alt and name and alt != name else alt or name or "image"
    is_link = bool(target.url) and not target.is_refused
    if is_link:
        output.start("a", {"href": target.url})
    output.start("img", {"class": "missing-media", "alt": shown}, said=said)
    if is_link:
        output.end("a")
