"""Write the preview's folder: every file atomically, old ones removed."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from generator.errors import AdmonkiError
from generator.files import LOCK, MEDIA, read_file, replace_file
from generator.json_text import parse_json

_RECORD = "preview-files.json"


def write_folder(
    folder: Path,
    texts: Mapping[str, Callable[[], str]],
    *,
    data: Mapping[str, bytes],
    copies: Mapping[str, str],
) -> Path:
    """Write the preview and remove what an earlier one left; return its first page.

    Args:
        folder: Where to; it is made when it is missing.
        texts: Name → what makes the text; "index.html" is the first page.
        data: Name → bytes.
        copies: Name → file to copy.

    Raises:
        AdmonkiError: E711 when the folder cannot be written.
    """
    names = {*texts, *data, *copies}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stale = _recorded(folder) - names
        _write(folder / _RECORD, json.dumps(sorted(names | stale)).encode())
        for name, source in copies.items():
            if not (folder / name).is_file():  # names hold a hash of the content
                _write(folder / name, read_file(Path(source), most=MEDIA))
        for name, content in data.items():
            _write(folder / name, content)
        for name in sorted(texts, key="index.html".__eq__):  # after the pages that it links to
            _write(folder / name, texts[name]().encode("utf-8", "replace"))
        for name in stale:
            (folder / name).unlink(missing_ok=True)
        _write(folder / _RECORD, json.dumps(sorted(names)).encode())
    except OSError as error:
        message = f"the preview cannot be written: {error.strerror or error}"
        raise AdmonkiError.at(folder, "E711", message) from error
    return folder / "index.html"


def _write(target: Path, content: bytes) -> None:
    replace_file(target, content, follows_link=False)


def _recorded(folder: Path) -> set[str]:
    try:
        names = parse_json(read_file(folder / _RECORD, most=LOCK))
    except (OSError, ValueError):
        return set()
    listed = names if isinstance(names, list) else []
    return {name for name in listed if isinstance(name, str) and _is_flat(name)}


def _is_flat(name: str) -> bool:
    return Path(name).name == name and name not in ("", ".", "..")
