"""The classes that an element may have: those that a style sheet of the card uses.

MathJax obeys classes (`mathjax_process` makes it read code), scripts of Anki's clients may obey
others. So a class is kept only if the theme or the site's own style sheet names it.
"""

import re
from functools import cache
from importlib import resources
from typing import Final

from generator.markup.names import names

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|\"[^\"\n]*\"|'[^'\n]*'", re.DOTALL)
_PART = re.compile(r"[};]")
_CLASS = re.compile(r"\.(-?[^\0-@\[-^`{-\x7f][-\w]*)")  # a letter, `_`, or not ASCII
_FRAME: Final = names(
    "admonki android card night_mode nightMode night-mode reversed cloze-card bank"
)
"""Classes of Anki and of the card templates: the page is inside of them."""
_UNSTYLED: Final = names(
    "embedded icon tabbed-content note abstract info tip success question warning failure danger "
    "bug example quote seealso"
)
"""Ours, and Material's types of boxes, which users' style sheets may name."""
_LANGUAGE = re.compile(r"language-[A-Za-z0-9+#.-]{1,30}")
_OBEYED = re.compile(r"(?:tex2jax|mathjax)", re.IGNORECASE)


def classes_in(css: str) -> frozenset[str]:
    """Return the classes that the selectors of a style sheet name, without those of the frame.

    Args:
        css: A style sheet.
    """
    parts = _PART.split(_COMMENT.sub(" ", css))
    selectors = " ".join(before for part in parts for before in part.split("{")[:-1])
    found = frozenset(_CLASS.findall(selectors)) - _FRAME
    return frozenset(name for name in found if not name.startswith("ak-"))


@cache
def themed() -> frozenset[str]:
    """Return the classes that the card's own style sheets name."""
    sheets = resources.files("generator.render").joinpath("theme").iterdir()
    css = "\n".join(file.read_text("utf-8") for file in sheets if file.name.endswith(".css"))
    return classes_in(css) | _UNSTYLED


def kept_classes(value: str, extra: frozenset[str] = frozenset()) -> str:
    """Return the allowed part of a `class` attribute.

    Args:
        value: As written.
        extra: Classes of the site's own style sheets.
    """
    return " ".join([name for name in value.split() if _is_known(name, extra)])


def _is_known(name: str, extra: frozenset[str]) -> bool:
    if name in themed() or _LANGUAGE.fullmatch(name):
        return True
    return name in extra and not _OBEYED.match(name)
