"""How a site turns headings into anchors."""

from msgspec import Struct


class SlugStyle(Struct, frozen=True):
    """How the site turns a heading into an anchor (options of `toc`).

    Attributes:
        is_unicode: Keep letters outside ASCII (`slugify_unicode`).
        is_pymdownx: Use `pymdownx.slugs`: every blank counts, and non-ASCII letters are kept.
        case: `lower`, `lower-ascii`, `fold` or "" to keep the author's.
        separator: What replaces spaces.
        is_percent_encoded: Letters outside ASCII are percent-encoded.
    """

    is_unicode: bool = False
    is_pymdownx: bool = False
    case: str = "lower"
    separator: str = "-"
    is_percent_encoded: bool = False
