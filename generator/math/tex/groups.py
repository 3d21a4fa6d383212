"""What is open while a formula is checked, and where braces close."""

from dataclasses import dataclass


@dataclass(slots=True)
class Frame:
    r"""An open group, `\left`, or environment.

    Attributes:
        kind: `{`, `\left` or the environment's name.
        offset: Where it was opened.
        has_cells: Whether `&` means something here.
        scripts: Signs of the current nucleus' scripts.
        is_script_due: The next unit is a script, not a new nucleus.
        is_split: It has been cut into a fraction by `\over` or the like.
    """

    kind: str
    offset: int
    has_cells: bool
    scripts: str = ""
    is_script_due: bool = False
    is_split: bool = False

    def meet_unit(self) -> None:
        """Take note of a letter, command or group."""
        if self.is_script_due:
            self.is_script_due = False
        else:
            self.scripts = ""

    def end_cell(self) -> None:
        r"""`&`, `\\`: what comes is a group of its own."""
        self.scripts = ""
        self.is_split = False


def match_braces(texts: list[str]) -> tuple[dict[int, int], int]:
    """Return where each opening brace is closed, and how deep braces nest, in texts too."""
    stack: list[int] = []
    deepest = 0
    closing: dict[int, int] = {}
    for index, text in enumerate(texts):
        if text == "{":
            stack.append(index)
            deepest = max(deepest, len(stack))
        elif text == "}" and stack:
            closing[stack.pop()] = index
    return closing, deepest
