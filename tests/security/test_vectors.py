"""No active content survives: judged on the tree that an HTML5 parser makes of each card."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.config import MathMode
from tests.security.vectors import render_vector, vectors

_FORBIDDEN = frozenset(
    {"script", "style", "iframe", "object", "embed", "applet", "frame", "frameset", "base", "meta"}
    | {"link", "form", "button", "select", "textarea", "template", "noscript", "svg", "portal"}
    | {"dialog", "marquee", "plaintext", "xmp", "title", "annotation-xml", "maction"}
)
_ADDRESSES = frozenset({"href", "src", "data", "action", "formaction", "poster", "background"})
_SAFE_ADDRESS = re.compile(r"(?:https?|mailto|tel|ftp):|[\w.-]+$")
_SAFE_STYLE = re.compile(r"[\w\s:;.,%#()-]*")
_ANKI = re.compile(r"\[(?:sound:(?!file-12\.png\])|anki:|/?latex\]|/?\$\$?\])", re.IGNORECASE)


@pytest.mark.parametrize("vector", vectors())
def test_nothing_active_survives(vector: str) -> None:
    html = render_vector(vector).html
    body = LexborHTMLParser(f"<body>{html}</body>").body
    assert body is not None
    for node in body.traverse(include_text=False):
        if node is not body:
            _check(node)
    assert not _ANKI.search(html)


def _check(node: LexborNode) -> None:
    assert node.tag not in _FORBIDDEN, node.html
    for name, value in node.attributes.items():
        assert not name.startswith("on"), node.html
        assert name not in ("srcset", "srcdoc", "ping", "xlink:href", "formaction"), node.html
        if name == "id":
            assert re.fullmatch(r"fnref-\d+", value or ""), node.html
        if name in _ADDRESSES:
            assert _SAFE_ADDRESS.match(value or ""), node.html
        if name == "style":
            assert _SAFE_STYLE.fullmatch(value or ""), node.html
            assert "url" not in (value or "")
            assert "position" not in (value or "")


_OWN_HTML = re.compile(r"\\(?:href|url|html\w*|class|cssId|style|data|require|mmlToken)\b")


def test_no_formula_hands_mathjax_a_link() -> None:
    r"""MathJax makes `\href{javascript:…}` a link that runs."""
    formulas = [formula for vector in vectors() for formula in _for_mathjax(vector)]
    assert len(formulas) > 20
    assert list(filter(_OWN_HTML.search, formulas)) == []


def _for_mathjax(vector: str) -> list[str]:
    """What MathJax takes for formulas on the card of a page."""
    tree = LexborHTMLParser(render_vector(vector, MathMode.MATHJAX).html)
    for node in tree.css("code, pre, math, .tex2jax_ignore"):
        node.decompose()
    text = tree.body.text(separator="\0") if tree.body else ""
    return re.findall(r"(?s)\\\([^\0]*?\\\)|\\\[[^\0]*?\\\]", text)


def test_there_are_enough_vectors() -> None:
    assert len(set(vectors())) >= 200
