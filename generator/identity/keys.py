"""Keys, GUIDs and the project id: deterministic, nothing random."""

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterable

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
PROJECT_DIGITS = 10
_KEY_LENGTH = 10
_SLUG_LENGTH = 48
_EXPLICIT = re.compile(r"[^\s\"'*\\<>{}\x00-\x1f]{1,100}")


def project_of(seed: str, contents: Iterable[str], *, now_s: int) -> str:
    """Derive the id that distinguishes one project's GUIDs and note types from another's.

    Args:
        seed: Something that only this project has and keeps, such as its site's URL; then even
            a lost lock gives the same GUIDs again.
        contents: Without a seed: page and question of each card of the first build.
        now_s: Without a seed: time of the first build. Two sites made from one template differ.

    Returns:
        Ten hexadecimal digits.
    """
    text = seed or "\0".join((str(now_s), *sorted(contents)))
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return digest[:PROJECT_DIGITS]


def implicit_key(project: str, page: str, question: str, nth: int, salt: int) -> str:
    """Derive the key of a card without an explicit id.

    Args:
        project: See `project_of`.
        page: The page on which it first appeared.
        question: Its first question.
        nth: How many cards with the same question came before it on the page.
        salt: Counts up from 0 until the key is free.

    Returns:
        Ten letters and digits, safe in Anki's case-insensitive search: `k5xw2m7qaz`.
    """
    digest = _digest(project, "key", page, question, str(nth), str(salt))
    return base64.b32encode(digest).decode("ascii").lower()[:_KEY_LENGTH]


def guid_of(project: str, key: str) -> str:
    """Derive the GUID of a new card.

    Args:
        project: See `project_of`.
        key: The card's key, unique in the project for ever.

    Returns:
        11 letters and digits that hold 64 bits.
    """
    number = int.from_bytes(_digest(project, "guid", key)[:8])
    letters = []
    for _ in range(11):
        number, digit = divmod(number, 62)
        letters.append(_BASE62[digit])
    return "".join(letters)


def is_explicit_id(text: str) -> bool:
    """Whether text can serve as an explicit id: no blanks, quotes, `*` or brackets, 100 at most."""
    return _EXPLICIT.fullmatch(text) is not None


def slug_of(question: str) -> str:
    """Make a readable id from a question.

    Args:
        question: Plain text.

    Returns:
        Lower-case words joined by `-`, at most 48 characters, `card` without words.
    """
    text = unicodedata.normalize("NFKC", question).casefold()
    words = re.findall(r"[^\W_]+", text)
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > _SLUG_LENGTH:
            break
        slug = f"{slug}-{word}" if slug else word[:_SLUG_LENGTH]
    return slug or "card"


def _digest(*parts: str) -> bytes:
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=16).digest()
