"""A real `mkdocs build` with the plugin, and of our own documentation."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.apkg.reader import read_package

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
pytest.importorskip("mkdocs", reason="MkDocs is not installed (pip install 'admonki[docs]')")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment in which MkDocs finds the plugin, installed or not."""
    info = tmp_path / "path" / "admonki_of_this_checkout-0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: admonki-of-this-checkout\nVersion: 0\n"
    )
    (info / "entry_points.txt").write_text(
        "[mkdocs.plugins]\nadmonki = generator.mkdocs_plugin:AdmonkiPlugin\n"
    )
    return {
        **os.environ,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{info.parent}",
        "NO_MKDOCS_2_WARNING": "1",
    }


def mkdocs(*arguments: str, cwd: Path, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environ, capture_output=True, text=True, timeout=120, check=False
    )


def site(folder: Path, *, answer: str = "Energy in transfer.") -> Path:
    (folder / "docs" / "a").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "mkdocs.yml").write_text(
        "site_name: Notes\nsite_url: https://n.example/\nplugins:\n  - admonki\n"
    )
    (folder / "docs" / "index.md").write_text("# Start\n")
    (folder / "docs" / "a" / "heat.md").write_text(
        f'# Heat\n\n## Basics\n\n??? question "What is heat?"\n\n    {answer}\n'
    )
    return folder


def test_the_built_site_holds_decks_and_links_to_them(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    folder = site(tmp_path / "site1")
    done = mkdocs("--strict", cwd=folder, environ=environ)
    assert done.returncode == 0, done.stderr
    html = (folder / "site" / "a" / "heat" / "index.html").read_text(encoding="utf-8")
    (href,) = re.findall(r'<a href="([^"]*)" download>Anki deck: Basics</a>', html)
    package = folder / "site" / "a" / "heat" / href
    (note,) = read_package(package).notes
    assert "What is heat?" in note.fields[0]
    assert (folder / "site" / "decks" / "all.apkg").is_file()
    assert "admonki-decks" not in (folder / "site" / "index.html").read_text(encoding="utf-8")
    assert (folder / "admonki.lock").is_file()


def test_each_link_has_a_text_of_its_own(tmp_path: Path, environ: dict[str, str]) -> None:
    folder = site(tmp_path / "site8")
    page = folder / "docs" / "a" / "heat.md"
    page.write_text(page.read_text() + '\n??? question "What is *entropy*?"\n')
    done = mkdocs(cwd=folder, environ=environ)
    assert done.returncode == 0, done.stderr
    html = (folder / "site" / "a" / "heat" / "index.html").read_text(encoding="utf-8")
    texts = re.findall(r"download>([^<]*)</a>", html)
    assert texts == ["Anki deck: Basics", "Anki deck: Basics (unanswered)"]


def test_a_warning_of_ours_fails_a_strict_build_of_the_site(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    folder = site(tmp_path / "site2", answer="![gone](gone.png)")
    done = mkdocs("--strict", cwd=folder, environ=environ)
    assert done.returncode != 0
    assert "warning[W501]" in done.stderr


def test_neither_an_error_nor_a_page_without_cards_ends_the_build(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    folder = site(tmp_path / "site4")
    (folder / "docs" / "prose.md").write_text("# Prose\n\n```python\nnever closed\n")
    (folder / "docs" / "bad.md").write_text('# Bad\n\n??? question "$\\frac{a$?"\n    A.\n')
    (folder / "docs" / "a" / "admonki.lock").write_text("not to be published")
    done = mkdocs(cwd=folder, environ=environ)
    assert done.returncode == 0, done.stderr
    assert "error[E401]" in done.stderr
    assert (folder / "site" / "decks" / "all.apkg").is_file()
    assert not (folder / "site" / "a" / "admonki.lock").exists()
    (folder / "mkdocs.yml").write_text("site_name: N\nplugins:\n  - admonki:\n      strict: true\n")
    assert mkdocs(cwd=folder, environ=environ).returncode != 0


def test_a_wrong_configuration_ends_the_build_with_a_word(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    folder = site(tmp_path / "site3")
    (folder / "admonki.toml").write_text("x = 1\n")
    done = mkdocs(cwd=folder, environ=environ)
    assert done.returncode != 0
    assert 'error[E803]: unknown key "x"' in done.stderr
    assert "Traceback" not in done.stderr


def test_our_own_documentation_builds_without_a_warning(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    for name in ("mkdocs.yml", "docs.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    done = mkdocs("--strict", "--site-dir", "out", cwd=tmp_path, environ=environ)
    assert done.returncode == 0, done.stderr
    assert "Anki deck: Writing" in (tmp_path / "out/faq/index.html").read_text(encoding="utf-8")


def test_decks_of_a_site_may_have_a_lock_and_a_name_of_their_own(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    folder = site(tmp_path / "apart")
    (folder / "admonki.toml").write_text('lock = "project.lock"\ndeck_root = "Project"\n')
    (folder / "mkdocs.yml").write_text(
        "site_name: Notes\nplugins:\n  - admonki:\n      lock: docs/site.lock\n"
        "      deck_root: Site\n"
    )
    done = mkdocs("--strict", cwd=folder, environ=environ)
    assert done.returncode == 0, done.stderr
    assert mkdocs("--strict", cwd=folder, environ=environ).returncode == 0
    assert (folder / "docs" / "site.lock").is_file()
    assert not (folder / "site" / "site.lock").exists()
    assert not (folder / "project.lock").exists()
    assert read_package(folder / "site/decks/all.apkg").decks == ("Site::Heat::Basics",)
