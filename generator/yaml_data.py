"""YAML that anybody wrote, as data of a bounded size.

Aliases make gigabytes of a few lines, and PyYAML raises whatever its constructors happen to raise
on a value that does not fit its tag (`!!bool x`). So nodes are counted before data is made of
them, and every problem is a `yaml.YAMLError` or a `ValueError`.
"""

from collections.abc import Mapping
from typing import Final, TypeAlias

import yaml

LONGEST: Final = 200_000
"""Characters of a file by default."""
MOST_VALUES: Final = 200_000
"""Values of a file by default, with its aliases written out."""
UNFIT: Final = (LookupError, AttributeError, TypeError, ArithmeticError)
"""What PyYAML raises for a value that does not fit its tag, beside `ValueError`."""
Places: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""Line and column of a key, and of its value."""

_DEEPEST: Final = 3  # settings are not nested deeper
_LONGEST_NUMBER: Final = 40
_INTEGER, _TEXT = "tag:yaml.org,2002:int", "tag:yaml.org,2002:str"


def load_yaml(text: str, *, longest: int = LONGEST, most: int = MOST_VALUES) -> object:
    """Read YAML as plain data.

    Args:
        text: A document.
        longest: Characters that it may have.
        most: Values that it may have, with its aliases written out.

    Returns:
        Dictionaries, lists, texts, numbers, dates; None for an empty document.

    Raises:
        yaml.YAMLError: For a broken document, or one with tags of Python's.
        ValueError: For one that is too large, and for a value that does not fit its tag.
    """
    if len(text) > longest:
        raise ValueError(f"it is longer than {longest:,} characters")
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        check_size(node, most)
        return loader.construct_document(node)
    except UNFIT as problem:
        raise ValueError("a value does not fit its tag") from problem
    except RecursionError as problem:
        raise ValueError("it is nested too deeply") from problem
    finally:
        loader.dispose()


def find_places(text: str, key: str, *, first_line: int) -> Mapping[tuple[str, ...], Places]:
    """Return where the keys of one table of a document are.

    Args:
        text: A document that `load_yaml` reads.
        key: Of the table, at the top level.
        first_line: Number of the document's first line in its file.

    Returns:
        Way to each key of the table → 1-based line and column of the key, and of its value.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    found: dict[tuple[str, ...], Places] = {}
    for name, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if name.value == key:
            _collect_places(value, (), first_line, found)
    return found


def _collect_places(
    node: yaml.Node, way: tuple[str, ...], first_line: int, found: dict[tuple[str, ...], Places]
) -> None:
    if not _is_pair(node) or len(way) > _DEEPEST:
        return
    for name, value in node.value:
        inner = (*way, str(name.value))
        found[inner] = (_place(name, first_line), _place(value, first_line))
        _collect_places(value, inner, first_line, found)


def _place(node: yaml.Node, first_line: int) -> tuple[int, int]:
    return node.start_mark.line + first_line, node.start_mark.column + 1


def check_size(node: yaml.Node, most: int = MOST_VALUES) -> None:
    """Check that a document is not too large, and make texts of numbers that are too long.

    Args:
        node: Its root.
        most: See `load_yaml`.

    Raises:
        ValueError: When it is too large.
        RecursionError: When it is nested too deeply.
    """
    if _count(node, most, {}) > most:
        raise ValueError(f"with its aliases expanded it has more than {most:,} values")


def _count(node: yaml.Node, most: int, known: dict[int, int]) -> int:
    """Return how many values a node holds with all aliases written out; one in itself is endless.

    A long number becomes text: Python refuses to write it.
    """
    if isinstance(node, yaml.ScalarNode):
        if node.tag == _INTEGER and len(node.value) > _LONGEST_NUMBER:
            node.tag = _TEXT
        return 1
    if id(node) not in known:
        known[id(node)] = most + 1  # a node that contains itself is endless
        parts = [part for item in node.value for part in (item if _is_pair(node) else (item,))]
        known[id(node)] = min(1 + sum(_count(part, most, known) for part in parts), most + 1)
    return known[id(node)]


def _is_pair(node: yaml.Node) -> bool:
    return isinstance(node, yaml.MappingNode)
