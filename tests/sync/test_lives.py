"""Small lives of a deck, each with something that was lost once."""

import shutil
import time
from pathlib import Path

import pytest

from generator.identity.lock_file import read_lock
from tests.sync.conftest import BASICS, MORE, MakeProject, MakeReader
from tests.sync.world import Project, Reader, card, page

pytestmark = pytest.mark.slow

_LOSS = "What is a loss?"
_RISK = "What is a risk?"


def test_two_projects_never_touch_each_other(make_project: MakeProject, phone: Reader) -> None:
    """Made from one template, synced to one account, in any order."""
    text = page("Losses", ("Basics", BASICS))
    one, two = make_project("one"), make_project("two")
    one.write("loss.md", text)
    two.write("loss.md", text)
    one.release()
    two.release()
    phone.sync()
    assert phone.col.note_count() == 4
    two.write(
        "loss.md",
        page("Losses", ("Basics", BASICS.split("??? ")[0] + "??? " + BASICS.split("??? ")[1])),
    )
    two.build()
    output = two.sync("--delete-removed", "--yes")
    assert "1 note no longer in the pages: deleted" in output
    one.release("--delete-removed", "--yes")
    phone.sync()
    assert len([n for n in phone.notes() if _LOSS in n["Text"]]) == 2
    assert len([n for n in phone.notes() if _RISK in n["Text"]]) == 1
    types = {kind.name for kind in phone.col.models.all_names_and_ids() if "Admonki" in kind.name}
    assert len(types) == 2


def test_without_a_lock_nothing_is_removed(project: Project, phone: Reader) -> None:
    project.release()
    project.write("loss.md", page("Losses", ("Basics", BASICS)))
    project.build()
    (project.folder / "admonki.lock").unlink()
    output = project.sync("--delete-removed", "--yes")
    assert "deleted" not in output
    phone.sync()
    assert phone.col.note_count() == 4


def test_a_renamed_section_loses_no_review_that_the_phone_has_not_synced(
    project: Project, phone: Reader
) -> None:
    project.release()
    phone.sync()
    phone.review(_LOSS)
    project.write("loss.md", page("Losses", ("Groundwork", BASICS), ("More", MORE)))
    output = project.release()
    assert "deck renamed: Losses::Basics → Losses::Groundwork" in output
    phone.sync()
    assert phone.reps(_LOSS) == {0: 1}
    assert phone.deck(_LOSS) == "Losses::Groundwork"
    assert phone.decks() == {"Losses", "Losses::Groundwork", "Losses::More"}


def test_a_renamed_page_renames_the_deck_with_preset_and_description(
    project: Project, phone: Reader
) -> None:
    project.release()
    phone.sync()
    deck = phone.col.decks.by_name("Losses")
    assert deck is not None
    preset = phone.col.decks.add_config_returning_id("Mine")
    deck["conf"], deck["desc"] = preset, "my own words"
    phone.col.decks.save(deck)
    phone.sync()
    phone.review(_LOSS)
    time.sleep(1)  # a review changes its deck, and Anki compares whole seconds
    project.write("loss.md", page("losses", ("Basics", BASICS), ("More", MORE)))
    assert "deck renamed: Losses → losses" in project.release()
    phone.sync()
    project.write("loss.md", page("Loss functions", ("Basics", BASICS), ("More", MORE)))
    assert "deck renamed: losses → Loss functions" in project.release()
    assert "deck" not in project.release()
    phone.sync()
    moved = phone.col.decks.by_name("Loss functions")
    assert moved is not None
    assert (moved["conf"], moved["desc"]) == (preset, "my own words")
    assert phone.decks() == {f"Loss functions{s}" for s in ("", "::Basics", "::More")}
    assert phone.reps(_LOSS) == {0: 1}


