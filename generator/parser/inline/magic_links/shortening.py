"""Short forms of the addresses of repositories and users: `user/repo#12`, `@user`.

A rule of `ruler2`; it changes links whose text is their address.
"""

from collections.abc import Iterator

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.config.extensions import Magiclink
from generator.parser.inline.magic_links.addresses import PROTOCOL
from generator.parser.inline.magic_links.providers import (
    SOCIAL,
    Found,
    Provider,
    default_of,
    providers_of,
)
from generator.parser.page import page_of

_SIGNS = {"issue": "#", "pull": "!", "discuss": "?"}


def shorten(state: StateInline) -> None:
    """Shorten the texts of links that are addresses."""
    options = page_of(state.env).extensions.magiclink
    if options is None:
        return
    for opening, text in _plain_links(state.tokens):
        href = str(opening.attrs["href"])
        shown = PROTOCOL.sub("", href) if options.hide_protocol else href
        if text.content not in (href, shown):
            continue
        if opening.markup == "autolink":
            text.content = shown
        for provider in _able(options):
            if found := provider.read(href):
                text.content = text_of(found, provider, options)
                break


def _plain_links(tokens: list[Token]) -> Iterator[tuple[Token, Token]]:
    for opening, text, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (opening.type, text.type, closing.type) == ("link_open", "text", "link_close"):
            yield opening, text


def _able(options: Magiclink) -> Iterator[Provider]:
    """Yield the hosts whose addresses the site shortens."""
    for name, provider in providers_of(options).items():
        is_social = name in SOCIAL
        if options.social_url_shortener if is_social else options.repo_url_shortener:
            yield provider


def text_of(found: Found, provider: Provider, options: Magiclink) -> str:
    """Return the short form that the site shows."""
    if not found.repo:
        return f"@{found.user}"
    if not found.kind:
        return f"{found.user}/{found.repo}"
    owner = _owner(found, provider, options)
    if found.kind in _SIGNS:
        sign = "#" if options.normalize_issue_symbols else _SIGNS[found.kind]
        return f"{owner}{sign}{found.values[0]}"
    hashes = "...".join(value[: provider.software.hash_size] for value in found.values)
    return f"{owner}@{hashes}" if owner else hashes


def _owner(found: Found, provider: Provider, options: Magiclink) -> str:
    """Return the repository as far as it is not the site's own."""
    is_ours = provider == default_of(options) and found.user == options.user
    if is_ours and found.repo == options.repo:
        return ""
    return found.repo if is_ours else f"{found.user}/{found.repo}"
