"""Addresses and short names become the links that the site makes of them."""

from collections.abc import Mapping
from urllib.parse import unquote

import markdown
import pytest
from bs4 import BeautifulSoup

from tests.parser.reference import card_html, extensions_of

_HASH = "3f6b07a8eeaa9d606115758d90f55fec565d4e2a"
_OTHER = "90b6fb8711e75732f987982cc024e9bb0111beac"
_SHORT = {"repo_url_shorthand": True, "social_url_shorthand": True, "user": "ann", "repo": "tea"}
_SHORTENED = {"repo_url_shortener": True, "social_url_shortener": True}

_NAMES = [
    "see #12, !3 and ?4, not a#5 or #0",
    "tea#1 and cup#2, bob/cup#3 and bob/cup!4",
    f"{_HASH} and cup@{_HASH} and bob/cup@{_HASH}",
    f"{_HASH}...{_OTHER} and bob/cup@{_HASH}...{_OTHER}",
    "@bob, (@bob/cup) and x@bob or a @bob.",
    "@gitlab:bob, @x:bob and @bitbucket:bob/cup and @gitlab:b.c/d",
    "gitlab:bob/cup#1 and bitbucket:bob/cup!2 and gitlab:bob/cup?3",
    "`@bob` and [@bob](c.md) and \\@bob",
    "mail me@a.example or you@b, two..dots@a.example",
]
_ADDRESSES = [
    "https://github.com/ann/tea and https://github.com/bob and https://x.com/bob",
    "https://github.com/ann/tea/issues/12 https://github.com/ann/cup/pull/3",
    f"https://github.com/bob/cup/commit/{_HASH}",
    f"https://github.com/bob/cup/compare/{_HASH}...{_OTHER}",
    "https://gitlab.com/bob/cup/-/merge_requests/4 https://gitlab.com/bob/cup/issues/4",
    "https://bitbucket.org/bob/cup/issues/5/some-title",
    "https://github.com/settings and https://github.com/bob/cup/wiki",
    "<https://github.com/bob/cup> and [a](https://github.com/bob/cup)",
    "[https://github.com/bob](https://github.com/bob)",
    "(http://a.example/b_(c)) www.a.example. http://a_b http://a.example/x[1]",
    "[see http://a.example](http://b.example) http://a.example/?b&amp; `http://a.example`",
]
_CUSTOM = {
    **_SHORT,
    **_SHORTENED,
    "provider": "own",
    "custom": {"own": {"host": "https://own.example", "type": "gitlab", "label": "Own"}},
}


def _links(html: str) -> list[tuple[str, str]]:
    found = BeautifulSoup(html, "lxml").find_all("a", href=True)
    return [(unquote(str(link["href"])), link.text) for link in found]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"hide_protocol": True},
        _SHORT,
        {**_SHORT, "normalize_issue_symbols": True},
        {"repo_url_shorthand": True},
        {"social_url_shorthand": True, "provider": "x"},
        {**_SHORT, "provider": "gitlab"},
        {**_SHORTENED, "user": "ann", "repo": "tea"},
        {**_SHORTENED, "hide_protocol": True, "shortener_user_exclude": {"github": ["Bob"]}},
        {**_SHORTENED, "provider": "nobody"},
        _CUSTOM,
    ],
    ids=str,
)
@pytest.mark.parametrize("text", [*_NAMES, *_ADDRESSES, "https://own.example/bob/cup/issues/1"])
def test_a_link_says_what_it_says_on_the_site(options: Mapping[str, object], text: str) -> None:
    name = "pymdownx.magiclink"
    theirs = markdown.markdown(text, extensions=[name], extension_configs={name: dict(options)})
    ours = card_html(text, extensions_of({name: options}))
    assert _links(ours) == [link for link in _links(theirs) if not link[0].endswith(".md")]
