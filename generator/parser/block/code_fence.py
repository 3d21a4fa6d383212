"""Fenced code with its header's options (pymdownx.superfences, pymdownx.highlight)."""

import re
from functools import lru_cache

from markdown_it.token import Token
from msgspec import Struct
from msgspec.structs import replace

from generator.parser.block.code_marks import take_marks
from generator.parser.block.display_math import push_tex
from generator.parser.block_state import BlockRule, BlockState

_OPTION = re.compile(
    r"""(?P<key>[\w-]+)[ ]*=[ ]*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s}]+))"""
)
_WORD = re.compile(r"[.#]?[^\s{}=\"']+")
_LINES = re.compile(r"\{(?P<lines>[\d\s,-]+)\}")
_LABEL = re.compile(r"[ ]\[(?P<label>[^\[\]]+)\][ ]*$")
"""`js{1,3} [main.js]`: marked lines and the title in VitePress, VuePress and Docusaurus."""

_FLAGS = frozenset({"live", "nocopy", "noinline", "norun", "showlinenumbers", "twoslash"})
"""Words of other programs that are not a title."""


class FenceHeader(Struct, frozen=True):
    """The info string after the opening backticks.

    Attributes:
        language: First word or first class, lower case, or "".
        title: `title="…"`, or None without one.
        line_numbers_start: Of `linenums="…"`, or None without it; 0 turns numbers off.
        highlighted: 1-based lines of `hl_lines`.
        classes: Other classes of a header in braces.
        id: Of a header in braces, or "".
    """

    language: str = ""
    title: str | None = None
    line_numbers_start: int | None = None
    highlighted: tuple[int, ...] = ()
    classes: tuple[str, ...] = ()
    id: str = ""


def _odd_title(words: list[str]) -> str:
    """Return the unnamed text after the language: ` ```python file.py`, ` ``` ls -l`."""
    plain = [
        word for word in words if not word.startswith((".", "#")) and word.lower() not in _FLAGS
    ]
    return " ".join(plain if len(plain) > 2 else plain[1:])


_MAX_HIGHLIGHTED = 10_000


def read_lines(text: str) -> tuple[int, ...]:
    """Return the numbers that `1 3-5` names."""
    lines: set[int] = set()
    for part in re.split(r"[\s,]+", text):
        first, _, last = part.partition("-")
        if first.isdecimal() and (not last or last.isdecimal()):
            low, high = int(first), int(last or first)
            lines.update(range(low, min(high, low + _MAX_HIGHLIGHTED) + 1))
    return tuple(sorted(lines))


def _read_options(info: str) -> dict[str, str]:
    return {
        m["key"].lower(): m["double"] or m["single"] or m["bare"] or ""
        for m in _OPTION.finditer(info)
    }


@lru_cache(maxsize=256)  # a site uses few different headers
def read_header(info: str) -> FenceHeader:
    """Read a fence's header: `python title="x"` or `{ .python .extra hl_lines="1-3" }`."""
    if not info.strip():
        return FenceHeader()
    lines, label = _LINES.search(info), _LABEL.search(info)
    info = _LABEL.sub("", _LINES.sub(" ", info))
    options = _read_options(info) if "=" in info else {}
    if label:
        options.setdefault("title", label["label"])
    if lines:
        options.setdefault("hl_lines", lines["lines"])
    words = _WORD.findall(_OPTION.sub(" ", info) if options else info)
    classes = [w.lstrip(".") for w in words if not w.startswith("#")]
    ids = [w[1:] for w in words if w.startswith("#")]
    start = options.get("linenums", "").split(" ")[0]
    odd = "" if info.lstrip().startswith("{") else _odd_title(words)
    return FenceHeader(
        language=re.split(r"[,:]", classes[0].lower())[0] if classes else "",
        title=options.get("title", options.get("filename", odd or None)),
        line_numbers_start=int(start) if start.isdecimal() else None,
        highlighted=read_lines(options.get("hl_lines", "")),
        classes=tuple(w.lstrip(".") for w in words[1:] if w.startswith(".")),
        id=ids[0] if ids else "",
    )


def read_content(state: BlockState, start: int, first: int, after: int) -> str:
    """Return the code of a fence, without the fence's indent.

    Args:
        state: Where the rules are.
        start: Line of the fence.
        first: First line of the code.
        after: Line after its last one.
    """
    src, cut = state.src, state.tShift[start]
    begins, indents, ends = state.bMarks, state.tShift, state.eMarks
    lines = [
        src[begins[line] + min(cut, indents[line]) : ends[line]]
        if begins[line] + indents[line] < ends[line]
        else ""
        for line in range(first, after)
    ]
    return "\n".join(lines) + "\n" if lines else ""


def _fence(state: BlockState, start: int, end: int, silent: bool) -> bool:
    region = state.page.regions.fences.get(start)
    if region is None:
        if not silent and start in state.page.regions.unclosed:
            _report_unclosed(state, start)
        return False
    if silent:
        return True
    _report_off(state, start)
    is_closed = region.is_closed and region.last < end
    if not is_closed:
        _report_unclosed(state, start)
    after = min(region.last + 1, end)
    _push(state, start, region.last if is_closed else after).map = [start, after]
    state.line = after
    return True


def _push(state: BlockState, start: int, last: int) -> Token:
    text = state.line_text(start)
    markup = text[: len(text) - len(text.lstrip(text[0]))]
    header = read_header(text[len(markup) :].strip())
    content = read_content(state, start, start + 1, last)
    if header.language == "math" and content.strip():
        return push_tex(state, start + 1, content)
    if state.page.extensions.docusaurus and "highlight-" in content:
        content, marked = take_marks(content)
        header = replace(header, highlighted=(*header.highlighted, *marked))
    token = state.push("fence", "code", 0)
    token.info = text[len(markup) :].strip()
    token.markup = markup
    token.content = content
    token.meta = {"fence": header}
    return token


def _report_off(state: BlockState, line: int) -> None:
    """Report a fence that the site does not read: fenced_code does so at the left edge only."""
    is_outer = not state.column(line)
    if not (is_outer and state.page.extensions.fenced_code):
        state.report_off("superfences", line)


def _report_unclosed(state: BlockState, line: int) -> None:
    text = state.line_text(line)
    if not text.startswith(("```", "~~~")):
        return
    state.report(
        line,
        "E202",
        "the code fence is not closed",
        "close it with a line of the same characters at the same indent",
    )


RULE = BlockRule("fence", _fence, "`~", interrupts=True)
