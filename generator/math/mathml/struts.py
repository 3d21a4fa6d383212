"""TeX's struts: how high and deep the rows of a table are at least."""

from xml.etree.ElementTree import Element

_STRUT_EM = (0.84, 0.36)  # for baselines 1.2 em apart
_CASES, _SUBSTACK = 1.2, 0.583


def strut_of(table: Element) -> tuple[float, float]:
    """Return the height and the depth of a row's strut, in em."""
    ratio = _ratio(table)
    return _STRUT_EM[0] * ratio, _STRUT_EM[1] * ratio


def _ratio(table: Element) -> float:
    first = table[0][0].get("class", "").split() if len(table) and len(table[0]) else []
    if "m-pt0" in first:
        return _SUBSTACK
    return _CASES if "m-l" in first and "m-pr0" in first else 1.0
