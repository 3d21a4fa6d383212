"""The comparison of what is due with what is shown."""

from collections import Counter
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from generator.math.checking.shown import keys_shown

_MOST_NAMED = 5


def find_difference(due: list[str], root: Element) -> str:
    """Compare canonical TeX with what a converter made of it, before atoms are placed.

    Args:
        due: From `keys_due`.
        root: What the converter made.

    Returns:
        What differs, "" when nothing does.
    """
    seen = keys_shown(root)
    if sorted(seen) == sorted(due):
        return ""
    missing, added = Counter(due), Counter(seen)
    said = (("lost", missing - added), ("gained", added - missing))
    return ", ".join(f"{verb} {_names(keys)}" for verb, keys in said if keys)


def _names(keys: Iterable[str]) -> str:
    """Name what differs: `x`, `x (bf)`, `a fraction`."""
    names = [f"{key[0]} ({key[2:]})" if key[1:2] == ":" else key for key in keys]
    more = ["…"] if len(names) > _MOST_NAMED else []
    return " ".join(names[:_MOST_NAMED] + more)
