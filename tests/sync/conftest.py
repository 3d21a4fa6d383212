"""A server, a project and a phone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("anki", reason="the official anki library is not installed")

import anki.collection  # noqa: F401 - anki's modules import one another in a circle, from here

from tests.sync.server import Device, sync_server
from tests.sync.world import Clock, Project, Reader, card, page

MakeProject = Callable[..., Project]
MakeReader = Callable[[str], Reader]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with sync_server(tmp_path / "server") as url:
        yield url


@pytest.fixture
def make_project(tmp_path: Path, server: str, clock: Clock) -> MakeProject:
    def make(name: str = "site", settings: str = "") -> Project:
        return Project(tmp_path / name, server, settings, clock=clock)

    return make


@pytest.fixture
def make_reader(tmp_path: Path, server: str) -> Iterator[MakeReader]:
    devices: list[Device] = []

    def make(name: str) -> Reader:
        devices.append(Device(tmp_path / name, server))
        return Reader(devices[-1])

    yield make
    for device in devices:
        device.close()


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    """Two sections of two cards."""
    made = make_project()
    made.write("loss.md", page("Losses", ("Basics", BASICS), ("More", MORE)))
    return made


@pytest.fixture
def phone(make_reader: MakeReader) -> Reader:
    return make_reader("phone")


BASICS = card("What is a loss?", "A number.") + card("What is a risk?", "Its mean.")
MORE = card("What is entropy?", "Surprise.") + card("What is a margin?", "A distance.")
