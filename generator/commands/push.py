"""`admonki push`: packages into the running desktop Anki, through AnkiConnect."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias
from urllib.error import URLError
from urllib.request import Request

import click

from generator.commands.address import direct_opener, parse_address
from generator.commands.session import config_options, fail, open_session
from generator.errors import AdmonkiError, Diagnostic, Location
from generator.identity.difference import removal_search
from generator.pipeline.collect import display

KEY, URL = "ADMONKI_ANKICONNECT_KEY", "ADMONKI_ANKICONNECT_URL"
_DEFAULT_URL = "http://127.0.0.1:8765"
_API_VERSION = 6
_PATIENCE_S = 10.0
_IMPORT_PATIENCE_S = 600.0
_BATCH = 200  # keys a search

Json: TypeAlias = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None


@click.command("push")
@click.argument("packages", nargs=-1, type=click.Path(path_type=Path))
@config_options
def command(
    packages: tuple[Path, ...], config_file: Path | None, quiet: bool, verbose: bool
) -> None:
    """Import PACKAGES (all.apkg of the last build) into the Anki that runs on this computer.

    Needs the add-on AnkiConnect (2055492159). Its key, if it has one, is read from
    ADMONKI_ANKICONNECT_KEY, another address from ADMONKI_ANKICONNECT_URL.
    """
    session = open_session(
        config_file=config_file, quiet=quiet, verbose=verbose, needs_sources=False
    )
    chosen = packages or (session.config.output / "all.apkg",)
    try:
        connection = AnkiConnect(
            os.environ.get(URL, "") or _DEFAULT_URL, key=os.environ.get(KEY, "")
        )
        connection.check()
        for package in chosen:
            count = push(connection, package)
            session.tell(f"{display(package.absolute(), session.cwd)}: {count} notes are in Anki")
    except AdmonkiError as error:
        fail(session, error.diagnostics)


def push(connection: "AnkiConnect", path: Path) -> int:
    """Import a package and see that all its notes are there.

    Args:
        connection: A checked connection.
        path: The package.

    Returns:
        How many notes are in Anki.

    Raises:
        AdmonkiError: E707 for a package that cannot be read, E757 when Anki does not take it,
            E758 when notes are missing afterwards.
    """
    from generator.apkg.reader import read_package
    from generator.commands.diff import states_of_package

    keys = [state.key for state in states_of_package(read_package(path))]
    is_done = connection.call(
        "importPackage", {"path": str(path.resolve())}, patience_s=_IMPORT_PATIENCE_S
    )
    if is_done is not True:
        raise _trouble("E757", connection, "Anki did not import the package")
    found = 0
    for start in range(0, len(keys), _BATCH):
        query = removal_search(keys[start : start + _BATCH])
        notes = connection.call("findNotes", {"query": query})
        found += len(notes) if isinstance(notes, list) else 0
    if found < len(keys):
        text = f"{len(keys) - found} of {len(keys)} notes are not in Anki after the import"
        hint = "import the file in Anki (File → Import): it says what it refuses"
        raise _trouble("E758", connection, text, hint)
    return len(keys)


class AnkiConnect:
    """A connection to AnkiConnect (https://git.sr.ht/~foosoft/anki-connect)."""

    def __init__(self, url: str, *, key: str = "") -> None:
        """Remember where to ask; nothing is sent yet.

        Args:
            url: On this computer.
            key: The add-on's `apiKey`, or empty.

        Raises:
            AdmonkiError: E756 for an address that is not on this computer: it would be sent the
                key, and could not read the package.
        """
        self.url = url
        self._key = key
        self._opener = direct_opener()
        try:
            address = parse_address(url)
        except ValueError as problem:
            raise _trouble("E756", self, f"the address cannot be used: {problem}") from problem
        if not address.is_local:
            raise _trouble("E756", self, "the address is not one of this computer")
        self.url = address.url

    def check(self) -> None:
        """See that it is AnkiConnect who answers, before the key or a path is sent.

        Raises:
            AdmonkiError: E756 when nobody answers, or somebody else.
        """
        banner = self._send(None, patience_s=_PATIENCE_S)
        if not banner.startswith(b"AnkiConnect"):
            raise _trouble("E756", self, "something that is not AnkiConnect answers there")
        version = self.call("version", {})
        if not isinstance(version, int) or version < _API_VERSION:
            raise _trouble("E756", self, "the add-on is too old", "update AnkiConnect in Anki")

    def call(
        self, action: str, params: Mapping[str, Json], *, patience_s: float = _PATIENCE_S
    ) -> Json:
        """Ask for an action.

        Args:
            action: Its name.
            params: Its parameters.
            patience_s: How long to wait for the answer.

        Returns:
            Its result.

        Raises:
            AdmonkiError: E756 for an answer that is none, E757 for a refusal.
        """
        asked: dict[str, Json] = {"action": action, "version": _API_VERSION, "params": params}
        if self._key:
            asked["key"] = self._key
        data = self._send(json.dumps(asked).encode(), patience_s=patience_s)
        try:
            answer = json.loads(data)
            error, result = answer["error"], answer["result"]
        except (ValueError, KeyError, TypeError) as problem:
            raise _trouble("E756", self, "the answer is not one of AnkiConnect") from problem
        if error:
            words = " ".join(str(error).split())[:200]
            hint = f"set {KEY} to the add-on's apiKey" if "api key" in words else ""
            raise _trouble("E757", self, f"AnkiConnect refuses {action}: {words}", hint)
        return result  # type: ignore[no-any-return]  # what JSON gives is Json

    def _send(self, body: bytes | None, *, patience_s: float) -> bytes:
        request = Request(self.url, body, {"Content-Type": "application/json"})  # noqa: S310 - http on loopback, checked above
        try:
            with self._opener.open(request, timeout=patience_s) as answer:
                return bytes(answer.read(1 << 24))
        except (URLError, OSError, ValueError) as problem:
            reason = getattr(problem, "reason", problem)
            hint = "start Anki with the add-on AnkiConnect (2055492159), then try again"
            raise _trouble("E756", self, f"Anki does not answer: {reason}", hint) from problem


def _trouble(code: str, connection: AnkiConnect, text: str, hint: str = "") -> AdmonkiError:
    return AdmonkiError(Diagnostic(Location(connection.url), code, text, hint))
