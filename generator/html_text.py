"""The text of a card's HTML, to compare by words, in time that grows with its length."""

import re
from collections.abc import Callable
from typing import Final

from generator.html_tokens import unescape

_INSIDE: Final = r"(?>(?:[^<>\"]|\"[^\"]*+\")*)"
"""What is between a tag's name and its `>`."""
_MATH: Final = re.compile(rf"<math(?=[\s>])({_INSIDE})>.*?</math>", re.DOTALL)
_IMAGE: Final = re.compile(rf"<img(?=[\s/>])({_INSIDE})>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r'\s(alttext|alt|src)="([^"]*)"')
_BLOCK: Final = re.compile(
    r"</?(?:p|div|li|ul|ol|br|tr|td|th|table|pre|blockquote|h[1-6]|dt|dd|hr|details|summary"
    rf"|figure)(?=[\s/>]){_INSIDE}>",
    re.IGNORECASE,
)
_COMMENT: Final = re.compile("<!--.*?-->", re.DOTALL)
_TAG: Final = re.compile(rf"</?[A-Za-z]{_INSIDE}>")


def plain_text(html: str) -> str:
    """Turn a field into text.

    Args:
        html: A field of any package.

    Returns:
        The text; blocks are separated by blanks, formulas in MathML give their TeX, pictures what
        they say or their name.
    """
    if "<" in html:
        html = _replace(html, _COMMENT, "", end="-->")
        html = _replace(html, _MATH, _tex, end="</math>")
        html = _TAG.sub("", _BLOCK.sub(" ", _IMAGE.sub(_description, html)))
    return " ".join(unescape(html).split())


def _replace(
    html: str, pattern: re.Pattern[str], by: str | Callable[[re.Match[str]], str], *, end: str
) -> str:
    """Replace what reaches up to an end, looking for one only where there is one.

    Else a row of beginnings would take the square of its length.
    """
    after = html.rfind(end) + len(end)
    return pattern.sub(by, html[:after]) + html[after:] if end in html else html


def _tex(formula: re.Match[str]) -> str:
    values = dict(_ATTRIBUTE.findall(formula[1]))
    # a long formula is several; the first has the TeX
    return f"${values['alttext']}$" if "alttext" in values else ""


def _description(image: re.Match[str]) -> str:
    values = dict(_ATTRIBUTE.findall(image[1]))
    return f" [{values.get('alt') or values.get('src', '')}] "
