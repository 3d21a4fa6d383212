"""Comments that mark lines of code: `// highlight-next-line`, `# highlight-start` (Docusaurus)."""

import re

_MARK = re.compile(
    r"\s*(?://|/\*|\{/\*|\#|<!--|--|;;|%|'|!|rem\b)\s*highlight-(?P<what>next-line|start|end)"
    r"\s*(?:\*/\}?|-->)?\s*",
    re.IGNORECASE,
)


def take_marks(code: str) -> tuple[str, tuple[int, ...]]:
    """Remove the marks from code.

    Args:
        code: Its lines.

    Returns:
        The code without the lines that only mark others, and the 1-based numbers of those others.
    """
    kept: list[str] = []
    marked: list[int] = []
    mark = ""
    for line in code.split("\n"):
        if match := _MARK.fullmatch(line):
            mark = match["what"].lower()
            continue
        kept.append(line)
        if mark in ("start", "next-line"):
            marked.append(len(kept))
        mark = mark if mark == "start" else ""
    return "\n".join(kept), tuple(marked)
