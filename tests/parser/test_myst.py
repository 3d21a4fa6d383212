"""MyST: exercises and their solutions, code, formulas, figures, tabs, roles."""

import pytest

from generator.config import Config
from generator.model import SourceFile
from generator.parser import parse
from generator.parser.words import text_of
from tests.parser.outline import outline


def read(text: str) -> str:
    document, problems = parse(SourceFile("p.md", "p.md", text), config=Config())
    assert not [item for item in problems if item.code != "L231"]
    return outline(document)


GATED = """\
```{exercise-start} Sums
:label: sums
```

Add $1$ and $2$.

```{code-cell} python
1 + 2
```

```{exercise-end}
```

```{solution-start} sums
:class: dropdown
```

It is *three*.

```{solution-end}
```
"""


def test_boxes_between_two_fences() -> None:
    shown = read(GATED)
    assert shown.startswith("admonition 1-11 !!! exercise sums\n")
    assert "inline 1 Exercise: Sums\n" in shown
    assert "fence 7-9 language='python' '1 + 2\\n'" in shown
    assert "admonition 14-20 ??? solution\n" in shown


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("```{exercise}\n:label: a\nWhy?\n```\n", "admonition 1-4 !!! exercise a"),
        ("````{solution} a\n```{note}\nb\n```\n````\n", "admonition 1-5 !!! solution"),
        ("```{prf:theorem} Name\na\n```\n", "admonition 1-3 !!! theorem"),
        ("```{admonition} A\n---\nclass: dropdown tip\n---\na\n```\n", "admonition 1-6 ??? tip"),
    ],
)
def test_directives_that_are_boxes(text: str, first: str) -> None:
    assert read(text).splitlines()[0] == first


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("```{math}\n:label: a\nx^2\n```\n", "math_block 1-4 @3:1 'x^2'"),
        (
            "```{code-block} python\n:caption: A\n:lineno-start: 3\n:emphasize-lines: 1\nx\n```\n",
            "fence 1-6 language='python' title='A' line_numbers_start=3 highlighted=(1,) 'x\\n'",
        ),
        ("```{code-cell} ipython3\n:tags: [hide]\nx\n```\n", "fence 1-4 language='python' 'x\\n'"),
        ("```{tab-item} A\nb\n```\n", "tab 1-3"),
        ("a {math}`x^2` b\n", "inline 1 a <math @1:10: x^2> b"),
        ("a {kbd}`Ctrl` {sub}`2`\n", "inline 1 a <kbd>Ctrl</kbd> <sub>2</sub>"),
        ("a {ref}`the text <label>` b\n", "inline 1 a the text b"),
        ("a {py:func}`print` b\n", "inline 1 a <code: print> b"),
    ],
)
def test_other_directives_and_roles(text: str, shown: str) -> None:
    assert shown in read(text)


def test_a_figure_has_its_caption() -> None:
    shown = read("```{figure} a.png\n:alt: A cat\n\nAsleep.\n```\n")
    assert "<img alt='' src='a.png'" in shown
    assert "figcaption" in shown
    assert "Asleep." in shown


def test_a_reference_that_the_site_fills_in_is_reported_once() -> None:
    text = "See {ref}`a` and {numref}`b`.\n"
    _, problems = parse(SourceFile("p.md", "p.md", text), config=Config())
    assert [item.code for item in problems] == ["L231"]


def test_comments_and_breaks_between_cells_are_not_shown() -> None:
    shown = read('```{note}\na\n```\n\n% hidden\n+++ {"part": "b"}\n\nb\n% so\nc\n')
    assert "hidden" not in shown
    assert "+++" not in shown
    assert "so" not in shown
    assert "% of" in read("a\n% of b\n")


def test_a_table_an_image_and_a_glossary_are_read() -> None:
    table = read("```{table} Sizes\n| a |\n|---|\n| 1 |\n```\n")
    assert [line.split()[0] for line in table.splitlines()][:3] == [
        "figure",
        "figcaption",
        "paragraph",
    ]
    assert "Sizes" in table
    assert "<img alt='' src='a.png'" in read("```{image} a.png\n:alt: A\n```\n")
    assert read("```{glossary}\nTree\n: A graph.\n```\n").startswith("dl")


