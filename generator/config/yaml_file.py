"""Read `mkdocs.yml`: tags are inspected, never executed; every key keeps its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator.config.document import ConfigDocument, Keys, Place, Unread, read_text
from generator.errors import Diagnostic, Location
from generator.yaml_data import UNFIT, check_size

_STANDARD = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Tagged:
    """A node whose tag would make MkDocs run Python; kept as data.

    Attributes:
        tag: The tag without YAML's own prefix: `python/name:pymdownx.slugs.uslugify`.
        value: What followed the tag.
    """

    tag: str
    value: object

    def __str__(self) -> str:
        return f"!!{self.tag}"


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
        return _compose(text, file, path, environ)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
        reason = error.problem or "syntax"
    except yaml.YAMLError as error:  # a character that YAML forbids
        place, reason = Location(path), str(error).splitlines()[0]
    except ValueError as error:  # `2026-13-45` looks like a date but is invalid
        place, reason = Location(path), str(error)
    except UNFIT:
        place, reason = Location(path), "a value does not fit its tag"
    except RecursionError:
        place, reason = Location(path), "nested too deeply"
    return Unread(Diagnostic(place, "E802", f"not valid YAML: {reason}"))


def _compose(
    text: str, file: Path, path: str, environ: Mapping[str, str]
) -> ConfigDocument | Unread:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None:
        return ConfigDocument(file, path)
    if not isinstance(root, yaml.MappingNode):
        return Unread(
            Diagnostic(Location(path), "E802", "not valid YAML: expected keys at the top level")
        )
    check_size(root)
    reader = _NodeReader(environ)
    data = reader.mapping(root, ())
    return ConfigDocument(file, path, data, reader.places, frozenset(reader.secrets))


class _NodeReader:
    """Turn composed nodes into data."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._scalars = yaml.constructor.SafeConstructor()
        self._resolver = yaml.resolver.Resolver()
        self.places: dict[Keys, Place] = {}
        self.secrets: set[Keys] = set()

    def mapping(self, node: yaml.MappingNode, way: Keys) -> dict[str, object]:
        self._scalars.flatten_mapping(node)
        data: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            self.places[*way, key] = Place(_start(key_node), _start(value_node))
            data[key] = self._value(value_node, (*way, key))
        return data

    def _value(self, node: yaml.Node, way: Keys) -> object:
        if node.tag == "!ENV":
            return self._env(node, way)
        if node.tag.startswith(_STANDARD) and not node.tag.startswith(_STANDARD + "python/"):
            return self._plain(node, way)
        return Tagged(node.tag.removeprefix(_STANDARD), self._plain(node, way))

    def _plain(self, node: yaml.Node, way: Keys) -> object:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, way)
        if isinstance(node, yaml.SequenceNode):
            return [self._item(item, (*way, str(i))) for i, item in enumerate(node.value)]
        if node.tag in self._scalars.yaml_constructors and node.tag.startswith(_STANDARD):
            value: object = self._scalars.construct_object(node)
            return value
        return str(node.value)

    def _item(self, node: yaml.Node, way: Keys) -> object:
        self.places[way] = Place(_start(node), _start(node))
        return self._value(node, way)

    def _env(self, node: yaml.Node, way: Keys) -> object:
        """Read `!ENV NAME` or `!ENV [NAME, OTHER, default]` as pyyaml_env_tag does."""
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        default = None
        if len(nodes) > 1:
            default = self._value(nodes[-1], way)
            nodes = nodes[:-1]
        for name in (str(item.value) for item in nodes):
            if name in self._environ:
                self.secrets.add(way)
                return self._implicit(self._environ[name])
        return default

    def _implicit(self, value: str) -> object:
        tag = self._resolver.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
        if tag not in self._scalars.yaml_constructors:
            return value
        result: object = self._scalars.construct_object(yaml.ScalarNode(tag, value))
        return result


def _start(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
