"""What every page of `source/` keeps to."""

import contextlib
import importlib.util
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.content.pages import (
    SOURCE,
    Block,
    Inner,
    PageCard,
    blocks,
    cards,
    page_cards,
    page_names,
    without_code,
)

WITHOUT_CARDS = ("facts.md", "index.md")
PAGES = [name for name in page_names() if name not in WITHOUT_CARDS]
CARDS = [card for name in PAGES for card in page_cards(name)]
PYTHON = [
    pytest.param(block, id=f"{card.id}-{number}")
    for card in CARDS
    for number, block in enumerate(card.blocks, 1)
    if block.is_python
]
RUNNABLE = [pytest.param(card, id=card.id) for card in CARDS if card.program]
INNER = [
    pytest.param(box, id=f"{card.id}-{n}") for card in CARDS for n, box in enumerate(card.inner)
]
MOST_WORDS, MOST_INNER_WORDS = 110, 60
MOST_COLUMNS = 41  # of code that a phone of 390 px shows without scrolling
REFERENCE = {"basics-compare-classics"}
_DATED = re.compile(r"(?:^\|.*\|\n)+\n(?:[^|\n][^\n]*\n\n)*?\*As of [^\n]*", re.MULTILINE)


def test_there_are_pages() -> None:
    """An empty glob would let every other test pass."""
    assert len(PAGES) >= 1
    assert CARDS


def test_every_id_is_there_once() -> None:
    """Identity rests on explicit ids, so they are unique over all pages."""
    ids = [card.id for card in CARDS]
    ids += [box.id for card in CARDS for box in card.inner if box.type == "tip"]
    assert "" not in ids, [f"{card.page}:{card.line}" for card in CARDS if not card.id]
    assert sorted(ids) == sorted(set(ids))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name) for name in ids)


def test_no_question_is_asked_twice() -> None:
    """Titles differ over all pages, those of follow-ups included."""
    titles = [card.title.casefold() for card in CARDS]
    titles += [box.title.casefold() for card in CARDS for box in card.inner if box.type == "tip"]
    assert sorted(titles) == sorted(set(titles))


def test_a_title_asks_one_thing() -> None:
    """No second question after an "and"; a situation before the question is welcome."""
    titles = [card.title for card in CARDS]
    titles += [box.title for card in CARDS for box in card.inner if box.type == "tip"]
    second = re.compile(r",? and (?:what|how|why|which|where|who|say|derive)\b|\?.+\?|\. Compute")
    assert [title for title in titles if second.search(title)] == []


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_an_answer_fits_one_screen(card: PageCard) -> None:
    """About a hundred words beside formulas and code, which a reader can grade honestly."""
    assert card.words <= MOST_WORDS, f"{card.page}:{card.line}: {card.words}"


@pytest.mark.parametrize("box", INNER)
def test_inner_boxes_are_short_questions_or_folded_code(box: Inner) -> None:
    """A tip asks one thing and answers it in a few sentences; an abstract holds code."""
    assert box.type in {"tip", "abstract"}
    if box.type == "tip":
        assert box.title.endswith(("?", ".")), box.title
        assert 1 <= box.words <= MOST_INNER_WORDS, f"{box.title}: {box.words}"
    else:
        assert "```" in box.body


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_tables_fit_a_phone(card: PageCard) -> None:
    """At most three columns beside the row's name and four rows, or one row of figures.

    The tables of `facts.md` are for reference, and so is a comparison that the question asks for.
    """
    if card.id in REFERENCE:
        return
    for table in re.findall(r"(?:^\|.*\|\n)+", _DATED.sub("", card.answer), flags=re.MULTILINE):
        rows = table.strip().split("\n")
        columns = max(row.replace(r"\|", "").count("|") - 1 for row in rows)
        assert len(rows) - 2 <= 4, table
        assert columns <= (6 if len(rows) == 3 else 4), table


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_code_fits_a_phone(card: PageCard) -> None:
    """Code outside folded boxes needs no scrolling."""
    long = [
        line
        for block in blocks(card.answer)
        for line in block.code.split("\n")
        if len(line) > MOST_COLUMNS
    ]
    assert long == [], card.id


@pytest.mark.parametrize("name", PAGES)
def test_front_matter_names_title_tags_date_and_authors(name: str) -> None:
    """Each page says what it is."""
    text = (SOURCE / name).read_text(encoding="utf-8")
    assert text.startswith("---\n")
    head = text.split("---\n")[1]
    for key in ("title:", "tags:", "date:", "authors:"):
        assert key in head, key


