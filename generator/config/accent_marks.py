"""Which dialects of other programs a folder's files enable without configuration."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from generator.config.discover import display, walk_up
from generator.config.extensions import Extensions, On, Smarty
from generator.errors import Diagnostic, Location
from generator.files import SETTINGS, read_file
from generator.json_text import parse_json

_MARKS: Final[Mapping[str, tuple[str, ...]]] = {
    ".obsidian": ("obsidian", "callouts"),
    "_quarto.yml": ("quarto",),
    "docusaurus.config.js": ("docusaurus",),
    "docusaurus.config.ts": ("docusaurus",),
    "docusaurus.config.mjs": ("docusaurus",),
    "docusaurus.config.cjs": ("docusaurus",),
    "myst.yml": ("myst",),
    "_toc.yml": ("myst",),
}
_WHOLE: Final = (".obsidian", "_quarto.yml", "myst.yml", "_toc.yml")
"""Marks of folders that are all pages; a Docusaurus site keeps them in `docs`."""
_VAULT: Final = ".obsidian/app.json"
_PLUGINS: Final[Mapping[str, tuple[str, ...]]] = {
    "callouts": ("callouts",),
    "gh-admonitions": ("callouts",),
    "obsidian-support": ("callouts",),
    "obsidian-bridge": ("obsidian",),
    "roamlinks": ("obsidian",),
    "ezlinks": ("obsidian",),
}


def of_folder(extensions: Extensions, folder: Path) -> Extensions:
    """Return the extensions with the accents of the vault or project around a folder.

    Args:
        extensions: What is enabled anyway.
        folder: Absolute; the search goes up to the top of its repository.
    """
    for above in walk_up(folder):
        found = [mark for mark in _MARKS if (above / mark).exists()]
        if not found:
            continue
        extensions = _turn_on(extensions, (name for mark in found for name in _MARKS[mark]))
        if ".obsidian" in found and not _has_strict_line_breaks(above):
            extensions = replace(extensions, nl2br=On())
        if "_quarto.yml" in found:  # Pandoc's `smart` and `bracketed_spans`
            extensions = replace(extensions, smarty=Smarty(), bracketspan=On())
        break
    return extensions


def is_marked(folder: Path) -> bool:
    """Whether a folder is a vault, a book or a website of another program.

    Args:
        folder: Absolute.
    """
    return any((folder / mark).exists() for mark in _WHOLE)


def is_vault(folder: Path) -> bool:
    """Whether a folder is in a vault of Obsidian.

    Args:
        folder: Absolute.
    """
    return any((above / ".obsidian").is_dir() for above in walk_up(folder))


def of_plugins(extensions: Extensions, plugins: Iterable[str]) -> Extensions:
    """Return the extensions with the accents that plugins of MkDocs or Zensical read."""
    return _turn_on(extensions, (name for plugin in plugins for name in _PLUGINS.get(plugin, ())))


def _turn_on(extensions: Extensions, names: Iterable[str]) -> Extensions:
    return replace(extensions, **dict.fromkeys(names, On()))


def check_vault(folder: Path, cwd: Path) -> Iterator[Diagnostic]:
    """Yield E802 for settings of the vault around a folder that are not JSON.

    Args:
        folder: Absolute.
        cwd: Where paths in diagnostics begin.
    """
    for above in walk_up(folder):
        if not (above / ".obsidian").is_dir():
            continue
        try:
            _read_vault(above)
        except json.JSONDecodeError as error:
            place = Location(display(above / _VAULT, cwd), error.lineno, error.colno)
            yield Diagnostic(place, "E802", f"not valid JSON: {error.msg}")
        except (OSError, ValueError):
            pass  # no settings, or none that Obsidian could have written
        return


def _has_strict_line_breaks(vault: Path) -> bool:
    """Whether a vault reads a newline as a space; by default Obsidian breaks the line there."""
    try:
        settings = _read_vault(vault)
    except (OSError, ValueError):
        return False
    return isinstance(settings, dict) and settings.get("strictLineBreaks") is True


def _read_vault(vault: Path) -> object:
    return parse_json(read_file(vault / _VAULT, most=SETTINGS))
