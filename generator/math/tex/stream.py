"""Tokens ahead: taken one by one or an argument at a time, and put back."""

from collections.abc import Iterable

from generator.math.tex.tokens import TexToken

_GROUP_ENDS = frozenset({"}", "&", "\\\\", "\\cr", "\\right", "\\end", "\\middle", "}]"})
_DEPTHS = {"{": 1, "}": -1, "\\left": 1, "\\right": -1, "\\begin": 1, "\\end": -1}


class TokenStream:
    """A run of tokens that commands take their arguments from."""

    def __init__(self, tokens: Iterable[TexToken]) -> None:
        self._ahead = list(tokens)
        self._ahead.reverse()

    def __bool__(self) -> bool:
        return bool(self._ahead)

    def peek(self) -> str:
        """Return the next token's text after blanks, "" at the end."""
        ahead = self._ahead
        while ahead and ahead[-1].text == " ":
            ahead.pop()
        return ahead[-1].text if ahead else ""

    def pop(self) -> TexToken | None:
        """Take the next token, blanks included."""
        return self._ahead.pop() if self._ahead else None

    def pop_after_blanks(self) -> TexToken | None:
        """Take the next token that is not a blank."""
        self.peek()
        return self.pop()

    def up_to(self, delimiter: tuple[str, ...]) -> list[TexToken] | None:
        """Take the tokens before a delimiter outside of braces, and drop it; None without one."""
        taken: list[TexToken] = []
        depth = 0
        length = len(delimiter)
        while self._ahead:
            ahead = tuple(token.text for token in self._ahead[: -length - 1 : -1])
            if depth == 0 and ahead == delimiter:
                del self._ahead[-length:]
                return taken
            token = self._ahead.pop()
            depth += (token.text == "{") - (token.text == "}")
            taken.append(token)
        return None

    def push(self, *tokens: TexToken) -> None:
        """Put tokens back before those ahead."""
        self._ahead.extend(reversed(tokens))

    def accept(self, text: str) -> bool:
        """Take the next token if it is this one, after blanks."""
        if self.peek() != text:
            return False
        self._ahead.pop()
        return True

    def accept_word(self, word: str) -> bool:
        """Take letters that spell a word, after blanks; each is a token."""
        self.peek()
        if "".join(token.text for token in self._ahead[: -len(word) - 1 : -1]) != word:
            return False
        del self._ahead[-len(word) :]
        return True

    def argument(self) -> list[TexToken]:
        """Take an argument: a group without its braces, or a single token."""
        is_group = self.accept("{")
        count = self._length_of_group() if is_group else min(1, len(self._ahead))
        start = len(self._ahead) - count
        taken = self._ahead[start:]
        taken.reverse()
        del self._ahead[start:]
        if is_group:
            self.pop()  # its closing brace
        return taken

    def optional(self) -> list[TexToken] | None:
        """Take an argument in brackets, if any."""
        if not self.accept("["):
            return None
        taken: list[TexToken] = []
        depth = 0
        while (token := self.pop()) is not None:
            if token.text == "]" and depth == 0:
                break
            depth += (token.text == "{") - (token.text == "}")
            taken.append(token)
        return taken

    def word(self) -> str:
        """Take an argument as plain text: an environment's name, a colour, a length."""
        return "".join(token.text for token in self.argument()).strip()

    def optional_word(self) -> str:
        """Take an argument in brackets as plain text, or return ""."""
        return "".join(token.text for token in self.optional() or ()).strip()

    def rest_of_group(self) -> list[TexToken]:
        r"""Take what a switch such as `\large` governs: up to the end of its group or cell."""
        taken: list[TexToken] = []
        depth = 0
        while self._ahead:
            text = self._ahead[-1].text
            if depth == 0 and text in _GROUP_ENDS:
                break
            depth += _DEPTHS.get(text, 0)
            taken.append(self._ahead.pop())
        return taken

    def _length_of_group(self) -> int:
        """Count the tokens up to a group's end; one without end holds all that follow."""
        depth = 0
        for count, token in enumerate(reversed(self._ahead)):
            if token.text == "{":
                depth += 1
            elif token.text == "}":
                if not depth:
                    return count
                depth -= 1
        return len(self._ahead)
