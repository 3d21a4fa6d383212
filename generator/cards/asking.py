"""Find what an answer answers: the text, box or heading before it that asks."""

from collections.abc import Iterable, Sequence

from generator.cards.blocks import Block, has_content
from generator.cards.facts import gives_facts
from generator.cards.groups import Found
from generator.cards.labels import is_bare_exercise
from generator.cards.reading import Reader
from generator.cards.roles import Role, announces_answer, explains_boxes, labels_task
from generator.cards.rules import Rule
from generator.cards.runs import (
    Level,
    Run,
    any_asks,
    asks_itself,
    has_prose,
    is_bare,
    is_label,
    last_step,
    split_boxes,
    split_task,
    whole,
)
from generator.cards.sides import alone, as_blocks, ask, folded, title_of, titled
from generator.model import Tokens


def question_of(run: Run, reader: Reader) -> Found | None:
    """Find what the answer at the end of a run answers.

    Args:
        run: The blocks before the answer.
        reader: Knows what each box is.

    Returns:
        The question, or None if nothing near the answer can be one.
    """
    is_near = run.waiting is None and run.level is not Level.WHOLE
    blocks = [block for block in (run.near if is_near else run.blocks) if not gives_facts(block)]
    if blocks and announces_answer(blocks[-1]):
        del blocks[-1]
    if run.waiting is not None and (found := _waiting(run, blocks, reader)):
        return found
    if any(map(explains_boxes, split_boxes(blocks)[0][-1:])):
        return None
    if run.level is Level.WHOLE:
        tokens = titled(run.title, tokens_of_question((*run.context, *whole(blocks)), reader))
        return Found(tokens, Rule.INSIDE) if has_content(tokens) else None
    if run.level is Level.ANSWER and not any_asks(blocks):
        return None
    return _nearest(run, blocks, reader)


def _waiting(run: Run, blocks: Sequence[Block], reader: Reader) -> Found | None:
    """Return the waiting box, unless it has an answer or the text after it asks something else.

    A bare `Exercise` goes on with that text.
    """
    assert run.waiting is not None  # noqa: S101
    box, reading = run.waiting
    if has_prose(run.blocks):
        goes_on = is_bare_exercise(box.title_text) and not any(map(labels_task, blocks))
        if (any_asks(blocks) and not goes_on) or alone(box, reading).answer:
            return None
    asked = ask(title_of(box), box.body)
    if run.level is Level.SECTION and is_bare(box, reading):
        asked = titled(run.title, as_blocks(asked))  # "Try it!" below a heading
    after = tokens_of_question((*run.notes, *blocks), reader)
    return Found((*as_blocks(asked), *after) if after else asked, Rule.AFTER, box)


def _nearest(run: Run, blocks: Sequence[Block], reader: Reader) -> Found | None:
    """Return a section's question: text that asks, else the box above, the text, the heading."""
    text, boxes = split_task(blocks) if run.is_task else split_boxes(blocks)
    step, title = last_step(text, is_task=run.is_task), run.title
    is_first = len(text) == len(blocks) - len(boxes)  # nothing is between it and the heading
    is_whole = is_first and len(step) == len(text)
    is_asking = any_asks(step)
    posing = () if is_asking else [box for box in boxes if _poses(box, reader)]
    if posing:
        return Found(ask(title_of(posing[-1]), posing[-1].body), Rule.BOX_ABOVE, posing[-1])
    if not (step or title):
        return None
    asked = tokens_of_question((*step, *boxes), reader)
    if is_asking:
        # Below a heading, a list of choices or a piece of code is not the question itself.
        has_words = any(block.kind == "paragraph" for block in step)
        joins = is_whole and (asks_itself(title) or not has_words)
    else:
        joins = not step or (is_whole and not is_label(title))
    rule = Rule.TEXT_ABOVE if step else Rule.HEADING
    return Found(titled(title if joins else (), asked), rule)


def _poses(box: Block, reader: Reader) -> bool:
    """Whether a box can pose a task: it is not folded and not a hint."""
    is_aside = reader.reading(box).role is Role.ASIDE
    return is_aside and box.admonition.is_open and bool(box.body)


def tokens_of_question(blocks: Iterable[Block], reader: Reader) -> Tokens:
    """Return blocks as part of a question, with hints folded."""
    return folded(blocks, is_hint=reader.is_hint)
