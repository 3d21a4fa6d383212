"""A zip whose large entry is deflated in pieces is a zip like any other."""

import io
import random
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from generator.apkg import archive
from generator.apkg.archive import COLLECTION, make_archive
from generator.apkg.fingerprint import Counts, make_comment

_COMMENT = make_comment("0" * 32, Counts(1, 1, 1, 0))
_PIECE = 100_000


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_PIECE", _PIECE)


def text_of(length: int) -> bytes:
    """Words that come again now and then."""
    rng = random.Random(length)
    words = [rng.randbytes(6).hex().encode() for _ in range(50)]
    return b" ".join(rng.choices(words, k=length // 13 + 1))[:length]


def make(data: bytes, *, threads: int = 2) -> bytes:
    with ThreadPoolExecutor(threads) as pool:
        return make_archive(collection=data, media=[], comment=_COMMENT, share=pool.map)


@pytest.mark.parametrize("length", [1, _PIECE - 1, _PIECE, _PIECE + 1, 5 * _PIECE + 7])
def test_what_went_in_comes_out(length: int) -> None:
    data = text_of(length)
    with zipfile.ZipFile(io.BytesIO(make(data))) as package:
        assert package.testzip() is None
        assert package.read(COLLECTION) == data
        entry = package.getinfo(COLLECTION)
        assert (entry.file_size, entry.CRC) == (length, zlib.crc32(data))
        assert entry.compress_type == zipfile.ZIP_DEFLATED


def test_the_bytes_do_not_depend_on_threads() -> None:
    data = text_of(10 * _PIECE)
    assert make(data, threads=1) == make(data, threads=7)


def test_pieces_know_what_stands_before_them() -> None:
    data = text_of(10 * _PIECE)
    assert len(make(data)) < 1.01 * len(zlib.compress(data, 3))


def test_more_than_a_plain_zip_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 2 * _PIECE)
    data = text_of(3 * _PIECE)
    with zipfile.ZipFile(io.BytesIO(make(data))) as package:
        assert package.read(COLLECTION) == data
        assert package.getinfo(COLLECTION).extract_version == zipfile.ZIP64_VERSION
