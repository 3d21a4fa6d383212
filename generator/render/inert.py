r"""What Anki itself would interpret in a field, made harmless where it is only text.

Anki replaces `[sound:…]`, `[anki:…]`, `[latex]`, `[$]` in a rendered card; its MathJax searches
the text (not the source) for `\(` and `\[`; a cloze note reads `{{`, `}}` and `::`.
"""

import re
from collections.abc import Container

from generator.render.inlines import CLOZE_END, CLOZE_MIDDLE, CLOZE_START

_ACTIVE = re.compile(r"\[(?=(sound:([^\]]*)|anki:|/?latex\]|/?\$\$?\]|\$))", re.IGNORECASE)
_PIECE = re.compile(r'<[^>"]*(?:"[^"]*"[^>"]*)*>|[^<]+')
_DELIMITER = re.compile(r"\\(?=[(\[])")


def make_inert(html: str, *, media: Container[str]) -> str:
    """Return `html` with Anki's own codes as plain text, except sounds of `media`."""
    if "[" in html:
        html = _ACTIVE.sub(lambda m: "[" if m[2] and m[2] in media else "&#91;", html)
    if "\\(" in html or "\\[" in html:
        html = _break_delimiters(html)
    return html


def _break_delimiters(html: str) -> str:
    r"""Put the backslash of `\(` into an element of its own; MathJax does not read across."""
    depth = 0
    pieces = []
    for piece in _PIECE.findall(html):
        if piece[0] == "<":
            depth += _depth_change(piece)
        elif not depth:
            piece = _DELIMITER.sub('<span class="tex2jax_ignore">\\\\</span>', piece)
        pieces.append(piece)
    return "".join(pieces)


def _depth_change(tag: str) -> int:
    match = re.match(r"<(/?)(?:code|pre|math)\b", tag)
    if not match:
        return 0
    return -1 if match[1] else 1


def write_clozes(html: str) -> str:
    """Turn the marks of deletions into Anki's, all other braces and `::` into entities."""
    html = html.replace("{", "&#123;").replace("}", "&#125;").replace("::", "&#58;&#58;")
    html = html.replace(CLOZE_START, "{{c").replace(CLOZE_MIDDLE, "::")
    return html.replace(CLOZE_END, "}}")
