"""The lists of what a field may hold, written a second time: who adds a name adds it here too.

Nothing on them runs, loads, moves what is around it or names a place of the card's own scripts.
"""

import pytest

from generator.markup import allowed
from generator.markup.names import names
from generator.markup.style import PROPERTIES
from generator.markup.writer import NotAllowedError, formula, start
from generator.math.mathml.vocabulary import VOCABULARY
from tests.security.names import HANDLERS, HTML, MATHML, SVG

_TEXT = "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike"
_MORE_TEXT = "strong sub sup time tr tt u var rp rt ruby label"
_BLOCKS = "address article aside blockquote center details div dd dl dt figcaption figure footer"
_MORE_BLOCKS = "h1 h2 h3 h4 h5 h6 header li main nav ol p pre section summary ul"
_TABLES = "caption col colgroup table tbody td tfoot th thead"
_ELEMENTS = names(f"{_TEXT} {_MORE_TEXT} {_BLOCKS} {_MORE_BLOCKS} {_TABLES} br hr img input video")
_CELL = "colspan rowspan width height valign scope"
_ATTRIBUTES = {
    "*": "title lang dir align style",
    "a": "href",
    "img": "src alt width height",
    "video": "src width height",
    "input": "type",
    "ol": "start type",
    "li": "value",
    "sup": "id",
    "td": _CELL,
    "th": _CELL,
    "tr": "valign",
    "table": "border width",
    "col": "span width",
    "colgroup": "span width",
    "font": "color",
    "time": "datetime",
    "del": "datetime",
    "ins": "datetime",
    "div": "data-title",
    "span": "data-linenos",
}
_FLAGS = {"video": "controls", "input": "checked disabled", "ol": "reversed", "details": "open"}
_STYLES = "color background-color text-align font-weight font-style text-decoration"
_FORMULA = (
    "math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms "
    "mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover"
)
_OF_FORMULAS = (
    "accent accentunder alttext class data-tex depth display displaystyle fence form height "
    "largeop linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize "
    "movablelimits rspace scriptlevel separator stretchy symmetric voffset width"
)


def test_elements_and_attributes_are_those_written_here() -> None:
    assert _ELEMENTS == allowed.ELEMENTS
    assert {name: names(known) for name, known in _ATTRIBUTES.items()} == {
        name: frozenset(checks) for name, checks in allowed.ATTRIBUTES.items()
    }
    assert {name: names(flags) for name, flags in _FLAGS.items()} == allowed.FLAGGED
    assert names("http https mailto tel ftp") == allowed.SCHEMES
    assert names(_STYLES) == PROPERTIES


_FREE = names("title alt data-title")
"""Attributes of any text, which is escaped."""


@pytest.mark.parametrize("value", ["x\" onclick='a' <b>:", "javascript:a()", "//e.org/a b", "\n"])
def test_every_other_value_is_checked(value: str) -> None:
    for element, checks in allowed.ATTRIBUTES.items():
        for name, check in checks.items():
            assert name in _FREE or not check(value), (element, name)


def test_void_elements_and_blocks_are_html_s() -> None:
    assert names("area base br col embed hr img input link meta param source track wbr") == (
        allowed.VOID
    )
    assert allowed.BLOCKS < allowed.ELEMENTS
    assert not allowed.BLOCKS & names(f"{_TEXT} rp rt ruby img input video col")


def test_formulas_hold_what_is_written_here() -> None:
    assert names(_FORMULA) == allowed.FORMULA_ELEMENTS == frozenset(VOCABULARY)
    assert names(_OF_FORMULAS) == allowed.FORMULA_ATTRIBUTES
    assert frozenset().union(*VOCABULARY.values()) == allowed.FORMULA_ATTRIBUTES


def test_no_other_element_that_browsers_know_begins() -> None:
    for name in {*HTML, *SVG, *MATHML} - _ELEMENTS:
        with pytest.raises(KeyError):
            start(name, {"title": "a"})


def test_no_handler_is_written() -> None:
    for handler in HANDLERS:
        for name in _ELEMENTS:
            assert handler not in start(name, {handler: "a", handler.upper(): "a"}).html
        for name in names(_FORMULA):
            with pytest.raises(NotAllowedError):
                formula(f'<{name} {handler}="a"></{name}>', "x")
