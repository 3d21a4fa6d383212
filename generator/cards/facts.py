"""Lines of metadata above an answer: `Difficulty: easy | Tags: trees | Asked by: someone`.

They are not questions, so they are left off the card; their values become its tags.
"""

import re
from collections.abc import Iterable, Iterator

from generator.cards.blocks import Block
from generator.cards.tags import tag
from generator.cards.titles import ends_with_question
from generator.cards.words import cjk, fold, group, has_cjk, words_of

_FACT = re.compile(
    r"\W*(?P<key>[^\W\d_][\w .’'-]{0,24}?)\W{0,3}[:：]\W*(?P<value>[^?？]{0,80})", re.DOTALL
)
_BREAK = re.compile(r"\s*[|·•；;\n]\s*")
_COMMA = re.compile(r"\s*[,，、/]\s*")
_KEYS = group("facts")
_LISTS = group("fact_lists")
_CJK_KEY = "{facts}"
_LONGEST_LINE = 400  # characters
_LONGEST_TAG = 40  # characters; more is a sentence


def gives_facts(block: Block) -> bool:
    """Whether a block only describes a question, without asking anything."""
    if block.kind == "bullet_list":
        return all(map(_facts, (item.text for item in block.children)))
    return block.kind == "paragraph" and bool(_facts(block.text))


def fact_tags(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Return the tags from lines of metadata: `difficulty::easy`, `trees`.

    Args:
        blocks: Those before an answer.
    """
    texts = [
        item.text
        for block in blocks
        if gives_facts(block)
        for item in (block.children if block.kind == "bullet_list" else (block,))
    ]
    return tuple(found for text in texts for fact in _facts(text) for found in _tags(*fact))


def _facts(text: str) -> list[tuple[str, str]]:
    """Return the keys and values of a text that has only these, with at least one known key."""
    if len(text) > _LONGEST_LINE or ends_with_question(text):
        return []
    parts = [part for part in _BREAK.split(text) if part.strip()]
    facts = [(m["key"], m["value"]) for part in parts if (m := _FACT.fullmatch(part))]
    is_known = any(_is_known(key) for key, _ in facts)
    return facts if is_known and len(facts) == len(parts) else []


def _is_known(key: str) -> bool:
    words = words_of(key)
    if not words or words[0] in _KEYS:
        return bool(words)
    return has_cjk(key) and cjk(_CJK_KEY).search(fold(key)) is not None


def _tags(key: str, value: str) -> Iterator[str]:
    words = words_of(key)
    is_list = words[:1] != () and words[0] in _LISTS
    for part in _COMMA.split(value) if is_list else (value,):
        name = tag(part.strip(" *_."))
        if name and len(name) <= _LONGEST_TAG:
            yield name if is_list else f"{tag(key).lower()}::{name}"
