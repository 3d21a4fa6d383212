"""A new output folder is kept out of git."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def ignored_when_new(folder: Path) -> Iterator[None]:
    """Put a `.gitignore` into a folder that the body creates.

    Its owner may delete the file to keep the packages in git: it is not written again.

    Args:
        folder: The output folder.
    """
    is_new = not folder.exists()
    yield
    if is_new and folder.is_dir():
        with suppress(OSError):
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
