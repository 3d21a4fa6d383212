"""Links and images: `[text](address "title")`, `[text][label]`, `![alt](address)`.

All brackets of a text are paired in one pass, innermost first, as CommonMark describes it, from
the first one that a rule asks about. The pass skips what other constructs hold; brackets in there
(`{~~[old](a.md)~>new~~}`) are paired when that is read. An address may hold spaces:
`(my file.md "Title")`.
"""

import re

from markdown_it import MarkdownIt, helpers
from markdown_it.common import normalize_url
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.parser.bracket_pairs import BracketPairs, Target
from generator.parser.inline_reader import InlineRule, read_inside
from generator.parser.page import page_of

_PLAIN = re.compile(r"[\w.~/#?=&+,:;@!-]*", re.ASCII)
_LENIENT = re.compile(
    r"[ ]*(?P<href>[^\n()<>\"']+(?:\([^\n()]*\)[^\n()<>\"']*)*?)[ ]*"
    r"(?=(?:[ \n](?:\"[^\"]*\"|'[^']*'))?[ ]*\))"
)
_GAP = re.compile(r"[ \t\n]*")
_LABEL = re.compile(r"\[(?!\^)((?:\\[\s\S]|[^\[\]\\])*)\]")
_LABEL_APART = re.compile(r"[ \n]\[(?!\^)((?:\\[\s\S]|[^\[\]\\])*)\]")
"""Python-Markdown allows one blank between the text and the label."""


def normalize(href: str) -> str:
    """Percent-encode an address if necessary; most are unchanged."""
    return href if _PLAIN.fullmatch(href) else normalize_url.normalizeLink(href)


def _read_address(src: str, pos: int, maximum: int) -> tuple[int, str] | None:
    """Return the end of an address and the address, which may contain spaces."""
    result = helpers.parseLinkDestination(src, pos, maximum)
    if result.ok:
        after = _skip_gap(src, result.pos, maximum)
        if after >= maximum or src[after] in ")\"'(":
            return result.pos, result.str
    match = _LENIENT.match(src, pos, maximum)
    if match and match["href"].strip():
        return match.end(), match["href"].strip()
    return (result.pos, result.str) if result.ok else None


def _skip_gap(src: str, pos: int, maximum: int) -> int:
    match = _GAP.match(src, pos, maximum)
    return match.end() if match else pos


def _read_direct(md: MarkdownIt, src: str, label_end: int, maximum: int) -> Target | None:
    """Read `(address "title")` after a label."""
    begin = _skip_gap(src, label_end + 2, maximum)
    address = _read_address(src, begin, maximum)
    pos, href = (address[0], normalize(address[1])) if address else (begin, "")
    if not md.validateLink(href):  # `file:`, `javascript:`: the text stays, the link goes
        href = ""
    after, title = _skip_gap(src, pos, maximum), ""
    if pos < after < maximum:
        found = helpers.parseLinkTitle(src, after, maximum)
        if found.ok:
            title, after = found.str, _skip_gap(src, found.pos, maximum)
    if after < maximum and src[after] == ")":
        return Target(href, title, label_end, after + 1)
    return None


def _read_reference(state: StateInline, start: int, label_end: int) -> Target | None:
    """Read `[label]`, `[]` or nothing after a text that may be a label itself."""
    references = state.env.get("references")
    if not references:
        return None
    text = state.src[start + 1 : label_end]
    match = _LABEL.match(state.src, label_end + 1)
    label, end = ((match[1] or text), match.end()) if match else (text, label_end + 1)
    apart = None if match else _LABEL_APART.match(state.src, label_end + 1)
    if apart and normalizeReference(apart[1] or text) in references:
        label, end = apart[1] or text, apart.end()
    found = references.get(normalizeReference(label))
    return Target(found["href"], found["title"], label_end, end) if found else None


def _read_target(state: StateInline, start: int, label_end: int) -> Target | None:
    """Return where the brackets from `start` to `label_end` lead, None when they are text."""
    src = state.src
    direct = None
    if src.startswith("(", label_end + 1):
        direct = _read_direct(state.md, src, label_end, len(src))
    return direct or _read_reference(state, start, label_end)


