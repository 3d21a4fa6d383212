"""A substitute for the add-on AnkiConnect: its protocol over a real collection."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import anki.collection  # noqa: F401 - anki's modules import one another in a circle, from here
from anki.cards import CardId
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.decks import DeckId
from anki.errors import NotFoundError
from anki.notes import NoteId


class StandIn:
    """What AnkiConnect answers, over a real collection; requests are kept for the tests."""

    def __init__(self, collection: Collection, banner: bytes = b"AnkiConnect") -> None:
        self.collection = collection
        self.banner = banner
        self.key = ""
        self.is_deaf = False
        self.profile = ""  # one, once the add-on is of a version that knows profiles
        self.syncs: Callable[[], None] | None = None  # None: Anki has no account
        self.asked: list[dict[str, object]] = []

    def answer(self, asked: dict[str, object]) -> dict[str, object]:
        self.asked.append(asked)
        if self.key and asked.get("key") != self.key:
            return {"result": None, "error": "valid api key must be provided"}
        parameters = asked.get("params", {})
        assert isinstance(parameters, dict)
        action = getattr(self, str(asked["action"]), None)
        if action is None:
            return {"result": None, "error": f"unsupported action {asked['action']}"}
        try:
            return {"result": action(**parameters), "error": None}
        except RuntimeError as problem:
            return {"result": None, "error": str(problem)}

    def version(self) -> int:
        return 6

    def apiReflect(self, scopes: list[str], actions: list[str]) -> dict[str, object]:  # noqa: N802
        return {"scopes": scopes, "actions": actions if self.profile else []}

    def getActiveProfile(self) -> str:  # noqa: N802
        return self.profile

    def sync(self) -> None:
        if self.syncs is None:
            raise RuntimeError("sync: auth not configured")
        self.syncs()

    def multi(self, actions: list[dict[str, object]]) -> list[dict[str, object]]:
        return [self.answer(action) for action in actions]

    def findNotes(self, query: str) -> list[int]:  # noqa: N802 - AnkiConnect's name
        return list(self.collection.find_notes(query))

    def notesInfo(self, notes: list[int]) -> list[dict[str, object]]:  # noqa: N802
        return [self._info(number) for number in notes]

    def _info(self, number: int) -> dict[str, object]:
        try:
            note = self.collection.get_note(NoteId(number))
        except NotFoundError:
            return {}
        kind = note.note_type()
        assert kind is not None
        return {
            "noteId": number,
            "tags": note.tags,
            "fields": {name: {"value": value, "order": 0} for name, value in note.items()},
            "modelName": kind["name"],
            "cards": [card.id for card in note.cards()],
        }

    def getDecks(self, cards: list[int]) -> dict[str, list[int]]:  # noqa: N802
        found: dict[str, list[int]] = {}
        for number in cards:
            deck = self.collection.decks.name(self.collection.get_card(CardId(number)).did)
            found.setdefault(deck, []).append(number)
        return found

    def findCards(self, query: str) -> list[int]:  # noqa: N802
        return list(self.collection.find_cards(query))

    def deckNamesAndIds(self) -> dict[str, int]:  # noqa: N802
        return {deck.name: deck.id for deck in self.collection.decks.all_names_and_ids()}

    def deleteDecks(self, decks: list[str], cardsToo: bool) -> None:  # noqa: N802, N803
        assert cardsToo
        self.collection.decks.remove([DeckId(self.deckNamesAndIds()[name]) for name in decks])

    def getDeckConfig(self, deck: str) -> dict[str, Any]:  # noqa: N802
        number = self.collection.decks.id_for_name(deck)
        assert number is not None
        return dict(self.collection.decks.config_dict_for_deck_id(number))

    def setDeckConfigId(self, decks: list[str], configId: int) -> bool:  # noqa: N802, N803
        for name in decks:
            deck = self.collection.decks.by_name(name)
            assert deck is not None
            deck["conf"] = configId
            self.collection.decks.save(deck)
        return True

    def areSuspended(self, cards: list[int]) -> list[bool]:  # noqa: N802
        return [self.collection.get_card(CardId(number)).queue == -1 for number in cards]

    def deckNames(self) -> list[str]:  # noqa: N802
        return [deck.name for deck in self.collection.decks.all_names_and_ids()]

    def modelNamesAndIds(self) -> dict[str, int]:  # noqa: N802
        return {kind.name: kind.id for kind in self.collection.models.all_names_and_ids()}

    def _kind(self, name: str) -> dict[str, Any]:
        kind = self.collection.models.by_name(name)
        assert kind is not None
        return kind

    def modelFieldNames(self, modelName: str) -> list[str]:  # noqa: N802, N803
        return [field["name"] for field in self._kind(modelName)["flds"]]

    def modelTemplates(self, modelName: str) -> dict[str, dict[str, str]]:  # noqa: N802, N803
        templates = self._kind(modelName)["tmpls"]
        return {t["name"]: {"Front": t["qfmt"], "Back": t["afmt"]} for t in templates}

    def modelStyling(self, modelName: str) -> dict[str, str]:  # noqa: N802, N803
        return {"css": self._kind(modelName)["css"]}

    def updateModelStyling(self, model: dict[str, str]) -> None:  # noqa: N802
        kind = self._kind(model["name"])
        kind["css"] = model["css"]
        self.collection.models.update_dict(kind)

    def updateModelTemplates(self, model: dict[str, Any]) -> None:  # noqa: N802
        kind = self._kind(model["name"])
        for template in kind["tmpls"]:
            sides = model["templates"][template["name"]]
            template["qfmt"], template["afmt"] = sides["Front"], sides["Back"]
        self.collection.models.update_dict(kind)

    def getMediaFilesNames(self, pattern: str) -> list[str]:  # noqa: N802
        return [path.name for path in Path(self.collection.media.dir()).glob(pattern)]

    def storeMediaFile(self, filename: str, data: str) -> None:  # noqa: N802
        self.collection.media.write_data(filename, base64.b64decode(data))

    def updateNoteFields(self, note: dict[str, Any]) -> None:  # noqa: N802
        if self.is_deaf:
            return
        changed = self.collection.get_note(note["id"])
        for name, value in note["fields"].items():
            changed[name] = value
        self.collection.update_note(changed)

    def importPackage(self, path: str) -> bool:  # noqa: N802
        if not self.is_deaf:
            options = ImportAnkiPackageOptions(merge_notetypes=True)  # as since Anki 26.9
            request = ImportAnkiPackageRequest(package_path=path, options=options)
            self.collection.import_anki_package(request)
            self.collection.models._clear_cache()
        return True

    def addTags(self, notes: list[int], tags: str) -> None:  # noqa: N802
        self.collection.tags.bulk_add([NoteId(n) for n in notes], tags)

    def removeTags(self, notes: list[int], tags: str) -> None:  # noqa: N802
        self.collection.tags.bulk_remove([NoteId(n) for n in notes], tags)

    def changeDeck(self, cards: list[int], deck: str) -> None:  # noqa: N802
        home = self.collection.decks.id(deck)
        self.collection.set_deck([CardId(n) for n in cards], DeckId(home or 1))

    def suspend(self, cards: list[int]) -> None:
        self.collection.sched.suspend_cards([CardId(n) for n in cards])

    def unsuspend(self, cards: list[int]) -> None:
        self.collection.sched.unsuspend_cards([CardId(n) for n in cards])

    def deleteNotes(self, notes: list[int]) -> None:  # noqa: N802
        self.collection.remove_notes([NoteId(n) for n in notes])


@contextmanager
def listening(stand_in: StandIn) -> Iterator[str]:
    """Let a substitute listen on loopback; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply(stand_in.banner)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.reply(json.dumps(stand_in.answer(json.loads(body))).encode())

        def reply(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=lambda: server.serve_forever(0.01), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
