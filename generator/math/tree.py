"""The tree of a formula: converters make it, the Core pass changes it, the card shows it.

Most of a tree are letters and signs. As they never change, all `<mi>x</mi>` are one object, and
what is known about it (what it shows, how it is written) is worked out once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, TypeAlias


@dataclass(slots=True, eq=False)
class Element:
    """An element but for its children; it is shared, and never changed.

    Attributes:
        tag: Its name.
        attributes: Their values, not escaped.
        text: Its text, "" for none.
    """

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


def shared(
    tag: str, attributes: Mapping[str, str] = MappingProxyType({}), text: str = ""
) -> Element:
    """Return the one element of a spelling."""
    return _shared(tag, tuple(attributes.items()), text)


@lru_cache(maxsize=4096)
def _shared(tag: str, attributes: tuple[tuple[str, str], ...], text: str) -> Element:
    return Element(tag, dict(attributes), text)


CHILDLESS = frozenset({"mi", "mn", "mo", "mtext", "mspace", "mprescripts"})
"""Elements that are whole without children."""


class Branch(list["Node"]):
    """An element with its children.

    Attributes:
        head: The element itself.
    """

    __slots__ = ("head",)
    head: Element

    @classmethod
    def of(cls, head: Element, children: Iterable["Node"] = ()) -> "Branch":
        """Make a branch."""
        branch = cls(children)  # an `__init__` of its own would take longer than all the rest
        branch.head = head
        return branch

    @property
    def tag(self) -> str:
        """The element's name."""
        return self.head.tag

    @property
    def attributes(self) -> Mapping[str, str]:
        """The element's attributes."""
        return self.head.attributes

    @property
    def text(self) -> str:
        """The element's own text: none, where there are children."""
        return self.head.text


Node: TypeAlias = Element | Branch


class Tree(NamedTuple):
    """A tree, and what it was made of.

    Attributes:
        root: The outermost element.
        elements: All elements that the converter wrote, in its order.
        branches: All branches of the tree, inner ones first.
    """

    root: Branch
    elements: list[Element]
    branches: list[Branch]


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, from the outside in, as they are written."""
    ahead = [node]
    while ahead:
        node = ahead.pop()
        yield node
        if isinstance(node, Branch):
            ahead += node[::-1]


def set_attribute(node: Node, name: str, value: str) -> Node:
    """Give a node an attribute; a branch is changed in place, an element replaced."""
    if isinstance(node, Branch):
        node.head = _with(node.head, name, value)
        return node
    return _with(node, name, value)


def add_class(node: Node, name: str) -> Node:
    """Give a node a class more; a branch is changed in place, an element replaced."""
    return set_attribute(node, "class", f"{node.attributes.get('class', '')} {name}".strip())


@lru_cache(maxsize=4096)
def _with(element: Element, name: str, value: str) -> Element:
    return Element(element.tag, {**element.attributes, name: value}, element.text)
