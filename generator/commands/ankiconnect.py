"""The running desktop Anki, reached through the add-on AnkiConnect."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from http.client import HTTPException
from typing import Any, TypeVar
from urllib.error import HTTPError
from urllib.request import Request

from generator.commands.address import direct_opener, parse_address
from generator.errors import AdmonkiError
from generator.json_text import Json, parse_json

_KEY, _URL = "ADMONKI_ANKICONNECT_KEY", "ADMONKI_ANKICONNECT_URL"
_DEFAULT_URL = "http://127.0.0.1:8765"
_API_VERSION = 6
_BANNERS = (b"AnkiConnect", b'{"apiVersion": "AnkiConnect')
"""What the add-on answers to an empty request, older versions and newer ones."""
_PATIENCE_S = 10.0
_LARGEST_ANSWER = 1 << 28
_AT_ONCE = 200  # notes or actions in a request

_T = TypeVar("_T")


class AnkiConnect:
    """A connection to AnkiConnect (https://git.sr.ht/~foosoft/anki-connect)."""

    def __init__(self, url: str, *, key: str = "") -> None:
        """Set the address; nothing is sent yet.

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
            raise self.trouble("E756", f"the address cannot be used: {problem}") from problem
        if not address.is_local:
            raise self.trouble("E756", "the address is not on this computer")
        self.url = address.url

    def check(self) -> None:
        """Check that AnkiConnect answers before the key or a path is sent.

        Raises:
            AdmonkiError: E756 when nothing answers, or another program.
        """
        banner = self._send(None, patience_s=_PATIENCE_S)
        if not banner.startswith(_BANNERS):
            raise self.trouble("E756", "the program that answers there is not AnkiConnect")
        version = self.call("version", {})
        if not isinstance(version, int) or version < _API_VERSION:
            raise self.trouble("E756", "the add-on is too old", "update AnkiConnect in Anki")

    def call(
        self, action: str, params: Mapping[str, Json], *, patience_s: float = _PATIENCE_S
    ) -> Json:
        """Run an action.

        Args:
            action: Its name.
            params: Its parameters.
            patience_s: How long to wait for the answer.

        Returns:
            Its result.

        Raises:
            AdmonkiError: E756 for an invalid answer, E757 for a refusal.
        """
        asked: dict[str, Json] = {"action": action, "version": _API_VERSION, "params": params}
        if self._key:
            asked["key"] = self._key
        data = self._send(json.dumps(asked).encode(), patience_s=patience_s)
        try:
            answer: Any = parse_json(data)
            error, result = answer["error"], answer["result"]
        except (ValueError, KeyError, TypeError) as problem:
            raise self.trouble("E756", "the answer does not come from AnkiConnect") from problem
        if error:
            words = " ".join(str(error).split())[:200]
            hint = f"set {_KEY} to the add-on's apiKey" if "api key" in words else ""
            raise self.trouble("E757", f"AnkiConnect refuses {action}: {words}", hint)
        return result  # type: ignore[no-any-return]  # what JSON gives is Json

    def offers(self, action: str) -> bool:
        """Whether the add-on has an action; False if it is too old to tell."""
        try:
            found = self.record("apiReflect", {"scopes": ["actions"], "actions": [action]})
        except AdmonkiError:
            return False
        names = found.get("actions")
        return isinstance(names, list) and action in names

    def call_each(self, action: str, params: Sequence[Mapping[str, Json]]) -> None:
        """Run an action many times, several per request."""
        for some in pieces(params):
            if len(some) == 1:
                self.call(action, some[0])
                continue
            actions: list[Json] = [{"action": action, "version": 6, "params": one} for one in some]
            if self._key:
                actions = [{**one, "key": self._key} for one in actions if isinstance(one, dict)]
            for answer in self._listed("multi", {"actions": actions}):
                error = answer.get("error") if isinstance(answer, Mapping) else None
                if error:
                    raise self.trouble("E757", f"AnkiConnect refuses {action}: {str(error)[:200]}")

    def numbers(self, action: str, params: Mapping[str, Json]) -> list[int]:
        """Ask for a list of ids."""
        return [one for one in self._listed(action, params) if isinstance(one, int)]

    def records(self, action: str, params: Mapping[str, Json]) -> list[Mapping[str, Json]]:
        """Ask for a list of records; a missing record is empty."""
        found = self._listed(action, params)
        return [one if isinstance(one, Mapping) else {} for one in found]

    def record(self, action: str, params: Mapping[str, Json]) -> Mapping[str, Json]:
        """Ask for a record."""
        found = self.call(action, params)
        if not isinstance(found, Mapping):
            raise self.wrong_answer(action)
        return found

    def wrong_answer(self, action: str) -> AdmonkiError:
        """Make the error for an answer of another shape than the add-on's."""
        return self.trouble("E756", f"the answer to {action} does not come from AnkiConnect")

    def trouble(self, code: str, text: str, hint: str = "") -> AdmonkiError:
        """Make an error located at the connection."""
        return AdmonkiError.at(self.url, code, text, hint)

    def _listed(self, action: str, params: Mapping[str, Json]) -> Sequence[Json]:
        found = self.call(action, params)
        if not isinstance(found, list):
            raise self.wrong_answer(action)
        return found

    def _send(self, body: bytes | None, *, patience_s: float) -> bytes:
        request = Request(self.url, body, {"Content-Type": "application/json"})  # noqa: S310 - http on loopback, checked above
        try:
            with self._opener.open(request, timeout=patience_s) as answer:
                return bytes(answer.read(_LARGEST_ANSWER))
        except HTTPError as problem:
            problem.close()
            raise self.trouble("E757", f"AnkiConnect failed: {problem}") from problem
        except (OSError, HTTPException, ValueError) as problem:
            reason = getattr(problem, "reason", problem)
            hint = "start Anki with the add-on AnkiConnect (2055492159), then try again"
            raise self.trouble("E756", f"Anki does not answer: {reason}", hint) from problem


def connect() -> AnkiConnect:
    """Connect to the Anki that runs on this computer, as the environment names it.

    Raises:
        AdmonkiError: E756 when nobody answers.
    """
    url = os.environ.get(_URL, "") or _DEFAULT_URL
    connection = AnkiConnect(url, key=os.environ.get(_KEY, ""))
    connection.check()
    return connection


def pieces(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Cut a long list into batches that fit into a request."""
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
