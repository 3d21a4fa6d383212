"""Group the blocks of a page into questions and answers.

One small grammar holds at every level (a page's section, a list item, a box, a tab):

    (context* (ask | label state+) (hint | aside)* answer+)*

The blocks since the last border (a heading, a rule, an answered question) form a run. An answer
ends the run and takes its question from it: what asks; failing that, the nearest block that can
ask, including the heading or title above.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from generator.cards.asking import question_of, tokens_of_question
from generator.cards.blocks import Block, tokens_of, without
from generator.cards.facts import fact_tags
from generator.cards.groups import Found, Groups, Pair
from generator.cards.reading import Reader
from generator.cards.roles import Reading, Role, continues, has_answer_tab, hides, read_tab
from generator.cards.rules import Rule
from generator.cards.runs import (
    Level,
    Run,
    any_asks,
    has_prose,
    heading_depth,
    introduction,
    is_label,
    last_step,
)
from generator.cards.sides import (
    alone,
    as_blocks,
    poses_in_sight,
    tab_set,
    title_of,
    titled,
    with_name,
)
from generator.cards.titles import Says, labels_exercises
from generator.config import Config
from generator.model import Tokens
from generator.parser.words import text_of

_LISTS = ("bullet_list", "ordered_list")


def group(blocks: Sequence[Block], run: Run, reader: Reader) -> Groups:
    """Group sibling blocks.

    Args:
        blocks: In reading order.
        run: An empty run, which knows where they are.
        reader: Knows what each box is.
    """
    return _Grouping(blocks, run, reader).group()


class _Grouping:
    """Processes sibling blocks; used for one call of `group`."""

    def __init__(self, blocks: Sequence[Block], run: Run, reader: Reader) -> None:
        self.blocks = blocks
        self.run = run
        self.reader = reader
        self.found = Groups()
        self.heading = run.heading

    def group(self) -> Groups:
        """Process all blocks; a box still waiting at the end has no answer."""
        index = 0
        while index < len(self.blocks):
            index += self.take(index)
        self.flush()
        self.found.rest = tuple(self.run.blocks)
        return self.found

    def take(self, index: int) -> int:
        """Add the block at `index` to the run; return how many blocks were consumed."""
        block = self.blocks[index]
        if block.kind == "admonition":
            return self.take_box(index)
        if block.kind == "heading" and not self.run.holds(block):
            self.flush()
            self.run.restart(block.children[0].tokens[:1], heading_depth(block))
            self.heading = self.run.heading
        elif block.kind == "hr":
            self.flush()
            self.run.restart()
        elif index and self.annotates(self.blocks[index - 1], block):
            return 1
        elif not (block.kind == "tab_set" or block.holds_boxes) or not self.take_inside(block):
            self.run.blocks.append(block)
        return 1

    def annotates(self, box: Block, notes: Block) -> bool:
        """Take the list after a box of class `annotate` as its notes; return whether it is one."""
        is_pair = box.kind == "admonition" and notes.kind == "ordered_list"
        if not is_pair or "annotate" not in box.admonition.classes:
            return False
        if self.run.waiting is not None and self.run.waiting[0] is box:
            self.run.notes = (notes,)
            return True
        for at in range(-1, -1 - min(2, len(self.found.pairs)), -1):
            pair = self.found.pairs[at]
            if pair.box is box or box in pair.answers:
                self.found.pairs[at] = replace(pair, answer=(*pair.answer, *notes.tokens))
                return True
        return False

    # Boxes

    def take_box(self, index: int) -> int:
        """Handle a box by its role; return how many blocks were consumed."""
        box = self.blocks[index]
        reading = self.reader.reading(box)
        if reading.role is Role.ANSWER or self.answers_here(box, reading):
            return self.take_answer(index)
        if self.run.level is Level.ANSWER and self.is_card_inside(box, reading):
            self.take_nested(box)
        elif reading.role is Role.QUESTION:
            self.take_question(box, reading)
        elif reading.role is Role.BANK:
            self.flush()
            self.run.restart()
            self.found.banks.append(box)
            self.note([box], "bank", reading.rule)
        elif reading.role is Role.HINT:
            self.take_hint(box, reading)
        else:
            self.take_aside(box, reading)
        return 1

    def answers_here(self, box: Block, reading: Reading) -> bool:
        """Whether a box that can be an answer follows a question without one."""
        if reading.role is not Role.MAYBE_ANSWER:
            return False
        if self.run.waiting is not None:
            return not alone(*self.run.waiting).answer and not has_prose(self.run.blocks)
        if self.run.level is Level.ANSWER or not box.admonition.is_collapsible:
            return False
        if hides(box, reading):
            return self.run.poses()
        return reading.says is not Says.NOTHING and any_asks(self.run.near)

    def take_aside(self, box: Block, reading: Reading) -> None:
        """Handle a box that is not a card: take the questions in it, else add it to the run."""
        self.note([box], "left", reading.rule)
        if box.holds_boxes:
            level = Level.ANSWER if self.run.level is Level.ANSWER else Level.SECTION
            inner = self.inside(box, box.body, Run(level, title_of(box)))
            if self.adopt(inner):
                return
        self.run.blocks.append(box)

    def is_card_inside(self, box: Block, reading: Reading) -> bool:
        """Whether the settings make boxes of this type inside an answer cards."""
        is_wanted = box.admonition.type in self.reader.config.inner_cards
        return is_wanted and reading.rule is not Rule.AUTHOR and bool(title_of(box))

    def take_nested(self, box: Block) -> None:
        """Make a card from a box inside an answer: its title asks, its body answers."""
        self.flush()
        self.note([box], "card", Rule.NESTED)
        answer = self.take_inner([box], tokens_of(box.body), title_of(box))
        self.found.pairs.append(Pair(box, title_of(box), answer, Rule.NESTED))

    def take_hint(self, box: Block, reading: Reading) -> None:
        """Keep a hint with its question, but not an answer inside the hint."""
        boxes = [block for block in box.body if block.kind == "admonition"]
        answers = [inner for inner in boxes if self.reader.reading(inner).role is Role.ANSWER]
        self.note([box], "left", reading.rule)
        self.run.blocks.append(without(box, answers) if answers else box)
        if answers:
            self.close(answers, question_of(self.run, self.reader))

    def take_question(self, box: Block, reading: Reading) -> None:
        """Handle a box that asks: its answer is in it, or it waits for one."""
        self.flush()
        if self.take_answered(box, reading):
            return
        title = () if self.run.blocks else self.run.title
        self.run.restart(title)
        is_task = poses_in_sight(box, reading) and labels_exercises(text_of(self.heading))
        self.run.waiting = box, replace(reading, says=Says.LABEL) if is_task else reading

    def take_answered(self, box: Block, reading: Reading) -> bool:
        """Take a question box that holds its answer as a box or tab, or questions of its own."""
        if not box.holds_boxes:
            return False
        inner = self.inside(box, box.body, Run(Level.WHOLE, title_of(box)))
        is_answered = any(pair.answers for pair in inner.pairs)
        is_task = reading.says is Says.LABEL and all(map(_names_topic, inner.pairs))
        if not is_answered and (is_task or inner.is_empty or alone(box, reading).answer):
            return False
        own = _own_pairs(box, inner)
        self.adopt(replace(inner, pairs=own))
        is_card = any(pair.box is box for pair in own)
        self.note([box], *(("card", Rule.INSIDE) if is_card else ("left", Rule.CONTAINER)))
        return True

    def adopt(self, inner: Groups) -> bool:
        """Adopt the pairs found inside a block, which becomes a border; return whether any."""
        self.found.verdicts |= inner.verdicts
        if inner.is_empty:
            return False
        self.flush()
        self.run.restart()
        self.found.pairs += inner.pairs
        self.found.banks += inner.banks
        return True

    # Answers

    def take_answer(self, index: int) -> int:
        """Handle an answer, with those that follow it if there is a question; see `take_box`."""
        found = question_of(self.run, self.reader)
        answers = self.answers_from(index) if found else [self.blocks[index]]
        self.close(answers, found)
        return len(answers)

    def close(self, answers: list[Block], found: Found | None) -> None:
        """End the run with its answers; without a question, leave the first one in it."""
        if found is None:
            self.flush()
            self.note(answers[:1], "left", Rule.NO_QUESTION)
            self.run.blocks.append(answers[0])
            return
        tags = fact_tags(self.run.blocks)
        for boxes in self.by_name(answers):
            asked = with_name(found.tokens, boxes[0]) if self.is_named(boxes[0]) else found.tokens
            answer = self.take_inner(boxes, tokens_of((*boxes[0].body, *boxes[1:])), asked)
            box = found.box or boxes[0]
            pair = Pair(box, asked, answer, found.rule, tuple(boxes), tags=tags)
            self.found.pairs.append(pair)
        if found.box is not None:
            self.note([found.box], "card" if found.rule is Rule.AFTER else "left", found.rule)
        if self.run.waiting is not None and self.run.waiting[0] is found.box:
            self.run.waiting = None
        self.flush()
        for box in answers:
            self.note([box], "answer", self.answer_rule(box))
        self.run.restart()

    def answers_from(self, index: int) -> list[Block]:
        """Return the answer boxes from `index` on, with the code that continues them."""
        found = [self.blocks[index]]
        for block in self.blocks[index + 1 :]:
            if block.kind != "admonition" or not self.goes_on(block):
                break
            found.append(block)
        return found

    def goes_on(self, box: Block) -> bool:
        """Whether a box right after an answer belongs to it."""
        reading = self.reader.reading(box)
        if reading.role in (Role.ASIDE, Role.MAYBE_ANSWER):
            return reading.rule is not Rule.AUTHOR and continues(box)
        return reading.role is Role.ANSWER

    def by_name(self, answers: Sequence[Block]) -> list[list[Block]]:
        """Split off each answer that names its question; keep the others together."""
        groups: list[list[Block]] = []
        for box in answers:
            if groups and not self.is_named(box):
                groups[-1].append(box)
            else:
                groups.append([box])
        return groups

    def is_named(self, box: Block) -> bool:
        """Whether an answer names its question: `Solution for the first bug`."""
        return self.reader.reading(box).says is Says.NAMED_ANSWER

    def answer_rule(self, box: Block) -> Rule:
        """Return why a box is an answer."""
        reading = self.reader.reading(box)
        return Rule.CONTINUES if reading.role is Role.ASIDE else reading.rule

    def take_inner(self, boxes: Sequence[Block], answer: Tokens, asked: Tokens) -> Tokens:
        """Find the questions in an answer that become separate cards.

        Args:
            boxes: The boxes with the answer.
            answer: The tokens of the answer.
            asked: Those of its question.

        Returns:
            The answer without the boxes that became cards.
        """
        gone: set[int] = set()
        for box in (box for box in boxes if box.holds_boxes):
            inner = self.inside(box, box.body, Run(Level.ANSWER))
            self.found.verdicts |= {
                first: verdict for first, verdict in inner.verdicts.items() if verdict[0] != "left"
            }
            self.found.pairs += [replace(pair, outer=(asked, *pair.outer)) for pair in inner.pairs]
            self.found.banks += inner.banks
            alone = (pair.box for pair in inner.pairs if not pair.answers)
            gone |= {id(token) for inner_box in alone for token in inner_box.tokens}
        return tuple(token for token in answer if id(token) not in gone) if gone else answer

    # What is inside other blocks

    def take_inside(self, block: Block) -> bool:
        """Group the content of a list, tab set, quote …; return whether it has cards (a border)."""
        if block.kind == "tab_set" and has_answer_tab(block, self.reader.config):
            return self.close_with_tabs(block)
        level = Level.ANSWER if self.run.level is Level.ANSWER else Level.WHOLE
        context = (
            (introduction(self.run.blocks) or self.run.context) if block.kind in _LISTS else ()
        )
        inner = Groups()
        for part in block.children if block.kind in (*_LISTS, "tab_set") else (block,):
            of_part = self.inside(part, *_place_of(part, level, context, self.reader.config))
            inner.pairs += of_part.pairs
            inner.banks += of_part.banks
            inner.verdicts |= of_part.verdicts
        rule = Rule.ITEM if block.kind in _LISTS else Rule.TEXT_ABOVE
        inner.pairs = [_reruled(pair, Rule.INSIDE, rule) for pair in inner.pairs]
        if self.is_in_last_step(block, inner):
            inner.pairs = [self.of_all_steps(block, inner.pairs[0])]
        return self.adopt(inner)

    def is_in_last_step(self, steps: Block, inner: Groups) -> bool:
        """Whether the only answer of an exercise is in the last item of its list."""
        if steps.kind not in _LISTS or self.run.level is not Level.SECTION or not self.run.is_task:
            return False
        answers = [box for pair in inner.pairs for box in pair.answers]
        is_only = len(inner.pairs) == len(answers) == 1
        return is_only and answers[0].first > steps.children[-1].first

    def of_all_steps(self, steps: Block, pair: Pair) -> Pair:
        """Return a pair that asks for all steps of an exercise, not just for the last one."""
        asked = tokens_of_question((*self.run.blocks, without(steps, pair.answers)), self.reader)
        title = () if is_label(self.run.title) else self.run.title
        return replace(pair, question=titled(title, asked))

    def close_with_tabs(self, block: Block) -> bool:
        """Handle a tab set with an answer tab: tabs before it ask, tabs after it follow it."""
        says = [read_tab(tab, self.reader.config) for tab in block.children]
        first = says.index(Says.ANSWER)
        asking = [tab for tab, said in zip(block.children, says, strict=True) if said is Says.HINT]
        asking = [*(tab for tab in block.children[:first] if tab not in asking), *asking]
        asked = tab_set(asking, block)
        if self.run.level is not Level.WHOLE:
            is_label = says[0] in (Says.LABEL, Says.LABELS)
            if not is_label and not any_asks(child for tab in asking for child in tab.body):
                return False
        above = self.run.blocks if self.run.level is Level.WHOLE else last_step(self.run.blocks)
        tokens = (*tokens_of_question(above, self.reader), *asked)
        title = self.run.title if self.run.level is Level.WHOLE else ()
        answer = tab_set([tab for tab in block.children[first:] if tab not in asking], block)
        self.found.pairs.append(Pair(block, titled(title, tokens), answer, Rule.TABS, (block,)))
        self.flush()
        self.run.restart()
        return True

    def inside(self, parent: Block, blocks: Sequence[Block], run: Run) -> Groups:
        """Group the content of a box, an item or a tab, once for each level."""
        key, known = (parent.first, run.level), self.reader.groups
        if key not in known:
            known[key] = group(blocks, run, self.reader)
        return known[key]

    # Borders

    def flush(self) -> None:
        """Make a card from a box that got no answer: its own body answers, or nothing does."""
        if self.run.waiting is None:
            return
        (box, reading), self.run.waiting = self.run.waiting, None
        sides = alone(box, reading)
        answer = self.take_inner([box], sides.answer, sides.question) if sides.answer else ()
        notes, self.run.notes = tokens_of(self.run.notes), ()
        question = sides.question if answer or not notes else (*as_blocks(sides.question), *notes)
        answer = (*answer, *notes) if answer else ()
        self.found.pairs.append(Pair(box, question, answer, sides.rule))
        self.note([box], "card", sides.rule)

    def note(self, boxes: Iterable[Block], verdict: str, rule: Rule) -> None:
        """Record the verdicts on boxes."""
        for box in boxes:
            self.found.verdicts[box.first] = verdict, rule


def _place_of(
    part: Block, level: Level, context: tuple[Block, ...], config: Config
) -> tuple[Sequence[Block], Run]:
    """Return the blocks of an item, a tab or a quote, and an empty run for their place.

    A tab is a section, whose title counts only if it asks or labels; in an item, everything asks.
    """
    if part.kind != "tab":
        return part.children, Run(level, context=context)
    is_asking = read_tab(part, config) in (Says.LABEL, Says.QUESTION, Says.COMMAND)
    level = Level.SECTION if level is Level.WHOLE else level
    return part.body, Run(level, title_of(part) if is_asking else ())


def _reruled(pair: Pair, old: Rule, new: Rule) -> Pair:
    return replace(pair, rule=new) if pair.rule is old else pair


def _names_topic(pair: Pair) -> bool:
    """Whether a card comes from a fold without a type whose title does not ask."""
    is_fold = pair.box.kind == "admonition" and not pair.box.admonition.type
    return is_fold and pair.rule is Rule.CARD_TYPE


def _own_pairs(box: Block, inner: Groups) -> list[Pair]:
    """Attach the pairs found directly in a question box, and the text after its last answer."""
    is_own = [pair.rule in (Rule.INSIDE, Rule.TABS) and not pair.outer for pair in inner.pairs]
    pairs = [
        replace(pair, box=box) if own else pair
        for pair, own in zip(inner.pairs, is_own, strict=True)
    ]
    if inner.rest and any(is_own):
        last = len(is_own) - 1 - is_own[::-1].index(True)
        answer = (*pairs[last].answer, *tokens_of(inner.rest))
        pairs[last] = replace(pairs[last], answer=answer)
    return pairs
