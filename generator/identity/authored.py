"""The source text of a card: the author's own text, before any rendering.

`mod` depends on this alone, so that a new version of admonki or a converter, a moved card or a
formula's look never overwrites a reader's edits.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markdown_it.token import Token

from generator.model import Card, Document, Media, SourceFile, Tokens

_CODE = frozenset({"fence", "code_block"})
# `[label]: url`, `[^label]: note`, `*[word]: meaning`; indented lines continue it
_DEFINITION = re.compile(
    r"^[ ]{0,3}(?P<kind>\*?)\[(?P<label>\^?[^\]\n]+)\]:.*(?:\n(?:[ \t]+\S.*|(?=\n[ ]{4})))*",
    re.MULTILINE,
)
_MACRO = re.compile(r"\\(?:[A-Za-z]+|.)")
_DIGEST = re.compile(r"-([0-9a-f]{8})(?:\.\w+)?$")


class Authorship:
    """Hashes the cards of a page; its definitions are looked up once."""

    def __init__(self, document: Document, macros: Mapping[str, str]) -> None:
        """Prepare for a page.

        Args:
            document: The parsed page.
            macros: TeX macros, name with backslash → body.
        """
        self._lines = document.source.text.expandtabs(4).split("\n")
        self._first = document.source.body_line
        self._numbers = _numbers_of(document.source) if document.source.lines else {}
        self._definitions = tuple(
            (found["kind"], found["label"].strip(), found[0])
            for found in _DEFINITION.finditer(document.source.text)
        )
        self._macros = macros

    def hash(self, card: Card, media: Iterable[Media]) -> str:
        """Hash the source text of a card.

        Args:
            card: As extracted.
            media: Files that its sides show.

        Returns:
            16 hexadecimal digits.
        """
        sides = [self._text_of(tokens) for tokens in (card.question, card.answer)]
        text = "\n".join(sides)
        used = [*self._defined(text), *self._expanded(text)]
        files = sorted({_digest_of(file) for file in media})
        kind = card.kind.value + " typed" * card.is_typed
        parts = (kind, *sides, *used, *files)
        joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(joined, digest_size=8).hexdigest()

    def _text_of(self, tokens: Tokens) -> str:
        """The lines of blocks, the content of lines without a block, and code as it is."""
        pieces = list(self._pieces(tokens))
        pieces += [token.content for token in tokens if token.type in _CODE]
        return "\n\n".join(pieces)

    def _pieces(self, tokens: Tokens) -> Iterator[str]:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            after = _after(tokens, index)
            if token.type == "inline":
                yield _without_comments(token.content).strip()
            elif token.map is not None:
                yield self._block(token)
            else:  # a wrapper without a line of its own
                after = index + 1
            index = after

    def _block(self, token: Token) -> str:
        mark = ">" * token.type.startswith("blockquote")
        return mark + _without_comments(self._dedented(*(token.map or (0, 0)))).strip()

    def _dedented(self, first: int, after: int) -> str:
        """Lines of the file without their common indent and quote marks."""
        if self._numbers:
            numbers = [n for line in range(first, after) for n in self._numbers.get(line, ())]
            lines = [self._lines[number] for number in numbers]
        else:
            start = self._first
            lines = self._lines[max(first - start, 0) : max(after - start, 0)]
        lines = [line if line.strip(" >") else "" for line in lines]
        width = min([len(line) - len(line.lstrip(" >")) for line in lines if line], default=0)
        return "\n".join([line[width:] for line in lines])

    def _defined(self, text: str) -> Iterator[str]:
        """The definitions that a text uses, directly or through other definitions."""
        known, folded = text, text.casefold()
        for is_word, label, definition in self._definitions:
            is_used = _has_word(known, label) if is_word else f"[{label.casefold()}]" in folded
            if is_used and definition not in text:
                yield definition
                known, folded = known + definition, folded + definition.casefold()

    def _expanded(self, text: str) -> Iterator[str]:
        if not self._macros or "\\" not in text:
            return
        for name in sorted(set(_MACRO.findall(text)) & self._macros.keys()):
            yield f"{name}={self._macros[name]}"


def _has_word(text: str, word: str) -> bool:
    """Whether a text has an abbreviation, not only as a part of words; `_HTML_` is emphasis."""
    edges = rf"(?<![^\W_]){re.escape(word)}(?![^\W_])"
    return word in text and re.search(edges, text) is not None


def _numbers_of(source: SourceFile) -> dict[int, list[int]]:
    """Number of a line in the file → its lines in the text; a snippet has several."""
    numbers: dict[int, list[int]] = {}
    for number in range(source.text.count("\n") + 1):
        numbers.setdefault(source.file_line(number), []).append(number)
    return numbers


def _after(tokens: Sequence[Token], index: int) -> int:
    """Index after a token and, where it opens something, its end."""
    depth = 0
    for number in range(index, len(tokens)):
        depth += tokens[number].nesting
        if depth <= 0:
            return number + 1
    return len(tokens)


def _digest_of(file: Media) -> str:
    found = _DIGEST.search(file.name)
    return found[1] if found else file.name


def _without_comments(text: str) -> str:
    """Remove comments; searching for the end only once keeps unclosed ones linear."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join((*kept, text[at:]))
