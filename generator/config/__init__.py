"""One frozen `Config`: every setting, and where it was set."""

from generator.config.load import load
from generator.config.page import page_config
from generator.config.settings import (
    Blog,
    Config,
    DeckDepth,
    Languages,
    MathMode,
    NavPage,
    Origin,
    Site,
)
from generator.config.slug_style import SlugStyle

__all__ = [
    "Blog",
    "Config",
    "DeckDepth",
    "Languages",
    "MathMode",
    "NavPage",
    "Origin",
    "Site",
    "SlugStyle",
    "load",
    "page_config",
]
