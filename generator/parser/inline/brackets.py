"""Links and images that know their place, and destinations with spaces in them."""

import re
from types import SimpleNamespace

from markdown_it import MarkdownIt, helpers
from markdown_it.common import normalize_url
from markdown_it.helpers.parse_link_destination import _Result
from markdown_it.rules_inline import image, link

from generator.parser.inline_state import InlineRule, InlineState, Rule

_PLAIN = re.compile(r"[\w.~/#?=&+,:;@!-]*", re.ASCII)
_LENIENT = re.compile(
    r"[ ]*(?P<href>[^\n()<>\"']+(?:\([^\n()]*\)[^\n()<>\"']*)*?)[ ]*"
    r"(?=(?:[ \n](?:\"[^\"]*\"|'[^']*'))?[ ]*\))"
)


def _read_destination(text: str, pos: int, maximum: int) -> _Result:
    """Read a link's destination; one with spaces as well: `(my file.md "Title")`."""
    result = helpers.parseLinkDestination(text, pos, maximum)
    if result.ok and _is_at_end(text, result.pos, maximum):
        return result
    match = _LENIENT.match(text, pos, maximum)
    if not match or not match["href"].strip():
        return result
    result.ok, result.pos, result.str = True, match.end(), match["href"].strip()
    return result


def _is_at_end(text: str, pos: int, maximum: int) -> bool:
    while pos < maximum and text[pos] in " \n":
        pos += 1
    return pos >= maximum or text[pos] in ")\"'("


def _link(state: InlineState, silent: bool) -> bool:
    """Read a link; `[text][^1]` is the link `[text]` and a footnote."""
    if link(state, silent):
        return True
    end = helpers.parseLinkLabel(state, state.pos, True)
    if end < 0 or not state.src.startswith("[^", end + 1):
        return False
    maximum, state.posMax = state.posMax, end + 1
    is_link = link(state, silent)
    state.posMax = maximum
    return is_link


def _placed(rule: Rule, kind: str) -> Rule:
    """Wrap a rule: its token gets the place of its first character."""

    def apply(state: InlineState, silent: bool) -> bool:
        before, position = len(state.tokens), state.pos
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[before : before + 2]:
                if token.type == kind:
                    token.meta = {**token.meta, "location": state.page.here(position)}
                    break
        return True

    return apply


def _normalize(href: str) -> str:
    """Percent-encode an address where it needs it; most need nothing."""
    return href if _PLAIN.fullmatch(href) else normalize_url.normalizeLink(href)


def plugin(md: MarkdownIt) -> None:
    """Let markdown-it's rules for links and images read addresses as we do."""
    md.helpers = SimpleNamespace(
        parseLinkLabel=helpers.parseLinkLabel,
        parseLinkDestination=_read_destination,
        parseLinkTitle=helpers.parseLinkTitle,
    )  # type: ignore[assignment]
    md.normalizeLink = _normalize  # type: ignore[method-assign, assignment]


LINK = InlineRule("link", _placed(_link, "link_open"), "[")
IMAGE = InlineRule("image", _placed(image, "image"), "!", r"\[")
