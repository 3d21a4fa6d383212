"""Read `mkdocs.yml`."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from generator.config.document import ConfigDocument, Unread, read_text
from generator.config.yaml_data import read_data
from generator.errors import Diagnostic, Location


def read_yaml(file: Path, path: str, environ: Mapping[str, str]) -> ConfigDocument | Unread:
    """Return the data and the places of a YAML file.

    Args:
        file: The file.
        path: How diagnostics name it.
        environ: Where `!ENV` looks.
    """
    text = read_text(file, path)
    if isinstance(text, Unread):
        return text
    try:
        return _read(text, file, path, environ)
    except (yaml.YAMLError, ValueError) as error:
        return Unread(not_yaml(error, path))


def not_yaml(error: yaml.YAMLError | ValueError, path: str) -> Diagnostic:
    """Return E802 for a text that is not YAML, or too large."""
    mark = reason = None
    if isinstance(error, yaml.MarkedYAMLError):
        mark, reason = error.problem_mark or error.context_mark, error.problem
    place = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
    return Diagnostic(place, "E802", f"not valid YAML: {reason or str(error).splitlines()[0]}")


def _read(text: str, file: Path, path: str, environ: Mapping[str, str]) -> ConfigDocument | Unread:
    found = read_data(text, environ=environ)
    if found.value is None:
        return ConfigDocument(file, path)
    if not isinstance(found.value, dict):
        message = "not valid YAML: expected keys at the top level"
        return Unread(Diagnostic(Location(path), "E802", message))
    return ConfigDocument(file, path, found.value, found.places, found.secrets)
