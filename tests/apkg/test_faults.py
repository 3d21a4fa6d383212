"""What goes wrong leaves the old packages whole, a clear word, and no litter."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.apkg.commit import StagedPackage, commit
from generator.apkg.notetypes import NoteType
from generator.apkg.reader import read_package
from generator.apkg.temporary import none_left
from generator.apkg.writer import Plan, stage
from generator.errors import AdmonkiError
from generator.model import CardKind, IdentifiedNote, Media
from tests.apkg.conftest import MOD_S, MakeNote, write_package
from tests.conftest import ROOT

Types = tuple[NoteType, ...]

needs_plain_user = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="folder modes do not stop root or Windows"
)
needs_root = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0 or not shutil.which("mount"),
    reason="needs root, to mount a small tmpfs",
)


def _codes(write: Callable[[], object]) -> list[str]:
    with pytest.raises(AdmonkiError) as caught:
        write()
    return [diagnostic.code for diagnostic in caught.value.diagnostics]


def _write(path: Path, notes: tuple[IdentifiedNote, ...], types: Types) -> Callable[[], object]:
    return lambda: write_package(path, notes, note_types=types)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_twins_are_refused_each_at_its_place(
    types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    twins = (make_note(1), make_note(2, guid="guid-1"))
    with pytest.raises(AdmonkiError) as caught:
        _write(tmp_path / "deck.apkg", twins, types)()
    assert [(d.code, d.location.line) for d in caught.value.diagnostics] == [
        ("E702", 1),
        ("E702", 2),
    ]
    assert _names(tmp_path) == []


@pytest.mark.parametrize(
    ("kind", "question"), [(CardKind.CLOZE, "no gap {{c0::x}}"), (CardKind.CLOZE, "{{c1::")]
)
def test_a_note_without_cards_is_refused(
    kind: CardKind, question: str, types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    note = make_note(1, kind=kind, question=question)
    assert _codes(_write(tmp_path / "deck.apkg", (note,), types)) == ["E703"]


@pytest.mark.parametrize("name", ["a/b.png", "../x.png", "", "..", "a\x00.png", "c:x.png", "a\\b"])
def test_media_with_an_unfit_name_is_refused(
    name: str, types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    (tmp_path / "x.png").write_bytes(b"x")
    note = make_note(1, media=(Media(name, str(tmp_path / "x.png")),))
    assert _codes(_write(tmp_path / "deck.apkg", (note,), types)) == ["E704"]


def test_media_that_is_gone_or_ambiguous_is_refused(
    types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_text(name)
    gone = make_note(1, media=(Media("a.png", str(tmp_path / "gone")),))
    pair = tuple(
        make_note(n, media=(Media("a.png", str(tmp_path / p)),))
        for n, p in ((1, "one"), (2, "two"))
    )
    assert _codes(_write(tmp_path / "deck.apkg", (gone,), types)) == ["E704"]
    assert _codes(_write(tmp_path / "deck.apkg", pair, types)) == ["E704"]


def test_a_folder_or_file_in_the_way_is_said(
    types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    (tmp_path / "deck.apkg").mkdir()
    (tmp_path / "file").write_text("")
    assert _codes(_write(tmp_path / "deck.apkg", (make_note(1),), types)) == ["E705"]
    assert _codes(_write(tmp_path / "file" / "d.apkg", (make_note(1),), types)) == ["E705"]
    assert _names(tmp_path) == ["deck.apkg", "file"]


@needs_plain_user
def test_a_read_only_folder_is_said(types: Types, make_note: MakeNote, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert _codes(_write(tmp_path / "deck.apkg", (make_note(1),), types)) == ["E705"]
    finally:
        tmp_path.chmod(0o700)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this machine allows no tmpfs")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@needs_root
def test_a_disk_gone_read_only_keeps_the_old_package(
    types: Types, make_note: MakeNote, small_disk: Path
) -> None:
    path = small_disk / "deck.apkg"
    _write(path, (make_note(1),), types)()
    before = path.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert _codes(_write(path, (make_note(2),), types)) == ["E705"]
    assert path.read_bytes() == before


@needs_root
def test_a_full_disk_keeps_the_old_packages(
    types: Types, make_note: MakeNote, small_disk: Path
) -> None:
    plans = [Plan(small_disk / name, (make_note(1),)) for name in ("a.apkg", "b.apkg")]
    commit(stage(plans, note_types=types))
    before = {name: (small_disk / name).read_bytes() for name in _names(small_disk)}
    noise = random.Random(1).randbytes(3_000_000).hex()
    larger = (plans[0], Plan(small_disk / "b.apkg", (make_note(1, answer=noise),)))
    assert _codes(none_left(small_disk)(lambda: stage(larger, note_types=types))) == ["E705"]
    assert {name: (small_disk / name).read_bytes() for name in _names(small_disk)} == before


def test_a_failure_in_one_package_leaves_all_old_ones(
    types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    good = Plan(tmp_path / "a.apkg", (make_note(1),))
    commit(stage([good], note_types=types))
    before = good.path.read_bytes()
    changed = Plan(good.path, (make_note(1, answer="<p>New.</p>", mod_s=MOD_S + 1),))
    bad = Plan(tmp_path / "b.apkg", (make_note(1), make_note(1)))
    write = none_left(tmp_path)(lambda: stage([changed, bad], note_types=types))
    assert set(_codes(write)) == {"E702"}
    assert good.path.read_bytes() == before
    assert _names(tmp_path) == ["a.apkg"]


def test_a_refused_rename_undoes_those_before_it(
    types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    note = make_note(1)
    plans = [Plan(tmp_path / name, (note,)) for name in ("a.apkg", "b.apkg")]
    commit(stage(plans, note_types=types))
    before = plans[0].path.read_bytes()
    note = make_note(1, answer="<p>New.</p>")
    new = [Plan(plan.path, (note,)) for plan in plans] + [Plan(tmp_path / "c.apkg", (note,))]
    staged = list(stage(new, note_types=types))
    staged[2:] = [StagedPackage(tmp_path / "no" / "c.apkg", staged[2].temporary, staged[2].counts)]
    assert _codes(none_left(tmp_path)(lambda: commit(staged))) == ["E705"]
    assert plans[0].path.read_bytes() == plans[1].path.read_bytes() == before
    assert _names(tmp_path) == ["a.apkg", "b.apkg"]


def test_what_killed_runs_left_is_swept_and_what_runs_is_not(
    types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait(timeout=60)
    (tmp_path / f".admonki-{dead.pid}-0123abcd.tmp").write_text("litter")
    alive = tmp_path / f".admonki-{os.getppid()}-0123abcd.tmp"
    alive.write_text("in use")
    (tmp_path / "mine.tmp").write_text("not ours")
    old = tmp_path / f".admonki-{os.getppid()}-89abcdef.tmp"  # of one whose number was given again
    old.write_text("litter")
    os.utime(old, (0, 0))
    _write(tmp_path / "deck.apkg", (make_note(1),), types)()
    assert _names(tmp_path) == sorted([alive.name, "deck.apkg", "mine.tmp"])


_ENDLESS = """
import itertools, sys
from pathlib import Path
from generator.apkg.commit import commit
from generator.apkg.notetypes import note_types
from generator.apkg.temporary import none_left
from generator.apkg.writer import Plan, stage
from tests.apkg.conftest import MOD_S, a_note, dated
folder, types = Path(sys.argv[1]), dated(note_types())
for version in itertools.count(1):
    answer, mod_s = f"<p>{version}</p>" * 50, MOD_S + version
    notes = [a_note(number, answer=answer, mod_s=mod_s) for number in range(1, 60)]
    plans = [Plan(folder / f"{name}.apkg", notes) for name in "abc"]
    commit(stage(plans, note_types=types))
    if version == 1:
        print("ready", flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_killed_at_any_moment_every_package_is_whole(tmp_path: Path) -> None:
    pause = random.Random(7)
    for _ in range(8):
        command = [sys.executable, "-c", _ENDLESS, str(tmp_path)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as run:
            assert run.stdout is not None
            run.stdout.readline()
            time.sleep(pause.uniform(0, 0.2))
            run.send_signal(signal.SIGKILL)
        packages = [read_package(tmp_path / f"{name}.apkg") for name in "abc"]
        assert {len(package.notes) for package in packages} == {59}
    litter = [name for name in _names(tmp_path) if name.endswith(".tmp")]
    assert len(litter) <= 6  # of the last run only: each run sweeps up after those before it
