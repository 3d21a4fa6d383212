"""Containers: nested admonitions and tabs."""

from markdown_it.token import Token

from generator.model import Admonition
from generator.render.context import Output
from generator.render.escape import escape, escape_attribute


def open_admonition(output: Output, token: Token) -> None:
    """Open a box: `<details>` for `???`, a `<div>` for `!!!`."""
    admonition = token.meta["admonition"]
    assert isinstance(admonition, Admonition)  # noqa: S101 - the parser's promise
    names = escape_attribute(" ".join((admonition.type, *admonition.classes)).strip())
    if admonition.is_collapsible:
        is_open = ' open=""' if admonition.is_open else ""
        css_class = f' class="{names}"' if names else ""
        output.html.append(f"<details{css_class}{is_open}>")
        output.boxes.append("details")
    else:
        output.html.append(f'<div class="{f"admonition {names}".strip()}">')
        output.boxes.append("div")
    output.enter()
    if admonition.title is None and admonition.type:
        _add_default_title(output, token, admonition.type)


def _add_default_title(output: Output, token: Token, name: str) -> None:
    """A box without a title is titled by its type, as on the site; `""` means none."""
    open_admonition_title(output, token)
    title = name.replace("-", " ").capitalize()
    output.html.append(escape(title))
    output.text.append(title)
    close_admonition_title(output, token)


def close_admonition(output: Output, token: Token) -> None:  # noqa: ARG001
    """Close a box."""
    output.leave()
    output.html.append(f"</{output.boxes.pop()}>")
    output.text.append(" ")


def open_admonition_title(output: Output, token: Token) -> None:  # noqa: ARG001
    """Open a box's title."""
    is_details = output.boxes[-1:] == ["details"]
    output.html.append("<summary>" if is_details else '<p class="admonition-title">')


def close_admonition_title(output: Output, token: Token) -> None:  # noqa: ARG001
    """Close a box's title."""
    is_details = output.boxes[-1:] == ["details"]
    output.html.append("</summary>" if is_details else "</p>")
    output.text.append(" ")


def open_tab_set(output: Output, token: Token) -> None:  # noqa: ARG001
    """Open a set of alternatives: all are shown, each under its label, without any script."""
    output.html.append('<div class="tabbed-set"><div class="tabbed-content">')


def close_tab_set(output: Output, token: Token) -> None:  # noqa: ARG001
    """Close a set of alternatives."""
    output.html.append("</div></div>")


def open_tab(output: Output, token: Token) -> None:  # noqa: ARG001
    """Begin an alternative; its title comes next."""
    output.text.append(" ")


def open_tab_title(output: Output, token: Token) -> None:  # noqa: ARG001
    """Open the label; it stands before the alternative's body, in the order they are read."""
    output.html.append('<label class="tabbed-label">')


def close_tab_title(output: Output, token: Token) -> None:  # noqa: ARG001
    """Close the label and open the body."""
    output.html.append('</label><div class="tabbed-block">')
    output.enter()
    output.text.append(" ")


def close_tab(output: Output, token: Token) -> None:  # noqa: ARG001
    """Close the body."""
    output.leave()
    output.html.append("</div>")
    output.text.append(" ")
