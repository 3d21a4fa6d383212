r"""What must be true of every field, judged by an HTML5 parser that shares nothing with our writer.

The field is read as it is and under every Unicode normal form, inside of an element that is
followed by another one: whatever leaves the first, swallows the second or adds to it is a hole.
The lists here are written out again, so that a change of the writer's is noticed.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.apkg.card import card_html, cloze_numbers
from generator.fields import FIELD_NAMES, QUESTION
from generator.model import CardKind, IdentifiedNote


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FORMS: Final = ("NFD", "NFKC", "NFKD")
_HTML: Final = _names(
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col "
    "colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 "
    "header hr i img input ins kbd label li main mark nav ol p pre q rp rt ruby s samp section "
    "small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var "
    "video"
)
_MATHML: Final = _names(
    "math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms "
    "mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover"
)
_ATTRIBUTES: Final = _names(
    "align alt border checked class color colspan controls data-cloze data-linenos data-ordinal "
    "data-title datetime dir disabled height href id lang open reversed rowspan scope span src "
    "start style title type valign value width"
)
_MATHML_ATTRIBUTES: Final = _names(
    "accent accentunder alttext class data-tex depth display displaystyle fence form height "
    "largeop linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize "
    "movablelimits rspace scriptlevel separator stretchy symmetric voffset width"
)
_VALUES: Final = {
    "href": re.compile(r"(?:https?|mailto|tel|ftp):[!-~]*"),
    "src": re.compile(r"[\w.-]+"),
    "id": re.compile(r"fnref-\d+"),
    "style": re.compile(
        r"(?:(?:color|background-color|text-align|font-weight|font-style|text-decoration)"
        r":[\w#(),.% -]*;?)*"
    ),
    "class": re.compile(r"(?!.*(?:mathjax|tex2jax_process))[^<>&\"]*", re.IGNORECASE),
    "type": re.compile(r"checkbox|[1aAiI]"),
}
_ANKI: Final = re.compile(r"\[(?:sound:([^\]]*)|anki:|/?latex\]|/?\$\$?\]|\[type:)", re.IGNORECASE)
_COMMAND: Final = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_ACTIVE_TEX: Final = re.compile(
    r"href|url|style|class|cssId|data|html[A-Za-z]+|require|mmlToken|csname"
)
_DELIMITER: Final = re.compile(r"\\[(\[]")
_STEP: Final = re.compile(r"\\(?:[a-zA-Z]|.)|[{}]")
_UNREAD: Final = frozenset({"script", "noscript", "style", "textarea", "annotation"})


def check_note(known: IdentifiedNote) -> None:
    """Check all fields of a note, and what Anki makes of its deletions.

    Raises:
        AssertionError: See `check_field`.
    """
    note = known.note
    sounds = frozenset(media.name for media in (*note.question.media, *note.answer.media))
    for field in known.fields:
        check_field(field, sounds=sounds)
    if note.kind is CardKind.CLOZE:
        field = known.fields[FIELD_NAMES.index(QUESTION)]
        assert "image-occlusion:" not in field, "its properties become attributes"
        for number in cloze_numbers(field):
            for is_answer in (False, True):
                html = card_html("{{cloze:F}}", {"F": field}, cloze=number, is_answer=is_answer)
                check_field(html, sounds=sounds)


@lru_cache(maxsize=4096)  # the same places and keys on many pages
def check_field(field: str, *, sounds: frozenset[str] = frozenset()) -> None:
    """Check a field in every normal form.

    Args:
        field: As it is in the package.
        sounds: Names of the files that it may play.

    Raises:
        AssertionError: Naming what is in the field that must not be.
    """
    assert unicodedata.normalize("NFC", field) == field, "not in NFC"
    for html in {field, *(unicodedata.normalize(form, field) for form in _FORMS)}:
        if html:
            _check(html)
    for match in _ANKI.finditer(field):
        assert match[1] in sounds, match[0]


def _check(html: str) -> None:
    tree = LexborHTMLParser(f'<!DOCTYPE html><body><div id="box">{html}</div><hr id="after">')
    body = tree.body
    assert body is not None
    children = [(node.tag, node.attributes.get("id")) for node in body.iter(include_text=True)]
    assert children == [("div", "box"), ("hr", "after")], f"leaves its box: {html[:200]}"
    box = body.child
    assert box is not None
    assert dict(box.attributes) == {"id": "box"}, html[:200]
    for node in box.traverse(include_text=False):
        if node.tag != "div" or node.attributes.get("id") != "box":
            _check_node(node)
    for tex in _typeset(box):
        active = [name for name in _COMMAND.findall(tex) if _ACTIVE_TEX.fullmatch(name)]
        assert not active, tex  # `\\href` is the end of a line, and four letters


def _check_node(node: LexborNode) -> None:
    tag = node.tag or ""
    allowed = _MATHML_ATTRIBUTES if tag in _MATHML else _ATTRIBUTES
    assert tag in _HTML or tag in _MATHML, (node.html or "")[:200]
    for name, value in node.attributes.items():
        assert name in allowed, (node.html or "")[:200]
        pattern = _VALUES.get(name)
        assert pattern is None or pattern.fullmatch(value or ""), (name, value)


def _typeset(box: LexborNode) -> Iterator[str]:
    """Yield what MathJax would read as TeX: texts joined across `<br>`, and across no other tag."""
    for text in "".join(_texts(box)).split("\0"):
        at = 0
        while opening := _DELIMITER.search(text, at):
            at = end_of_formula(text, opening.end())
            yield text[opening.end() : at]


def end_of_formula(text: str, start: int) -> int:
    """Find the end as MathJax does (`FindTeX.ts`): outside of braces, whatever has them.

    Args:
        text: Of an element.
        start: Offset of the TeX in it, after its delimiter.

    Returns:
        The offset after the delimiter at its end; `start` for one without.
    """
    closing = {"(": "\\)", "[": "\\]"}[text[start - 1]]
    braces = 0
    for step in _STEP.finditer(text, start):
        if step[0] == closing and not braces:
            return step.end()
        braces = max(0, braces + (step[0] == "{") - (step[0] == "}"))
    return start


def _texts(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
        elif child.tag == "br":
            yield "\n"
        else:
            yield "\0"
            if "tex2jax_ignore" not in (child.attributes.get("class") or ""):
                yield from _texts(child)
            yield "\0"
