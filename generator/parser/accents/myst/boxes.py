"""Boxes of MyST: `:::{admonition} Title`, ```` ```{note} ````, exercises and solutions."""

from generator.model import Admonition
from generator.parser.accents.containers import KNOWN, find_last, push_container
from generator.parser.accents.myst.directive import Head, name_at, read_head
from generator.parser.block_state import BlockRule, BlockState
from generator.parser.directive_names import BOXES, GATE


def _directive(state: BlockState, start: int, end: int, silent: bool) -> bool:
    last = find_last(state, start, end) if name_at(state, start) in BOXES else None
    head = read_head(state, start, last) if last is not None else None
    if last is None or head is None or silent:
        return head is not None
    admonition = _admonition(state, start, head)
    push_container(state, admonition, (start, head.first, last), title_column=head.argument_at)
    return True


def _gated(state: BlockState, start: int, end: int, silent: bool) -> bool:
    """Read a box between two fences: `{solution-start}` … `{solution-end}`."""
    closing = state.page.regions.gates.get(start)
    if closing is None or closing >= end:
        return False
    fences = state.page.regions.fences
    head = read_head(state, start, fences[start].last)
    if head is None or silent:
        return head is not None
    gate = GATE.search(state.line_text(start))
    admonition = _admonition(state, start, head, name=gate["name"].lower() if gate else "")
    lines = (start, fences[start].last + 1, closing)
    push_container(state, admonition, lines, title_column=head.argument_at)
    state.line = fences[closing].last + 1
    return True


def _admonition(state: BlockState, start: int, head: Head, *, name: str = "") -> Admonition:
    name = name or head.name
    classes = head.options.get("class", "").lower().split()
    is_folded = name == "dropdown" or "dropdown" in classes
    is_open = head.options.get("open", "false").lower() in ("", "true")
    kind = name.rpartition(":")[2]
    if name in ("admonition", "dropdown"):
        kind = next((known for known in classes if known in KNOWN and known != "dropdown"), "")
    return Admonition(
        state.page.place(start, state.column(start)),
        ("???+" if is_open else "???") if is_folded else "!!!",
        kind,
        tuple(known for known in classes if known not in ("dropdown", kind)),
        _title(name, head.argument),
        state.admonition_depth,
        head.options.get("label") or head.options.get("name"),
        is_fold=is_folded and not kind,
    )


def _title(name: str, argument: str) -> str | None:
    """Return the title: an exercise is labelled, a solution names its exercise."""
    if name == "exercise":
        is_labelled = argument.lower().startswith("exercise")
        return argument if is_labelled else f"Exercise: {argument}" if argument else "Exercise"
    return None if name == "solution" else argument or None


RULE = BlockRule("directive", _directive, ":`~", interrupts=True)
GATED = BlockRule("gated_directive", _gated, "`~", interrupts=True)
