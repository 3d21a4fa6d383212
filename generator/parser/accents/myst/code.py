"""Code and formulas of MyST: ```` ```{code-cell} python ````, ```` ```{math} ````."""

from generator.parser.accents.myst.directive import name_at, read_head
from generator.parser.block.code_fence import FenceHeader, read_content, read_lines
from generator.parser.block.display_math import push_tex
from generator.parser.block_state import BlockRule, BlockState
from generator.parser.directive_names import CODE


def _code(state: BlockState, start: int, end: int, silent: bool) -> bool:
    region = state.page.regions.fences.get(start)
    if region is None or not region.is_closed or region.last >= end:
        return False
    head = read_head(state, start, region.last) if name_at(state, start) in CODE else None
    if head is None or silent:
        return head is not None
    content = read_content(state, start, head.first, region.last)
    if head.name == "math":
        push_tex(state, head.first, "\n".join(filter(None, (head.argument, content))))
    else:
        token = state.push("fence", "code", 0)
        token.info, token.markup, token.content = head.argument, "```", content
        numbered = "linenos" in head.options or "lineno-start" in head.options
        token.meta["fence"] = FenceHeader(
            _language(head.argument),
            head.options.get("caption"),
            int(head.options.get("lineno-start") or 1) if numbered else None,
            read_lines(head.options.get("emphasize-lines", "")),
        )
    state.tokens[-1].map = [start, region.last + 1]
    state.line = region.last + 1
    return True


def _language(argument: str) -> str:
    """Return what a kernel runs: `ipython3` is Python."""
    name = argument.lower()
    return "python" if name.startswith("ipython") else name


RULE = BlockRule("code_directive", _code, "`~", interrupts=True)
