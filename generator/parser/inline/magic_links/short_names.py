"""Short names as links: `@user`, `user/repo#12`, `#12`, hashes of commits; and mail addresses.

A rule of `ruler2`: it looks at the texts that are left between other elements.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.config.extensions import Magiclink
from generator.parser.inline.magic_links.providers import (
    SOCIAL,
    Found,
    default_of,
    providers_of,
)
from generator.parser.inline.magic_links.shortening import text_of

_MAIL: Final = (
    r"(?P<mail>(?<![-/+@\w])(?<![-+\w]\.)[-+\w](?:[-+\w]|\.(?!\.))*(?<!\.)@[-\w]+\."
    r"(?:[-\w]|(?<!\.)\.(?!\.))*[a-zA-Z]\b(?![-@]))"
)
_REPO: Final = r"[-.\w]{0,99}[a-zA-Z\d]"
_NUMBER: Final = r"[#!?][1-9]\d*"
_HASH: Final = r"[a-f\d]{40}"
_OWNERS: Final = ("mention", "owner", "user")
_KINDS: Final = {"#": "issue", "!": "pull", "?": "discuss"}


@lru_cache(maxsize=8)
def _pattern(options: Magiclink) -> re.Pattern[str]:
    """Return the pattern of everything in a text that becomes a link."""
    kinds = [_MAIL]
    if options.repo_url_shorthand or options.social_url_shorthand:
        kinds.append(_mentions(options))
    if options.repo_url_shorthand:
        kinds += _references(options)
    return re.compile("|".join(kinds), re.ASCII)


def _users(options: Magiclink, *, social: bool) -> str:
    """Return the pattern of `host:user`."""
    wanted = [
        rf"{name}:{provider.software.user}"
        for name, provider in providers_of(options).items()
        if (name in SOCIAL and social) or (name not in SOCIAL and options.repo_url_shorthand)
    ]
    return "|".join(wanted)


def _mentions(options: Magiclink) -> str:
    """Return the pattern of `@user` and `@user/repo`."""
    own = default_of(options).software.user
    named = _users(options, social=options.social_url_shorthand)
    mention = rf"(?P<mention>{named}|{own})\b"
    if options.repo_url_shorthand:
        owners = _users(options, social=False)
        owners += "" if options.provider in SOCIAL else f"|{own}"
        mention = rf"(?:(?P<owner>{owners})\b/(?P<owned>{_REPO})\b|{mention})"
    return rf"(?<![a-zA-Z])@{mention}"


def _references(options: Magiclink) -> Sequence[str]:
    named = _users(options, social=False)
    if options.provider in SOCIAL:
        owner = rf"(?P<user>\b(?:{named}))/"
        return [_reference(owner)]
    own = default_of(options).software.user
    whole = _reference(rf"(?:(?P<user>\b(?:{named}|{own}))/)?")
    if not (options.user and options.repo):
        return [whole]
    number = rf"(?<![a-zA-Z])(?P<own_number>{_NUMBER})\b"
    commit = rf"(?<![@/])\b(?P<own_commit>{_HASH})(?:\.{{3}}(?P<own_other>{_HASH}))?\b"
    return [whole, number, commit]


def _reference(owner: str) -> str:
    commit = rf"@(?P<commit>{_HASH})(?:\.{{3}}(?P<other>{_HASH}))?"
    return rf"(?<![@/]){owner}(?P<repo>{_REPO})(?:(?P<number>{_NUMBER})|{commit})\b"


def short_names(options: Magiclink) -> Callable[[StateInline], None]:
    """Return the rule that makes links of short names and mail addresses."""
    pattern = _pattern(options)

    def finish(state: StateInline) -> None:
        made: list[Token] = []
        inside = 0
        for token in state.tokens:
            if token.type in ("link_open", "link_close"):
                inside += token.nesting
            if token.type == "text" and not inside and pattern.search(token.content):
                made += _split(token, pattern, options)
            else:
                made.append(token)
        state.tokens[:] = made

    return finish


def _split(token: Token, pattern: re.Pattern[str], options: Magiclink) -> Iterator[Token]:
    done = 0
    for match in pattern.finditer(token.content):
        link = _link(match, options)
        if link is None:
            continue
        yield from _text(token.content[done : match.start()], token.level)
        yield from _tokens(*link, token.level)
        done = match.end()
    yield from _text(token.content[done:], token.level)


def _text(content: str, level: int) -> Iterator[Token]:
    if content:
        yield Token("text", "", 0, level=level, content=content)


def _tokens(text: str, href: str, level: int) -> Iterator[Token]:
    yield Token("link_open", "a", 1, {"href": href}, level=level, info="auto")
    yield from _text(text, level + 1)
    yield Token("link_close", "a", -1, level=level, info="auto")


def _link(match: re.Match[str], options: Magiclink) -> tuple[str, str] | None:
    """Return text and address of a link, None for what is not a link on the site."""
    parts = match.groupdict()
    if parts["mail"]:
        return match[0], f"mailto:{match[0]}"
    named = next(filter(None, map(parts.get, _OWNERS)), None) or ""
    host, colon, user = named.rpartition(":")
    provider = providers_of(options)[host] if colon else default_of(options)
    found = _found(parts, user or options.user, options)
    if not found.user or (found.kind and found.kind not in provider.software.pages):
        return None
    return text_of(found, provider, options), provider.address(found)


def _found(parts: dict[str, str | None], user: str, options: Magiclink) -> Found:
    number = parts.get("number") or parts.get("own_number")
    commit = parts.get("commit") or parts.get("own_commit")
    repo = parts.get("owned") or parts.get("repo") or ""
    if number:
        return Found(user, repo or options.repo, _KINDS[number[0]], (number[1:],))
    if commit:
        hashes = [commit, parts.get("other") or parts.get("own_other")]
        values = [value for value in hashes if value]
        return Found(user, repo or options.repo, ("commit", "compare")[len(values) - 1], values)
    return Found(user, repo)
