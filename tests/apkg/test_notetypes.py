"""The note types are public interface: what is pinned here never changes."""

import json
import re

import pytest
from msgspec.structs import replace

from generator.apkg.notetypes import (
    check_schema,
    note_type_ids,
    note_types,
    project_of_note_type,
)
from generator.errors import AdmonkiError
from generator.fields import FIELD_NAMES
from generator.render import theme


def test_the_id_after_one_of_ours_is_not_ours() -> None:
    """Anki gives it to the second of two note types that are made in one millisecond."""
    for number in note_type_ids("e94ae35d93"):
        assert project_of_note_type(number)
        assert project_of_note_type(number + 1) is None


def test_ids_fields_and_templates_are_those_that_were_published() -> None:
    basic, cloze = note_types()
    assert (basic.id, cloze.id) == (1740318265101, 1740318265103)
    assert FIELD_NAMES == (
        "Text",
        "Question",
        "Answer",
        "Context",
        "Source",
        "ID",
        "Reversed",
        "Flags",
        "Extra 1",
        "Extra 2",
        "Shipped",
    )
    for kind in (basic, cloze):
        assert [name for name, _ in kind.fields] == list(FIELD_NAMES)
        assert [id_ for _, id_ in kind.fields] == [kind.id * 100 + n for n in range(1, 12)]
    assert [(t.name, t.id) for t in (*basic.templates, *cloze.templates)] == [
        ("Question → Answer", 174031826510151),
        ("Answer → Question", 174031826510152),
        ("Cloze", 174031826510351),
    ]


@pytest.mark.parametrize("what", ["added", "removed", "renamed", "reordered", "new id", "template"])
def test_another_schema_fails(what: str) -> None:
    basic, _ = note_types()
    name, id_ = basic.fields[-1]
    changed = {
        "added": replace(basic, fields=(*basic.fields, ("Hint", 1))),
        "removed": replace(basic, fields=basic.fields[:-1]),
        "renamed": replace(basic, fields=(*basic.fields[:-1], ("Hint", id_))),
        "reordered": replace(basic, fields=basic.fields[::-1]),
        "new id": replace(basic, fields=(*basic.fields[:-1], (name, 1))),
        "template": replace(basic, templates=basic.templates[:1]),
    }[what]
    with pytest.raises(AdmonkiError, match="E701"):
        check_schema((changed,))


def test_look_may_change_and_is_noticed() -> None:
    basic, _ = note_types()
    restyled, _ = note_types(".card { color: teal }")
    front = replace(basic.templates[0], front="<b>{{Question}}</b>")
    reworked = replace(basic, templates=(front, *basic.templates[1:]))
    check_schema((restyled, reworked))
    assert len({basic.fingerprint, restyled.fingerprint, reworked.fingerprint}) == 3
    assert replace(basic, mod_s=5).fingerprint == basic.fingerprint


def test_the_sites_css_comes_last() -> None:
    assert note_types(".card { color: teal }")[0].css.endswith(".card { color: teal }\n")


def test_the_sites_css_cannot_end_the_style_element() -> None:
    css = note_types('.card::after { content: "</style><script>alert(1)</script>" }')[0].css
    assert "</" not in css


def test_ankidroid_finds_the_night_override_in_the_css() -> None:
    css = note_types()[0].css
    assert ".night_mode" in css
    assert ".nightMode" in css


def test_every_variable_has_a_value_and_colours_have_two() -> None:
    css = theme.theme_css()
    used = set(re.findall(r"var\((--ak-[\w-]+)\)", css))
    defined = re.findall(r"^\s+(--ak-[\w-]+):\s(.+)", css, re.MULTILINE)
    assert used <= {name for name, _ in defined}
    colours = [name for name, value in defined if re.match(r"#|rgb\(|\d+ \d+ \d+", value)]
    assert len(colours) > 60
    assert {colours.count(name) for name in colours} == {2}


def test_templates_load_nothing_from_elsewhere() -> None:
    for kind in note_types():
        text = kind.css + json.dumps([(t.front, t.back) for t in kind.templates])
        assert "http" not in text.replace("http://www.w3.org/", "")
        assert "@import" not in text