def test_a_single_card_moves_without_undoing_a_review(project: Project, phone: Reader) -> None:
    """The phone reviews before the author moves the card, and syncs later."""
    project.release()
    phone.sync()
    phone.review(_LOSS)
    risk = card(_RISK, "Its mean.")
    loss = card(_LOSS, "A number.")
    project.write("loss.md", page("Losses", ("Basics", risk), ("More", MORE + loss)))
    project.release()
    phone.sync()
    assert phone.reps(_LOSS) == {0: 1}
    project.release()
    phone.sync()
    assert phone.reps(_LOSS) == {0: 1}
    assert phone.deck(_LOSS) == "Losses::More"
    phone.review(_LOSS)
    phone.sync()
    assert phone.reps(_LOSS) == {0: 2}


def test_what_the_reader_moved_stays_and_a_filtered_deck_keeps_its_cards(
    project: Project, phone: Reader
) -> None:
    project.release()
    phone.sync()
    phone.move(_RISK, "My own")
    filtered = phone.col.decks.new_filtered("Cram")
    config = phone.col.decks.get_legacy(filtered)
    assert config is not None
    config["terms"] = [['"Text:*loss?"', 10, 0]]
    phone.col.decks.save(config)
    phone.col.sched.rebuild_filtered_deck(filtered)
    phone.sync()
    assert phone.cards(_LOSS)[0].did == filtered
    rest = card("What is new?", "This.")
    project.write("loss.md", page("Losses", ("Basics", rest), ("More", MORE + BASICS)))
    project.release()
    phone.sync()
    asked = phone.cards(_LOSS)[0]
    assert asked.did == filtered
    assert phone.deck(_LOSS) == "Losses::More"
    assert phone.deck(_RISK) == "My own"


def test_a_restyle_and_a_change_of_place_leave_edits_alone(project: Project, phone: Reader) -> None:
    project.release()
    phone.sync()
    phone.edit(_LOSS, "Answer", "My own answer.")
    phone.sync()
    project.write("ml/loss.md", "---\ntags: [new]\n---\n" + page("Other", ("Else", BASICS)))
    (project.folder / "docs/loss.md").unlink()
    project.release()
    phone.sync()
    note = phone.find(_LOSS)
    assert note["Answer"] == "My own answer."
    assert "Other" in note["Context"]
    assert "new" in " ".join(note.tags)


def test_author_and_reader_change_other_fields_and_both_arrive(
    project: Project, phone: Reader
) -> None:
    project.release()
    phone.sync()
    phone.edit(_LOSS, "Question", "What is a loss? (mine)")
    phone.tag(_LOSS, "mine")
    phone.sync()
    project.write("loss.md", page("Losses", ("Basics", BASICS.replace("A number.", "A score."))))
    project.release()
    phone.sync()
    note = phone.find(_LOSS)
    assert "score" in note["Answer"]
    assert note["Question"] == "What is a loss? (mine)"
    assert "mine" in note.tags


def test_where_both_changed_a_field_the_readers_stays_and_is_named(
    project: Project, phone: Reader
) -> None:
    project.release()
    phone.sync()
    phone.edit(_LOSS, "Answer", "My own answer.")
    phone.sync()
    changed = page("Losses", ("Basics", BASICS.replace("A number.", "A score.")), ("More", MORE))
    project.write("loss.md", changed)
    output = project.release()
    assert (
        "loss.md › Basics: What is a loss?: changed by both, the reader's text was kept" in output
    )
    assert "My own answer." in output
    assert "A score." in output
    phone.sync()
    assert phone.find(_LOSS)["Answer"] == "My own answer."
    assert "the author's text was kept" in project.sync("--overwrite")
    phone.sync()
    assert "A score." in phone.find(_LOSS)["Answer"]
    assert "changed by both" not in project.sync()


def test_an_edit_that_the_phone_has_not_synced_is_not_lost(project: Project, phone: Reader) -> None:
    project.release()
    phone.sync()
    phone.edit(_LOSS, "Question", "What is a loss? (mine)")
    project.write("loss.md", page("Losses", ("Basics", BASICS.replace("A number.", "A score."))))
    project.release()
    phone.sync()
    assert phone.find(_LOSS)["Question"] == "What is a loss? (mine)"
    project.release()
    phone.sync()
    note = phone.find(_LOSS)
    assert note["Question"] == "What is a loss? (mine)"
    assert "A score." in note["Answer"]


