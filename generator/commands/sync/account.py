"""Whose collection: user, password and server, from anywhere but the command line."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from generator.commands.address import parse_address
from generator.errors import AdmonkiError

USER, PASSWORD, URL = "ADMONKI_SYNC_USER", "ADMONKI_SYNC_PASSWORD", "ADMONKI_SYNC_URL"
_SERVICE = "admonki-sync"


@dataclass(frozen=True, slots=True)  # not a Struct: its `repr` would show the password
class Account:
    """An account on a sync server.

    Attributes:
        user: Name or e-mail address.
        password: Never printed, not even by `repr`.
        url: Of a self-hosted server; empty for AnkiWeb.
    """

    user: str
    password: str = field(repr=False)
    url: str = ""

    @property
    def server(self) -> str:
        """The server's name for messages."""
        return parse_address(self.url).server if self.url else "AnkiWeb"


def find_account(
    environ: Mapping[str, str] = os.environ, *, ask: Callable[[str, bool], str] | None = None
) -> Account:
    """Read the account from the environment, the keyring, or a prompt.

    Args:
        environ: The environment.
        ask: Prompts for a value by name, hidden or not; None without a terminal.

    Returns:
        The account.

    Raises:
        AdmonkiError: E751 when a value is missing or the address is invalid.
    """
    url = _checked(environ.get(URL, "").strip())
    user = environ.get(USER, "") or (ask("User of the sync server", False) if ask else "")
    if not user:
        raise _missing(USER)
    password = environ.get(PASSWORD, "") or _from_keyring(user, url)
    if not password and ask:
        password = ask("Password", True)
    if not password:
        raise _missing(PASSWORD)
    return Account(user, password, url)


def _checked(url: str) -> str:
    if not url:
        return ""
    try:
        return parse_address(url).url
    except ValueError as problem:
        text = f"the sync server's address cannot be used: {problem}"
        raise AdmonkiError.at(URL, "E751", text) from problem


def _from_keyring(user: str, url: str) -> str:
    """The password that `keyring set admonki-sync USER` keeps, where keyring is installed."""
    service = f"{_SERVICE}:{url}" if url else _SERVICE
    try:
        password = import_module("keyring").get_password(service, user)
    except Exception:
        return ""
    return str(password) if password else ""


def _missing(name: str) -> AdmonkiError:
    text = f"no {'user' if name == USER else 'password'} for the sync server"
    hint = f"set {name}" + (f", or run: keyring set {_SERVICE} USER" if name == PASSWORD else "")
    return AdmonkiError.at(name, "E751", text, hint)
