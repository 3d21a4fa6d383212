"""A class is kept when a style sheet of the card gives it a meaning."""

from importlib import resources

import pytest

from generator.markup.classes import classes_in, kept_classes, themed
from generator.markup.names import names


def test_classes_are_those_of_selectors() -> None:
    css = """
    .a, p.b:not(.c) > .d-e::before { background: url("x.png"); margin: .5em }
    @media (min-width: 1.5em) { .f { color: red } }
    /* .g { } */
    """
    assert classes_in(css) == {"a", "b", "c", "d-e", "f"}


def test_classes_of_the_frame_are_not_a_page_s() -> None:
    assert classes_in(".card .admonki .ak-answer .night_mode .x { }") == {"x"}
    assert not themed() & {"card", "admonki", "ak-answer", "nightMode"}


def test_classes_that_no_sheet_names_are_boxes_and_ours() -> None:
    sheets = resources.files("generator.render").joinpath("theme").iterdir()
    named = [classes_in(file.read_text("utf-8")) for file in sheets if file.name.endswith(".css")]
    assert themed() - frozenset().union(*named) <= names(
        "embedded icon tabbed-content note abstract info tip success question warning failure "
        "danger bug example quote seealso"
    )


@pytest.mark.parametrize("name", ["admonition-title", "highlight", "tight", "k", "m-l", "note"])
def test_what_we_write_is_known(name: str) -> None:
    assert kept_classes(name) == name


@pytest.mark.parametrize(
    "name",
    ["mathjax_process", "tex2jax_process", "MathJax", "mathjax_process2", "x", "replay-button",
     "language-", "language-a\u0338<b"],
)  # fmt: skip
def test_others_are_not(name: str) -> None:
    assert kept_classes(f"hll {name}") == "hll"


def test_the_site_s_own_are_known_too() -> None:
    extra = frozenset({"mine", "tex2jax_process"})
    assert kept_classes("mine other tex2jax_process", extra) == "mine"
    assert kept_classes("language-c++ language-objective-c") == "language-c++ language-objective-c"