def test_a_directive_that_is_not_read_is_reported_once() -> None:
    text = "```{bibliography}\n```\n\n```{iframe} https://a.example\n```\n"
    _, problems = parse(SourceFile("p.md", "p.md", text), config=Config())
    assert [item.message for item in problems] == [
        "a directive of MyST: its source is shown as code"
    ]


def test_a_link_without_a_text_shows_its_target() -> None:
    assert "<img alt='' src='a.png'" in read("b ![](a.png)\n")
    assert "see sums and tree" in read("see [](#sums) and [](./tree.md)\n")


LIST_TABLE = """\
```{list-table} Sizes
:header-rows: 1

* - Name
  - Size
* - `a`
  - One.

    Two.
* - c
  -
```
"""


def test_a_table_may_be_a_list_of_lists() -> None:
    shown = [line.strip() for line in read(LIST_TABLE).splitlines()]
    kinds = [line.split()[0] for line in shown if line.split()[0] in ("thead", "tbody", "th", "td")]
    assert kinds == ["thead", "th", "th", "tbody", "td", "td", "td", "td"]
    assert [line for line in shown if "Two" in line] == ["inline 9 Two."]
    assert not any("list" in line for line in shown)


def test_a_list_that_is_no_table_is_shown_as_one() -> None:
    assert "inline 2 a" in read("```{list-table}\n* a\n* b\n```\n")


def test_a_table_may_be_written_as_values_with_commas() -> None:
    text = '```{csv-table} Sizes\n:header: "Name", "Size, in *m*"\n\n"a", 1\nb,"2, 3"\n```\n'
    shown = [line.strip() for line in read(text).splitlines()]
    cells = [line for line in shown if line.startswith("inline")]
    assert cells == [
        "inline 1 Sizes",
        "inline 2 Name",
        "inline 2 Size, in <em>m</em>",
        "inline 4 a",
        "inline 4 1",
        "inline 5 b",
        "inline 5 2, 3",
    ]
    assert sum(line.startswith("th") and line.split()[0] == "th" for line in shown) == 2


def test_a_table_from_a_file_is_reported() -> None:
    text = "```{csv-table} Sizes\n:file: a.csv\n```\n"
    _, problems = parse(SourceFile("p.md", "p.md", text), config=Config())
    assert [item.code for item in problems] == ["L231"]


@pytest.mark.parametrize("cell", ["x" * 200_000, '"x' * 1000, "x\\"])
@pytest.mark.parametrize("delimiter", [",", '"', "\\", "tab", ";"])
def test_no_word_of_a_table_is_lost(cell: str, delimiter: str) -> None:
    text = f"```{{csv-table}}\n:delim: {delimiter}\n\na, b\n{cell}\n```\n"
    document, _ = parse(SourceFile("p.md", "p.md", text), config=Config())
    words = text_of(document.tokens)
    assert "a" in words
    assert words.count("x") == cell.count("x")


TABS = """\
``````{exercise} Exercise: a jar
  `````{tabs}
    ````{group-tab} By hand
      1. Shake it.
    ````

    ````{group-tab} By machine
      1. Press the button.
    ````
  `````
``````
"""


def test_tabs_of_sphinx_tabs_may_be_indented_with_their_set() -> None:
    shown = read(TABS)
    assert "inline 1 Exercise: a jar\n" in shown
    assert "  tab_set 2-10\n    tab 3-5 " in shown
    assert "    tab 7-9 " in shown
    assert shown.count("ordered_list") == 2


@pytest.mark.parametrize("marker", [":::", "```"])
def test_neighbouring_tabs_without_a_set_make_one(marker: str) -> None:
    tab = f"{marker}{{tab}} %s\n%s\n{marker}\n"
    shown = read(f"{tab % ('A', 'a')}\n{tab % ('B', 'b')}\ntext\n\n{tab % ('C', 'c')}")
    assert shown.count("tab_set ") == 2
    assert shown.count(" tab ") == 3


def test_boxes_of_a_lesson() -> None:
    shown = read("````{discussion} Why?\nGuess.\n\n```{solution}\nBecause.\n```\n````\n")
    assert shown.startswith("admonition 1-7 !!! discussion")
    assert "admonition 4-6 !!! solution" in shown


def test_a_directive_right_below_an_item_is_not_in_it() -> None:
    shown = read("````{exercise} a\n1. Do it.\n```{solution}\nDone.\n```\n````\n")
    assert "\n  admonition 3-5 !!! solution" in shown
