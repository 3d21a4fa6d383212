"""HTML's elements by what becomes of them when an author writes them."""

from typing import Final

from generator.render.names import names

KEPT: Final = names(
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col "
    "colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 "
    "header hr i img input ins kbd li main mark nav ol p pre q rp rt ruby s samp section small "
    "span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video "
    "label"
)
"""Text, lists, tables, boxes; `img`, `video` and `input` under conditions.

Not `wbr`: MathJax reads over it, so a backslash, `<wbr>` and `(` would start a formula.
"""

VOID: Final = names("area base br col embed hr img input link meta param source track wbr")
"""Elements without an end tag."""

BLOCKS: Final = names(
    "address article aside blockquote br caption center dd details div dl dt figcaption figure "
    "footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table td th tr ul"
)
"""Elements whose edges part words."""

SWALLOWED: Final = names(
    "script style svg template noscript textarea title xmp noembed noframes plaintext canvas select"
)
"""Left out with what they hold: it is not text for a reader, or is parsed by other rules."""

EMBEDDED: Final = names("iframe embed object frame portal")
"""Other documents: a link on the card."""

PLAYED: Final = names("video audio")
"""Media of the docs folder, else a link."""

UNWRAPPED: Final = names(
    "acronym applet area base basefont bgsound blink body button data datalist dialog dir "
    "fieldset form frameset head hgroup html legend link map marquee menu meta meter multicol "
    "nextid nobr optgroup option output param picture progress rb rtc search slot spacer track "
    "wbr math maction menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mroot "
    "mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover "
    "semantics annotation annotation-xml"
)
"""Known, and not kept: only their content stays."""


def is_element(name: str) -> bool:
    """Whether a name is one of HTML's or a custom element's, not a type: `vector<int>`."""
    known = name in KEPT or name in UNWRAPPED or name in SWALLOWED or name in PLAYED
    return known or name in EMBEDDED or name == "source" or "-" in name or ":" in name
