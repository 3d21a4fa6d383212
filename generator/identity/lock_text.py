"""The lock as text: sorted, one card a line, made to be committed and merged."""

from collections.abc import Callable
from dataclasses import dataclass, field

from generator.errors import Diagnostic, Location
from generator.identity.lock import LOCK_VERSION, Entry, Lock, NoteTypeEntry, sort_order

_HEADER = "# Made by admonki; commit it with the pages. docs: identity"
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_HINT_RESTORE = "restore the file from version control; see docs/identity.md"


def format_lock(lock: Lock) -> str:
    """Write a lock as text.

    Args:
        lock: What to remember.

    Returns:
        Lines that end in LF; the same lock always gives the same text.
    """
    head = (
        _HEADER,
        f"version\t{lock.version}",
        f"namespace\t{lock.namespace}",
        f"epoch\t{lock.epoch_s}",
    )
    types = (
        "\t".join(("type", _escape(t.name), t.schema, t.style, str(t.mod_s)))
        for t in sorted(lock.note_types, key=lambda t: t.name)
    )
    cards = map(_format_entry, sorted(lock.entries, key=sort_order))
    return "\n".join((*head, *types, *cards, ""))


def parse_lock(text: str, path: str) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """Read a lock from text; nothing that it cannot read is passed over in silence.

    Args:
        text: Content of the lock file.
        path: For diagnostics.

    Returns:
        The lock with all lines that could be read, and one diagnostic for each that could not
        (`E603` newer version, `E604` conflict marks, `E605` corrupt line, `E606` duplicate).
    """
    draft = _Draft(path)
    # not splitlines(): U+2028 and friends may stand in a question
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        draft.read_line(number, line.removesuffix("\r"))
        if draft.is_newer:
            break
    draft.check_head()
    return draft.lock(), tuple(draft.diagnostics)


def _escape(text: str) -> str:
    if text.isprintable() and "\\" not in text:
        return text
    return "".join(_ESCAPES.get(char, char) for char in text)


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    plain = {"t": "\t", "n": "\n", "r": "\r"}
    out: list[str] = []
    chars = iter(text)
    for char in chars:
        if char == "\\":
            follower = next(chars, "\\")
            out.append(plain.get(follower, follower))
        else:
            out.append(char)
    return "".join(out)


def _format_entry(e: Entry) -> str:
    numbers = (e.guid, str(e.mod_s), e.content_hash, e.sketch, e.note_type, str(e.nth))
    texts = map(_escape, (e.explicit_id, e.page, e.section, e.question))
    return "\t".join(("gone" if e.is_gone else "card", _escape(e.key), *numbers, *texts))


def _parse_entry(word: str, cells: list[str]) -> Entry:
    key, guid, mod, content_hash, sketch, note_type, nth, explicit_id, page, section, question = (
        cells
    )
    if not key or not guid or not page:
        raise ValueError("empty cell")
    return Entry(
        _unescape(key),
        guid,
        int(mod),
        content_hash,
        sketch,
        note_type,
        int(nth),
        _unescape(explicit_id),
        _unescape(page),
        _unescape(section),
        _unescape(question),
        word == "gone",
    )


@dataclass(slots=True)
class _Draft:
    """A lock while its lines are being read."""

    path: str
    head: dict[str, str] = field(default_factory=dict)
    types: dict[str, NoteTypeEntry] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    is_newer: bool = False

    def say(self, line: int, code: str, message: str, hint: str = _HINT_RESTORE) -> None:
        self.diagnostics.append(Diagnostic(Location(self.path, line), code, message, hint))

    def read_line(self, number: int, line: str) -> None:
        if not line or line.startswith("#"):
            return
        if line.startswith(_CONFLICT):
            hint = "keep the lines of both sides, then for a key on both sides the newer mod"
            self.say(number, "E604", "merge conflict in the lock", hint)
            return
        word, *cells = line.split("\t")
        reader = self.readers().get(word)
        try:
            if reader is None:
                raise ValueError(word)
            reader(number, word, cells)
        except ValueError:
            self.say(number, "E605", f"line of the lock that makes no sense: {line[:60]!r}")

    def readers(self) -> dict[str, Callable[[int, str, list[str]], None]]:
        return {
            "card": self.read_card,
            "gone": self.read_card,
            "type": self.read_type,
            "version": self.read_head,
            "namespace": self.read_head,
            "epoch": self.read_head,
        }

    def read_head(self, number: int, word: str, cells: list[str]) -> None:
        (value,) = cells
        if word == "version" and int(value) > LOCK_VERSION:
            self.is_newer = True
            hint = "install the version of admonki that wrote it, or a newer one"
            self.say(number, "E603", f"the lock has format {value}; this knows 1", hint)
        if word == "epoch":
            int(value)
        if self.head.setdefault(word, value) != value:
            self.say(number, "E606", f"the lock names its {word} twice, differently")

    def read_type(self, number: int, _word: str, cells: list[str]) -> None:
        name, schema, style, mod = cells
        entry = NoteTypeEntry(_unescape(name), schema, style, int(mod))
        if entry.name in self.types:
            self.say(number, "E606", f"the lock holds the note type {entry.name!r} twice")
        self.types[entry.name] = entry

    def read_card(self, number: int, word: str, cells: list[str]) -> None:
        entry = _parse_entry(word, cells)
        # Anki's search for a key does not tell upper from lower case
        for name, value in (("key", entry.key.casefold()), ("GUID", f"\t{entry.guid}")):
            first = self.lines.setdefault(value, number)
            if first != number:
                text = f"the lock holds the {name} of {entry.key!r} twice, first in line {first}"
                self.say(number, "E606", text, "keep one of the lines, the one with the newer mod")
                return
        self.entries.append(entry)

    def check_head(self) -> None:
        missing = {"version", "namespace", "epoch"} - self.head.keys()
        if missing and not self.is_newer:
            self.say(1, "E605", f"the lock has no line {min(missing)!r}")

    def lock(self) -> Lock:
        return Lock(
            LOCK_VERSION,
            self.head.get("namespace", ""),
            int(self.head.get("epoch", "0")),
            tuple(self.types[name] for name in sorted(self.types)),
            tuple(sorted(self.entries, key=sort_order)),
        )
