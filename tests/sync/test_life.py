"""The life of a deck over ten versions, with a second device that reviews and edits in between."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("anki", reason="the official anki library is not installed")

from click.testing import CliRunner, Result

from generator.cli import main
from tests.sync import world
from tests.sync.server import PASSWORD, USER, Device, sync_server

_FIRST = """---
title: Losses
---

## Basics

??? question "What is a loss?"
    A number that says how wrong a prediction is.

??? question "What is a risk?"
    The expected loss over the distribution of the data.

??? question "What is the empirical risk?"
    The mean loss over a sample of the data.

??? question "What is cross-entropy?"
    The mean surprise under another distribution, $-\\sum p \\log q$.

## Pictures

??? question "How does the loss fall?"
    Like this: ![curve](curve.png)

??? question "What are underfitting and overfitting?"
    Too little and too much flexibility for the data that there are.
"""
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
    "789c6360000002000001e221bc330000000049454e44ae426082"
)


class Author:
    """Somebody who edits a page, builds and syncs."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url
        self.time_s = 1_700_000_000
        self.page = folder / "source/losses.md"
        self.page.parent.mkdir(parents=True)
        self.page.write_text(_FIRST)
        (folder / "source/curve.png").write_bytes(_PNG)
        (folder / "admonki.toml").write_text('sources = ["source"]\ncss = ["own.css"]\n')
        (folder / "own.css").write_text(".card { line-height: 1.4; }\n")

    def edit(self, old: str, new: str) -> None:
        text = self.page.read_text()
        assert text.count(old) == 1, old
        self.page.write_text(text.replace(old, new))

    def release(self, monkeypatch: pytest.MonkeyPatch, *options: str) -> Result:
        """Build and sync a version; time goes on by a day."""
        self.time_s += 86_400
        monkeypatch.chdir(self.folder)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(self.time_s))
        monkeypatch.setenv("ADMONKI_SYNC_USER", USER)
        monkeypatch.setenv("ADMONKI_SYNC_PASSWORD", PASSWORD)
        monkeypatch.setenv("ADMONKI_SYNC_URL", self.url)
        built = CliRunner().invoke(main, ["build"])
        assert built.exit_code == 0, built.output
        synced = CliRunner().invoke(main, ["sync", "--folder", "mirror", *options])
        assert synced.exit_code == 0, synced.output
        assert PASSWORD not in synced.output
        return synced


class Reader(world.Reader):
    """Somebody who learns on a second device, and counts it."""

    def __init__(self, device: Device) -> None:
        super().__init__(device)
        self.reviews = 0

    def review(self, question: str, number: int = 0) -> None:
        super().review(question, number)
        self.reviews += 1

    def review_count(self, question: str) -> int:
        marks = ",".join(str(card.id) for card in self.cards(question))
        return int(self.db.scalar(f"SELECT count() FROM revlog WHERE cid IN ({marks})"))

    def all_reviews(self) -> int:
        return int(self.db.scalar("SELECT count() FROM revlog"))


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Author, Reader]]:
    """An author, a server, a reader."""
    with sync_server(tmp_path / "server") as url:
        device = Device(tmp_path / "phone", url)
        yield Author(tmp_path / "project", url), Reader(device)
        device.close()


