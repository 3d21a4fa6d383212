"""Boxes and links in the syntax of other programs: one module per accent.

The module of an accent has the name of its field of `Extensions`, defines `ACCENT`, and is loaded
where a site has the accent. Its boxes become the same tokens as `!!! note` (`block/box.py`), so
that cards and rendering need not know it.
"""

from importlib import import_module

from generator.config.extensions import ACCENTS, Extensions
from generator.parser.accents.accent import Accent


def accents(extensions: Extensions) -> tuple[Accent, ...]:
    """Return the accents that are on.

    Args:
        extensions: Of the site.
    """
    names = [name for name in ACCENTS if getattr(extensions, name)]
    return tuple(import_module(f"{__name__}.{name}").ACCENT for name in names)
