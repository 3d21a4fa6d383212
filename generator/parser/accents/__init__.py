"""Boxes and links in the syntax of other programs: one module per accent.

A module of this package defines `ACCENT`; it is registered nowhere else. Its boxes become the same
tokens as `!!! note` (`block/box.py`), so that cards and rendering need not know the accent.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from generator.parser.accents.accent import Accent


@cache
def accents() -> tuple[Accent, ...]:
    """Return every accent, sorted by module name."""
    names = sorted(module.name for module in iter_modules(__path__) if module.name != "accent")
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return tuple(module.ACCENT for module in modules if hasattr(module, "ACCENT"))
