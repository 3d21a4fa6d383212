"""What every page of `source/` keeps to."""

import importlib.util
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.content.pages import SOURCE, Block, PageCard, cards, page_cards, page_names, without_code

PAGES = [name for name in page_names() if name != "index.md"]
CARDS = [card for name in PAGES for card in page_cards(name)]
PYTHON = [
    pytest.param(block, id=f"{card.id}-{number}")
    for card in CARDS
    for number, block in enumerate(card.blocks, 1)
    if block.is_python
]
RUNNABLE = [
    param for param in PYTHON if isinstance(param.values[0], Block) and param.values[0].is_runnable
]


def test_there_are_pages() -> None:
    """An empty glob would let every other test pass."""
    assert len(PAGES) >= 1
    assert CARDS


def test_every_id_is_there_once() -> None:
    """Identity rests on explicit ids, so they are unique over all pages."""
    ids = [card.id for card in CARDS]
    assert "" not in ids, [f"{card.page}:{card.line}" for card in CARDS if not card.id]
    assert sorted(ids) == sorted(set(ids))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name) for name in ids)


def test_no_question_is_asked_twice() -> None:
    """Titles differ over all pages."""
    titles = [card.title.casefold() for card in CARDS]
    assert sorted(titles) == sorted(set(titles))


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_an_answer_is_a_spoken_minute_or_two(card: PageCard) -> None:
    """Between 60 and 260 words outside code and formulas."""
    assert 60 <= card.words <= 260, f"{card.page}:{card.line}: {card.words} words"


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
    """Every Python block is a whole program."""
    compile(block.code, "<card>", "exec")


@pytest.mark.slow
@pytest.mark.parametrize("block", RUNNABLE)
def test_runnable_blocks_run(block: Block) -> None:
    """Blocks marked `.run` are executed where the packages that they import are installed."""
    for package in _imported(block.code):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is not installed: the block was only compiled")
    exec(compile(block.code, "<card>", "exec"), {"__name__": "__card__"})


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
