"""What is open while a formula is checked, and where braces close."""

from dataclasses import dataclass, field

from generator.render.math.tokens import Token


@dataclass(slots=True)
class Frame:
    r"""An open group, `\left`, or environment.

    Attributes:
        kind: `{`, `\left` or the environment's name.
        offset: Where it was opened.
        has_cells: Whether `&` means something here.
        scripts: Scripts of the current nucleus.
        is_script_due: The next unit is a script, not a new nucleus.
        is_split: It has been cut into a fraction by `\over` or the like.
    """

    kind: str
    offset: int
    has_cells: bool
    scripts: set[str] = field(default_factory=set)
    is_script_due: bool = False
    is_split: bool = False

    def meet_unit(self) -> None:
        """Take note of a letter, command or group."""
        if self.is_script_due:
            self.is_script_due = False
        else:
            self.scripts.clear()


def match_braces(tokens: list[Token]) -> tuple[dict[int, int], int]:
    """Return where each opening brace is closed, and how deep braces nest, in texts too."""
    stack: list[int] = []
    deepest = 0
    closing: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.text == "{":
            stack.append(index)
            deepest = max(deepest, len(stack))
        elif token.text == "}" and stack:
            closing[stack.pop()] = index
    return closing, deepest
