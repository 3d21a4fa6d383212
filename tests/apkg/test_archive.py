"""A package is a zip like any other, and the same bytes each time."""

import io
import zipfile
from pathlib import Path

import pytest

from generator.apkg.archive import entries_of, make_archive
from generator.apkg.fingerprint import Counts, find_current, make_comment

_COMMENT = make_comment("0" * 32, Counts(1, 1, 1, 2))
_COLLECTION = b"words that come again " * 1000
_MEDIA = [("a.svg", b"<svg/>" * 100), ("b.png", b"\x89PNG" * 100)]


def test_what_went_in_comes_out() -> None:
    data = make_archive(_COLLECTION, _MEDIA, comment=_COMMENT)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        found = [(name, package.read(name)) for name in package.namelist()]
        assert found == list(entries_of(_COLLECTION, _MEDIA))
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_is_compressed_already_is_stored() -> None:
    data = make_archive(_COLLECTION, _MEDIA, comment=_COMMENT)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        methods = [entry.compress_type for entry in package.infolist()]
    deflated, stored = zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED
    assert methods == [deflated, deflated, deflated, stored]


@pytest.mark.parametrize("cut", [0, 1])
def test_the_seal_tells_whole_from_damaged(tmp_path: Path, cut: int) -> None:
    data = make_archive(_COLLECTION, _MEDIA, comment=_COMMENT)
    path = tmp_path / "a.apkg"
    path.write_bytes(data[:99] + data[99 + cut :])
    assert (find_current(path, "0" * 32) is None) is bool(cut)
