"""Where links lead from a card."""

import pytest

from generator.config import Config
from generator.render.links import resolve, scheme_of
from tests.render.rendering import render

_SITE = Config(site_url="https://notes.example/ml/")


@pytest.mark.parametrize(
    ("address", "page", "url"),
    [
        ("other.md", "a/page.md", "https://notes.example/ml/a/other/"),
        ("../b/other.md#part", "a/page.md", "https://notes.example/ml/b/other/#part"),
        ("/b/index.md", "a/page.md", "https://notes.example/ml/b/"),
        ("README.md", "a/page.md", "https://notes.example/ml/a/"),
        ("#here", "a/page.md", "https://notes.example/ml/a/page/#here"),
        ("#here", "index.md", "https://notes.example/ml/#here"),
        ("my%20page.md?x=1", "page.md", "https://notes.example/ml/my%20page/?x=1"),
        ("straße.md", "page.md", "https://notes.example/ml/stra%C3%9Fe/"),
        ("paper.pdf", "a/page.md", "https://notes.example/ml/a/paper.pdf"),
        ("//cdn.example/x", "page.md", "https://cdn.example/x"),
        ("https://e.example/a b?q=ä#%20", "page.md", "https://e.example/a%20b?q=%C3%A4#%20"),
        ("mailto:a@b.example", "page.md", "mailto:a@b.example"),
        ("../other/", "a/page.md", "https://notes.example/ml/a/other/"),
        ("sub/#x", "a/page.md", "https://notes.example/ml/a/page/sub/#x"),
        ("../../../outside.md", "a/page.md", ""),
    ],
)
def test_address_becomes_absolute(address: str, page: str, url: str) -> None:
    assert resolve(address, page=page, config=_SITE).url == url


def test_site_without_directory_urls_has_html_pages() -> None:
    config = Config(site_url="https://notes.example", use_directory_urls=False)
    assert resolve("a.md#b", page="page.md", config=config).url == "https://notes.example/a.html#b"
    assert resolve("x/index.md", page="p.md", config=config).url.endswith("/x/index.html")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:x()",
        "JAVA\tSCRIPT:x()",
        "data:text/html,x",
        "file:///etc/passwd",
        "\x01vbscript:x",
    ],
)
def test_schemes_that_run_or_read_are_refused(address: str) -> None:
    assert resolve(address, page="page.md", config=_SITE).is_refused


def test_link_into_the_site_is_text_while_the_url_is_unknown() -> None:
    fragment, diagnostics = render("see [the *proof*](proof.md)\n")
    assert fragment.html == "<p>see the <em>proof</em></p>"
    assert [str(d) for d in diagnostics] == [
        "page.md:1:5: lint[L501]: link leads nowhere from a card: proof.md"
    ]


def test_colon_in_a_path_is_no_scheme_before_a_slash() -> None:
    assert scheme_of("a/b:c") == ""
    assert scheme_of("HTTP://x") == "http"
