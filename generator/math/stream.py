"""Tokens ahead: taken one by one or an argument at a time, and put back."""

from generator.math.tokens import Token, Tokens

_GROUP_ENDS = frozenset({"}", "&", "\\\\", "\\cr", "\\right", "\\end", "\\middle", "}]"})
_DEPTHS = {"{": 1, "}": -1, "\\left": 1, "\\right": -1, "\\begin": 1, "\\end": -1}


class TokenStream:
    """A run of tokens that commands take their arguments from.

    It holds two stacks, texts and offsets, as most of what is ahead is looked at by its text alone.
    """

    def __init__(self, tokens: Tokens) -> None:
        self._texts = tokens.texts[::-1]
        self._offsets = tokens.offsets[::-1]

    def __bool__(self) -> bool:
        return bool(self._texts)

    def peek(self) -> str:
        """Return the next token's text after blanks, "" at the end."""
        texts = self._texts
        while texts and texts[-1] == " ":
            texts.pop()
            self._offsets.pop()
        return texts[-1] if texts else ""

    def pop(self) -> Token | None:
        """Take the next token, blanks included."""
        return Token(self._texts.pop(), self._offsets.pop()) if self._texts else None

    def push(self, *tokens: Token) -> None:
        """Put tokens back in front of those ahead."""
        for text, offset in reversed(tokens):
            self._texts.append(text)
            self._offsets.append(offset)

    def accept(self, text: str) -> bool:
        """Take the next token if it is this one, after blanks."""
        if self.peek() != text:
            return False
        self.pop()
        return True

    def accept_word(self, word: str) -> bool:
        """Take letters that spell a word, after blanks; they are a token each."""
        self.peek()
        if "".join(self._texts[: -len(word) - 1 : -1]) != word:
            return False
        del self._texts[-len(word) :], self._offsets[-len(word) :]
        return True

    def argument(self) -> list[Token]:
        """Take an argument: a group without its braces, or a single token."""
        return list(map(Token, *self._take_argument()))

    def optional(self) -> list[Token] | None:
        """Take an argument in brackets, or None where there is none."""
        if not self.accept("["):
            return None
        taken: list[Token] = []
        depth = 0
        while (token := self.pop()) is not None:
            if token.text == "]" and depth == 0:
                break
            depth += (token.text == "{") - (token.text == "}")
            taken.append(token)
        return taken

    def word(self) -> str:
        """Take an argument as plain text: an environment's name, a colour, a length."""
        return "".join(self._take_argument()[0]).strip()

    def optional_word(self) -> str:
        """Take an argument in brackets as plain text, "" where there is none."""
        return "".join(token.text for token in self.optional() or ()).strip()

    def rest_of_group(self) -> list[Token]:
        r"""Take what a switch such as `\large` rules: up to the end of its group or cell."""
        taken: list[Token] = []
        depth = 0
        while self._texts:
            text = self._texts[-1]
            if depth == 0 and text in _GROUP_ENDS:
                break
            depth += _DEPTHS.get(text, 0)
            taken.append(Token(text, self._offsets.pop()))
            self._texts.pop()
        return taken

    def _take_argument(self) -> tuple[list[str], list[int]]:
        is_group = self.accept("{")
        count = self._length_of_group() if is_group else min(1, len(self._texts))
        start = len(self._texts) - count
        texts, offsets = self._texts[start:][::-1], self._offsets[start:][::-1]
        del self._texts[start:], self._offsets[start:]
        if is_group:
            self.pop()  # its closing brace
        return texts, offsets

    def _length_of_group(self) -> int:
        """Count the tokens up to a group's end; one without end holds all that follow."""
        depth = 0
        for count, text in enumerate(reversed(self._texts)):
            if text == "{":
                depth += 1
            elif text == "}":
                if not depth:
                    return count
                depth -= 1
        return len(self._texts)