def test_one_retyped_note_is_named_and_the_rest_arrives(project: Project, phone: Reader) -> None:
    project.release()
    phone.sync()
    phone.retype(_LOSS)
    phone.device.upload()
    project.write(
        "loss.md",
        page(
            "Losses",
            ("Basics", BASICS.replace("A number.", "A score.").replace("Its mean", "The mean")),
        ),
    )
    for _ in range(2):
        output = project.release()
        assert f"loss.md › Basics: {_LOSS}: its note type was changed in Anki" in output
    phone.sync()
    assert "The mean" in phone.find(_RISK)["Answer"]


def test_a_field_that_the_reader_added_stops_nothing(project: Project, phone: Reader) -> None:
    project.release()
    phone.sync()
    kind = phone.col.models.get(phone.find(_LOSS).mid)
    assert kind is not None
    phone.col.models.add_field(kind, phone.col.models.new_field("My notes"))
    phone.col.models.update_dict(kind)
    phone.edit(_LOSS, "My notes", "remember!")
    phone.device.upload()
    more = card("What is new?", "This.")
    project.write(
        "loss.md", page("Losses", ("Basics", BASICS.replace("A number.", "A score.") + more))
    )
    output = project.release()
    assert "1 new, 1 updated" in output
    phone.sync()
    note = phone.find(_LOSS)
    assert (note["My notes"], "A score." in note["Answer"]) == ("remember!", True)
    assert phone.find("What is new?").mid == note.mid


def test_what_the_reader_deleted_stays_deleted(project: Project, phone: Reader) -> None:
    project.release()
    phone.sync()
    phone.delete(_LOSS)
    phone.sync()
    output = project.release()
    assert "1 note deleted in Anki: not restored" in output
    assert _LOSS in output
    assert "not restored" in project.sync(folder="another")  # with no memory of its own
    phone.sync()
    assert not phone.has(_LOSS)
    project.sync("--restore")
    phone.sync()
    assert phone.has(_LOSS)


def test_what_we_suspended_comes_back_and_what_the_reader_suspended_does_not(
    project: Project, phone: Reader
) -> None:
    project.release()
    phone.sync()
    phone.review(_LOSS)
    phone.suspend(_RISK)
    phone.sync()
    whole = page("Losses", ("Basics", BASICS), ("More", MORE))
    project.write("loss.md", page("Losses", ("More", MORE)))
    assert "1 note no longer in the pages: suspended" in project.release("--suspend-removed")
    phone.sync()
    assert phone.is_suspended(_LOSS)
    project.write("loss.md", whole)
    project.release("--suspend-removed")
    phone.sync()
    assert not phone.is_suspended(_LOSS)
    assert phone.is_suspended(_RISK)
    assert phone.reps(_LOSS) == {0: 1}


def test_many_removals_want_a_word(project: Project, phone: Reader) -> None:
    many = "".join(card(f"What is number {n}?", f"It is {n}.") for n in range(8))
    project.write("many.md", page("Many", ("All", many)))
    project.release()
    project.write("many.md", page("Many", ("All", card("What is left?", "This."))))
    project.build()
    output = project.sync("--delete-removed", expected=1)
    assert "E770" in output
    assert "synced" in output
    phone.sync()
    assert phone.col.note_count() == 13
    assert "8 notes no longer in the pages: deleted" in project.sync("--delete-removed", "--yes")
    phone.sync()
    assert phone.col.note_count() == 5


def test_gaps_keep_their_reviews(project: Project, phone: Reader) -> None:
    cloze = "A ==loss== is less than a ==risk== or a ==cost== for all."
    project.write("gaps.md", page("Gaps", ("All", card("Which?", cloze, "cloze"))))
    project.release()
    phone.sync()
    question = "Which?"
    for number in range(3):
        for _ in range(number + 1):
            phone.review(question, number)
    phone.sync()
    swapped = "A ==cost== for all, ==new==, is less than a ==loss==."
    project.write("gaps.md", page("Gaps", ("All", card("Which?", swapped, "cloze"))))
    built = project.build()
    assert "W628" in built.output
    assert "gap 2 ('risk') was removed from the card" in built.output
    output = project.sync()
    assert "1 empty card" in output
    phone.sync()
    assert phone.reps(question) == {0: 1, 1: 2, 2: 3, 3: 0}
    project.write("gaps.md", page("Gaps", ("All", card("Which?", swapped + " Indeed.", "cloze"))))
    project.build()
    assert "1 empty card" in project.sync("--yes")
    phone.sync()
    assert phone.reps(question) == {0: 1, 2: 3, 3: 0}


