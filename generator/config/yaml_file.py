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
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
        reason = error.problem or "syntax"
    except yaml.YAMLError as error:  # a character that YAML forbids
        place, reason = Location(path), str(error).splitlines()[0]
    except ValueError as error:  # `2026-13-45` looks like a date but is invalid
        place, reason = Location(path), str(error)
    return Unread(Diagnostic(place, "E802", f"not valid YAML: {reason}"))


def _read(text: str, file: Path, path: str, environ: Mapping[str, str]) -> ConfigDocument | Unread:
    found = read_data(text, environ=environ)
    if found.value is None:
        return ConfigDocument(file, path)
    if not isinstance(found.value, dict):
        message = "not valid YAML: expected keys at the top level"
        return Unread(Diagnostic(Location(path), "E802", message))
    return ConfigDocument(file, path, found.value, found.places, found.secrets)
