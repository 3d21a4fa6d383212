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
_WORD = re.compile(r"[^\W_㐀-鿿぀-ヿ가-힯]++|[㐀-鿿぀-ヿ가-힯+\-=<>∑∫^]")
_SIGNS = (b"+", b"-", b"=", b"<", b">", b"^")
_WORDS_ONLY = bytes(byte if chr(byte).isalnum() else 32 for byte in bytes(range(128)).lower())
_WORDS_ONLY += bytes(128)  # no ASCII
_DIGITS = b"123456789abcdef"
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
    words = _ascii_words(text.encode()) if text.isascii() else _words(text)
    if not words:
        return ""
    digits = bytearray(b"0" * _BINS)
    for value in sorted(map(_hash, words), reverse=True):  # the smallest of a bin comes last
        digits[value >> 26] = _DIGITS[value % 15]
    return digits.decode()


def _words(text: str) -> set[bytes]:
    return {word.encode("utf-8", "surrogatepass") for word in words_of(text)}


def _ascii_words(text: bytes) -> set[bytes]:
    """Return the words of most texts, in half the time of a pattern."""
    words = set(text.translate(_WORDS_ONLY).split())
    words.update([sign for sign in _SIGNS if sign in text])
    return words


@lru_cache(maxsize=65_536)
def _hash(word: bytes) -> int:
    """32 bits; the multiplication mixes: a CRC alone is linear in its bits."""
    return (zlib.crc32(word) * 0x9E3779B1) & 0xFFFFFFFF


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
