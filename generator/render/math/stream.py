"""Tokens ahead: taken one by one or an argument at a time, and put back."""

from generator.render.math.tokens import Token

_GROUP_ENDS = frozenset({"}", "&", "\\\\", "\\cr", "\\right", "\\end", "\\middle", "}]"})
_DEPTHS = {"{": 1, "}": -1, "\\left": 1, "\\right": -1, "\\begin": 1, "\\end": -1}


class TokenStream:
    """A run of tokens that commands take their arguments from."""

    def __init__(self, tokens: list[Token]) -> None:
        self._ahead = tokens[::-1]

    def __bool__(self) -> bool:
        return bool(self._ahead)

    def peek(self) -> str:
        """Return the next token's text after blanks, "" at the end."""
        ahead = self._ahead
        while ahead and ahead[-1].text == " ":
            ahead.pop()
        return ahead[-1].text if ahead else ""

    def pop(self) -> Token | None:
        """Take the next token, blanks included."""
        return self._ahead.pop() if self._ahead else None

    def push(self, *tokens: Token) -> None:
        """Put tokens back in front of those ahead."""
        self._ahead.extend(reversed(tokens))

    def accept(self, text: str) -> bool:
        """Take the next token if it is this one, after blanks."""
        if self.peek() != text:
            return False
        self._ahead.pop()
        return True

    def argument(self) -> list[Token]:
        """Take an argument: a group without its braces, or a single token."""
        if self.peek() == "{":
            self._ahead.pop()
            return self._until_closing_brace()
        token = self.pop()
        return [] if token is None else [token]

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
        return "".join(token.text for token in self.argument()).strip()

    def optional_word(self) -> str:
        """Take an argument in brackets as plain text, "" where there is none."""
        return "".join(token.text for token in self.optional() or ()).strip()

    def rest_of_group(self) -> list[Token]:
        r"""Take what a switch such as `\large` rules: up to the end of its group or cell."""
        taken: list[Token] = []
        depth = 0
        while self._ahead:
            text = self._ahead[-1].text
            if depth == 0 and text in _GROUP_ENDS:
                break
            depth += _DEPTHS.get(text, 0)
            taken.append(self._ahead.pop())
        return taken

    def _until_closing_brace(self) -> list[Token]:
        taken: list[Token] = []
        depth = 0
        while (token := self.pop()) is not None:
            if token.text == "}":
                if depth == 0:
                    break
                depth -= 1
            elif token.text == "{":
                depth += 1
            taken.append(token)
        return taken
