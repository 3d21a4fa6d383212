"""YAML as plain data of a bounded size: tags are kept, never executed; every key has its place.

Aliases make gigabytes of a few lines, and PyYAML raises whatever its constructors happen to raise
on a value that does not fit its tag (`!!bool x`). So nodes are counted before data is made of
them, and every problem is a `yaml.YAMLError` or a `ValueError`.
"""

from collections.abc import Mapping
from typing import Final

import yaml
from msgspec import Struct, field

from generator.config.document import Keys, Place

MOST_VALUES: Final = 200_000
"""Values of a file by default, with aliases expanded."""

_MOST_OF_A_PAGE: Final = 10_000
_LONGEST_OF_A_PAGE: Final = 32_000
_UNFIT: Final = (LookupError, AttributeError, TypeError, ArithmeticError)
"""What PyYAML raises for a value that does not fit its tag, besides `ValueError`."""

_STANDARD: Final = "tag:yaml.org,2002:"
_LONGEST_NUMBER: Final = 40


class Tagged(Struct, frozen=True):
    """A node whose tag would make MkDocs run Python; kept as data.

    Attributes:
        tag: The tag without YAML's own prefix: `python/name:pymdownx.slugs.uslugify`.
        value: What followed the tag.
    """

    tag: str
    value: object

    def __str__(self) -> str:
        return f"!!{self.tag}"


class YamlData(Struct, frozen=True):
    """What a text says.

    Attributes:
        value: Mappings, lists and scalars; None for an empty text.
        places: Where each key and each item of a list is.
        secrets: Ways whose value came from the environment.
    """

    value: object
    places: Mapping[Keys, Place] = field(default_factory=dict)
    secrets: frozenset[Keys] = frozenset()


def read_data(
    text: str, *, environ: Mapping[str, str] | None = None, most: int = MOST_VALUES
) -> YamlData:
    """Read a text.

    Args:
        text: YAML.
        environ: Where `!ENV` looks; None when it and tags of Python are errors.
        most: Values that the text may hold, with aliases expanded.

    Raises:
        yaml.YAMLError: When it is not YAML.
        ValueError: When it is too large or nested too deeply, or a value does not fit its tag.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        if root is None:
            return YamlData(None)
        if _count(root, most, {}) > most:
            raise ValueError(f"with its aliases expanded it has more than {most:,} values")
        reader = _NodeReader(environ)
        value = reader.value(root, ())
    except _UNFIT as problem:
        raise ValueError("a value does not fit its tag") from problem
    except RecursionError as problem:
        raise ValueError("it is nested too deeply") from problem
    return YamlData(value, reader.places, frozenset(reader.secrets))


def _count(node: yaml.Node, most: int, known: dict[int, int]) -> int:
    """Return how many values a node holds with its aliases expanded; at most one too many."""
    if isinstance(node, yaml.ScalarNode):
        return 1
    if id(node) not in known:
        known[id(node)] = most + 1  # a node that contains itself is endless
        is_mapping = isinstance(node, yaml.MappingNode)
        parts = [part for item in node.value for part in (item if is_mapping else (item,))]
        known[id(node)] = min(1 + sum(_count(part, most, known) for part in parts), most + 1)
    return known[id(node)]


def read_settings(text: str) -> YamlData:
    """Read the settings of one page or folder, as `read_data` does; they are short."""
    if len(text) > _LONGEST_OF_A_PAGE:
        raise ValueError(f"it is longer than {_LONGEST_OF_A_PAGE:,} characters")
    return read_data(text, most=_MOST_OF_A_PAGE)


def read_mapping(text: str) -> Mapping[str, object]:
    """Return the mapping that a file of settings holds; empty if it is something else."""
    try:
        value = read_settings(text).value
    except (yaml.YAMLError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


class _NodeReader:
    """Turns composed nodes into data."""

    def __init__(self, environ: Mapping[str, str] | None) -> None:
        self._environ = environ
        self._scalars = yaml.constructor.SafeConstructor()
        self._resolver = yaml.resolver.Resolver()
        self.places: dict[Keys, Place] = {}
        self.secrets: set[Keys] = set()

    def value(self, node: yaml.Node, way: Keys) -> object:
        """Return the data of a node."""
        if node.tag.startswith(_STANDARD) and not node.tag.startswith(_STANDARD + "python/"):
            return self._plain(node, way)
        if self._environ is None:
            raise yaml.MarkedYAMLError(
                problem=f"unknown tag {node.tag}", problem_mark=node.start_mark
            )
        if node.tag == "!ENV":
            return self._env(node, way, self._environ)
        return Tagged(node.tag.removeprefix(_STANDARD), self._plain(node, way))

    def _mapping(self, node: yaml.MappingNode, way: Keys) -> dict[str, object]:
        self._scalars.flatten_mapping(node)
        data: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            self.places[*way, key] = Place(_start(key_node), _start(value_node))
            data[key] = self.value(value_node, (*way, key))
        return data

    def _plain(self, node: yaml.Node, way: Keys) -> object:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, way)
        if isinstance(node, yaml.SequenceNode):
            return [self._item(item, (*way, str(i))) for i, item in enumerate(node.value)]
        is_long = node.tag == f"{_STANDARD}int" and len(node.value) > _LONGEST_NUMBER
        if node.tag in self._scalars.yaml_constructors and not is_long:
            return self._scalar(node)
        return str(node.value)  # among them long numbers: Python refuses to write them

    def _scalar(self, node: yaml.Node) -> object:
        """Return what a scalar means; a value that does not fit its tag has a place, too."""
        try:
            value: object = self._scalars.construct_object(node)
        except ValueError as problem:
            raise yaml.MarkedYAMLError(
                problem=str(problem), problem_mark=node.start_mark
            ) from problem
        return value

    def _item(self, node: yaml.Node, way: Keys) -> object:
        self.places[way] = Place(_start(node), _start(node))
        return self.value(node, way)

    def _env(self, node: yaml.Node, way: Keys, environ: Mapping[str, str]) -> object:
        """Read `!ENV NAME` or `!ENV [NAME, OTHER, default]` as pyyaml_env_tag does."""
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        default = None
        if len(nodes) > 1:
            default = self.value(nodes[-1], way)
            nodes = nodes[:-1]
        for name in (str(item.value) for item in nodes):
            if name in environ:
                self.secrets.add(way)
                return self._implicit(environ[name])
        return default

    def _implicit(self, value: str) -> object:
        tag = self._resolver.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
        if tag not in self._scalars.yaml_constructors:
            return value
        result: object = self._scalars.construct_object(yaml.ScalarNode(tag, value))
        return result


def _start(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
