"""More small lives: pages that are split and merged, suspended cards, branches, renamed decks."""

import shutil
import subprocess
import time

import pytest

from tests.sync.conftest import BASICS, MORE, MakeProject
from tests.sync.world import Project, Reader, card, page

pytestmark = pytest.mark.slow
_LOSS, _RISK, _ENTROPY = "What is a loss?", "What is a risk?", "What is entropy?"
_NEW = card("What is new?", "This.")


def _give_preset(reader: Reader, name: str) -> None:
    deck = reader.col.decks.by_name(name)
    assert deck is not None
    deck["conf"] = reader.col.decks.add_config_returning_id("Mine")
    reader.col.decks.save(deck)


def _preset(reader: Reader, name: str) -> str:
    number = reader.col.decks.id_for_name(name)
    assert number is not None
    return str(reader.col.decks.config_dict_for_deck_id(number)["name"])


def test_a_section_that_goes_to_another_page_takes_its_deck_along(
    project: Project, phone: Reader
) -> None:
    """A page that is split, and one that is merged, while the phone holds reviews."""
    project.release()
    phone.sync()
    _give_preset(phone, "Losses::More")
    phone.sync()
    phone.review(_ENTROPY)
    project.write("loss.md", page("Losses", ("Basics", BASICS)))
    project.write("info.md", page("Information", ("More", MORE)))
    assert "deck renamed: Losses::More → Information::More" in project.release()
    phone.sync()
    (project.folder / "docs/info.md").unlink()
    project.write("loss.md", page("Losses", ("Basics", BASICS), ("Surprise", MORE)))
    project.release()
    phone.sync()
    assert phone.deck(_ENTROPY) == "Losses::Surprise"
    assert _preset(phone, "Losses::Surprise") == "Mine"
    assert phone.reps(_ENTROPY) == {0: 1}
    assert phone.col.note_count() == 4


@pytest.mark.parametrize("is_synced", [True, False])
def test_chapters_that_are_numbered_again_keep_decks_and_reviews(
    project: Project, phone: Reader, is_synced: bool
) -> None:
    """The deck of each becomes the deck of the next, which another one has now."""
    answers = ("To train a model with gradients.", "To store vectors for a search.")

    def write(*texts: str) -> None:
        for number, text in enumerate(texts, 1):
            chapter = page(f"Chapter {number}", ("Aim", card("What is it for?", text)))
            project.write(f"{number}.md", chapter)
        project.release()

    write(*answers)
    phone.sync()
    for note in phone.notes():
        if "it for" in note["Text"]:
            asked = note.cards()[0]
            asked.start_timer()
            phone.col.sched.answerCard(asked, 3)
    if is_synced:
        phone.sync()
    write("To know the words of the others.", *answers)
    phone.sync()
    project.release()  # what was reviewed meanwhile moves now
    phone.sync()
    for number, text in enumerate(answers, 2):
        (note,) = (note for note in phone.notes() if text in note["Answer"])
        (asked,) = note.cards()
        assert (phone.col.decks.name(asked.did), asked.reps) == (f"Chapter {number}::Aim", 1)


def test_a_review_after_a_rename_does_not_part_deck_and_preset(
    project: Project, phone: Reader
) -> None:
    """The phone is offline: its decks, changed by the review, are newer than the rename."""
    project.release()
    phone.sync()
    _give_preset(phone, "Losses")
    phone.sync()
    project.write("loss.md", page("Plain", ("Basics", BASICS), ("More", MORE)))
    project.release()
    time.sleep(1)  # Anki compares whole seconds
    phone.review(_LOSS)
    phone.device.sync()
    project.release()
    phone.sync()
    assert phone.decks() == {"Plain", "Plain::Basics", "Plain::More"}
    assert _preset(phone, "Plain") == "Mine"
    assert phone.reps(_LOSS) == {0: 1}


def test_capitals_of_a_page_and_of_a_section_change(project: Project, phone: Reader) -> None:
    project.release()
    phone.sync()
    project.write("loss.md", page("losses", ("basics", BASICS), ("More", MORE)))
    project.release()
    phone.sync()
    assert phone.decks() == {"losses", "losses::basics", "losses::More"}
    assert "deck" not in project.sync()


def test_new_cards_follow_a_deck_that_the_reader_has_renamed(
    project: Project, phone: Reader
) -> None:
    """Also when the author renames its section in the same version."""
    project.release()
    phone.sync()
    number = phone.col.decks.id_for_name("Losses::Basics")
    assert number is not None
    phone.col.decks.rename(number, "Losses::Mine")
    phone.sync()
    project.write("loss.md", page("Losses", ("Groundwork", BASICS + _NEW), ("More", MORE)))
    project.release()
    phone.sync()
    assert phone.deck(_LOSS) == phone.deck("What is new?") == "Losses::Mine"


