"""Constructs of extensions that the site does not enable: each is reported once per page.

These stay text, as on the site. Rules that read a construct in any case (boxes, tabs, formulas,
tables, fences in lists) report it themselves. Extensions that only change plain text (smarty,
smartsymbols, magiclink, nl2br) have no construct that a page could use by mistake.
"""

import re
from typing import Final

from msgspec import Struct

from generator.config.extension_sets import RECOMMENDED
from generator.parser.inline.emoji import is_shortcode
from generator.parser.page import Page
from generator.parser.texts import Texts, place_of


class Off(Struct, frozen=True):
    """A construct that stays text where its extension is off.

    Attributes:
        extension: Field of `Extensions`.
        mark: Is in every one of them.
        pattern: Finds it.
    """

    extension: str
    mark: str
    pattern: re.Pattern[str]


def _off(extension: str, mark: str, pattern: str) -> Off:
    return Off(extension, mark, re.compile(pattern, re.MULTILINE))


_LIST = r"(?:[.#][A-Za-z][\w-]*|(?:width|height|align|style|class|id|target|rel|loading|data-\w+)=)"
_TEXTS: Final = (
    _off("abbr", "*[", r"^\*\[[^\]\n]+\]:[ ]*\S"),
    _off("attr_list", "{", rf"(?:^|(?<=[^\s{{])[ ]?)\{{:?[ ]*{_LIST}[^{{}}\n]*\}}"),
    _off("bracketspan", "]{", rf"\[[^\[\]\n]+\]\{{:?[ ]*{_LIST}[^{{}}\n]*\}}"),
    _off("caret", "^^", r"\^\^(?=[^\s^])[^^\n]+\^\^"),
    _off("caret", "^", r"(?<=\w)\^[^\s^{}]+\^(?![\w^])"),
    _off("critic", "{", r"\{(?:\+\+[^{}]+?\+\+|--[^{}]+?--|>>[^{}]+?<<|~~[^{}]+?~>[^{}]*?~~)\}"),
    _off("critic", "{", r"\A\{(?:\+\+|--|==)\Z"),
    _off("fancylists", "\n", r"\A(?:a[.)][ ].+\nb|i[.)][ ].+\nii|A\)[ ].+\nB)[.)][ ]\S"),
    _off("keys", "++", r"(?<!\{)\+\+[\w-]+(?:\+[\w-]+)*\+\+(?!\})"),
    _off("mark", "==", r"(?<![=\w])==(?=[^\s=])[^=\n]*[^\s=]==(?![=\w])"),
    _off("progressbar", "[=", r"\[==?[ ]*\d+(?:\.\d+)?(?:%|[ ]*/[ ]*\d)"),
    _off("snippets", "8<", r"^;*-+8<-+(?:[ ]+[\"'].|$)"),
    _off("tilde", "~~", r"(?<!~)~~(?=[^\s~])[^~\n]+~~(?!~)"),
    _off("tilde", "~", r"(?<=\w)~[^\s~{}\\/]+~(?!~)"),
)
_SHORTCODE: Final = re.compile(r"(?<![\w:]):([a-z][\w+-]+):(?![\w:])")


def report_off(texts: Texts, page: Page) -> None:
    """Report each extension that the texts of a page use and its site does not enable."""
    for kind in _TEXTS:
        if not _is_off(kind.extension, page):
            continue
        if first := texts.find((kind.mark,), kind.pattern):
            page.report_off(kind.extension, place_of(*first, page))
    if _is_off("emoji", page):
        _report_emoji(texts, page)


def _is_off(extension: str, page: Page) -> bool:
    """Whether a site leaves an extension out; what the usual set lacks is off on purpose."""
    if getattr(page.extensions, extension):
        return False
    return page.config.site.path is not None or getattr(RECOMMENDED, extension) is not None


def _report_emoji(texts: Texts, page: Page) -> None:
    for token, text in texts.runs((":",)):
        for match in _SHORTCODE.finditer(text):
            if is_shortcode(match[1]):
                page.report_off("emoji", place_of(token, match[0], page))
                return
