r"""Text as it appears between tags: nothing in it is markup, for HTML, for Anki or for MathJax.

Text never touches the tag before it. A combining character after `>` would compose with it under
NFC (`>` and U+0338 are `≯`), which Anki's importer applies: the tag would never end, and the
text would become its attributes. Characters that another normal form turns into markup (`＜` is
`<` under NFKC) are written as references too.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

LOOKALIKES: Final = "\u226e\u226f\ufe60\ufe64\ufe65\uff02\uff06\uff07\uff1c\uff1e"
"""Characters that become `<`, `>`, `&` or a quote in a normal form."""

JOINERS: Final = "\u0f73\u0f75\u0f81\uff9e\uff9f"
"""Non-combining characters that begin with a combining one in a normal form."""

# Controls separate the fields in Anki's database; U+FFFE and the like have no place in a page.
_CONTROLS: Final = r"\x00-\x08\x0b\x0c\x0e-\x1f"
_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)
)
_FOREIGN: Final = re.compile(rf"[{_CONTROLS}{_NONCHARACTERS}\ud800-\udfff]")
# Anki replaces these anywhere in a field, `[[type:…]]` anywhere on a card; its MathJax reads `\(`
# and `\[` in any text.
_ANKI: Final = (
    r"\[(?=[sS][oO][uU][nN][dD]:|[aA][nN][kK][iI]:|\[[tT][yY][pP][eE]:"
    r"|/?[lL][aA][tT][eE][xX]\]|/?\$)"
)
# Each alternative begins with one character: so `re` looks for these at a third of the cost.
_LOOKALIKES: Final = "|".join(LOOKALIKES)
_IN_VALUE: Final = re.compile(rf'&|<|>|"|\xa0|{_LOOKALIKES}|{_ANKI}')
_IN_TEXT: Final = re.compile(rf"&|<|>|\xa0|{_LOOKALIKES}|{_ANKI}|\\(?=[(\[])")
_IN_SETTLED_VALUE: Final = re.compile(rf'[<>"{LOOKALIKES}]')
_IN_SETTLED: Final = re.compile(rf"<|>|{_LOOKALIKES}|{_ANKI}|\\(?=[(\[]|&#91;)")
# Of a deletion that begins with `image-occlusion:` Anki makes an element, and attributes of it.
_IN_CLOZE: Final = re.compile(r"[{}]|:(?=:)|(?<=:):|i(?=mage-occlusion:)")
_WRITTEN: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "\xa0": "&nbsp;",
    '"': "&quot;",
    # MathJax reads neither this element nor across its edges.
    "\\": '<span class="tex2jax_ignore">\\</span>',
}
_BRACKETS: Final = str.maketrans("<>", "\u2039\u203a")


def clean(text: str) -> str:
    """Return text in NFC, without controls, noncharacters and surrogates."""
    is_clean = text.isprintable() or text.replace("\n", "").isprintable()
    if not is_clean:  # a no-break space is not printable either
        text = _FOREIGN.sub(_cleaned, text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _cleaned(match: re.Match[str]) -> str:
    character = match[0]
    return " " if character < " " else "?" if "\ud800" <= character <= "\udfff" else "\ufffd"


def without_brackets(text: str) -> str:
    """Return text without `<` and `>`, for what Anki may show as HTML: names of decks, and tags.

    Older versions do not escape a deck's name above its cards, and none does in a template of
    the user's own that holds `{{Deck}}` or `{{Tags}}`.
    """
    return text.translate(_BRACKETS)


@lru_cache(maxsize=8192)  # code is made of the same words, signs and blanks
def escape(text: str) -> str:
    """Write text as the content of an element, or as a field of its own."""
    return _escape(text, _IN_TEXT)


def escape_value(text: str) -> str:
    """Write text as the value of a double-quoted attribute."""
    return _escape(text, _IN_VALUE)


@lru_cache(maxsize=4096)
def settle(html: str) -> str:
    """Write text that is escaped already, formulas' for instance, so that it touches nothing."""
    return _escape(html, _IN_SETTLED)


def settle_value(html: str) -> str:
    """Write the value of an attribute that is escaped already."""
    return _escape(html, _IN_SETTLED_VALUE)


def guard_cloze(html: str) -> str:
    """Write braces and `::` as references: in a cloze note they would make or end a deletion.

    And the beginning of what Anki takes for a shape that hides a part of an image.

    Args:
        html: As written by this module; its tags hold neither outside of values.
    """
    return _IN_CLOZE.sub(_reference, html)


def _escape(text: str, special: re.Pattern[str]) -> str:
    text = clean(text)
    html = special.sub(_write, text)
    if html and not html.isascii() and is_joining(html[0]):
        return f"&#{ord(html[0])};{html[1:]}"
    return html


def is_joining(character: str) -> bool:
    """Whether a character joins the one before it, in any normal form."""
    return unicodedata.combining(character) != 0 or character in JOINERS


def _write(match: re.Match[str]) -> str:
    return _WRITTEN.get(match[0]) or _reference(match)


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
