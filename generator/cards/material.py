"""Boxes that look like questions by their type and hold no answer to be learnt."""

import re

from generator.cards.blocks import Block, text_of
from generator.cards.titles import is_asking, is_material_title

_CODE = ("fence", "code_block")
_MACRO = re.compile(r"(\{[{%!].*?[}%!]\}\s*)+", re.DOTALL)


def is_material(box: Block) -> bool:
    """Whether a box without a type is a listing: its title names one, or it is nothing else."""
    title = text_of([box.title]) if box.title is not None else ""
    if is_material_title(title):
        return True
    is_listing = bool(box.body) and all(block.kind in _CODE for block in box.body)
    return is_listing and not is_asking(title)


def holds_macro_only(box: Block) -> bool:
    """Whether the body is a Jinja macro or include and nothing else."""
    if not box.body or not box.body[0].text.startswith("{"):  # spares most boxes the rest
        return False
    return _MACRO.fullmatch(" ".join(block.text for block in box.body)) is not None
