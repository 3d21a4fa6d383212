"""Block tags: paragraphs, lists, quotes, tables, headings, rules."""

from markdown_it.token import Token

from generator.markup.writer import WORD_EDGE, end
from generator.render.attributes import alignment_of, attributes_of
from generator.render.context import Output


def open_block(output: Output, token: Token) -> None:
    """Open a block that holds text or nothing of the author's tags across its end."""
    output.is_tight = token.hidden
    if not token.hidden:
        output.start(token.tag, attributes_of(token) if token.attrs else None)


def close_block(output: Output, token: Token) -> None:
    """Close it."""
    output.nodes.append(WORD_EDGE if token.hidden else end(token.tag))


def open_heading(output: Output, token: Token) -> None:
    """Open a heading; the site may begin at a lower level (`baselevel` of toc)."""
    output.start(_tag_of_heading(output, token), attributes_of(token) if token.attrs else None)


def close_heading(output: Output, token: Token) -> None:
    """Close it."""
    output.nodes.append(end(_tag_of_heading(output, token)))


def _tag_of_heading(output: Output, token: Token) -> str:
    toc = output.context.config.site.extensions.toc
    level = int(token.tag[1]) + (toc.baselevel - 1 if toc else 0)
    return f"h{min(max(level, 1), 6)}"


def open_container(output: Output, token: Token) -> None:
    """Open a block of blocks: quote, item, cell."""
    open_block(output, token)
    output.enter()


def close_container(output: Output, token: Token) -> None:
    """Close it, and any tags that the author left open in it."""
    output.leave()
    close_block(output, token)


def open_item(output: Output, token: Token) -> None:
    """Open a list's item; a task shows its box, which cannot be clicked."""
    is_done = token.meta.get("checked")
    if is_done is None:
        open_container(output, token)
        return
    checked = {"checked": ""} if is_done else {}
    output.start("li", {"class": "task-list-item"})
    output.start("input", {"type": "checkbox", "disabled": ""} | checked)
    output.nodes.append(" ")
    output.enter()


def open_table(output: Output, token: Token) -> None:
    """Open a table in a box of its own, which scrolls sideways instead of the card."""
    output.start("div", {"class": "table-wrap"})
    output.start("table", attributes_of(token))


def close_table(output: Output, token: Token) -> None:  # noqa: ARG001
    """Close a table and its box."""
    output.end("table")
    output.end("div")


def open_cell(output: Output, token: Token) -> None:
    """Open a cell with its column's alignment."""
    output.start(token.tag, alignment_of(token) if token.attrs else None)
    output.open_tags.append("")


def render_rule(output: Output, token: Token) -> None:  # noqa: ARG001
    """Render a thematic break."""
    output.start("hr")
