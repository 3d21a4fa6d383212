"""Read blocks: markdown-it's block rules, tried only at lines that can start them."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.parser.block_state import BlockRule, BlockState

_CHAINS = ["paragraph", "reference", "blockquote", "list"]
"""Blocks that another block may interrupt in markdown-it."""

_Ask: TypeAlias = Callable[[BlockState, int, int, bool], bool]


class BlockReader:
    """Reads the blocks of a page with the block rules of a `MarkdownIt`."""

    def __init__(self, md: MarkdownIt, rules: Sequence[BlockRule]) -> None:
        """Register rules.

        Args:
            md: Whose rules are read with.
            rules: Ours, in order; a name that markdown-it knows replaces its rule, others come
                before the next known one.
        """
        self._md = md
        self._own: dict[RuleFuncBlockType, BlockRule] = {}
        self._starting: dict[str, _Starting] = {}
        ruler = md.block.ruler
        known = ruler.get_all_rules()
        for index, rule in enumerate(rules):
            asked = self._guarded(rule)
            self._own[asked] = rule
            chains = {"alt": _CHAINS if rule.interrupts else []}
            if rule.name in known:
                ruler.at(rule.name, asked, {"alt": chains["alt"]})
            else:
                following = next(later.name for later in rules[index:] if later.name in known)
                ruler.before(following, rule.name, asked, {"alt": chains["alt"]})
        ruler.enable([rule.name for rule in rules])

    def _guarded(self, rule: BlockRule) -> RuleFuncBlockType:
        """Wrap a rule for markdown-it, which calls it at any line, with its own state."""

        def ask(state: StateBlock, start: int, end: int, silent: bool) -> bool:
            if rule.triggers and state.src[state.bMarks[start] + state.tShift[start]] not in (
                rule.triggers
            ):
                return False
            if isinstance(state, BlockState):
                return rule.read(state, start, end, silent)
            self._drop_outdated()
            own = BlockState.beside(state, self)
            is_read = rule.read(own, start, end, silent)
            own.hand_back(state)
            return is_read

        return ask

    def read_page(self, state: StateCore) -> None:
        """Read the blocks of a page, or only the text of a line; a core rule."""
        if state.inlineMode:
            inline = Token("inline", "", 0, map=[0, 1], content=state.src, children=[])
            state.tokens.append(inline)
        elif state.src:
            self._drop_outdated()
            blocks = BlockState(state.src, self._md, state.env, state.tokens, self)
            self.tokenize(blocks, 0, blocks.lineMax)

    def tokenize(self, state: BlockState, first: int, after: int) -> None:
        """Read the lines `[first, after)` of a container, as `ParserBlock.tokenize` does."""
        starting = self._rules_of("")
        has_blank = False
        line = state.skipEmptyLines(first)
        while line < after and state.sCount[line] >= state.blkIndent:
            for read in starting[state.src[state.bMarks[line] + state.tShift[line]]]:
                if read(state, line, after, False):
                    break
            read_to = state.line
            if read_to <= line:
                raise RuntimeError(f"no block rule has read line {line + 1}")
            state.tight = not has_blank
            line = state.skipEmptyLines(read_to)
            if line > read_to or state.isEmpty(read_to - 1):
                has_blank = True
        state.line = line

    def is_interrupted(self, state: BlockState, line: int, end: int, chain: str) -> bool:
        """See `BlockState.is_interrupted`."""
        char = state.src[state.bMarks[line] + state.tShift[line]]
        for read in self._rules_of(chain)[char]:  # noqa: SIM110 (`any` makes a generator)
            if read(state, line, end, True):
                return True
        return False

    def _rules_of(self, chain: str) -> "_Starting":
        """Return the rules of a chain by the first character of the lines that they can start."""
        known = self._starting.get(chain)
        if known is None:
            rules = self._md.block.ruler.getRules(chain)
            known = self._starting[chain] = _Starting(rules, self._own)
        return known

    def _drop_outdated(self) -> None:
        """Forget the chains whose rules someone has changed since the last page."""
        ruler, known = self._md.block.ruler, self._starting
        self._starting = {
            chain: starting
            for chain, starting in known.items()
            if ruler.getRules(chain) is starting.rules
        }


class _Starting(dict[str, tuple[_Ask, ...]]):
    """First character of a line → the rules to try, in order; filled on first use."""

    def __init__(
        self, rules: Sequence[RuleFuncBlockType], own: Mapping[RuleFuncBlockType, BlockRule]
    ) -> None:
        super().__init__()
        self.rules = rules
        self._own = own

    def __missing__(self, char: str) -> tuple[_Ask, ...]:
        chosen: list[_Ask] = []
        for rule in self.rules:
            own = self._own.get(rule)
            if own is None:  # a foreign rule: always tried
                chosen.append(rule)
            elif not own.triggers or char in own.triggers:
                chosen.append(own.read)
        self[char] = tuple(chosen)
        return self[char]
