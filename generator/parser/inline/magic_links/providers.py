"""Hosts of repositories and of short messages: how they call users, and where their pages are."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from msgspec import Struct

from generator.config.extensions import Magiclink


class Software(Struct, frozen=True, eq=False):
    """What all hosts that run the same program have in common; each is equal to itself only.

    Attributes:
        user: Pattern of a user's name.
        pages: Kind of page → its address in the repository; `{0}` is a number or hash.
        hash_size: How many characters of a hash are shown.
        tail: Pattern of what may follow in an address and says nothing.
    """

    user: str
    pages: Mapping[str, str]
    hash_size: int
    tail: str


_SOCIAL: Final = Software(r"\w{1,15}", {}, 0, "")
_SOFTWARE: Final = {
    "github": Software(
        r"[a-zA-Z\d](?:[-\w]{0,37}[a-zA-Z\d])?",
        {
            "issue": "issues/{0}",
            "pull": "pull/{0}",
            "discuss": "discussions/{0}",
            "commit": "commit/{0}",
            "compare": "compare/{0}...{1}",
        },
        7,
        "",
    ),
    "bitbucket": Software(
        r"[-\w]{1,39}",
        {
            "issue": "issues/{0}",
            "pull": "pull-requests/{0}",
            "commit": "commits/commit/{0}",
            "compare": "branches/commits/{0}..{1}#diff",
        },
        7,
        r"(?:/[^/]+(?:/diff)?)?",
    ),
    "gitlab": Software(
        r"[.\w](?:[-\w.]{0,37}[-\w])?",
        {
            "issue": "-/issues/{0}",
            "pull": "-/merge_requests/{0}",
            "commit": "-/commit/{0}",
            "compare": "-/compare/{0}...{1}",
        },
        8,
        "",
    ),
    "x": _SOCIAL,
    "twitter": _SOCIAL,
}
_HOSTS: Final = {
    "github": "https://github.com",
    "bitbucket": "https://bitbucket.org",
    "gitlab": "https://gitlab.com",
    "x": "https://x.com",
    "twitter": "https://twitter.com",
}
SOCIAL: Final = frozenset({"x", "twitter"})


class Found(NamedTuple):
    """What an address or a short name means.

    Attributes:
        user: Whose.
        repo: Or "".
        kind: `issue`, `pull`, `discuss`, `commit`, `compare`, or "".
        values: The number, or the hashes.
    """

    user: str
    repo: str = ""
    kind: str = ""
    values: Sequence[str] = ()


class Provider(Struct, frozen=True):
    """A host.

    Attributes:
        name: As the site's pages call it.
        host: Its address.
        software: What it runs.
        reserved: First parts of its addresses that are not users, in lower case.
    """

    name: str
    host: str
    software: Software
    reserved: frozenset[str]

    def address(self, found: Found) -> str:
        """Return the address of what a short name means."""
        page = self.software.pages[found.kind].format(*found.values) if found.kind else ""
        return "/".join(filter(None, (self.host, found.user, found.repo, page)))

    def read(self, address: str) -> Found | None:
        """Return what an address means, None if it means something else."""
        for kind, pattern in _patterns(self):
            match = pattern.fullmatch(address)
            if match and match["user"].lower() not in self.reserved:
                parts = match.groupdict()
                values = [parts[name] for name in ("first", "second") if parts.get(name)]
                return Found(parts["user"], parts.get("repo") or "", kind, values)
        return None


@lru_cache(maxsize=32)
def _patterns(provider: Provider) -> Sequence[tuple[str, re.Pattern[str]]]:
    """Return the addresses that a provider has, by kind of page; "" is a user or repository."""
    software = provider.software
    host = re.escape(provider.host).replace("://", r"://(?:www\.)?", 1)
    user = rf"{host}/(?P<user>{software.user})"
    patterns = {
        kind: rf"{user}/(?P<repo>[^/]+)/{_page(kind, page, software)}{software.tail}/?"
        for kind, page in software.pages.items()
    }
    patterns[""] = rf"{user}(?:/(?P<repo>[^/]+))?/?" if software.pages else rf"{user}/?"
    return [(kind, re.compile(text, re.IGNORECASE)) for kind, text in patterns.items()]


def _page(kind: str, page: str, software: Software) -> str:
    is_hash = kind in ("commit", "compare")
    value = rf"[\da-f]{{{software.hash_size},40}}" if is_hash else r"\d+"
    pattern = re.escape(page).replace(r"\-/", r"(?:\-/)?")
    for number, name in enumerate(("first", "second")):
        pattern = pattern.replace(rf"\{{{number}\}}", f"(?P<{name}>{value})")
    return pattern


@lru_cache(maxsize=8)
def providers_of(options: Magiclink) -> Mapping[str, Provider]:
    """Return the hosts that a site knows, by name, its own ones last."""
    hosts = {name: (host, name) for name, host in _HOSTS.items()}
    hosts |= {
        own.name: (own.host, own.type)
        for own in options.custom
        if own.name not in hosts and own.type in _SOFTWARE
    }
    excluded = dict((*Magiclink().shortener_user_exclude, *options.shortener_user_exclude))
    found: dict[str, Provider] = {}
    for name, (host, kind) in hosts.items():
        names = excluded.get(name, excluded.get(kind, ()))
        reserved = frozenset(map(str.lower, names))
        found[name] = Provider(name, host.lower().rstrip("/"), _SOFTWARE[kind], reserved)
    return found


def default_of(options: Magiclink) -> Provider:
    """Return the host of names that do not mention one."""
    known = providers_of(options)
    return known.get(options.provider, known["github"])
