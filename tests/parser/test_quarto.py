"""Quarto: chunks with their options, tabs by headings, shortcodes."""

import pytest

from generator.config import Config
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