@pytest.mark.parametrize("name", page_names())
def test_links_lead_to_pages_images_and_anchors_that_exist(name: str) -> None:
    """No relative link of the decks is broken."""
    text = without_code((SOURCE / name).read_text(encoding="utf-8"))
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)", text):
        path, _, anchor = target.partition("#")
        file = SOURCE / (path or name)
        assert file.is_file(), f"{name}: {target}"
        if anchor:
            assert anchor in _anchors(file.read_text(encoding="utf-8")), f"{name}: {target}"


def _anchors(text: str) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", head).strip().lower()) for head in heads}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_sources_are_of_one_form(card: PageCard) -> None:
    """`*Source:*` is the last paragraph, and each arXiv link shows the number it leads to."""
    if "*Source:*" in card.body:
        assert re.search(r"^\*Source:\* [^\n]+\n\Z", card.body, flags=re.MULTILINE)
    for shown, target in re.findall(
        r"\[arXiv:([\d.]+)\]\(https://arxiv\.org/abs/([\d.]+)\)", card.body
    ):
        assert shown == target
        assert re.fullmatch(r"\d{4}\.\d{4,5}", shown)


@pytest.mark.parametrize("block", PYTHON)
def test_python_blocks_compile(block: Block) -> None:
    """Every Python block is Python."""
    compile(block.code, "<card>", "exec")


@pytest.mark.slow
@pytest.mark.parametrize("card", RUNNABLE)
def test_programs_run_and_print_what_they_say(card: PageCard) -> None:
    """The blocks marked `.run` are executed where the packages that they import are installed.

    A comment after the last `print` is its output.
    """
    for package in _imported(card.program):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is not installed: the blocks were only compiled")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(card.program, f"<{card.id}>", "exec"), {"__name__": "__card__"})
    if said := re.search(r"print\(.*\)\s*# (.+)\Z", card.program.rstrip()):
        assert out.getvalue().rstrip().split("\n")[-1] == said[1]


def _imported(code: str) -> list[str]:
    names = re.findall(r"^(?:from|import) (\w+)", code, flags=re.MULTILINE)
    return sorted(set(names))


def test_all_cards_are_found_by_id() -> None:
    """The reader that the other tests use loses no card."""
    markers = sum(
        len(re.findall(r"^ *\?\?\?\+? question", (SOURCE / name).read_text(encoding="utf-8"), re.M))
        for name in PAGES
    )
    assert markers == len(CARDS) == len(cards())


@pytest.mark.parametrize(
    "path", sorted((SOURCE / "images").glob("*.svg")), ids=lambda path: path.name
)
def test_drawings_are_used_and_stand_on_a_ground_of_their_own(path: Path) -> None:
    """Each drawing is on a card, says what it shows, and is readable by day and night."""
    assert any(f"images/{path.name}" in card.body for card in CARDS)
    root = ElementTree.parse(path).getroot()
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title") is not None
    ground = root.find(f"{space}rect")
    assert ground is not None
    assert (ground.get("width"), ground.get("height")) == (root.get("width"), root.get("height"))
    assert int(root.get("width", "999")) <= 360


def test_counts_in_the_prose_are_true() -> None:
    """README, index and changelog say how many questions and follow-ups there are."""
    tips = sum(box.type == "tip" for card in CARDS for box in card.inner)
    said = f"{len(CARDS)} questions"
    for path in (SOURCE / "index.md", SOURCE.parent / "README.md", SOURCE.parent / "CHANGELOG.md"):
        text = path.read_text(encoding="utf-8")
        assert said in text, path
        assert re.search(rf"\b{tips} follow-ups", text), path


def test_the_index_lists_every_deck() -> None:
    """Each page with cards has a row."""
    index = (SOURCE / "index.md").read_text(encoding="utf-8")
    assert [name for name in PAGES if f"]({name})" not in index] == []


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_each_card_says_for_whom_it_is(card: PageCard) -> None:
    """One level and one role at least."""
    levels = [tag for tag in card.tags if tag.startswith("level::")]
    roles = {tag for tag in card.tags if tag.startswith("role::")}
    assert len(levels) == 1
    assert levels[0] in {"level::junior", "level::senior"}
    assert roles
    assert roles <= {"role::rag", "role::research", "role::serving", "role::training"}


def test_the_first_forty_are_numbered() -> None:
    """An order to learn, without gaps."""
    found = sorted(tag for card in CARDS for tag in card.tags if tag.startswith("first-40"))
    assert found == [f"first-40::{number:02}" for number in range(1, 41)]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_results_of_others_name_their_source(card: PageCard) -> None:
    """A card that tells what somebody measured ends in a source, or in a dated table."""
    words = r"\b(?:reported|in the paper|(?:in|on) \w+'s tests|labell?ers|outperform\w*|beat)\b"
    told = re.search(words, without_code(card.body))
    if told:
        assert "*Source:*" in card.body or "*As of " in card.body, told[0]
