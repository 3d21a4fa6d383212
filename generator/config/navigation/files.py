"""What is wrong with the files in which folders set their navigation: `.nav.yml`, `.pages`."""

import posixpath
from collections.abc import Iterator

import yaml

from generator.config.navigation.expressions import compile_expression
from generator.config.navigation.tree import Docs
from generator.config.plugins import Plugins
from generator.config.schema import describe_type
from generator.config.yaml_data import YamlData, read_settings
from generator.config.yaml_file import not_yaml
from generator.errors import Diagnostic, Location

_FILES = {"awesome-nav": ".nav.yml", "awesome-pages": ".pages"}


def check_files(docs: Docs, plugins: Plugins, shown: str) -> Iterator[Diagnostic]:
    """Yield E802, E804 and E805 for each file that its plugin would refuse.

    Args:
        docs: The site's pages.
        plugins: Of the site, name → options.
        shown: How diagnostics name the docs folder.
    """
    for plugin in _FILES.keys() & plugins.keys():
        name = str(plugins[plugin].get("filename") or _FILES[plugin])
        for folder in sorted(docs.folders()):
            path = posixpath.join(folder, name)
            text = docs.read(path)
            if text is not None:
                yield from _check(text, posixpath.join(shown, path))


def _check(text: str, path: str) -> Iterator[Diagnostic]:
    try:
        found = read_settings(text)
    except (yaml.YAMLError, ValueError) as error:
        yield not_yaml(error, path)
        return
    value = found.value
    if not isinstance(value, dict | None):
        message = f"the navigation must be a table, not {describe_type(value)}"
        yield Diagnostic(Location(path, 1, 1), "E804", message)
    elif value:
        yield from _check_keys(value, found, path)


def _check_keys(data: dict[str, object], found: YamlData, path: str) -> Iterator[Diagnostic]:
    for key in ("nav", "arrange", "ignore"):
        value = data.get(key)
        is_text = key == "ignore" and isinstance(value, str)
        if not (isinstance(value, list | None) or is_text):
            place = Location(path, *found.places[key,].value)
            message = f'"{key}" must be a list, not {describe_type(value)}'
            yield Diagnostic(place, "E804", message)
        elif key == "nav":
            yield from _check_expressions(value or [], found, path)


def _check_expressions(nav: object, found: YamlData, path: str) -> Iterator[Diagnostic]:
    for index, item in enumerate(nav if isinstance(nav, list) else []):
        _, sign, expression = str(item).partition("| regex=")
        if sign and compile_expression(expression) is None:
            place = Location(path, *found.places["nav", str(index)].value)
            message = f"{expression!r} is invalid, or may take too long to search"
            hint = "at most three of * + { }, and none after a group"
            yield Diagnostic(place, "E805", message, hint)
