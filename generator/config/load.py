"""Merge the layers of the configuration: options, own file, site, defaults."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from generator.config.accent_marks import check_vault, is_marked, of_folder
from generator.config.discover import Found, discover, display, own_file
from generator.config.document import Keys
from generator.config.folders import cache_folder, lock_path
from generator.config.schema import Layer, read_layer
from generator.config.settings import OPTION, Config, Origin, Site
from generator.errors import Diagnostic, Location
from generator.files import STYLE, read_file

_EMPTY = Layer({}, {})
_NO_DOCS = "if the site's build creates it, build the site; or name the pages: admonki build FOLDER"
_PATHS = ("sources", "docs_dir", "output", "lock", "css")
_USUAL_FOLDERS = ("source", "docs")


def load(
    options: Mapping[str, object] | None = None,
    *,
    cwd: Path,
    environ: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> tuple[Config, tuple[Diagnostic, ...]]:
    """Return the configuration in force, and what is wrong with it.

    Args:
        options: Typed values by field name, as the command line gives them; None = not given.
            Relative paths are relative to `cwd`.
        cwd: Working directory: the search for files starts here.
        environ: Environment for `!ENV` of mkdocs.yml; nothing else is read from it.
        file: The configuration file to use instead of searching.

    Returns:
        The configuration, usable even when something is wrong, with absolute paths; and the
        diagnostics, sorted.
    """
    cwd = cwd.resolve()
    given = _options_layer(options or {}, cwd)
    found = _discover(cwd, given.values.get("sources")) if file is None else _given(cwd / file)
    own, table, problems = _own_layer(found, cwd)
    values = {**own.values, **given.values}
    site = _EMPTY
    if found.site is not None:
        site, site_problems = _site_layer(found, values, cwd, environ or {})
        problems += site_problems
    config = _assemble([given, own, site], found, table, cwd)
    problems += tuple(check_vault((config.home or cwd).resolve(), cwd))
    classes = _classes(config.css)
    config = replace(config, cache_dir=cache_folder(environ or {}), classes=classes)
    return config, tuple(sorted(set(problems)))


def _classes(sheets: Iterable[Path]) -> frozenset[str]:
    """Collect the classes of the site's style sheets; the build reports one it cannot read."""
    found: frozenset[str] = frozenset()
    for sheet in sheets:
        from generator.markup.classes import classes_in  # most sites have none

        with suppress(OSError, UnicodeDecodeError):
            found |= classes_in(read_file(sheet, most=STYLE).decode("utf-8-sig"))
    return found


def _discover(cwd: Path, sources: object) -> Found:
    """Find the files around the working directory, or around sources outside of it.

    `admonki build ../other/notes` is about that project: it must not change this one's lock.
    """
    found = discover(cwd)
    file = found.own or found.site
    if file is None or not isinstance(sources, tuple) or not sources:
        return found
    if any(source.resolve().is_relative_to(file.parent) for source in sources):
        return found
    return discover(_common_folder(sources, cwd))


def _given(file: Path) -> Found:
    is_site = file.name.startswith(("mkdocs", "zensical")) or file.suffix in (".yml", ".yaml")
    around = discover(file.parent)
    if is_site:
        return Found(own_file(file.parent), file, around.project)
    return Found(file, around.site, around.project)


def _own_layer(found: Found, cwd: Path) -> tuple[Layer, Keys | None, tuple[Diagnostic, ...]]:
    """Return the layer of admonki's own file and the table it is in, or None."""
    if found.own is None:
        return _EMPTY, None, ()
    from generator.config.toml_file import read_toml  # many projects have only a mkdocs.yml

    document = read_toml(found.own, display(found.own, cwd))
    if isinstance(document, Diagnostic):
        return _EMPTY, (), (document,)
    table = ("tool", "admonki") if found.own.name == "pyproject.toml" else ()
    if document.table(*table) is None:
        return _EMPTY, None, ()
    layer, problems = read_layer(document, table, found.own.parent)
    return layer, table, problems


def _options_layer(options: Mapping[str, object], cwd: Path) -> Layer:
    values = {
        name: _absolute(value, cwd) if name in _PATHS else value
        for name, value in options.items()
        if value is not None and value != ()
    }
    return Layer(values, dict.fromkeys(values, OPTION))


def _absolute(value: object, cwd: Path) -> object:
    if isinstance(value, tuple | list):
        return tuple(cwd / item for item in value)
    return cwd / value if isinstance(value, Path | str) else value


