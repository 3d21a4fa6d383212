"""The exact text of every message that a page or a configuration can provoke.

Run this file to rewrite the golden text: `python -m tests.commands.messages`.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from generator.commands.check import inspect
from generator.commands.session import Session, read_lines
from generator.config import load
from generator.report import to_text

DATA = Path(__file__).resolve().parents[1] / "data"
GOLDEN = DATA / "messages.txt"
PAGES = sorted((DATA / "invalid").glob("*.md"), key=lambda page: (page.name[1:4], page.name))
CONFIGS = sorted((DATA / "invalid-config").iterdir())
_NAMES = {".toml": "admonki.toml", ".yml": "mkdocs.yml"}


def page_messages(page: Path, folder: Path) -> str:
    """Return everything that `admonki check` says about one page.

    Args:
        page: One of `PAGES`.
        folder: An empty folder to work in.
    """
    docs = folder / "docs"
    docs.mkdir()
    shutil.copy(page, docs)
    for other in page.parent.iterdir():
        if other.suffix not in (".md", ".txt"):
            shutil.copy(other, docs)
    config, problems = load({"sources": (docs / page.name,)}, cwd=docs)
    before = Path.cwd()
    os.chdir(docs)
    try:
        found = inspect(Session(config, docs, problems)).found
    finally:
        os.chdir(before)
    return to_text(found, lines=read_lines(found, cwd=docs))


def config_messages(file: Path, folder: Path) -> str:
    """Return everything that is said about one configuration.

    Args:
        file: One of `CONFIGS`.
        folder: An empty folder to work in.
    """
    (folder / "docs").mkdir()
    (folder / ".git").mkdir()
    shutil.copy(file, folder / _NAMES[file.suffix])
    _, found = load(cwd=folder)
    return to_text(found, lines=read_lines(found, cwd=folder))


def all_messages() -> str:
    """Return the messages of all pages and configurations, each below its file's name."""
    return "\n".join(_sections())


def _sections() -> Iterator[str]:
    for file in (*PAGES, *CONFIGS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name).resolve()
            make = page_messages if file.suffix == ".md" else config_messages
            yield f"== {file.name}\n{make(file, folder)}"


if __name__ == "__main__":
    GOLDEN.write_text(all_messages(), encoding="utf-8")
