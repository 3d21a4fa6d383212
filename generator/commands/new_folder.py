"""A new output folder is kept out of git."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def ignored_when_new(folder: Path) -> Iterator[None]:
    """Put a `.gitignore` into a folder that the body creates and fills.

    Its owner may delete the file to keep the packages in git: it is not written again.
    """
    is_new = not folder.exists()
    yield
    if not is_new:
        return
    with suppress(OSError):
        if any(path.is_file() for path in folder.rglob("*")):
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
