"""How a site makes anchors of headings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SlugStyle:
    """How the site makes an anchor of a heading (options of `toc`).

    Attributes:
        is_unicode: Letters outside ASCII stay (`slugify_unicode`).
        is_pymdownx: Made by `pymdownx.slugs`: every blank counts, and letters outside ASCII stay.
        case: `lower`, `lower-ascii`, `fold` or "" to keep the author's.
        separator: What replaces spaces.
        is_percent_encoded: Letters outside ASCII are percent-encoded.
    """

    is_unicode: bool = False
    is_pymdownx: bool = False
    case: str = "lower"
    separator: str = "-"
    is_percent_encoded: bool = False
