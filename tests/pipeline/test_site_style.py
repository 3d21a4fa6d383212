"""The site's own style sheets: what they show travels along, what cannot work is named."""

from pathlib import Path

import pytest

from generator.apkg.reader import read_package
from generator.config import Config
from generator.pipeline.build import build
from generator.pipeline.memory import Report


def _build(folder: Path, css: str) -> Report:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs/p.md").write_text('??? question "What is it?"\n    This.\n')
    (folder / "styles").mkdir(exist_ok=True)
    (folder / "styles/own.css").write_text(css)
    (folder / "styles/paper.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    sheets = (folder / "styles/own.css",)
    config = Config(root=folder, sources=(folder / "docs",), output=folder / "build", css=sheets)
    return build(config, cwd=folder, now_s=1_764_000_000)


@pytest.mark.parametrize("url", ["paper.png", '"paper.png"', "'paper.png?v=1#x'"])
def test_a_picture_of_the_style_is_in_every_package(tmp_path: Path, url: str) -> None:
    report = _build(tmp_path, f".card {{ background: url({url}); }}\n")
    assert report.diagnostics == ()
    for path in report.packages:
        package = read_package(path)
        (name,) = [name for name in package.media if name.startswith("_paper")]
        assert f'url("{name}")' in package.note_types[0].css


@pytest.mark.parametrize("url", ["https://example.org/x.png", "data:image/png;base64,AA", "#id"])
def test_what_is_elsewhere_stays_as_it_is(tmp_path: Path, url: str) -> None:
    report = _build(tmp_path, f".card {{ background: url({url}); }}\n")
    assert report.diagnostics == ()
    assert f"url({url})" in read_package(report.packages[-1]).note_types[0].css


def test_an_import_is_refused_and_a_missing_file_named(tmp_path: Path) -> None:
    refused = _build(tmp_path, '/* @import "no"; */\n@import "colours.css";\n')
    assert [(d.code, d.location.line) for d in refused.diagnostics] == [("E723", 2)]
    assert refused.packages == ()
    missing = _build(tmp_path, ".card { background: url(no.png); }\n")
    assert [d.code for d in missing.diagnostics] == ["W724"]
    assert missing.packages


@pytest.mark.parametrize(
    "target",
    ["../../secret.png", "../secret.txt", "own.css", "link.png", "active.svg", "/dev/zero"],
)
def test_no_other_file_is_packed(tmp_path: Path, target: str) -> None:
    folder = tmp_path / "site"
    (folder / "styles").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "secret.txt").write_bytes(b"secret")
    (folder / "styles/link.png").symlink_to(tmp_path / "secret.png")
    (folder / "styles/active.svg").write_text("<svg onload='x()'/>")
    report = _build(folder, f".card {{ background: url({target}); }}\n")
    assert all(read_package(path).media == () for path in report.packages)
    assert [d.code for d in report.diagnostics] == ["W724"] * (target[0] != "/")


def test_no_style_ends_the_element_that_anki_puts_it_into(tmp_path: Path) -> None:
    report = _build(tmp_path, ".a::before { content: '</style><script>x()</script>' }\n")
    assert "</" not in read_package(report.packages[-1]).note_types[0].css.split("reader")[-1]
