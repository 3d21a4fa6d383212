"""A place in a run of tokens that moves on over arguments, options and groups."""

from generator.math.tex.groups import match_braces
from generator.math.tex.tokens import TexToken

_LONGEST_OPTION = 200  # tokens between the brackets of a root


class Cursor:
    """A place in a run of tokens.

    Attributes:
        texts: The tokens' texts.
        index: Of the next token.
        depth: How deep braces nest anywhere in the run.
    """

    def __init__(self, tokens: list[TexToken]) -> None:
        self.texts = [token.text for token in tokens]
        self._tokens = tokens
        self.index = 0
        self._closing, self.depth = match_braces(self.texts)

    def offset(self, index: int) -> int:
        """Return where a token was written."""
        return self._tokens[index].offset

    def skip_blanks(self) -> None:
        """Step over blanks."""
        self.peek()

    def peek(self) -> str:
        """Return the next token's text after blanks, "" at the end."""
        texts = self.texts
        index = self.index
        while index < len(texts) and texts[index] == " ":
            index += 1
        self.index = index
        return texts[index] if index < len(texts) else ""

    def skip_argument(self) -> None:
        """Step over an option and a group, where they are."""
        self.skip_option_if_any()
        if self.peek() == "{":
            self.skip_group()

    def skip_option_if_any(self) -> None:
        """Step over `[…]`, where it is."""
        if self.peek() == "[":
            end = self.end_of_option(self.index + 1)
            self.index = end + 1 if end else self.index

    def skip_option(self, opening: str) -> bool:
        """Step over `*` or `[…]`; return whether it ends."""
        self.index += 1
        if opening == "*":
            return True
        end = self.end_of_option(self.index)
        if end:
            self.index = end + 1
        return bool(end)

    def end_of_option(self, start: int) -> int:
        """Return where the `]` is that ends an option, 0 for none; one in braces does not."""
        index, end = start, min(start + _LONGEST_OPTION, len(self.texts))
        while index < end:
            if self.texts[index] == "]":
                return index
            index = self._closing.get(index, index) + 1
        return 0

    def skip_group(self) -> bool:
        """Step over a group; to the end of all for one that is not closed, which returns False."""
        closing = self._closing.get(self.index)
        self.index = len(self.texts) if closing is None else closing + 1
        return closing is not None
