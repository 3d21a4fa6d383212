"""Allowlists for a field: elements, their attributes, and attribute values.

An element, attribute, class or value that is not on its
list never reaches a card, whoever wrote it.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from generator.markup.names import names
from generator.markup.style import safe_style

Check: TypeAlias = Callable[[str], str]
"""Takes a value and returns its allowed part, or ""."""

ELEMENTS: Final = names(
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col "
    "colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 "
    "header hr i img input ins kbd li main mark nav ol p pre q rp rt ruby s samp section small "
    "span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video "
    "label"
)
"""Text, lists, tables, boxes; `img`, `video` and `input` under conditions.

Not `wbr`: MathJax ignores it, so a backslash, `<wbr>` and `(` would start a formula.
"""

VOID: Final = names("area base br col embed hr img input link meta param source track wbr")
"""Elements without an end tag."""

BLOCKS: Final = names(
    "address article aside blockquote br caption center dd details div dl dt figcaption figure "
    "footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table td th tr ul"
)
"""Elements whose edges separate words."""

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", "ftp"})
"""Schemes that a card's link may have: none of them runs code in the card."""


def _matching(pattern: str) -> Check:
    is_known = re.compile(pattern).fullmatch
    return lambda value: value if is_known(value) else ""


def _one_of(words: str) -> Check:
    known = names(words)
    return lambda value: value if value.lower() in known else ""


def _text(value: str) -> str:
    return value


_NUMBER: Final = _matching(r"-?[0-9]{1,9}")
_CELLS: Final = _matching(r"[1-9][0-9]{0,2}")
_LENGTH: Final = _matching(r"[0-9]{1,5}(?:\.[0-9]{1,4})?(?:px|%|em|rem|ex|ch|pt|vw)?")
_ALIGN: Final = _one_of("left right center justify top middle bottom")
_VERTICAL: Final = _one_of("top middle bottom baseline")
_COLOR: Final = _matching(r"#[0-9A-Fa-f]{3,8}|[A-Za-z]{3,24}")
_MOMENT: Final = _matching(r"[0-9A-Za-z:+. -]{1,40}")
_FILE: Final = _matching(r"[^/\\:?#%\s]+")
_CELL: Final[Mapping[str, Check]] = {
    "colspan": _CELLS,
    "rowspan": _CELLS,
    "width": _LENGTH,
    "height": _LENGTH,
    "valign": _VERTICAL,
    "scope": _one_of("row col rowgroup colgroup"),
}
_ADDRESS: Final = _matching(rf"(?:{'|'.join(sorted(SCHEMES))}):[!-~]*")

ATTRIBUTES: Final[Mapping[str, Mapping[str, Check]]] = {
    "*": {
        "title": _text,
        "lang": _matching(r"[A-Za-z0-9-]{1,35}"),
        "dir": _one_of("ltr rtl auto"),
        "align": _ALIGN,
        "style": safe_style,
    },
    "a": {"href": _ADDRESS},
    "img": {"src": _FILE, "alt": _text, "width": _LENGTH, "height": _LENGTH},
    "video": {"src": _FILE, "width": _LENGTH, "height": _LENGTH},
    "input": {"type": _one_of("checkbox")},
    "ol": {"start": _NUMBER, "type": _one_of("1 a i")},
    "li": {"value": _NUMBER},
    "sup": {"id": _matching(r"fnref-[0-9]{1,9}")},
    "td": _CELL,
    "th": _CELL,
    "tr": {"valign": _VERTICAL},
    "table": {"border": _CELLS, "width": _LENGTH},
    "col": {"span": _CELLS, "width": _LENGTH},
    "colgroup": {"span": _CELLS, "width": _LENGTH},
    "font": {"color": _COLOR},
    "time": {"datetime": _MOMENT},
    "del": {"datetime": _MOMENT},
    "ins": {"datetime": _MOMENT},
    "div": {"data-title": _text},
    "span": {"data-linenos": _matching(r" *[0-9]{1,9}")},
}
"""Element, or `*` for every one → attribute → the allowed part of its value.

- `src` is a flat file name: media of the package, never an address (no network, no tracking);
- `href` has a scheme that runs nothing;
- `style` has colours and alignment only: nothing that moves, covers or loads;
- no `id` but a footnote mark's: the card templates find their elements by id.

Classes are checked by the writer, see `generator.markup.classes`.
"""

FLAGGED: Final[Mapping[str, frozenset[str]]] = {
    "video": names("controls"),
    "input": names("checked disabled"),
    "ol": names("reversed"),
    "details": names("open"),
}
"""Element → its boolean attributes."""

FORMULA_ELEMENTS: Final = names(
    "math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms "
    "mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover"
)
"""MathML that shows something and does nothing; in formulas only."""

FORMULA_ATTRIBUTES: Final = names(
    "accent accentunder alttext class data-tex depth display displaystyle fence form height "
    "largeop linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize "
    "movablelimits rspace scriptlevel separator stretchy symmetric voffset width"
)
"""Their attributes: text and lengths, no URLs or event handlers."""