@pytest.mark.slow
def test_ten_versions_lose_no_review_and_no_edit(
    two: tuple[Author, Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    author, reader = two

    # 1: the first version reaches an empty account
    author.release(monkeypatch)
    reader.sync()
    assert reader.col.note_count() == 6
    for question in ("What is a loss?", "What is a risk?", "What is cross-entropy?"):
        reader.review(question)
    own = reader.find("What is a risk?")
    own["Answer"] += "<p>my own words</p>"
    own.tags.append("mine")
    reader.col.update_note(own)
    reader.sync()

    # 2: an answer changes; the note that the reader edited does not
    author.edit("how wrong a prediction is", "how wrong a prediction turned out")
    author.release(monkeypatch)
    reader.sync()
    assert "turned out" in reader.find("What is a loss?")["Answer"]
    assert "my own words" in reader.find("What is a risk?")["Answer"]
    assert "mine" in reader.find("What is a risk?").tags
    assert reader.review_count("What is a loss?") == 1

    # 3: a question is reworded and keeps its reviews
    author.edit("What is cross-entropy?", "How is cross-entropy defined?")
    author.release(monkeypatch)
    reader.sync()
    assert reader.review_count("How is cross-entropy defined?") == 1
    assert reader.col.note_count() == 6
    reader.review("How is cross-entropy defined?")
    reader.review("How does the loss fall?")
    reader.sync()

    # 4: a card goes to another section; one goes there that the reader had put elsewhere
    cards = [card.id for card in reader.find("What is the empirical risk?").cards()]
    deck = reader.col.decks.id("My own deck")
    assert deck is not None
    reader.col.set_deck(cards, deck)
    reader.sync()
    text = author.page.read_text()
    blocks = re.findall(r'\?\?\? question "What is (?:a loss|the empirical risk)\?"\n.*\n\n', text)
    assert len(blocks) == 2
    for block in blocks:
        author.edit(block, "")
    author.page.write_text(author.page.read_text() + "\n## More\n\n" + "".join(blocks))
    moved = author.release(monkeypatch)
    assert "moved: Losses::Basics → Losses::More" in moved.output
    reader.sync()
    assert reader.deck("What is a loss?") == "Losses::More"
    assert reader.deck("What is the empirical risk?") == "My own deck"
    assert reader.review_count("What is a loss?") == 1

    # 5: a question is split in two: the wording stays with one of them
    author.edit(
        "    Too little and too much flexibility for the data that there are.",
        "    Too little flexibility, and too much of it.\n\n"
        '??? question "How does one notice them?"\n'
        "    By the errors on training and held-out data.",
    )
    author.release(monkeypatch)
    reader.sync()
    assert reader.col.note_count() == 7
    reader.review("How does one notice them?")

    # 6: only the style changes: no note moves, the note type does
    before = reader.db.all("SELECT guid, mod FROM notes ORDER BY guid")
    (author.folder / "own.css").write_text(".card { line-height: 1.7; }\n")
    author.release(monkeypatch)
    reader.sync()
    assert reader.db.all("SELECT guid, mod FROM notes ORDER BY guid") == before
    note_type = reader.find("What is a risk?").note_type()
    assert note_type is not None
    assert "line-height: 1.7" in note_type["css"]
    assert "my own words" in reader.find("What is a risk?")["Answer"]

    # 7: a picture changes under the same name
    old = re.search(r'src="([^"]+)"', reader.find("How does the loss fall?")["Answer"])
    (author.folder / "source/curve.png").write_bytes(_PNG + b"\0")
    author.release(monkeypatch)
    reader.sync()
    new = re.search(r'src="([^"]+)"', reader.find("How does the loss fall?")["Answer"])
    assert old
    assert new
    assert old[1] != new[1]
    assert Path(reader.col.media.dir(), new[1]).read_bytes() == _PNG + b"\0"

    # 8: a card leaves; it stays in the collection, is suspended when asked, and nothing else is
    block = re.search(r'\?\?\? question "How does one notice.*\n.*\n', author.page.read_text())
    assert block
    author.edit(block[0], "")
    kept = author.release(monkeypatch)
    assert "1 note no longer in the pages: kept" in kept.output
    gone = author.release(monkeypatch, "--suspend-removed")
    assert "1 note no longer in the pages: suspended" in gone.output
    reader.sync()
    assert [card.queue for card in reader.find("How does one notice them?").cards()] == [-1]
    assert len(reader.col.find_cards("is:suspended")) == 1

    # 9: the page is renamed, and its sections change places
    author.page = author.page.rename(author.page.with_name("loss-functions.md"))
    head, basics, pictures, more = re.split(r"(?m)^(?=## )", author.page.read_text())
    author.page.write_text(head + more + "\n" + pictures + basics)
    author.release(monkeypatch)
    reader.sync()
    assert reader.col.note_count() == 7
    assert reader.review_count("How is cross-entropy defined?") == 2

    # 10: the card returns, and its reviews were waiting
    author.page.write_text(author.page.read_text() + "\n" + block[0])
    author.release(monkeypatch)
    reader.sync()
    assert reader.col.note_count() == 7
    assert reader.review_count("How does one notice them?") == 1
    assert reader.all_reviews() == reader.reviews
    assert "mine" in reader.find("What is a risk?").tags