class _Pairing:
    """Pairs the brackets of what is being read, from its position on."""

    def __init__(self, outer: StateInline, found: BracketPairs) -> None:
        self._state = StateInline(outer.src, outer.md, outer.env, [])
        self._state.pos, self._state.posMax = outer.pos, outer.posMax
        self._opened: list[tuple[int, bool]] = []  # offset, and whether an image begins there
        self._inactive = 0  # how many of them hold a link: no link begins with these
        self._found = found

    def pair(self) -> None:
        """Find where each opening bracket that begins a link or image leads."""
        state, seen = self._state, self._found.seen
        exclamation = -2
        skip = page_of(state.env).skip_inline or state.md.inline.skipToken
        while (begin := state.pos) < state.posMax:
            char = state.src[begin]
            if char == "]":
                state.pos = self._close(begin)
                continue
            if char in "![":  # while it is searched, a bracket is text
                seen.add(begin if char == "[" else begin + 1)
            skip(state)
            is_text = state.pos == begin + 1
            if char == "[" and is_text:
                self._opened.append((begin, exclamation == begin - 1))
            elif char == "!" and is_text:
                exclamation = begin

    def _close(self, end: int) -> int:
        """Close the innermost bracket; return where reading continues."""
        if not self._opened:
            return end + 1
        start, is_image = self._opened.pop()
        self._found.ends[start] = end
        may_link = not self._found.around and len(self._opened) >= self._inactive
        self._inactive = min(self._inactive, len(self._opened))
        target = _read_target(self._state, start, end) if is_image or may_link else None
        if target is None:
            return end + 1
        self._found.targets[start] = target
        if not is_image:
            self._inactive = len(self._opened)
        return target.end


def _find(state: StateInline, start: int) -> Target | None:
    """Return the target of the bracket at `start`, when it ends in what is read now."""
    target = _pairs_with(state, start).targets.get(start)
    return target if target and target.end <= state.posMax else None


def find_closing(state: StateInline, start: int) -> int:
    """Return the offset of the bracket that closes the one at `start`, or -1."""
    end = _pairs_with(state, start).ends.get(start, -1)
    return end if end < state.posMax else -1


def _pairs_with(state: StateInline, start: int) -> BracketPairs:
    """Return the pairs of the text, among them that of the bracket at `start`."""
    pairs = page_of(state.env).brackets.setdefault(state.src, BracketPairs())
    if start not in pairs.seen and state.posMax not in pairs.searched:
        pairs.searched.add(state.posMax)
        _Pairing(state, pairs).pair()
    return pairs


def _link(state: StateInline, silent: bool) -> bool:
    start = state.pos
    target = _find(state, start)
    if target is None:
        return False
    if not silent:
        _push_link(state, start, target)
    state.pos = target.end
    return True


def _push_link(state: StateInline, start: int, target: Target) -> None:
    opening = state.push("link_open", "a", 1)
    _give(opening, "href", target)
    page = page_of(state.env)
    opening.meta["location"] = page.here(start)
    around = page.brackets[state.src].around
    around.append(start)
    state.linkLevel += 1
    read_inside(state, start + 1, target.label_end)
    state.linkLevel -= 1
    around.pop()
    state.push("link_close", "a", -1)


def _give(token: Token, name: str, target: Target) -> None:
    token.attrs[name] = target.href
    if name == "src":
        token.attrs["alt"] = ""
    if target.title:
        token.attrs["title"] = target.title


def _image(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not state.src.startswith("[", start + 1):
        return False
    target = _find(state, start + 1)
    if target is None:
        return False
    if not silent:
        alt = state.src[start + 2 : target.label_end]
        children = state.md.inline.parse(alt, state.md, state.env, [])
        token = state.push("image", "img", 0)
        _give(token, "src", target)
        token.content, token.children = alt, children or None
        token.meta["location"] = page_of(state.env).here(start)
    state.pos = target.end
    return True


LINK = InlineRule("link", _link, "[")
IMAGE = InlineRule("image", _image, "!", r"\[")
