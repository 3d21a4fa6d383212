"""Containers: nested admonitions and tabs."""

from markdown_it.token import Token

from generator.model import Admonition
from generator.render.context import Output


def open_admonition(output: Output, token: Token) -> None:
    """Open a box: `<details>` for `???`, a `<div>` for `!!!`."""
    admonition = token.meta["admonition"]
    assert isinstance(admonition, Admonition)  # noqa: S101 - the parser's promise
    names = " ".join((admonition.type, *admonition.classes))
    if admonition.is_collapsible:
        is_open = {"open": ""} if admonition.is_open else {}
        output.boxes.append("details")
        output.start("details", {"class": names} | is_open)
    else:
        output.boxes.append("div")
        output.start("div", {"class": f"admonition {names}"})
    output.enter()
    if admonition.title is None and admonition.type:
        _add_default_title(output, token, admonition.type)


def _add_default_title(output: Output, token: Token, name: str) -> None:
    """A box without a title gets its type as the title, as on the site; `""` means none."""
    open_admonition_title(output, token)
    output.nodes.append(name.capitalize())
    close_admonition_title(output, token)


def close_admonition(output: Output, token: Token) -> None:  # noqa: ARG001
    """Close a box."""
    output.leave()
    output.end(output.boxes.pop())


def open_admonition_title(output: Output, token: Token) -> None:  # noqa: ARG001
    """Open a box's title."""
    if output.boxes[-1:] == ["details"]:
        output.start("summary")
    else:
        output.start("p", {"class": "admonition-title"})


def close_admonition_title(output: Output, token: Token) -> None:  # noqa: ARG001
    """Close a box's title."""
    output.end("summary" if output.boxes[-1:] == ["details"] else "p")


def open_tab_set(output: Output, token: Token) -> None:  # noqa: ARG001
    """Open a set of alternatives: all are shown, each under its label, without any script."""
    output.start("div", {"class": "tabbed-set"})
    output.start("div", {"class": "tabbed-content"})


def close_tab_set(output: Output, token: Token) -> None:  # noqa: ARG001
    """Close a set of alternatives."""
    output.end("div")
    output.end("div")


def open_tab(output: Output, token: Token) -> None:
    """Begin an alternative; its title comes next."""


def open_tab_title(output: Output, token: Token) -> None:  # noqa: ARG001
    """Open the label; it comes before the alternative's body, in reading order."""
    output.start("label", {"class": "tabbed-label"}, said=" ")


def close_tab_title(output: Output, token: Token) -> None:  # noqa: ARG001
    """Close the label and open the body."""
    output.end("label")
    output.start("div", {"class": "tabbed-block"})
    output.enter()


def close_tab(output: Output, token: Token) -> None:  # noqa: ARG001
    """Close the body."""
    output.leave()
    output.end("div")
