"""Films, sounds and other documents in the page: media of the package, or a link."""

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import urlsplit

from markdown_it.token import Token

from generator.markup.writer import WORD_EDGE, end
from generator.render.context import Output
from generator.render.elements import PLAYED
from generator.render.images import place_image
from generator.render.links import Target
from generator.render.quoting import shorten


class Inside(Protocol):
    """The content between the tags."""

    text: str
    source: str


def put_embedded(
    output: Output, token: Token, name: str, attributes: Mapping[str, str], inside: Inside
) -> None:
    """Put a film or sound of the docs folder on the card; anything else becomes a link.

    Args:
        output: Where to.
        token: For its place.
        name: Of the element.
        attributes: Of its opening tag.
        inside: What it holds.
    """
    source = attributes.get("src") or attributes.get("data") or inside.source
    if not source:  # `<video>` in a line: its `<source>` is a tag of its own
        return
    label = attributes.get("title") or inside.text
    target = output.resolve(source)
    if (name in PLAYED or name == "source") and (target.is_local or target.is_refused):
        place_image(output, token, {"src": source, "alt": label})
    else:
        _put_link(output, token, target, source, label)


def _put_link(output: Output, token: Token, target: Target, source: str, label: str) -> None:
    if target.is_refused:
        output.report(token, "W505", f"address is not allowed on a card: {shorten(source)}")
        source = ""
    parts = urlsplit(target.url)
    shown = label or (parts.netloc + parts.path).rstrip("/") or source or "embedded page"
    if not target.url:
        output.nodes += (WORD_EDGE, shown, WORD_EDGE)
        return
    output.start("a", {"class": "embedded", "href": target.url}, said=" ")
    output.nodes += (shown, end("a"), WORD_EDGE)
