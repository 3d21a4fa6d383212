"""Diagnostics as people and machines read them."""

import json

from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Diagnostic, Location
from generator.model import Directive
from generator.report import count, silence, to_github, to_json, to_sarif, to_text

ERROR = Diagnostic(Location("a.md", 2, 14), "E203", "quote never closed", 'write a " at the end')
WARNING = Diagnostic(Location("a.md", 1, 1), "W301", "no answer")
LINES = {"a.md": ['??? question "What?"', '??? question "Unclosed']}


def test_text_shows_the_line_a_caret_and_the_hint() -> None:
    assert to_text([ERROR], lines=LINES) == (
        "a.md:2:14: error[E203]: quote never closed\n"
        '     2 | ??? question "Unclosed\n'
        "       |              ^\n"
        '       = hint: write a " at the end\n'
    )


def test_text_has_colour_only_when_asked() -> None:
    assert "\x1b" not in to_text([ERROR, WARNING], lines=LINES)
    assert "\x1b[1;31m" in to_text([ERROR], lines=LINES, color=True)


def test_the_caret_stands_under_wide_letters_and_tabs() -> None:
    item = Diagnostic(Location("b.md", 1, 4), "W301", "x")
    text = to_text([item], lines={"b.md": ["\t解x y"]})
    assert text.splitlines()[2].index("^") - text.splitlines()[1].index("解") == 3


def test_a_very_long_line_is_cut_around_the_place() -> None:
    item = Diagnostic(Location("b.md", 1, 5001), "W301", "x")
    quoted = to_text([item], lines={"b.md": ["a" * 5000 + "b" + "c" * 5000]}).splitlines()
    assert len(quoted[1]) < 130
    assert quoted[1][quoted[2].index("^")] == "b"


def test_control_characters_of_a_page_do_not_reach_the_terminal() -> None:
    item = Diagnostic(Location("b.md", 1, 1), "W301", "bad \x1b[2J title")
    assert "\x1b" not in to_text([item], lines={"b.md": ["\x1b]0;owned\x07"]})


@given(st.text(max_size=150), st.integers(1, 200))
def test_any_line_and_column_can_be_quoted(line: str, column: int) -> None:
    item = Diagnostic(Location("b.md", 1, column), "L301", "x")
    assert len(to_text([item], lines={"b.md": [line]}).split("\n")) == 4


def test_json_holds_counts_and_every_field() -> None:
    report = json.loads(to_json([WARNING, ERROR]))
    assert report["counts"] == {"errors": 1, "warnings": 1, "lints": 0}
    assert report["diagnostics"][1] == {
        "path": "a.md",
        "line": 2,
        "column": 14,
        "code": "E203",
        "severity": "error",
        "message": "quote never closed",
        "hint": 'write a " at the end',
    }


def test_github_annotations_are_escaped() -> None:
    item = Diagnostic(Location("a,b:c.md", 1, 2), "L301", "50 % is\nhalf")
    assert to_github([item]) == (
        "::notice file=a%2Cb%3Ac.md,line=1,col=2,title=L301::50 %25 is%0Ahalf\n"
    )


def test_sarif_names_rule_level_and_place() -> None:
    log = json.loads(to_sarif([ERROR], version="1.2.3"))
    (run,) = log["runs"]
    assert run["tool"]["driver"]["version"] == "1.2.3"
    (result,) = run["results"]
    assert (result["ruleId"], result["level"]) == ("E203", "error")
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 14}


def test_counts_read_as_words() -> None:
    assert str(count([ERROR, WARNING, WARNING])) == "1 error, 2 warnings"
    assert str(count([])) == "no problems"


def ignore(*codes: str, lines: tuple[int, int], path: str = "a.md") -> Directive:
    return Directive(Location(path, lines[0]), "ignore", codes, lines)


def test_the_configuration_silences_a_code_everywhere() -> None:
    assert silence([ERROR, WARNING], ignore=frozenset({"W301"})) == (ERROR,)


def test_a_comment_silences_its_codes_in_its_lines() -> None:
    assert silence([ERROR, WARNING], directives=[ignore("E203", lines=(2, 5))]) == (WARNING,)
    assert silence([ERROR], directives=[ignore("E203", lines=(3, 5))]) == (ERROR,)
    assert silence([ERROR], directives=[ignore("E203", lines=(1, 5), path="b.md")]) == (ERROR,)
    assert silence([ERROR], directives=[ignore(lines=(1, 5))]) == ()


def test_what_is_said_is_sorted_and_said_once() -> None:
    assert silence([ERROR, WARNING, ERROR]) == (WARNING, ERROR)


def test_a_page_cannot_silence_what_was_kept_from_it() -> None:
    from generator.report import SECURITY

    found = [Diagnostic(Location("a.md", 3), code, "x") for code in sorted(SECURITY)]
    for directive in (ignore(lines=(1, 9)), ignore(*SECURITY, lines=(1, 9))):
        assert silence(found, directives=[directive]) == tuple(found)
    assert silence(found, ignore=SECURITY) == ()
