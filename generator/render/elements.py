"""HTML's elements by what becomes of them when an author writes them."""

from typing import Final

from generator.markup.allowed import ELEMENTS
from generator.markup.names import names

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
"""Known elements that are removed, keeping their content."""


def is_element(name: str) -> bool:
    """Whether a name is one of HTML's or a custom element's, not a type: `vector<int>`."""
    known = name in ELEMENTS or name in UNWRAPPED or name in SWALLOWED or name in PLAYED
    return known or name in EMBEDDED or name == "source" or "-" in name or ":" in name
