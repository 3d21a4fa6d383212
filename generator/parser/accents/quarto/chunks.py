"""Code that Quarto runs: ```` ```{python} ```` with options `#| echo: false`."""

import re

from generator.parser.block.code_fence import FenceHeader, read_content
from generator.parser.block_state import BlockRule, BlockState

_HEAD = re.compile(r"(?:`{3,}|~{3,})[ ]*\{(?P<language>[A-Za-z]\w*)(?P<options>[ ,][^{}]*)?\}[ ]*$")
_ENGINES = frozenset(
    {"asis", "awk", "bash", "c", "cat", "css", "dot", "embed", "fortran", "go", "haskell", "html"}
    | {"java", "javascript", "js", "julia", "mermaid", "node", "ojs", "octave", "perl", "php"}
    | {"powershell", "prql", "psql", "python", "r", "rcpp", "ruby", "rust", "sas", "scala", "sed"}
    | {"sh", "shinylive", "sql", "stan", "stata", "typescript", "verbatim", "webr", "zsh"}
)
"""What knitr, Jupyter and Quarto's extensions run."""

_OPTION = re.compile(r"[ ]*(?:#|//|--|%%)\|[ ]*(?P<key>[\w-]+):[ ]*(?P<value>.*?)[ ]*$")
_HIDDEN = re.compile(r"\b(?:echo|include)[ ]*=[ ]*F", re.IGNORECASE)


def _chunk(state: BlockState, start: int, end: int, silent: bool) -> bool:
    region = state.page.regions.fences.get(start)
    head = _HEAD.match(state.line_text(start)) if region else None
    head = head if head and head["language"].lower() in _ENGINES else None
    if region is None or head is None or not region.is_closed or region.last >= end or silent:
        return head is not None
    options: dict[str, str] = {}
    first = start + 1
    while first < region.last and (option := _OPTION.match(state.line_text(first))):
        options[option["key"]] = option["value"].strip("\"'")
        first += 1
    if not (_HIDDEN.search(head["options"] or "") or _is_hidden(options)):
        _push(state, head["language"], options, (start, first, region.last))
    state.line = region.last + 1
    return True


def _is_hidden(options: dict[str, str]) -> bool:
    """Whether the site shows what the code prints, but not the code."""
    return "false" in (options.get("echo", "").lower(), options.get("include", "").lower())


def _push(
    state: BlockState, language: str, options: dict[str, str], lines: tuple[int, int, int]
) -> None:
    start, first, last = lines
    token = state.push("fence", "code", 0)
    token.info, token.markup = language, "```"
    token.content = read_content(state, start, first, last)
    token.map = [start, last + 1]
    token.meta["fence"] = FenceHeader(language.lower(), options.get("filename"))


RULE = BlockRule("chunk", _chunk, "`~", interrupts=True)
