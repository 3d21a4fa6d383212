"""Sanitize a card's markup with an allowlist, applied by nh3 (ammonia, html5ever).

Where it runs: what we write ourselves is safe by construction: the writer escapes text and values,
and makes tags of names that are on a list. A test over all fixtures shows that such HTML comes out
of the sanitizer byte for byte. So it runs on the fragments that hold a tag of the author's, and
there on the whole fragment, since only the whole shows how tags nest. `raw_html` has rebuilt the
author's tags before: two layers, made differently.

What it costs: about 0.15 ms for a fragment of 900 characters, half of it for our own look at
every attribute. On every card that would be a good tenth of the whole build's time; of the
fragments of 222 pages of other sites 69 in 7,346 hold raw HTML and pay it.

It takes nodes and gives nodes. Formulas, sounds and deletions are not shown to it: an empty
element holds the place of each, with an attribute that no list of the writer's knows. So neither
MathML nor SVG is on the list at all, and with them go the mutation attacks, which live on the
borders of these namespaces. What it decodes, the writer escapes again.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape, unescape
from typing import Final

import nh3

from generator.markup.allowed import ATTRIBUTES, ELEMENTS, FLAGGED, SCHEMES
from generator.markup.style import PROPERTIES
from generator.markup.writer import TAG_EDGES, Markup, Node, end, start

_DROPPED_WITH_CONTENT: Final = {"script", "style", "svg", "math", "template", "noscript"}
_PLACE: Final = "data-node"
_PLACE_HELD: Final = re.compile(rf'<span {_PLACE}="([0-9]+)">')
_NAME: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_ATTRIBUTE: Final = re.compile(r' ([a-z-]+)="([^"]*)"')


def _allowed_attributes() -> dict[str, set[str]]:
    allowed = {name: set(checks) for name, checks in ATTRIBUTES.items()}
    for name, flags in FLAGGED.items():
        allowed.setdefault(name, set()).update(flags)
    allowed["*"].add("class")
    allowed["span"].add(_PLACE)
    return allowed


_CLEANER = nh3.Cleaner(
    tags=set(ELEMENTS),
    clean_content_tags=_DROPPED_WITH_CONTENT,
    attributes=_allowed_attributes(),
    strip_comments=True,
    link_rel=None,
    url_schemes=set(SCHEMES),
    filter_style_properties=set(PROPERTIES),
)


def sanitize(nodes: Sequence[Node], *, classes: frozenset[str] = frozenset()) -> list[Node]:
    """Return the parts of a fragment that are on the allowlist, properly nested.

    Args:
        nodes: The whole fragment.
        classes: Those of the site's style sheets.
    """
    whole = [node for node in nodes if isinstance(node, Markup) and not node.is_tag]
    cleaned = _CLEANER.clean("".join(_shown(nodes)))
    return list(_read(TAG_EDGES.split(cleaned), whole, classes))


def _shown(nodes: Sequence[Node]) -> Iterator[str]:
    number = 0
    for node in nodes:
        if isinstance(node, str):
            yield escape(node, quote=False)
        elif node.is_tag:
            yield node.html
        else:
            yield f'<span {_PLACE}="{number}"></span>'
            number += 1


def _read(
    pieces: Sequence[str], whole: Sequence[Markup], classes: frozenset[str]
) -> Iterator[Node]:
    """Yield nodes again; the tag after the one that held a place is its end."""
    is_held = False
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            if piece:
                yield unescape(piece)
            continue
        place = _PLACE_HELD.fullmatch(piece)
        if place:
            yield whole[int(place[1])]
        elif not is_held:
            yield _tag(piece, classes)
        is_held = place is not None


@lru_cache(maxsize=4096)
def _tag(source: str, classes: frozenset[str]) -> Markup:
    name = _NAME.match(source)
    assert name is not None  # noqa: S101 - serialised by nh3
    if name[1]:
        return end(name[2])
    attributes = {key: unescape(value) for key, value in _ATTRIBUTE.findall(source)}
    return start(name[2], attributes, classes=classes)
