"""Boxes and links of other programs: the same tokens as `!!! note`, whatever the accent."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.config import Config, load
from generator.config.extension_sets import MKDOCS, RECOMMENDED
from generator.config.extensions import ACCENTS, Extensions, On
from generator.config.settings import Site
from generator.model import Admonition, SourceFile
from generator.parser import parse
from generator.parser.accents import accents
from tests.parser.outline import outline

BOXES = {
    "callout": ("> [!question] Why *so*?\n> Because.\n", "!!! question"),
    "folded callout": ("> [!faq]- Why *so*?\n> Because.\n", "??? faq"),
    "open callout": ("> [!TIP]+ Why *so*?\n> Because.\n", "???+ tip"),
    "callout with a heading": ("> [!note] ### Why *so*?\n> Because.\n", "!!! note"),
    "callout with a class": ("> [!note|wide] Why *so*?\n>\n> Because.\n", "!!! note wide"),
    "label of Docusaurus": (":::question[Why *so*?]\nBecause.\n:::\n", "!!! question"),
    "title of Docusaurus": ("::: tip Why *so*?\n\nBecause.\n\n:::\n", "!!! tip"),
    "details of VuePress": ("::: details Why *so*?\nBecause.\n:::\n", "???"),
    "callout of Quarto": (
        '::: {.callout-note title="Why *so*?" collapse="true"}\nBecause.\n:::\n',
        "??? note",
    ),
    "callout of Quarto with a heading": (
        "::: {.callout-tip}\n## Why *so*?\n\nBecause.\n:::\n",
        "!!! tip",
    ),
    "callout of Quarto by its name": (
        "::: callout-note\n## Why *so*?\n\nBecause.\n:::\n",
        "!!! note",
    ),
    "admonition of MyST": (
        ":::{admonition} Why *so*?\n:class: question\nBecause.\n:::\n",
        "!!! question",
    ),
    "dropdown of MyST": (":::{dropdown} Why *so*?\n:open:\nBecause.\n:::\n", "???+"),
    "fence of MyST": ("```{note} Why *so*?\nBecause.\n```\n", "!!! note"),
    "raw HTML": ("<details>\n<summary>Why *so*?</summary>\n\nBecause.\n\n</details>\n", "???"),
    "open raw HTML": (
        '<details open class="question"><summary>Why *so*?</summary>Because.</details>\n',
        "???+ question",
    ),
    "slashes": ("/// question | Why *so*?\nBecause.\n///\n", "!!! question"),
}


def read(text: str, extensions: Extensions = RECOMMENDED) -> tuple[str, set[str]]:
    page = SourceFile("p.md", "p.md", text)
    document, problems = parse(page, config=Config(site=Site(extensions=extensions)))
    return outline(document), {item.code for item in problems}


@pytest.mark.parametrize("name", BOXES)
def test_a_box_is_a_box_in_every_accent(name: str) -> None:
    text, said = BOXES[name]
    lines = [" ".join(line.split()) for line in read(text)[0].splitlines()]
    kinds = [line.split()[0] for line in lines]
    assert kinds == ["admonition", "admonition_title", "inline", "paragraph", "inline"]
    assert lines[0].split(maxsplit=2)[2] == said
    assert lines[2].endswith("Why <em>so</em>?")
    assert lines[4].endswith("Because.")


@pytest.mark.parametrize("name", BOXES)
def test_a_box_in_a_list_and_with_a_box_inside(name: str) -> None:
    text, _ = BOXES[name]
    found = read("- item\n\n" + "".join(f"    {line}\n" for line in text.splitlines()))[0]
    assert found.splitlines()[0] == "bullet_list 1-" + found.splitlines()[0].split("-")[1]
    assert "\n    admonition" in found


NESTED = {
    "callouts": "> [!note] A\n> one\n> > [!tip]- B\n> > two\n>\n> three\n",
    "colons": "::::note[A]\none\n:::tip[B]\ntwo\n:::\nthree\n::::\n",
    "equal colons": ":::note[A]\none\n\n:::tip[B]\ntwo\n:::\n\nthree\n:::\n",
    "divs": (
        '::: {.callout-note title="A"}\none\n\n'
        '::: {.callout-tip title="B"}\ntwo\n:::\n\nthree\n:::\n'
    ),
    "directives": "````{note} A\none\n\n```{tip} B\ntwo\n```\n\nthree\n````\n",
    "equal slashes": "/// note | A\none\n\n/// tip | B\ntwo\n///\n\nthree\n///\n",
    "more slashes": "/// note | A\none\n\n//// tip | B\ntwo\n////\n\nthree\n///\n",
    "less slashes": "//// note | A\none\n\n/// tip | B\ntwo\n///\n\nthree\n////\n",
}


@pytest.mark.parametrize("name", NESTED)
def test_boxes_nest(name: str) -> None:
    document, _ = parse(SourceFile("p.md", "p.md", NESTED[name]), config=Config())
    boxes = [t.meta["admonition"] for t in document.tokens if t.type == "admonition_open"]
    assert [(box.type, box.title, box.depth) for box in boxes] == [
        ("note", "A", 0),
        ("tip", "B", 1),
    ]
    texts = [(t.content, t.level) for t in document.tokens if t.type == "inline"]
    assert texts == [("A", 2), ("one", 2), ("B", 3), ("two", 3), ("three", 2)]


def test_code_in_a_container_is_code() -> None:
    found = read(":::note\n```md\n:::tip\n:::\n```\n:::\n")[0]
    assert [line.split()[0] for line in found.splitlines()] == ["admonition", "fence"]


def test_other_divs_only_group() -> None:
    assert read("::: {.columns}\n\na\n\n:::\n")[0] == read("\n\na\n")[0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[[page]]", "<a href='page.md' @1:1>page</a>"),
        ("[[folder/page|the *page*]]", "<a href='folder/page.md' @1:1>the *page*</a>"),
        ("[[page#A heading]]", "<a href='page.md#a-heading' @1:1>page > A heading</a>"),
        ("[[#A heading]]", "<a href='#a-heading' @1:1>A heading</a>"),
        ("![[a b.png|300]]", "<img alt='' src='a%20b.png' width='300' @1:1: >"),
        ("![[a.png|words]]", "<img alt='' src='a.png' @1:1: words>"),
        ("![[a.png|center|300]]", "<img alt='' src='a.png' width='300' @1:1: >"),
        ("![[page]]", "<a href='page.md' @1:1>page</a>"),
    ],
)
def test_links_of_a_vault(text: str, shown: str) -> None:
    found = read(text, replace(RECOMMENDED, obsidian=On()))
    assert found == (f"paragraph 1\n  inline 1 {shown}\n", set())


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (".obsidian/app.json", "obsidian"),
        ("_quarto.yml", "quarto"),
        ("docusaurus.config.ts", "docusaurus"),
        ("myst.yml", "myst"),
        ("_toc.yml", "myst"),
    ],
)
def test_a_vault_or_project_turns_its_accent_on(tmp_path: Path, mark: str, name: str) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    (tmp_path / "docs").mkdir()
    assert getattr(load(cwd=tmp_path)[0].site.extensions, name) is None
    (tmp_path / mark).parent.mkdir(exist_ok=True)
    (tmp_path / mark).write_text("{}")
    found = load(cwd=tmp_path)[0].site.extensions
    assert getattr(found, name) == On()
    assert (found.nl2br == On()) is (name == "obsidian")


@pytest.mark.parametrize("mark", [".obsidian", "_quarto.yml", "myst.yml", "_toc.yml"])
def test_a_vault_or_book_is_all_pages(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).mkdir()
    (tmp_path / "docs").mkdir()
    assert load(cwd=tmp_path)[0].sources == (tmp_path,)


@pytest.mark.parametrize("plugin", ["callouts", "gh-admonitions"])
def test_plugins_turn_callouts_on(tmp_path: Path, plugin: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(f"plugins: [{plugin}]\n")
    assert load(cwd=tmp_path)[0].site.extensions.callouts == On()


def test_every_accent_has_a_switch() -> None:
    assert set(ACCENTS) <= set(Extensions.__struct_fields__)
    assert accents(Extensions()) == ()
    assert all(len(accents(Extensions(**{name: On()}))) == 1 for name in ACCENTS)  # type: ignore[arg-type]


UNREAD = {
    "wiki link": "See [[page|there]].\n",
    "embed": "![[a.png|300]]\n",
    "cross-reference": "See [Config][generator.config.Config] and [More][].\n",
    "callout": "> [!note]\n> a\n",
    "identifier": "::: package.module.Thing\n",
    "container": ":::note\na\n:::\n",
    "shortcode": "{{< video a.mp4 >}}\n",
    "quiz": "<quiz>\n\na\n\n</quiz>\n",
    "quiz tag": "a <?quiz?> b\n",
    "query": "```dataview\nLIST\n```\n",
    "space before a marker": '\u00a0??? question "A"\n    b\n\n',
    "nothing before a marker": '\u200b!!! note "A"\n    b\n\n',
    "space after a marker": '???\u00a0question "A"\n    b\n\n',
    "wide marker": '？？？ question "A"\n    b\n\n',
    "indent": "\u00a0\u00a0\u00a0\u00a0b\n\n",
    "tab": "=== Title\n    b\n\n",
    "reStructuredText": ".. note::\n   a\n\n",
    "include": "{!a.md!}\n\n",
    "include of mdBook": "{{#include a.rs}}\n\n",
    "citation": "as in [@knuth] and @fig-a\n\n",
    "comment of Obsidian": "a %%b%% c\n\n",
    "module": 'import A from "b";\n\n',
    "component": '<Tabs a="b">\n\nc\n\n</Tabs>\n\n',
    "role": "see {ref}`a`\n\n",
    "directive": "```{note}\na\n```\n",
    "diagram": "```mermaid\ngraph TD\n```\n",
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_is_not_read_is_reported_once(name: str) -> None:
    page = SourceFile("p.md", "p.md", UNREAD[name] * 2)
    _, problems = parse(page, config=Config(site=Site(extensions=MKDOCS)))
    assert [item.code for item in problems] == ["L231"]


def test_an_identifier_is_reported_in_a_folder_without_a_site() -> None:
    page = SourceFile("p.md", "p.md", UNREAD["identifier"])
    assert [item.code for item in parse(page, config=Config())[1]] == ["L231"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pymdownx.mark", "==a=="),
        ("pymdownx.caret", "^^a^^"),
        ("pymdownx.tilde", "~~a~~"),
        ("pymdownx.keys", "++ctrl+c++"),
        ("pymdownx.critic", "{++a++}"),
    ],
)
def test_marks_that_are_off_are_reported_once(name: str, text: str) -> None:
    page = SourceFile("p.md", "p.md", f"a {text} b\n\n{text}\n")
    _, problems = parse(page, config=Config(site=Site(extensions=MKDOCS)))
    assert [(item.code, item.message.split()[5].rstrip(":")) for item in problems] == [
        ("L230", name)
    ]


def test_texts_that_only_look_alike_are_no_findings() -> None:
    text = (
        "a == b, x[0][1], [[1, 2], [3]], C++ and C++, 1 ~~ 2, 5 % and 7 %%, a@b.org, x^2, <T>, "
        "`[[code]]`, f(x)::: and ::\n"
    )
    assert not parse(SourceFile("p.md", "p.md", text), config=Config())[1]


def test_what_obsidian_hides_is_not_on_the_card() -> None:
    found = read("a %%b\nc%% d ^block-1\n", replace(RECOMMENDED, obsidian=On()))
    assert found == ("paragraph 1-2\n  inline 1-2 a  d \n", set())


def test_notes_of_a_box_come_with_it() -> None:
    text = '!!! note annotate "A"\n\n    x (1)\n\n1.  the note\n\nafter\n'
    document, _ = parse(SourceFile("p.md", "p.md", text), config=Config())
    kinds = [token.type for token in document.tokens if token.type != "inline"]
    assert kinds.index("ordered_list_open") < kinds.index("admonition_close")
    box = document.tokens[0].meta["admonition"]
    assert isinstance(box, Admonition)
    assert document.tokens[0].map == [0, 5]


def kinds(text: str) -> list[str]:
    return [line.split()[0] for line in read(text)[0].splitlines()]


def test_blocks_between_slashes_are_read_whole() -> None:
    tab = "/// tab | A\na\n///\n\n"
    new = tab.replace("A", "A\n    new: true")
    assert kinds(f"{tab}{tab}{new}").count("tab_set") == 2
    terms = "/// define\nApple\n\n- Fruit\n- *Firm*\n///\n"
    assert [kind for kind in kinds(terms) if kind != "inline"] == ["dl", "dt", "dd", "dd"]
    element = read('/// html | div.a#b[c="d"]\n*e*\n///\n')[0]
    assert '<div class="a" id="b" c="d">' in element
    table = read("a|b\n-|-\nc|d\n/// table-caption | <\ncap\n///\n")[0]
    assert table.startswith("figure 1-6")


def test_backticks_in_a_quoted_title_do_not_end_the_header() -> None:
    for fence in ("```", "~~~", "````"):
        found = read(f'{fence} sh title="Run `ls`"\nls\n{fence}\n\nafter\n')[0]
        assert [line.split()[0] for line in found.splitlines()] == ["fence", "paragraph", "inline"]
    assert "fence" not in read("```a``` b\n")[0]


def test_a_paragraph_element_around_blocks_is_left_off_as_github_writes_it() -> None:
    fold = "<details><summary>show</summary>\n<p>\n\n```sh\na\nb\n```\n\n</p>\n</details>\n"
    shown, _ = read(fold)
    assert "language='sh' 'a\\nb\\n'" in shown
    assert "<p>" not in shown


def test_a_box_that_only_other_programs_read_is_not_measured_by_a_site_of_mkdocs() -> None:
    body = "Two:\n- a\n  - b\n"
    _, said = read(f"::: tip Which?\n{body}:::\n")
    assert not said
    _, said = read('??? tip "Which?"\n\n    Two:\n    - a\n      - b\n')
    assert said == {"L220", "L221"}


def page(text: str, name: str = "p.md", extensions: Extensions = RECOMMENDED) -> str:
    source = SourceFile(name, name, text)
    return outline(parse(source, config=Config(site=Site(extensions=extensions)))[0])


def test_a_link_by_name_takes_its_text_after_an_escaped_bar() -> None:
    shown = read("| [[Deep\\|d]] |\n|---|\n| [[a#^b]] |\n", replace(RECOMMENDED, obsidian=On()))[0]
    assert "<a href='Deep.md' @1:3>d</a>" in shown
    assert "<a href='a.md' @3:3>a > b</a>" in shown


def test_a_formula_of_github_has_backticks_in_its_dollars() -> None:
    assert "<math @1:3: a_b>" in page("$`a_b`$ `$x$`\n")
    site = Config(site=Site(path=Path("mkdocs.yml")))
    document = parse(SourceFile("p.md", "p.md", "$`a_b`$\n"), config=site)[0]
    assert "<math @1:2: `a_b`>" in outline(document)


TABS = '<Tabs>\n<TabItem value="a" label="npm">\n\nrun *it*\n\n</TabItem>\n</Tabs>\n'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("p.mdx", TABS),
        ("p.md", f"import Tabs from '@theme/Tabs';\nimport {{TabItem}} from 'x'\n\n{TABS}"),
    ],
)
def test_the_tags_of_components_are_not_on_the_card(name: str, text: str) -> None:
    shown = page(text, name)
    assert "<Tab" not in shown
    assert "</Tab" not in shown
    assert "npm" in shown
    assert "run <em>it</em>" in shown


def test_comments_of_mdx_are_not_on_the_card() -> None:
    shown = page("{/* hidden */}\n\na {/* so\n*/} b\n", "p.mdx")
    assert shown == "paragraph 3-4\n  inline 3-4 a  b\n"


def test_a_type_in_a_text_is_not_a_component() -> None:
    text = "import Tabs from 'x'\n\nA List<String> and {/* a */} b\n"
    assert "String" in page(text)
    assert "{/* a */}" in page("x {/* a */} b\n")


def test_settings_of_a_vault_that_are_not_json_are_an_error_at_their_line(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".obsidian/app.json").write_text('{\n  "strictLineBreaks": yes\n}\n')
    _, problems = load(cwd=tmp_path)
    assert [str(item) for item in problems] == [
        ".obsidian/app.json:2:23: error[E802]: not valid JSON: Expecting value"
    ]