def _site_layer(
    found: Found, values: Mapping[str, object], cwd: Path, environ: Mapping[str, str]
) -> tuple[Layer, tuple[Diagnostic, ...]]:
    """Return the site's layer, empty when the pages of this build are not the site's."""
    from generator.config.site import read_site  # importing PyYAML takes 20 ms: only for sites
    from generator.config.site_macros import read_macros

    assert found.site is not None  # noqa: S101 - the caller has looked
    path = display(found.site, cwd)
    settings, problems = read_site(found.site, path=path, project=found.project, environ=environ)
    sources = values.get("sources")
    if settings is None:
        return _EMPTY, problems
    if not _is_of_site(sources, settings.docs_dir):
        return _EMPTY, ()
    place = Origin(path)
    layered: dict[str, object] = {"docs_dir": settings.docs_dir, "site": settings.site}
    if sources is None:
        layered["sources"] = (settings.docs_dir,)
        if not settings.docs_dir.is_dir():
            message = f"the site's docs_dir does not exist: {display(settings.docs_dir, cwd)}"
            problems += (Diagnostic(Location(path), "E807", message, _NO_DOCS),)
    macros = read_macros(settings.site.scripts.values())
    if macros:
        layered["macros"] = macros
    origins = dict.fromkeys(layered, place) | dict(settings.origins)
    return Layer(layered | dict(settings.values), origins), problems


def _is_of_site(sources: object, docs_dir: Path) -> bool:
    """Whether pages are in the site's folder, or contain it."""
    if not isinstance(sources, tuple):
        return True
    resolved = [source.resolve() for source in sources]
    return any(item.is_relative_to(docs_dir) or docs_dir.is_relative_to(item) for item in resolved)


def _assemble(layers: list[Layer], found: Found, table: Keys | None, cwd: Path) -> Config:
    values: dict[str, object] = {}
    origins: dict[str, Origin] = {}
    for layer in reversed(layers):
        below = values.get("macros", {})
        values |= layer.values
        if "macros" in layer.values:  # they join those of the site
            values["macros"] = {**_macros(below), **_macros(layer.values["macros"])}
        origins |= layer.origins
    own = found.own if table is not None else None
    file = own or (found.site if "site" in values else None)
    if "sources" not in values:
        values["sources"] = _usual_sources(file.parent if file else cwd)
    if file:
        root, home = file.parent, _home(layers[1:], file.parent, cwd)
    else:
        root = home = _folder_with_lock(_common_folder(values["sources"], cwd), cwd)
    values.setdefault("output", (file.parent if file else cwd) / "build")
    values |= {"root": root, "home": home, "path": own}
    values["site"] = _with_accents(values.get("site"), home)
    origins = {name: origins.get(name, Origin()) for name in Config.__struct_fields__}
    return Config(**{**values, "origins": origins})  # type: ignore[arg-type]


def _with_accents(site: object, folder: Path) -> Site:
    """Return the site, with the accents that the vault or project around its pages turns on."""
    known = site if isinstance(site, Site) else Site()
    return replace(known, extensions=of_folder(known.extensions, folder.resolve()))


def _home(layers: list[Layer], root: Path, cwd: Path) -> Path:
    """Return the folder of the project's pages, whatever the command line names."""
    for layer in layers:
        if "sources" in layer.values:
            return _common_folder(layer.values["sources"], cwd)
    return _common_folder(_usual_sources(root), root)


def _folder_with_lock(folder: Path, cwd: Path) -> Path:
    """Return the folder above, up to the working directory, that an earlier build has locked.

    `admonki build source/ml/basics.md` belongs to the project that `admonki build source` began.
    """
    base = cwd.resolve()
    for candidate in (folder, *folder.parents):
        if not candidate.is_relative_to(base):
            break
        if lock_path(candidate).is_file():
            return candidate
    return folder


def _macros(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _usual_sources(folder: Path) -> tuple[Path, ...]:
    """Return the folder that holds the pages: the usual one, or a whole vault, book or website."""
    if is_marked(folder):
        return (folder,)
    return tuple(folder / name for name in _USUAL_FOLDERS if (folder / name).is_dir())[:1]


def _common_folder(sources: object, cwd: Path) -> Path:
    """Return the folder that holds the sources of a build without a configuration file."""
    if not isinstance(sources, tuple) or not sources:
        return cwd
    folders = [item if item.is_dir() else item.parent for item in sources]
    try:
        return Path(os.path.commonpath([folder.resolve() for folder in folders]))
    except ValueError:  # on two drives of Windows
        return cwd
