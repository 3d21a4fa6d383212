"""Boxes that look like questions by their type and hold no answer to be learnt."""

import re

from generator.cards.blocks import Block
from generator.cards.titles import is_asking, is_material_title

_CODE = ("fence", "code_block")
_MACRO = re.compile(r"(\{[{%!].*?[}%!]\}\s*)+", re.DOTALL)


def is_material(box: Block) -> bool:
    """Whether a box without a type is a listing: its title names one, or it is nothing else."""
    if is_material_title(box.title_text):
        return True
    is_listing = bool(box.body) and all(block.kind in _CODE for block in box.body)
    return is_listing and not is_asking(box.title_text)


def holds_macro_only(box: Block) -> bool:
    """Whether the body is a Jinja macro or include and nothing else."""
    body = box.body
    # Most boxes are spared the words of their body, and nearly all but those of its beginning.
    if not body or _begins_with_word(body[0]) or not body[0].text.startswith("{"):
        return False
    return _MACRO.fullmatch(" ".join(block.text for block in body)) is not None


def _begins_with_word(block: Block) -> bool:
    return next((t.content[:1].isalnum() for t in block.tokens if t.content), False)
