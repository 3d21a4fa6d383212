"""admonki: Markdown admonitions in, Anki decks out."""

from generator.version import __version__

__all__ = ["__version__"]
