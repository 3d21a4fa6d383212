"""admonki: Markdown admonitions in, Anki decks out.

The public interface is what `__all__` names, see `docs/reference/library.md`. It is loaded on
first use: the command line needs none of it.
"""

from typing import TYPE_CHECKING

from generator.version import __version__

if TYPE_CHECKING:
    from generator.api import (
        AdmonkiError,
        Config,
        Diagnostic,
        build,
        check,
        find_cards,
        load_config,
    )

__all__ = [
    "AdmonkiError",
    "Config",
    "Diagnostic",
    "__version__",
    "build",
    "check",
    "find_cards",
    "load_config",
]


def __getattr__(name: str) -> object:
    """Load a name of the public interface (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from generator import api

    return getattr(api, name)


def __dir__() -> list[str]:
    """Name the public interface."""
    return sorted(__all__)
