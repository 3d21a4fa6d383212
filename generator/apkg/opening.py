"""The one way into a package or a collection, whoever made it.

An entry is unpacked piece by piece into a temporary file, up to an allowance that grows with the
size of the file, and SQLite reads it from there. What comes out of the database is weighed row
by row, so that neither bombs nor pages that a forged tree names a thousand times fill the memory.
"""

import os
import sqlite3
import struct
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from msgspec import Struct

from generator.files import MEGA, PACKAGE, open_file

NEW: Final = "collection.anki21b"
"""The collection in the layout that only newer versions of Anki read: zstd, schema 18."""
LEGACY: Final = ("collection.anki21", "collection.anki2")
"""Collections in the legacy layout, the better one first; both hold the same tables."""
DATABASE: Final = 1 << 30
"""The most bytes of a database."""
TROUBLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    sqlite3.Error,
    OSError,
    EOFError,
    NotImplementedError,  # a compression method or encryption that zipfile does not know
    RuntimeError,  # an encrypted entry
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
    MemoryError,
    OverflowError,
)
"""What zipfile, sqlite3 and a reading of strange data may raise."""

Value: TypeAlias = str | int | float | bytes | None
_PIECE: Final = MEGA
_MOST_ENTRIES: Final = 100_000
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # those that Anki writes
_FLOOR: Final = 64 * MEGA
_UNPACKED: Final = 30  # bytes per byte of the file; honest databases deflate by 3 to 15
_HELD: Final = 16  # bytes of memory per byte of the file
_ROW: Final = 200  # bytes of a row beside its values
_FIELD: Final = 60  # bytes of a short text
_TAG: Final = 30  # bytes of memory per character of the tags
_LONGEST_VALUE: Final = 8 * MEGA  # note types and decks of a collection in one value of JSON
_LONGEST_FIELDS: Final = 4 * MEGA  # characters of one note's fields
_LONGEST_SQL: Final = 20_000  # characters; Anki's longest statement has 700
_STEPS: Final = 1_000  # SQLite's instructions between two looks
_SCHEMA_LOOKS: Final = 100  # for some thousand tables
_LOOKS: Final = 300_000  # a collection with five million reviews takes a third
_ORDINARY: Final = "CREATE TABLE "  # SQLite stores it in these letters


class ContentError(ValueError):
    """A package holds what it must not; the text says what, without quoting from it."""


def reason_of(problem: BaseException) -> str:
    """Say why a file could not be read, in words that quote nothing of it.

    Args:
        problem: One of `TROUBLE`.
    """
    match problem:
        case ContentError():
            return str(problem)
        case OSError():
            return problem.strerror or "the system refuses"
        case zipfile.BadZipFile() | zlib.error() | EOFError() | struct.error():
            return "it is not a zip file, or a damaged one"
        case sqlite3.Error():
            return "its database is damaged, or takes too long to read"
        case MemoryError():
            return "out of memory"
        case NotImplementedError() | RuntimeError():
            return "it is encrypted, or packed in a way that Anki does not use"
        case _:
            return "its content is not what Anki writes"


@contextmanager
def open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a package.

    Args:
        path: The file.

    Yields:
        The zip; its entries are not more than an honest package unpacks to.

    Raises:
        One of `TROUBLE`, `ContentError` for what is too large among them.
    """
    with open_file(path, most=PACKAGE) as file, zipfile.ZipFile(file) as package:
        _check_entries(package.infolist(), _size(file))
        yield package


def _check_entries(entries: Sequence[zipfile.ZipInfo], size: int) -> None:
    if len(entries) > _MOST_ENTRIES or len({e.filename for e in entries}) != len(entries):
        raise ContentError(f"it has {len(entries)} entries, too many or some twice")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > _FLOOR + _UNPACKED * size:
        raise ContentError(f"it unpacks to {unpacked} bytes, which is too much")
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise ContentError("it is packed in a way that Anki does not use")


def _size(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size


def is_zip(path: Path) -> bool:
    """Whether a file is a package rather than a database.

    Args:
        path: The file.

    Raises:
        OSError: When it cannot be read.
    """
    with open_file(path, most=PACKAGE) as file:
        return zipfile.is_zipfile(file)


class Guarded(Struct):
    """A database that may be hostile, and how much may still be read from it.

    Attributes:
        database: The connection; queries are run by `rows` alone.
        allowance: Bytes of memory that its values may still take.
        tables: Names of its tables.
    """

    database: sqlite3.Connection
    allowance: int
    tables: frozenset[str] = frozenset()

    def rows(self, table: str, *columns: str) -> Iterator[tuple[Value, ...]]:
        """Read columns of a table, in the order of its rows.

        Raises:
            ContentError: When a row is too long, or all together are.
            sqlite3.Error: For a damaged database.
        """
        query = f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 - names of our own
        for row in self.database.execute(query):
            self._spend(_ROW + sum(map(sys.getsizeof, row)))
            yield row

    def parts(self, fields: Value, tags: Value) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Split the fields and the tags of a note.

        Raises:
            ContentError: When they are too long, or take too much memory.
            TypeError: When they are not text.
        """
        if not isinstance(fields, str) or not isinstance(tags, str):
            raise TypeError("fields are not text")
        if len(fields) > _LONGEST_FIELDS:
            raise ContentError("a note in it is longer than 4 MB")
        self._spend(_TAG * len(tags) + _FIELD * fields.count("\x1f"))
        return tuple(fields.split("\x1f")), tuple(tags.split())

    def _spend(self, size: int) -> None:
        self.allowance -= size
        if self.allowance < 0:
            raise ContentError("it holds more data than a package of its size can")


