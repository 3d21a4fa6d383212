"""What stands in a line: text, emphasis, links, breaks, small extras."""

import posixpath

from markdown_it.token import Token

from generator.render.attributes import attributes_of
from generator.render.context import Output
from generator.render.escape import escape, escape_attribute, shorten
from generator.render.images import find, play
from generator.render.links import resolve
from generator.render.media import SOUNDS

_MOST_GAPS = 499  # Anki rslib cloze.rs ignores higher ones
_CLOSING = ".,;:!?)]’”»%"


def render_text(output: Output, token: Token) -> None:
    """Render text; what closes a sentence or a bracket stays in the line of a formula before it.

    Engines may break lines before and behind `<math>`, whatever stands there.
    """
    text = token.content
    output.text.append(text)
    if output.last_formula is not None and output.last_formula == len(output.html) - 1:
        closing = text[: len(text) - len(text.lstrip(_CLOSING))]
        if closing:
            output.html[-1] = f'<span class="nobr">{output.html[-1]}{escape(closing)}</span>'
            text = text[len(closing) :]
    output.html.append(escape(text))


def render_softbreak(output: Output, token: Token) -> None:  # noqa: ARG001
    """Render a line's end."""
    output.html.append("\n")
    output.text.append("\n")


def render_hardbreak(output: Output, token: Token) -> None:  # noqa: ARG001
    """Render a forced line break."""
    output.html.append("<br>")
    output.text.append("\n")


def open_span(output: Output, token: Token) -> None:
    """Open `<em>`, `<strong>`, `<del>` and the like."""
    attributes = attributes_of(token) if token.attrs else ""
    output.html.append(f"<{token.tag}{attributes}>")


def close_span(output: Output, token: Token) -> None:
    """Close it."""
    output.html.append(f"</{token.tag}>")


def open_link(output: Output, token: Token) -> None:
    """Open a link, or nothing where there is nowhere to go."""
    address = str(token.attrs.get("href", ""))
    document, config = output.context.document, output.context.config
    target = resolve(address, page=document.source.page, config=config)
    if target.is_local and posixpath.splitext(target.path)[1].lower() in SOUNDS:
        sound = find(output, token, address)
        output.links.append(f" {play(sound)}" if sound else "")
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
        output.links.append("")
        return
    attributes = attributes_of(token, skip=("href", "target", "rel"))
    output.html.append(f'<a href="{escape_attribute(target.url)}"{attributes}>')
    output.links.append("</a>")


def close_link(output: Output, token: Token) -> None:  # noqa: ARG001
    """Close a link that was opened."""
    output.html.append(output.links.pop())


def render_footnote_ref(output: Output, token: Token) -> None:
    """Render a footnote's number; the note itself follows at the end of the fragment.

    No link: Anki's desktop does not follow links within a card, other clients leave it by them.
    """
    label = str(token.meta["label"])
    if label not in output.cited:
        output.cited.append(label)
    number = output.cited.index(label) + 1
    output.footnote_marks += 1
    output.html.append(f'<sup id="fnref-{output.footnote_marks}">{number}</sup>')


def render_keys(output: Output, token: Token) -> None:
    """Render `++ctrl+c++` as keys."""
    names = [str(name) for name in token.meta["keys"]]
    plus = escape(str(token.meta.get("separator", "+")))
    keys = f"<span>{plus}</span>".join(f"<kbd>{escape(name)}</kbd>" for name in names)
    output.html.append(f'<span class="keys">{keys}</span>')
    output.text.append("+".join(names))


def open_mark(output: Output, token: Token) -> None:
    """Open `==mark==`; in a cloze card it is a deletion, `{ gap=2 hint="unit" }` says which.

    One without a number of its author's has the number 0 until the lock gives it one.
    """
    if output.is_cloze:
        output.hints.append(str(token.attrs.get("hint", "")))
        output.html.append(f"{CLOZE_START}{_gap_number(output, token)}{CLOZE_MIDDLE}")
    else:
        open_span(output, token)


def close_mark(output: Output, token: Token) -> None:
    """Close `==mark==`."""
    if output.is_cloze:
        hint = output.hints.pop()
        output.html.append(f"{CLOZE_MIDDLE}{escape(hint)}{CLOZE_END}" if hint else CLOZE_END)
    else:
        close_span(output, token)


def _gap_number(output: Output, token: Token) -> int:
    text = str(token.attrs.get("gap", "0"))
    if text.isascii() and text.isdigit() and int(text) <= _MOST_GAPS:
        return int(text)
    hint = f"write {{ gap=1 }}, with a number up to {_MOST_GAPS}"
    output.report(token, "W303", f"a gap cannot have the number {shorten(text)!r}", hint)
    return 0


# Noncharacters stand for a deletion's braces until all other braces have been made harmless.
CLOZE_START, CLOZE_MIDDLE, CLOZE_END = "\ufdd0", "\ufdd1", "\ufdd2"
