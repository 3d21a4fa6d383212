"""A page's tokens as text that a person can check."""

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from generator.model import Admonition, Document

_SHOWN = ("alt", "class", "href", "id", "src", "start", "style", "target", "title", "width")


def outline(document: Document) -> str:
    """Return a document, a block a line: nesting, lines of the file, kind and content."""
    lines = list(_blocks(document.tokens))
    for label, tokens in document.footnotes.items():
        lines += [f"footnote {label}", *("  " + line for line in _blocks(tokens))]
    for found in document.directives:
        words = " ".join((found.name, *found.arguments))
        lines.append(f"directive {found.lines[0]}-{found.lines[1]} {words}")
    return "\n".join(lines) + "\n"


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    depth = 0
    for token in tokens:
        depth += min(token.nesting, 0)
        if token.nesting >= 0 and not token.hidden:
            yield "  " * depth + " ".join(_block(token))
        depth += max(token.nesting, 0)


def _block(token: Token) -> Iterable[str]:
    yield token.type.removesuffix("_open")
    if token.map:
        first, after = token.map
        yield f"{first + 1}" if after == first + 1 else f"{first + 1}-{after}"
    yield from _said(token)
    if token.type == "inline":
        yield "".join(_inline(child) for child in token.children or ())
    elif token.content:
        yield repr(token.content)


def _said(token: Token) -> Iterable[str]:
    yield from (f"{name}={token.attrs[name]!r}" for name in _SHOWN if name in token.attrs)
    for name, value in token.meta.items():
        if isinstance(value, Admonition):
            names = (value.marker, value.type, *value.classes, value.explicit_id)
            yield " ".join(name for name in names if name)
        elif name == "fence":
            default = type(value)()
            yield " ".join(
                f"{key}={getattr(value, key)!r}"
                for key in default.__struct_fields__
                if getattr(value, key) != getattr(default, key)
            )
        elif name == "location":
            yield f"@{value.line}:{value.column}"
        elif name in ("anchor", "checked", "is_selected", "label"):
            yield f"{name}={value!r}"


def _inline(token: Token) -> str:
    if token.type in ("text", "text_special"):
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return "⏎" if token.type == "softbreak" else "⏎⏎"
    if token.nesting < 0:
        return f"</{token.tag}>"
    said = " ".join((token.tag or token.type, *_said(token)))
    return f"<{said}>" if token.nesting > 0 else f"<{said}: {token.content}>"
