"""Lines of MyST that are not shown: comments `% …`, and breaks between cells `+++`."""

import re
from functools import lru_cache

from generator.parser.block_state import BlockRule, BlockState

_UNSHOWN = re.compile(r"%|\+\+\+(?:[ ]|$)")
_DIRECTIVE = re.compile(r"^[ ]*(?:`{3,}|~{3,}|:{3,})[ ]*\{[A-Za-z]", re.MULTILINE)


@lru_cache(maxsize=8)
def _is_myst(text: str) -> bool:
    """Whether a page has a directive: elsewhere a percent sign may begin a line of text."""
    return _DIRECTIVE.search(text) is not None


def _unshown(state: BlockState, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    if not _UNSHOWN.match(state.line_text(start)) or not _is_myst(state.page.text):
        return False
    if not silent:
        state.line = start + 1
    return True


RULE = BlockRule("unshown", _unshown, "%+", interrupts=True)
