"""What was worked out once: formulas are made of the same few hundred small things."""

from collections.abc import Callable, Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_MOST = 4096
"""Entries; a build of any size needs no more memory than this."""


class Memo(dict[Key, Value]):
    """A table that fills itself: looking something up is one step of C, unlike a cached call."""

    def __init__(self, make: Callable[[Key], Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> Value:
        """Work out the value of a key, and remember it."""
        value = self._make(key)
        if len(self) >= _MOST:
            self.clear()
        self[key] = value
        return value
