"""Read `mkdocs.yml`."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from generator.config.document import ConfigDocument, read_text
from generator.config.yaml_data import read_data
from generator.errors import Diagnostic, Location


def read_yaml(file: Path, path: str, environ: Mapping[str, str]) -> ConfigDocument | Diagnostic:
    """Return the data and the places of a YAML file.

    Args:
        file: The file.
        path: How diagnostics name it.
        environ: Where `!ENV` looks.
    """
    text = read_text(file, path)
    if isinstance(text, Diagnostic):
        return text
    try:
        found = read_data(text, environ=environ)
    except (yaml.YAMLError, ValueError) as error:
        return not_yaml(error, path)
    if not isinstance(found.value, dict | None):
        message = "not valid YAML: expected keys at the top level"
        return Diagnostic(Location(path), "E802", message)
    return ConfigDocument(file, path, found.value or {}, found.places, found.secrets)


def not_yaml(error: yaml.YAMLError | ValueError, path: str) -> Diagnostic:
    """Return E802 for a text that is not YAML, or too large."""
    mark = reason = None
    if isinstance(error, yaml.MarkedYAMLError):
        mark, reason = error.problem_mark or error.context_mark, error.problem
    place = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
    return Diagnostic(place, "E802", f"not valid YAML: {reason or str(error).splitlines()[0]}")
