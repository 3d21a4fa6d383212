"""A lock from text: every line is understood, or named as one that is not."""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct, field

from generator.errors import Diagnostic, Location
from generator.identity.keys import PROJECT_DIGITS
from generator.identity.lock import (
    LOCK_VERSION,
    Entry,
    Lock,
    NoteTypeEntry,
    sort_order,
)
from generator.identity.lock_lines import (
    parse_entry,
    parse_old_entry,
    parse_project,
    parse_time,
    parse_type,
    unescape,
)
from generator.identity.lock_text import page_line
from generator.model import Project

_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_HINT_RESTORE = "restore the file from version control; see docs/guide/identity.md"


def parse_lock(
    text: str, path: str, *, is_whole: bool = True
) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """Read a lock from text; nothing that it cannot read is passed over in silence.

    Args:
        text: Content of the lock file.
        path: For diagnostics.
        is_whole: Whether counts and checksums must fit; a side of a merge has others.

    Returns:
        The lock with all lines that could be read, and one diagnostic for each that could not
        (`E603` newer version, `E604` conflict marks, `E605` unreadable line, `E606` duplicate,
        `E617` lines are missing).
    """
    draft = _Draft(path, is_whole)
    # not splitlines(): U+2028 and friends may occur in a question
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        draft.read_line(number, line.removesuffix("\r"))
        if draft.is_newer:
            break
    draft.finish()
    return draft.lock(), tuple(draft.diagnostics)


class _Page(Struct):
    """The line above a page's cards, and the lines that followed it."""

    number: int
    line: str
    cards: list[str] = field(default_factory=list)


class _Draft(Struct):
    """A lock while its lines are being read."""

    path: str
    is_whole: bool
    head: dict[str, str] = field(default_factory=dict)
    types: dict[str, NoteTypeEntry] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    is_newer: bool = False
    is_ended: bool = False
    page: _Page | None = None
    project: Project = field(default_factory=Project)
    epoch_s: int = 0

    def say(self, line: int, code: str, message: str, hint: str = _HINT_RESTORE) -> None:
        self.diagnostics.append(Diagnostic(Location(self.path, line), code, message, hint))

    @property
    def version(self) -> str:
        """Format of the file."""
        return self.head.get("version", str(LOCK_VERSION))

    @property
    def is_old(self) -> bool:
        """Whether the file has an older format; its note types had other fields."""
        return self.version != str(LOCK_VERSION)

    def read_line(self, number: int, line: str) -> None:
        if not line or line.startswith("#"):
            return
        if line.startswith(_CONFLICT):
            self.say(number, "E604", "merge conflict in the lock", "run: admonki ids --merge")
            self.is_whole = False
            return
        word, *cells = line.split("\t")
        reader = _READERS.get(word)
        if word in {"card", "gone"} and self.page:
            self.page.cards.append(line)
        try:
            if reader is None or (self.is_whole and self.is_ended and word != "end"):
                raise ValueError(word)
            reader(self, number, word, cells)
        except ValueError:
            self.say(number, "E605", f"unreadable line in the lock file: {line[:60]!r}")

    def remember(self, number: int, word: str, value: str) -> None:
        if self.head.setdefault(word, value) != value:
            self.say(number, "E606", f"the lock has two different {word} lines")

    def read_version(self, number: int, word: str, cells: list[str]) -> None:
        (value,) = cells
        if not value.isdigit() or not int(value):
            raise ValueError(value)
        if int(value) > LOCK_VERSION:
            self.is_newer = True
            hint = "install the version of admonki that wrote it, or a newer one"
            text = f"the lock has format {value}; this version knows {LOCK_VERSION}"
            self.say(number, "E603", text, hint)
        self.remember(number, word, value)

    def read_project(self, number: int, word: str, cells: list[str]) -> None:
        self.project = parse_project(cells)
        self.remember(number, word, self.project.id)

    def read_namespace(self, number: int, _word: str, cells: list[str]) -> None:
        (value,) = cells
        self.project = parse_project([value[:PROJECT_DIGITS], ""])
        self.remember(number, "project", value)

    def read_epoch(self, number: int, word: str, cells: list[str]) -> None:
        (value,) = cells
        self.epoch_s = parse_time(value)
        self.remember(number, word, value)

    def read_type(self, number: int, _word: str, cells: list[str]) -> None:
        if self.is_old:
            return
        entry = parse_type(cells)
        if entry.name in self.types:
            self.say(number, "E606", f"the lock holds the note type {entry.name!r} twice")
        self.types[entry.name] = entry

    def read_page(self, number: int, word: str, cells: list[str]) -> None:
        page, _count, _checksum = cells
        self.check_page()
        self.page = _Page(number, "\t".join((word, *cells)))
        self.name_once(number, "page", f"\t\t{page}", unescape(page))

    def read_end(self, _number: int, _word: str, cells: list[str]) -> None:
        if cells:
            raise ValueError(cells)
        self.is_ended = True

    def read_card(self, number: int, word: str, cells: list[str]) -> None:
        if self.is_old:
            count = len(self.entries)
            entry = parse_old_entry(
                word, cells, version=self.version, epoch_s=self.epoch_s, number=count
            )
        else:
            entry = parse_entry(word, cells)
        # Anki's search for a key does not tell upper from lower case
        if self.name_once(number, "key", entry.key.casefold(), entry.key) and self.name_once(
            number, "GUID", f"\t{entry.guid}", entry.key
        ):
            self.entries.append(entry)

    def name_once(self, number: int, what: str, value: str, shown: str) -> bool:
        """Report a second use of a name; return whether it is the first."""
        first = self.lines.setdefault(value, number)
        if first != number:
            text = f"the lock holds the {what} of {shown!r} twice, first in line {first}"
            self.say(number, "E606", text, "run: admonki ids --merge")
        return first == number

    def check_page(self) -> None:
        """Compare the lines of the page that ends here with what its own line says."""
        if not self.page or not self.is_whole:
            return
        name = self.page.line.split("\t")[1]
        if self.page.line != page_line(unescape(name), self.page.cards):
            cards = f"the cards of {unescape(name)} ({len(self.page.cards)})"
            text = f"the lock is damaged: {cards} do not match its line"
            self.say(self.page.number, "E617", text)

    def finish(self) -> None:
        """Name what is missing as a whole."""
        if self.is_newer:
            return
        wanted = {"version", "project"}
        missing = wanted - self.head.keys()
        if missing:
            self.say(1, "E605", f"the lock has no line {min(missing)!r}")
        elif self.is_whole and self.version != "1":
            self.check_page()
            if not self.is_ended:
                self.say(1, "E617", "the lock was cut short: its last line, `end`, is missing")

    def lock(self) -> Lock:
        version = LOCK_VERSION if self.is_newer else int(self.head.get("version", LOCK_VERSION))
        entries = tuple(sorted(self.entries, key=sort_order))
        types = tuple(self.types[name] for name in sorted(self.types))
        return Lock(version, self.project, types, entries)


_READERS: Final[Mapping[str, Callable[[_Draft, int, str, list[str]], None]]] = {
    "card": _Draft.read_card,
    "gone": _Draft.read_card,
    "page": _Draft.read_page,
    "end": _Draft.read_end,
    "type": _Draft.read_type,
    "version": _Draft.read_version,
    "project": _Draft.read_project,
    "namespace": _Draft.read_namespace,
    "epoch": _Draft.read_epoch,
}
"""First word of a line → what reads it."""
