"""Quarto: chunks with their options, tabs by headings, shortcodes."""

from pathlib import Path

import pytest

from generator.config import Config, load
from generator.model import SourceFile
from generator.parser import parse
from tests.parser.outline import outline


def read(text: str) -> tuple[str, list[str]]:
    document, problems = parse(SourceFile("p.md", "p.md", text), config=Config())
    return outline(document), [item.code for item in problems]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("```{r}\n#| message: false\n#| label: a\nx\n```\n", "fence 1-5 language='r' 'x\\n'\n"),
        (
            "```{python}\n#| filename: a.py\nx\n```\n",
            "fence 1-4 language='python' title='a.py' 'x\\n'\n",
        ),
        ("```{ojs}\n//| a: b\nx\n```\n", "fence 1-4 language='ojs' 'x\\n'\n"),
        ("```{r}\n#| echo: false\nx\n```\n", "\n"),
        ("```{r, echo=FALSE}\nx\n```\n", "\n"),
        ("```{r}\n# no option\n#| x\n```\n", "fence 1-4 language='r' '# no option\\n#| x\\n'\n"),
    ],
)
def test_options_of_a_chunk_are_not_code(text: str, shown: str) -> None:
    assert read(text) == (shown, [])


TABS = """\
::: {.panel-tabset}
## R

```{r}
## not a heading
```

### Inside

a

## Python

b
:::
"""


def test_headings_of_a_tabset_are_tabs() -> None:
    lines = [line.strip().split()[0] for line in read(TABS)[0].splitlines()]
    assert lines == [
        *("tab_set", "tab", "tab_title", "inline", "fence", "heading", "inline", "paragraph"),
        *("inline", "tab", "tab_title", "inline", "paragraph", "inline"),
    ]


def test_a_tabset_without_headings_is_a_group() -> None:
    assert read("::: {.panel-tabset}\na\n:::\n")[0] == "paragraph 2\n  inline 2 a\n"


def test_shortcodes_are_left_out_and_reported_once() -> None:
    assert read("# A {{< level 1 >}}\n\nb {{< c >}} d\n")[1] == ["L231"]
    assert "{{<" not in read("a {{< level 1 >}}\n")[0]


def test_a_heading_gives_its_title_without_attributes() -> None:
    shown = read("::: {.callout-note}\n## Why? {.unnumbered #sec-a}\n\nb\n:::\n")[0]
    assert "Why?" in shown
    assert "unnumbered" not in shown


def test_a_caption_under_a_table_is_its_text() -> None:
    shown = read("| a |\n|---|\n| 1 |\n\n: Sizes {#tbl-a}\n")[0]
    assert shown.endswith("inline 5 Sizes\n")


def test_a_project_reads_spans_and_quotes_as_pandoc_does(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("project: {type: book}\n", encoding="utf-8")
    (tmp_path / "a.qmd").write_text("# A\n", encoding="utf-8")
    extensions = load({}, cwd=tmp_path, environ={})[0].site.extensions
    assert extensions.bracketspan
    assert extensions.smarty
