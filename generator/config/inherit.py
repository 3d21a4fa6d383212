"""`INHERIT` of mkdocs.yml: merge a parent file of the project under its child's keys."""

from collections.abc import Mapping
from pathlib import Path

from generator.config.document import ConfigDocument, Keys, Place
from generator.config.yaml_file import read_yaml
from generator.errors import Diagnostic
from generator.files import is_path

_MAX_PARENTS = 20


def read_with_parents(
    file: Path, *, path: str, project: Path, environ: Mapping[str, str]
) -> tuple[ConfigDocument | None, tuple[Diagnostic, ...]]:
    """Return a configuration merged with what it inherits, as MkDocs merges them.

    Args:
        file: `mkdocs.yml`.
        path: How diagnostics name it.
        project: Folder that must contain every parent.
        environ: Where `!ENV` looks.
    """
    document = read_yaml(file, path, environ)
    if isinstance(document, Diagnostic):
        return None, (document,)
    problems: list[Diagnostic] = []
    seen = {file.resolve()}
    current = document
    while "INHERIT" in current.data and len(seen) <= _MAX_PARENTS:
        parent = _parent(current, project, frozenset(seen), environ)
        if isinstance(parent, Diagnostic):
            problems.append(parent)
            break
        seen.add(parent.file)
        document = _merge(document, parent)
        current = parent
    return document, tuple(problems)


def _parent(
    child: ConfigDocument, project: Path, seen: frozenset[Path], environ: Mapping[str, str]
) -> ConfigDocument | Diagnostic:
    name = child.data["INHERIT"]
    if not isinstance(name, str) or not is_path(name):
        return _refuse(child, '"INHERIT" must be a path')
    file = (child.file.parent / name).resolve()
    if not file.is_relative_to(project.resolve()):
        return _refuse(child, f'"INHERIT: {name}" leaves the project')
    if file in seen:
        return _refuse(child, f'"INHERIT: {name}" is circular')
    if not file.is_file():
        return _refuse(child, f'"INHERIT: {name}" does not exist')
    folder = child.path.rpartition("/")[0]
    return read_yaml(file, f"{folder}/{name}" if folder else name, environ)


def _refuse(child: ConfigDocument, message: str) -> Diagnostic:
    hint = "a parent configuration must be a file inside the repository"
    return Diagnostic(child.at_value("INHERIT"), "E806", message, hint)


def _merge(child: ConfigDocument, parent: ConfigDocument) -> ConfigDocument:
    data = _merged(child.data, parent.data)
    # the parent's places are in another file: a key of the parent points at INHERIT
    place = child.places.get(("INHERIT",), Place((1, 1), (1, 1)))
    places: dict[Keys, Place] = dict.fromkeys(parent.places, place)
    secrets = child.secrets | {way for way in parent.secrets if way not in child.places}
    inherited = (*child.inherited, parent.file)
    places |= child.places
    return ConfigDocument(child.file, child.path, data, places, secrets, inherited)


def _merged(child: Mapping[str, object], parent: Mapping[str, object]) -> dict[str, object]:
    """Merge mappings key by key; lists and scalars of the child replace the parent's."""
    result = dict(parent)
    for key, value in child.items():
        above = result.get(key)
        both = isinstance(value, dict) and isinstance(above, dict)
        result[key] = _merged(value, above) if both else value  # type: ignore[arg-type]
    return result