def test_a_card_that_is_no_longer_reversed_is_named(project: Project, phone: Reader) -> None:
    project.write("r.md", page("R", ("All", card("Symbol?", "R", "reversed"))))
    project.release()
    phone.sync()
    phone.review("Symbol?", 0)
    phone.sync()
    project.write("r.md", page("R", ("All", card("Symbol?", "R"))))
    assert "is no longer asked in reverse" in project.build().output
    assert "1 empty card" in project.sync("--yes")
    phone.sync()
    assert phone.reps("Symbol?") == {0: 1}


def test_own_css_of_a_reader_and_of_two_sites_stays(
    make_project: MakeProject, phone: Reader
) -> None:
    one = make_project("one", 'css = ["own.css"]\n')
    two = make_project("two", 'css = ["own.css"]\n')
    for number, site in enumerate((one, two)):
        (site.folder / "own.css").write_text(f".card {{ top: {number}px; }}\n")
        site.write("a.md", page("A", ("S", card(f"What is site {number}?", "It."))))
        site.release()
    phone.sync()
    assert "top: 0px" in str(phone.note_type("What is site 0?")["css"])
    assert "top: 1px" in str(phone.note_type("What is site 1?")["css"])
    (one.folder / "own.css").write_text(".card { top: 5px; }\n")
    one.release()
    phone.sync()
    assert "top: 5px" in str(phone.note_type("What is site 0?")["css"])
    kind = phone.col.models.get(phone.find("What is site 0?").mid)
    assert kind is not None
    kind["css"] += "\n.card { color: hotpink; }"
    phone.col.models.update_dict(kind)
    phone.sync()
    (one.folder / "own.css").write_text(".card { top: 9px; }\n")
    assert "its style was changed in Anki and is kept" in one.release()
    phone.sync()
    assert "hotpink" in str(phone.note_type("What is site 0?")["css"])


