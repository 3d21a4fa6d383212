"""What is open while a formula is checked, and where braces close."""

from collections import defaultdict
from collections.abc import Callable

from msgspec import Struct


class Frame(Struct):
    r"""An open group, `\left`, or environment.

    Attributes:
        kind: `{`, `\left` or the environment's name; "" for the formula.
        offset: Where it was opened.
        has_cells: Whether `&` means something here.
        scripts: Signs of the current nucleus' scripts.
        is_script_due: The next unit is a script, not a new nucleus.
        is_split: It has been cut into a fraction by `\over` or the like.
        is_row_begun: Something is in the current row.
        has_tag: The current row has a `\tag`.
    """

    kind: str
    offset: int
    has_cells: bool
    scripts: str = ""
    is_script_due: bool = False
    is_split: bool = False
    is_row_begun: bool = False
    has_tag: bool = False

    def meet_unit(self) -> None:
        """Take note of a letter, command or group."""
        self.is_row_begun = True
        if self.is_script_due:
            self.is_script_due = False
        else:
            self.scripts = ""

    def end_cell(self) -> None:
        r"""`&`: what follows is a group of its own."""
        self.is_row_begun = True
        self.scripts = ""
        self.is_split = False

    def end_row(self) -> None:
        r"""`\\`."""
        self.end_cell()
        self.is_row_begun = self.has_tag = False


class OpenGroups:
    """The groups that are open at a place, the innermost last.

    Attributes:
        innermost: The group that the next token belongs to.
        deepest: How many have been open at once.
    """

    def __init__(self, report_unclosed: Callable[[Frame], None]) -> None:
        self._report_unclosed = report_unclosed
        self.innermost = Frame("", 0, has_cells=False)
        self._frames = [self.innermost]
        self._count: defaultdict[str, int] = defaultdict(int)
        self.deepest = 0

    @property
    def row(self) -> Frame:
        """The environment, or the formula, that the current row belongs to."""
        return next(f for f in reversed(self._frames) if f.kind not in ("{", "\\left"))

    def open(self, frame: Frame) -> None:
        """Open a group in the innermost."""
        self.innermost.meet_unit()
        self._frames.append(frame)
        self.innermost = frame
        self._count[frame.kind] += 1
        self.deepest = max(self.deepest, len(self._frames))

    def close(self, kind: str) -> bool:
        """Close the nearest group of a kind, and report what was left open inside.

        Returns:
            Whether there is one.
        """
        if not self._count[kind]:
            return False
        while (frame := self._frames.pop()).kind != kind:
            self._count[frame.kind] -= 1
            self._report_unclosed(frame)
        self._count[kind] -= 1
        self.innermost = self._frames[-1]
        return True

    def close_all(self) -> None:
        """Report all that is still open, the innermost first."""
        for frame in self._frames[:0:-1]:
            self._report_unclosed(frame)


def match_braces(texts: list[str]) -> tuple[dict[int, int], int]:
    """Return where each opening brace is closed, and how deep braces nest, in texts too."""
    stack: list[int] = []
    deepest = 0
    closing: dict[int, int] = {}
    if "{" not in texts:
        return closing, deepest
    for index, text in enumerate(texts):
        if text == "{":
            stack.append(index)
            if len(stack) > deepest:
                deepest = len(stack)
        elif text == "}" and stack:
            closing[stack.pop()] = index
    return closing, deepest
