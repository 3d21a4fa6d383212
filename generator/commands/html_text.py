"""The text of a card's HTML, to compare by words, in time that grows with its length."""

import re

from generator.html_tokens import unescape

_TAG = re.compile(r"(/?)([A-Za-z][^\s/>]*)((?:[^>\"]|\"[^\"]*\")*+)")
_ATTRIBUTE = re.compile(r'\s(alttext|alt|src)="([^"]*)"')
_BLOCKS = frozenset(
    {
        *("p", "div", "li", "ul", "ol", "br", "tr", "td", "th", "table", "pre", "blockquote"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "hr", "details", "summary", "figure"),
    }
)


def plain_text(html: str) -> str:
    """Turn a field into text.

    Args:
        html: A field of any package.

    Returns:
        The text; blocks are separated by blanks, formulas in MathML give their TeX, pictures what
        they say or their name.
    """
    text, *pieces = html.split("<")
    parts = [text]
    formulas = 0  # open ones
    for piece in pieces:
        shown, text, step = _read(piece)
        formulas = max(0, formulas + step)
        parts.append(shown)
        if not formulas:
            parts.append(text)
    return " ".join(unescape("".join(parts)).split())


def _read(piece: str) -> tuple[str, str, int]:
    """Read what follows a `<`: what its tag shows, the text after it, formulas opened or closed."""
    tag = _TAG.match(piece)
    if tag is None or tag.end() == len(piece):
        return "", piece.partition(">")[2], 0
    text = piece[tag.end() + 1 :]
    name = tag[2].lower()
    if name == "math":
        values = {} if tag[1] else dict(_ATTRIBUTE.findall(tag[3]))
        # a long formula is several; the first has the TeX
        shown = f"${values['alttext']}$" if "alttext" in values else ""
        return shown, text, -1 if tag[1] else 1
    if name == "img":
        values = dict(_ATTRIBUTE.findall(tag[3]))
        return f" [{values.get('alt') or values.get('src', '')}] ", text, 0
    return " " if name in _BLOCKS else "", text, 0
