"""YAML that anybody wrote, as data of a bounded size.

Aliases make gigabytes of a few lines, and PyYAML raises whatever its constructors happen to raise
on a value that does not fit its tag (`!!bool x`). So nodes are counted before data is made of
them, and every problem is a `yaml.YAMLError` or a `ValueError`.
"""

from typing import Final

import yaml

LONGEST: Final = 200_000
"""Characters of a file by default."""
MOST_VALUES: Final = 200_000
"""Values of a file by default, with its aliases written out."""
UNFIT: Final = (LookupError, AttributeError, TypeError, ArithmeticError)
"""What PyYAML raises for a value that does not fit its tag, beside `ValueError`."""
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
