"""A minhash of a text's words: 64 hexadecimal digits that measure how similar two texts are.

The lock cannot hold whole answers. One-permutation minhash (Li, Owen, Zhang 2012) keeps, for each
of 64 bins, four bits of the smallest hash that fell into it; the share of equal bins estimates
the Jaccard similarity of the two sets of words.
"""

import re
import zlib
from functools import lru_cache
from typing import Final

_BINS = 64
_WORD = r"[^\W_㐀-鿿぀-ヿ가-힯]++|[㐀-鿿぀-ヿ가-힯+\-=<>∑∫^]"  # few texts need it
_SIGNS = (b"+", b"-", b"=", b"<", b">", b"^")
# Signs and blanks become blanks, capitals small letters; other bytes are parts of characters.
_FOLDED = bytes(byte if chr(byte).isalnum() else 32 for byte in bytes(range(128)).lower())
_FOLDED += bytes(range(128, 256))
_DIGITS = "123456789abcdef"
_NONE = 1 << 32  # more than any hash
_MOST_HASHES = 65_536
_CHANCE = 1 / 15  # probability that two filled bins agree although the words differ


def words_of(text: str) -> list[str]:
    """Split plain text into the words used for comparison.

    Args:
        text: Plain text; formulas as TeX.

    Returns:
        Case-folded words, single CJK characters, and the signs that change a formula's meaning.
    """
    return re.findall(_WORD, text.casefold())


def sketch_of(text: str) -> str:
    """Sketch a text.

    Args:
        text: Plain text.

    Returns:
        64 hexadecimal digits, `0` for an empty bin; an empty string for a text without words.
    """
    words = _words(text)
    if not words:
        return ""
    smallest = [_NONE] * _BINS
    for value in map(_HASHES.__getitem__, words):
        place = value >> 26
        if value < smallest[place]:
            smallest[place] = value
    return "".join([_DIGITS[value % 15] if value < _NONE else "0" for value in smallest])


def _words(text: str) -> set[bytes]:
    """Return the words that the pattern finds, by which only words beyond ASCII are read."""
    data = text.encode("utf-8", "surrogatepass")
    words = set(data.translate(_FOLDED).split())
    words.update([sign for sign in _SIGNS if sign in data])
    if others := [word for word in words if not word.isascii()]:
        words.difference_update(others)
        found = words_of(b" ".join(others).decode("utf-8", "surrogatepass"))
        words.update(" ".join(found).encode("utf-8", "surrogatepass").split())
    return words


class _Hashes(dict[bytes, int]):
    """Word → its hash, cached, as the same words occur again and again."""

    def __missing__(self, word: bytes) -> int:
        """32 bits; the multiplication mixes: a CRC alone is linear in its bits."""
        if len(self) >= _MOST_HASHES:
            self.clear()
        value = self[word] = (zlib.crc32(word) * 0x9E3779B1) & 0xFFFFFFFF
        return value


_HASHES: Final = _Hashes()


def similarity(one: str, other: str) -> float:
    """Estimate the share of words that two texts have in common.

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
    from rapidfuzz.distance import Hamming  # no new card and no known one needs it

    both_empty = (_empty_bins(one) & _empty_bins(other)).bit_count()
    filled = _BINS - both_empty
    equal = Hamming.similarity(one, other) - both_empty
    share = equal / filled if filled else 0.0
    return max(0.0, (share - _CHANCE) / (1 - _CHANCE))


@lru_cache(maxsize=65_536)
def _empty_bins(sketch: str) -> int:
    """Which bins are empty, one bit each."""
    return int("".join("1" if digit == "0" else "0" for digit in sketch), 2)
