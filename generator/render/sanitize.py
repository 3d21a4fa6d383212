"""The last word on what markup a card may hold: an allowlist, applied by nh3 (ammonia, html5ever).

Where it runs. Everything that we write ourselves is safe by construction: text and attribute
values are escaped in one place, tags are literals of this package. A test over all fixtures shows
that such HTML comes out of the sanitizer byte for byte. So it runs on the fragments that hold a
tag written by the author, and there on the whole fragment, since only the whole shows how tags
nest. `raw_html` has rebuilt the author's tags from its own, narrower list before.

What is allowed, and why:

- text, lists, tables, quotes, headings, boxes (`details`), code: what Markdown itself makes;
- `img`, `video` with a flat file name: media of the package; never an address (no network, no
  tracking when a card is shown);
- `a` with a scheme that runs nothing;
- `input` of type checkbox, disabled: task lists;
- MathML Core's presentation elements with what `render.math` writes: no `href`, no `action`, no
  `annotation-xml` (the doors of the known mutation attacks);
- `style` with colours and alignment only: nothing that moves, covers or loads;
- no `id` but a footnote's: the page's scripts find their elements by id;
- not `svg`, `script`, `style`, `iframe`, `object`, `form`, `base`, `meta`, `link`, `template`,
  `noscript`, `select`, `textarea`: they run, load, submit, or are parsed by other rules.
"""

import re
from typing import Final

import nh3

from generator.render.links import SCHEMES
from generator.render.names import names

MATH_TAGS: Final = names(
    "math maction merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts "
    "mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder "
    "munderover none semantics annotation menclose"
)
HTML_TAGS: Final = names(
    "a abbr b blockquote br caption center cite code col colgroup dd del details dfn div dl "
    "dt em figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp "
    "rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot "
    "th thead tr tt u ul var article aside header footer main nav address big bdi bdo time"
)
"""Not `wbr`: MathJax reads over it, so `\\<wbr>(` would start a formula."""
MEDIA_TAGS: Final = frozenset({"video", "input", "label"})

_MATH_ATTRIBUTES: Final = names(
    "accent accentunder class columnalign columnlines columnspacing columnspan data-tex "
    "alttext depth dir display displaystyle encoding fence form height largeop "
    "linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize "
    "movablelimits notation rowlines rowspacing rowspan rspace scriptlevel separator "
    "stretchy style symmetric voffset width xmlns columnwidth equalrows equalcolumns frame "
    "side framespacing"
)
ATTRIBUTES: Final = {
    "*": {"class", "title", "lang", "dir", "align", "style"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "video": {"src", "controls", "width", "height"},
    "input": {"disabled", "checked"},
    "ol": {"start", "type", "reversed"},
    "li": {"value", "id"},
    "sup": {"id"},
    "td": {"colspan", "rowspan", "width", "height", "valign"},
    "th": {"colspan", "rowspan", "width", "height", "valign", "scope"},
    "tr": {"valign"},
    "table": {"border", "width", "summary"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "details": {"open"},
    "font": {"color"},
    "time": {"datetime"},
    "div": {"data-title"},
    "span": {"data-linenos", "data-tex"},
    **{tag: set(_MATH_ATTRIBUTES) for tag in MATH_TAGS},
}
STYLES: Final = frozenset(
    {"color", "background-color", "text-align", "font-weight", "font-style", "text-decoration"}
)
DROPPED_WITH_CONTENT: Final = frozenset({"script", "style", "noscript", "template", "svg"})

_ID = re.compile(r"fn(ref)?-[\w.-]+")
_FLAT_NAME = re.compile(r"[^/\\:?#%]+")


def _check_attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "id" and not _ID.fullmatch(value):
        return None
    if attribute == "src" and not _FLAT_NAME.fullmatch(value):
        return None
    if attribute == "style" and tag not in MATH_TAGS and ("url" in value or "\\" in value):
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(HTML_TAGS | MATH_TAGS | MEDIA_TAGS),
    clean_content_tags=set(DROPPED_WITH_CONTENT),
    attributes=ATTRIBUTES,
    attribute_filter=_check_attribute,
    tag_attribute_values={"input": {"type": {"checkbox"}}},
    strip_comments=True,
    link_rel=None,
    url_schemes=set(SCHEMES),
    filter_style_properties=set(STYLES),
)


def sanitize(html: str) -> str:
    """Return what of `html` is on the allowlist, well nested."""
    return _CLEANER.clean(html)
