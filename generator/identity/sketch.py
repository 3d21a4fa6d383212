"""A sketch of a text's words: 64 hexadecimal digits that tell how alike two texts are.

The lock cannot hold whole answers. One-permutation minhash (Li, Owen, Zhang 2012) keeps, for each
of 64 bins, four bits of the smallest hash that fell into it; the share of equal bins estimates
the Jaccard similarity of the two sets of words.
"""

import re
import zlib
from functools import lru_cache

from rapidfuzz.distance import Hamming

_BINS = 64
_WORD = re.compile(r"[㐀-鿿぀-ヿ가-힯]|[^\W_㐀-鿿぀-ヿ가-힯]+|[+\-=<>∑∫^]")
_CHANCE = 1 / 15  # that two filled bins agree though the words differ


def words_of(text: str) -> list[str]:
    """Split plain text into the words that comparisons look at.

    Args:
        text: Plain text; formulas as TeX.

    Returns:
        Case-folded words, single CJK characters, and the signs that change a formula's meaning.
    """
    return _WORD.findall(text.casefold())


def sketch_of(text: str) -> str:
    """Sketch a text.

    Args:
        text: Plain text.

    Returns:
        64 hexadecimal digits, `0` for an empty bin; an empty string for a text without words.
    """
    smallest = [1 << 32] * _BINS
    words = set(words_of(text))
    for word in words:
        value = _hash(word)
        place = value >> 26
        if value < smallest[place]:
            smallest[place] = value
    if not words:
        return ""
    return "".join("0" if v == 1 << 32 else f"{v % 15 + 1:x}" for v in smallest)


@lru_cache(maxsize=65_536)
def _hash(word: str) -> int:
    """32 bits; the multiplication mixes: a CRC alone is linear in its bits."""
    return (zlib.crc32(word.encode("utf-8", "surrogatepass")) * 0x9E3779B1) & 0xFFFFFFFF


def similarity(one: str, other: str) -> float:
    """Estimate how much of their words two sketched texts share.

    Args:
        one: A sketch.
        other: Another.

    Returns:
        0 to 1, with a standard error of about 0.06; 0 when either text has no words.
    """
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    both_empty = (_empty_bins(one) & _empty_bins(other)).bit_count()
    filled = _BINS - both_empty
    equal = Hamming.similarity(one, other) - both_empty
    share = equal / filled if filled else 0.0
    return max(0.0, (share - _CHANCE) / (1 - _CHANCE))


@lru_cache(maxsize=65_536)
def _empty_bins(sketch: str) -> int:
    """Which bins are empty, a bit each."""
    return int("".join("1" if digit == "0" else "0" for digit in sketch), 2)
