"""Inline content: text, emphasis, links, breaks, small extras."""

import posixpath

from markdown_it.token import Token

from generator.markup.writer import (
    UNSAID_BLANK,
    deletion,
    deletion_end,
    end,
    footnote_mark,
    sound,
    start,
)
from generator.render.attributes import attributes_of
from generator.render.context import Output
from generator.render.images import find
from generator.render.media import SOUNDS
from generator.render.quoting import shorten

_MOST_GAPS = 499  # Anki rslib cloze.rs ignores higher ones
_CLOSING = ".,;:!?)]’”»%"
_KEPT_TOGETHER = start("span", {"class": "nobr"})


def render_text(output: Output, token: Token) -> None:
    """Render text; closing punctuation stays on the line of a formula before it.

    Engines may break lines before and after `<math>`, whatever is there.
    """
    text = token.content
    if output.last_formula is not None and output.last_formula == len(output.nodes) - 1:
        rest = text.lstrip(_CLOSING)
        closing = text[: len(text) - len(rest)]
        if closing:
            output.nodes[-1:] = [_KEPT_TOGETHER, output.nodes[-1], closing, end("span")]
            text = rest
    output.nodes.append(text)


def render_softbreak(output: Output, token: Token) -> None:  # noqa: ARG001
    """Render a line's end."""
    output.nodes.append("\n")


def render_hardbreak(output: Output, token: Token) -> None:  # noqa: ARG001
    """Render a forced line break."""
    output.start("br")


def open_span(output: Output, token: Token) -> None:
    """Open `<em>`, `<strong>`, `<del>` and the like."""
    output.start(token.tag, attributes_of(token) if token.attrs else None)


def close_span(output: Output, token: Token) -> None:
    """Close it."""
    output.end(token.tag)


def open_link(output: Output, token: Token) -> None:
    """Open a link, or nothing if it has no target."""
    address = str(token.attrs.get("href", ""))
    target = output.resolve(address)
    if target.is_local and posixpath.splitext(target.path)[1].lower() in SOUNDS:
        found = find(output, token, address)
        output.links.append((UNSAID_BLANK, sound(found.name)) if found else ())
        return
    if target.is_refused:
        output.report(
            token, "W505", f"link is not allowed: {shorten(address)}", "only its text is kept"
        )
    elif not target.url:
        output.report(
            token,
            "L501",
            f"link leads nowhere from a card: {shorten(address)}",
            "set site_url, so that links of the site become absolute",
        )
    if not target.url:
        output.links.append(())
        return
    output.start("a", {"href": target.url} | attributes_of(token, skip=("id", "href")))
    output.links.append((end("a"),))


def close_link(output: Output, token: Token) -> None:  # noqa: ARG001
    """Close a link that was opened."""
    output.nodes += output.links.pop()


def render_footnote_ref(output: Output, token: Token) -> None:
    """Render a footnote's number; the note itself follows at the end of the fragment.

    No link: Anki's desktop does not follow links within a card, other clients leave it by them.
    """
    label = str(token.meta["label"])
    number = output.cited.setdefault(label, len(output.cited) + 1)
    output.footnote_marks += 1
    output.nodes.append(footnote_mark(number, output.footnote_marks))


def render_keys(output: Output, token: Token) -> None:
    """Render `++ctrl+c++` as keys."""
    plus = str(token.meta.get("separator", "+"))
    output.start("span", {"class": "keys"})
    for index, name in enumerate(token.meta["keys"]):
        if index:
            output.nodes += (start("span"), plus, end("span"))
        output.nodes += (start("kbd"), str(name), end("kbd"))
    output.end("span")


def open_mark(output: Output, token: Token) -> None:
    """Open `==mark==`; in a cloze card it is a deletion, numbered by `{ gap=2 hint="unit" }`.

    One without a number of its author's has the number 0 until the lock gives it one.
    """
    if output.is_cloze:
        output.hints.append(str(token.attrs.get("hint", "")))
        output.nodes.append(deletion(_gap_number(output, token)))
    else:
        open_span(output, token)


def close_mark(output: Output, token: Token) -> None:
    """Close `==mark==`."""
    if output.is_cloze:
        output.nodes.append(deletion_end(output.hints.pop()))
    else:
        close_span(output, token)


def _gap_number(output: Output, token: Token) -> int:
    text = str(token.attrs.get("gap", "0"))
    if text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= _MOST_GAPS:
        return int(text)
    hint = f"write {{ gap=1 }}, with a number up to {_MOST_GAPS}"
    output.report(token, "W303", f"a gap cannot have the number {shorten(text)!r}", hint)
    return 0
