"""What an author does beside a card takes nothing from a reader who imports by hand."""

from collections.abc import Mapping

import pytest

from tests.sync.lives import set_clock
from tests.sync.world import Project, Reader, card, page

pytestmark = pytest.mark.slow

_AIM = "What is it for?"
_TRAIN = "To *train* a model with gradients, as we explain."
_STORE = "To store vectors for a search."
_Pages = Mapping[str, str | None]


def _chapter(title: str, answer: str, more: str = "") -> str:
    return page(title, ("Aim", card(_AIM, answer))) + more


_FIRST: _Pages = {
    "1.md": _chapter("1. Training", f"{_TRAIN}[^10]", "[^10]: Or so.\n"),
    "2.md": _chapter("2. Stores", f"{_STORE}[^1]", "[^1]: Or not.\n"),
}
_SAME = _FIRST["1.md"]
assert _SAME
_LIVES: Mapping[str, _Pages] = {
    "a chapter is inserted": {
        "1.md": _chapter("1. Words", "To know the words."),
        "2.md": _SAME.replace("1. Training", "2. Training"),
        "3.md": _chapter("3. Stores", _STORE),
    },
    "two pages exchange names": {"1.md": _FIRST["2.md"], "2.md": _SAME},
    "the page is copied, and renamed": {
        "1.md": None,
        "de/1.md": _SAME.replace("1. Training", "Ausbildung"),
        "en/1.md": _SAME,
    },
    "a formatter spells it otherwise": {"1.md": _SAME.replace("*train*", "_train_")},
    "a definition of others appears": {
        "1.md": f"{_SAME}[^1]: Of no card.\n*[AI]: a part of words\n"
    },
    "another card has an error": {"2.md": _chapter("2. Stores", "$\\frac{a$")},
}


@pytest.mark.parametrize("pages", _LIVES.values(), ids=_LIVES.keys())
def test_reviews_edits_and_tags_stay(project: Project, phone: Reader, pages: _Pages) -> None:
    _write(project, {"loss.md": None, **_FIRST})
    project.build()
    phone.take(project.package)
    (train,) = (note for note in phone.notes() if "train" in note["Answer"])
    asked = train.cards()[0]
    asked.start_timer()
    phone.col.sched.answerCard(asked, 3)
    train["Answer"] += " Mine."
    train.tags.append("mine")
    phone.col.update_note(train)
    set_clock(phone, project.clock.now_s)
    _write(project, pages)
    project.clock.now_s += 86_400
    project.run("build", expected=int(any("frac{a$" in (text or "") for text in pages.values())))
    phone.take(project.package)
    after = phone.col.get_note(train.id)
    assert after["Answer"] == train["Answer"]
    assert "mine" in after.tags
    assert [c.reps for c in after.cards()] == [1]


def test_a_card_of_an_excluded_page_stays_and_returns(project: Project, phone: Reader) -> None:
    (project.folder / "admonki.toml").unlink()
    site = project.folder / "mkdocs.yml"
    settings = "site_name: N\nmarkdown_extensions: [pymdownx.details]\n"
    site.write_text(settings)
    project.write("other.md", page("Other", ("S", card("What is else?", "This."))))
    project.build()
    phone.take(project.package)
    phone.review("What is a loss?")
    site.write_text(f"{settings}exclude_docs: loss.md\n")
    assert "4 removed" in project.run("diff").output
    project.write("other.md", page("Other", ("S", card("What is else?", "That."))))
    project.build()
    phone.take(project.package)
    assert "That." in phone.find("What is else?")["Answer"]
    site.write_text(settings)
    project.build()
    phone.take(project.package)
    assert phone.reps("What is a loss?") == {0: 1}


def _write(project: Project, pages: _Pages) -> None:
    for name, text in pages.items():
        if text is None:
            (project.folder / "docs" / name).unlink()
        else:
            project.write(name, text)