def test_a_failure_leaves_mirror_and_server_as_they_were(
    project: Project, phone: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.release()
    collection = project.folder / "mirror/collection.anki2"
    before = collection.read_bytes()
    project.write("loss.md", page("Losses", ("Basics", BASICS.replace("A number.", "A score."))))
    project.build()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("generator.commands.sync.mirror.Mirror.upload", fail)
        output = project.sync(expected=1)
    assert "No space left on device" in output
    assert collection.read_bytes() == before
    phone.sync()
    assert "A number." in phone.find(_LOSS)["Answer"]
    project.sync()
    phone.sync()
    assert "A score." in phone.find(_LOSS)["Answer"]


def test_a_first_sync_on_a_full_disk_leaves_no_unusable_folder(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.build()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("generator.commands.sync.folder.replace_file", full)
        assert "E753" in project.sync(expected=1)
    assert "4 new" in project.sync()


def test_cards_of_today_are_found_as_added_today(project: Project, phone: Reader) -> None:
    project.release()
    more = MORE + card("What is new?", "This.")
    project.write("loss.md", page("Losses", ("Basics", BASICS), ("More", more)))
    project.release()
    phone.sync()
    lock = read_lock(project.folder / "admonki.lock")[0]
    rows = {entry.question: entry.row_id for entry in lock.entries}
    for note in phone.notes():
        assert note.id == rows[note["Text"]]
    days = {note["Text"]: note.id // 86_400_000 for note in phone.notes()}
    assert days["What is new?"] == days[_LOSS] + 1


def test_the_search_for_removed_cards_finds_those_of_this_project_only(
    make_project: MakeProject, make_reader: MakeReader, tmp_path: Path
) -> None:
    text = '??? question "{}"\n    <!-- id: intro -->\n    It.\n\n'
    one, two = make_project("one"), make_project("two")
    for site, question in ((one, "What is one?"), (two, "What is two?")):
        site.write("a.md", page("A", ("S", text.format(question) + card("Why?", "So."))))
        site.build()
    reader = make_reader("desktop")
    for site in (one, two):
        reader.take(site.package)
    old = one.package.rename(tmp_path / "old.apkg")
    one.write("a.md", page("A", ("S", card("Why?", "So."))))
    one.build()
    shown = one.run("diff", str(old), "build/all.apkg").output
    search = next(line for line in shown.splitlines() if "ID:" in line).strip()
    found = [reader.col.get_note(number)["Text"] for number in reader.col.find_notes(search)]
    assert found == ["What is one?"]


def test_a_deletion_that_meets_a_new_card_leaves_no_card_without_a_note(
    project: Project, phone: Reader
) -> None:
    """The phone deletes the note while the author asks it in reverse, too."""
    project.release()
    phone.sync()
    phone.delete(_LOSS)
    reversed_too = BASICS.replace("question", "question reversed", 1)
    project.write("loss.md", page("Losses", ("Basics", reversed_too), ("More", MORE)))
    project.release()
    phone.device.sync()
    lost = "SELECT count() FROM cards WHERE nid NOT IN (SELECT id FROM notes)"
    assert phone.db.scalar(lost) == 1  # Anki's merge
    assert "1 note deleted in Anki: not restored" in project.sync()
    phone.device.sync()
    assert phone.db.scalar(lost) == 0
    phone.sync()
    assert not phone.has(_LOSS)


def test_what_was_deleted_after_an_import_by_hand_stays_deleted(
    project: Project, phone: Reader
) -> None:
    """Before the first sync there is no memory; what came with later cards was there."""
    unanswered = '??? question "What is open?"\n\n'
    project.write("loss.md", page("Losses", ("Basics", BASICS), ("More", MORE + unanswered)))
    project.build()
    phone.take(project.package)
    phone.delete(_LOSS)
    phone.sync()
    more = MORE + unanswered + card("What is new?", "This.")
    project.write("loss.md", page("Losses", ("Basics", BASICS), ("More", more)))
    project.build("--unanswered")
    output = project.sync()
    assert "2 new, 0 updated" in output
    assert "1 note deleted in Anki: not restored" in output
    phone.sync()
    assert not phone.has(_LOSS)
    project.sync("--restore")
    phone.sync()
    assert phone.has(_LOSS)


def test_a_new_gap_that_is_imported_and_synced_makes_one_card(
    project: Project, phone: Reader, make_reader: MakeReader
) -> None:
    def write(*gaps: str) -> None:
        text = " and ".join(f"=={gap}==" for gap in gaps)
        project.write("gaps.md", page("Gaps", ("All", card("Which?", text, "cloze"))))

    write("one", "two")
    project.release()
    desktop = make_reader("desktop")
    for reader in (phone, desktop):
        reader.sync()
    write("one", "two", "three", "four")
    project.release()
    desktop.take(project.package)
    for reader in (phone, desktop, phone):
        reader.sync()
    assert phone.reps("Which?") == {0: 0, 1: 0, 2: 0, 3: 0}
    assert len(phone.cards("Which?")) == len(desktop.cards("Which?")) == 4


def test_a_site_with_a_copied_lock_removes_nothing_of_the_other(
    project: Project, make_project: MakeProject, phone: Reader
) -> None:
    """The copy takes all cards of its template for removed ones."""
    project.build()
    copy = make_project("copy")
    shutil.copy(project.folder / "admonki.lock", copy.folder)
    copy.write("mine.md", page("Mine", ("Mine", card("What is mine?", "It."))))
    more = MORE + card("What is new?", "This.")
    project.write("loss.md", page("Losses", ("Basics", BASICS), ("More", more)))
    project.release()
    assert "none of the lock's 4 cards is on the pages" in copy.build().output
    output = copy.sync("--delete-removed", expected=1)
    assert "1 note of this project is not in its lock file" in output
    assert "  What is new?" in output
    assert "4 notes would be deleted, and the lock may be another site's: not done" in output
    assert "1 note of this project is not in its lock file" in project.release("--delete-removed")
    phone.sync()
    assert phone.col.note_count() == 6
