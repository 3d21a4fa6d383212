"""The style sheet colours the types of boxes that the parser knows, and no others."""

import re
from pathlib import Path

from generator.config.box_types import ANSWERING, ASKING, FAMILIES, TYPES
from generator.config.settings import Config

_CSS = Path(__file__).parents[2] / "generator/render/theme/boxes.css"
_COLOUR = re.compile(r"((?:\.admonki \.\w+[,\s]*)+)\{\s*--ak-c: var\(--ak-c-(\w+)\);")


def test_each_type_has_the_colour_of_its_family() -> None:
    found: dict[str, set[str]] = {}
    for match in _COLOUR.finditer(_CSS.read_text(encoding="utf-8")):
        found[match[2]] = set(re.findall(r"\.admonki \.(\w+)", match[1]))
    plain = found.pop("note", {"note", *FAMILIES["note"]})  # the colour of a box without a type
    assert found | {"note": plain} == {name: {name, *rest} for name, rest in FAMILIES.items()}


def test_settings_speak_of_known_types() -> None:
    assert ASKING | ANSWERING <= TYPES
    assert Config().card_types == ASKING | {""}
    assert Config().answer_types == ANSWERING