def whole(value: Value) -> int:
    """Return a value that must be a whole number, else raise TypeError."""
    if not isinstance(value, int):
        raise TypeError("a value that is not a number")
    return value


@contextmanager
def open_database(path: Path, *, size: int, is_live: bool = False) -> Iterator[Guarded]:
    """Open a database that may be hostile, for reading.

    Args:
        path: The file.
        size: Bytes of the file that it came from.
        is_live: Whether another program may be writing to it; its write-ahead log is read, too.

    Yields:
        The database, whose tables are ordinary ones with plain columns.

    Raises:
        ContentError: For other tables or columns.
        sqlite3.Error: For a damaged database.
    """
    address = f"{path.resolve().as_uri()}?mode=ro{'' if is_live else '&immutable=1'}"
    with closing(sqlite3.connect(address, uri=True)) as database:
        looks = iter(range(_LOOKS))
        used = iter(range(_SCHEMA_LOOKS))
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        database.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _LONGEST_SQL)
        database.create_collation("unicase", _compare)
        database.set_progress_handler(lambda: next(used, None) is None, _STEPS)
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA cell_size_check = ON")
        tables = _ordinary_tables(database)
        database.set_progress_handler(lambda: next(looks, None) is None, _STEPS)
        yield Guarded(database, _FLOOR // 2 + _HELD * size, tables)


def _compare(one: str, other: str) -> int:
    one, other = one.casefold(), other.casefold()
    return (one > other) - (one < other)


_TABLES: Final = ("col", "notes", "cards", "revlog", "notetypes", "fields", "decks")


def _ordinary_tables(database: sqlite3.Connection) -> frozenset[str]:
    """Names of the tables that we read, if any; views, virtual tables and the like are refused.

    A column that is computed may be as large and take as long as its author liked.
    """
    found: set[str] = set()
    names = ", ".join(f"'{name}'" for name in _TABLES)
    query = (
        f"SELECT type, lower(name), rootpage, sql FROM sqlite_master WHERE lower(name) IN ({names})"  # noqa: S608 - names of our own
    )
    for kind, name, root, sql in database.execute(query):
        if kind != "table" or not root or not str(sql).startswith(_ORDINARY):
            raise ContentError("it has views or virtual tables")
        columns = database.execute(f"PRAGMA table_xinfo({name})").fetchall()
        if any(hidden for *_, hidden in columns):
            raise ContentError("its tables have computed columns")
        found.add(name)
    if not found >= {"col", "notes", "cards"}:
        raise ContentError("it lacks Anki's tables")
    return frozenset(found)


@contextmanager
def unpacked(path: Path, pieces: Iterable[bytes]) -> Iterator[Guarded]:
    """Open the database of a package.

    Yields:
        As `open_database`.

    Raises:
        As `open_database`; OSError when the disk is full.
    """
    size = path.stat().st_size
    most = min(DATABASE, _FLOOR + _UNPACKED * size)
    with tempfile.TemporaryDirectory(prefix="admonki-", ignore_cleanup_errors=True) as folder:
        place = Path(folder) / "collection.db"
        with place.open("wb") as file:
            for piece in pieces:
                most -= len(piece)
                if most < 0:
                    raise ContentError("its collection unpacks to too much")
                file.write(piece)
        if not place.stat().st_size:
            raise ContentError("its collection is empty")
        with open_database(place, size=size) as guarded:
            yield guarded


def pieces_of(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Unpack an entry piece by piece, to its end, where its checksum is checked."""
    with package.open(name) as stream:
        while piece := stream.read(_PIECE):
            yield piece


def is_flat(name: str) -> bool:
    """Whether a name is allowed in Anki's media folder: no path, no control characters."""
    return bool(name.strip(". ")) and not any(c in '/\\:*?"<>|' or ord(c) < 32 for c in name)