def test_only_what_we_suspended_comes_back(project: Project, phone: Reader) -> None:
    """The reader had suspended one side of the card before."""
    both = card("Symbol?", "R", "reversed")
    whole = page("R", ("All", both + card("Other?", "O")))
    project.write("r.md", whole)
    project.release()
    phone.sync()
    phone.col.sched.suspend_cards([phone.cards("Symbol?")[1].id])
    phone.sync()
    project.write("r.md", page("R", ("All", card("Other?", "O"))))
    project.release("--suspend-removed")
    phone.sync()
    assert phone.is_suspended("Symbol?")
    project.write("r.md", whole)
    project.release()
    phone.sync()
    assert [asked.queue for asked in phone.cards("Symbol?")] == [0, -1]


def test_what_the_reader_unsuspended_is_not_suspended_again(
    project: Project, phone: Reader
) -> None:
    project.release()
    phone.sync()
    project.write("loss.md", page("Losses", ("Basics", card(_RISK, "Its mean.")), ("More", MORE)))
    project.release("--suspend-removed")
    phone.sync()
    phone.col.sched.unsuspend_cards([asked.id for asked in phone.cards(_LOSS)])
    phone.sync()
    project.release("--suspend-removed")
    phone.sync()
    assert not phone.is_suspended(_LOSS)


def test_a_card_of_a_merged_branch_arrives_although_it_is_older(
    project: Project, phone: Reader
) -> None:
    """The other branch was synced in between."""
    project.release()
    (project.folder / ".gitignore").write_text("build\nmirror\n")
    one = BASICS + card("What is on the branch?", "X.")
    other = MORE + card("What is on main?", "Y.")
    _git(project, "init", "-b", "main")
    _git(project, "add", ".")
    _git(project, "commit", "-m", "first")
    _git(project, "checkout", "-b", "branch")
    project.write("loss.md", page("Losses", ("Basics", one), ("More", MORE)))
    project.build()
    _git(project, "commit", "-am", "branch")
    _git(project, "checkout", "main")
    project.write("loss.md", page("Losses", ("Basics", BASICS), ("More", other)))
    project.release()
    _git(project, "commit", "-am", "main")
    _git(project, "merge", "branch")
    project.run("ids", "--merge")
    project.write("loss.md", page("Losses", ("Basics", one), ("More", other)))
    assert "1 new" in project.release()
    phone.sync()
    assert phone.col.note_count() == 6


def _git(project: Project, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    command = ("git", "-C", str(project.folder), *who, *arguments)
    subprocess.run(command, check=False, capture_output=True)


def test_a_lost_lock_removes_nothing_of_the_reader(
    make_project: MakeProject, phone: Reader
) -> None:
    """Lock and packages are gone, and a card was reworded: the rest keeps its reviews."""
    project = make_project("site", 'site_url = "https://example.org/notes/"\n')
    project.write("loss.md", page("Losses", ("Basics", BASICS), ("More", MORE)))
    project.release()
    phone.sync()
    phone.review(_LOSS)
    phone.review(_RISK)
    phone.sync()
    (project.folder / "admonki.lock").unlink()
    shutil.rmtree(project.folder / "build")
    reworded = BASICS.replace(_LOSS, "What is a loss, in short?")
    project.write("loss.md", page("Losses", ("Basics", reworded), ("More", MORE)))
    assert "1 note of this project is not in its lock file" in project.release("--delete-removed")
    phone.sync()
    assert phone.reps(_LOSS) == phone.reps(_RISK) == {0: 1}


@pytest.mark.parametrize(
    "title", ["Losses:", ":Loss", 'The "loss"', "A::B", "e\u0301 ﬁ", "L\u200boss", "C++ & <b>"]
)
def test_the_deck_of_an_unusual_title_is_renamed(
    project: Project, phone: Reader, title: str
) -> None:
    """Anki changes some names, and a deck must be recognized all the same."""
    project.write("loss.md", page(title, ("Basics", BASICS), ("More", MORE)))
    project.release()
    phone.sync()
    assert "deck" not in project.sync()
    project.write("loss.md", page("Plain", ("Basics", BASICS), ("More", MORE)))
    project.release()
    phone.sync()
    assert phone.decks() == {"Plain", "Plain::Basics", "Plain::More"}


def test_an_account_that_was_emptied_is_not_filled_again_unasked(
    project: Project, phone: Reader
) -> None:
    project.release()
    phone.sync()
    phone.col.models.remove(phone.find(_LOSS).mid)
    phone.device.upload()
    assert "E754" in project.sync(expected=1)
    phone.device.sync()
    assert phone.col.note_count() == 0
    assert "4 notes deleted in Anki: not restored" in project.sync(folder="another")
    assert "4 new" in project.sync("--restore", folder="another")
