"""Tags and texts of arbitrary HTML, in linear time.

`html.parser` of older Pythons takes quadratic time on a row of `<a` or `<!--`.
"""

import html
import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct, field

_NEXT: Final = re.compile(
    r"<(?:"
    r"!--(?P<comment>)"
    r"|(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*+)"
    r"(?P<rest>(?>(?:[^>\"']|\"[^\"]*+\"|'[^']*+')*))(?P<shut>>?)"
    r"|(?P<other>[!?/])"
    r")"
)
_ATTRIBUTE: Final = re.compile(
    r"([^\s/=\"'>][^\s/=>]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]++)))?"
)
_HUGE: Final = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")


class Tag(Struct, frozen=True):
    """A tag.

    Attributes:
        name: In lower case.
        is_end: Whether it ends an element.
        is_closed: Whether it ends itself, `<br/>`.
        values: Of its attributes, by name; the first of two counts.
    """

    name: str
    is_end: bool = False
    is_closed: bool = False
    values: dict[str, str] = field(default_factory=dict)


def tokens_of(text: str) -> Iterator[Tag | str]:
    """Read HTML.

    Args:
        text: HTML, damaged or not.

    Yields:
        Tags, and texts with their references decoded. Comments are left out. A tag or comment
        that never ends makes what follows a text.
    """
    at = position = 0
    while match := _NEXT.search(text, position):
        if match["name"]:
            position = match.end()
            if not match["shut"]:
                break
        else:
            end = text.find("-->" if match["comment"] is not None else ">", match.end())
            if end < 0:
                break
            position = end + (3 if match["comment"] is not None else 1)
        if match.start() > at:
            yield unescape(text[at : match.start()])
        at = position
        if match["name"]:
            yield _tag(match)
    if text[at:]:
        yield unescape(text[at:])


def _tag(match: re.Match[str]) -> Tag:
    rest = match["rest"]
    values: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(rest):
        values.setdefault(name.lower(), unescape(double or single or bare))
    return Tag(match["name"].lower(), bool(match["end"]), rest.endswith("/"), values)


def unescape(text: str) -> str:
    """Decode character references; Python refuses to read a number of thousands of digits.

    Args:
        text: HTML without tags.
    """
    return html.unescape(_HUGE.sub("\ufffd", text))
