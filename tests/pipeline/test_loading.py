"""What a build loads: nothing that its pages do not use."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PLAIN = '# P\n\n??? question "What is it?"\n    A word.\n'


def _loaded(
    folder: Path, text: str, command: str = "build", *, cache: Path | None = None
) -> set[str]:
    """Read a page in a new process; return the names of the modules that it has then."""
    (folder / "p.md").write_text(text, encoding="utf-8")
    code = (
        "import sys\nfrom generator.console import run\n"
        f"sys.argv = ['admonki', '{command}', '-q', '--jobs', '1', 'p.md']\n"
        "try: run()\nexcept SystemExit: pass\n"
        "print(*sorted(sys.modules))\n"
    )
    environ = {k: v for k, v in os.environ.items() if k != "COVERAGE_PROCESS_CONFIG"}
    environ |= {"PYTHONPATH": str(ROOT), "ADMONKI_CACHE_DIR": str(cache or os.devnull)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("text", "loads"),
    [
        ("$x_1$ and $\\frac{a}{b}$", "latex2mathml"),
        ("$\\foo$", "rapidfuzz"),
        ("$\\qty{3}{\\meter}$", "generator.math.packages.siunitx"),
        ("$\\ce{H2O}$", "generator.math.chemistry"),
        ("`x = 1`", None),
    ],
)
def test_a_page_loads_what_it_uses(tmp_path: Path, text: str, loads: str | None) -> None:
    seldom = {"latex2mathml", "rapidfuzz", "generator.math.conversion"}
    seldom |= {"generator.math.packages.siunitx", "generator.math.chemistry"}
    loaded = _loaded(tmp_path, PLAIN) & seldom
    assert loaded == set()
    more = _loaded(tmp_path, f"{PLAIN}    {text}\n")
    assert loads in more if loads else not more & seldom


def test_an_edit_loads_what_its_new_formulas_and_code_need(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    seldom = {"latex2mathml", "generator.math.conversion", "pygments.lexers.python"}
    text = f"{PLAIN}    $x_1$\n\n    ```python\n    x = 1\n    ```\n"
    assert seldom <= _loaded(tmp_path, text, cache=cache)
    assert not seldom & _loaded(tmp_path, f"{text}\n    More words.\n", cache=cache)
    assert seldom <= _loaded(tmp_path, f"{text}\n    $y$ `#!python y`\n", cache=cache)


def test_what_has_not_changed_is_neither_parsed_nor_written(tmp_path: Path) -> None:
    text, cache = f"{PLAIN}    A [link](#p).\n", tmp_path / "cache"
    unused = {"markdown_it", "tempfile", "tomllib"}
    assert "markdown_it" in _loaded(tmp_path, text, cache=cache)
    assert not unused & _loaded(tmp_path, text, cache=cache)
    assert "markdown_it" not in _loaded(tmp_path, text, "check", cache=cache)


def test_an_edit_that_changes_no_card_does_not_load_the_packer(tmp_path: Path) -> None:
    assert "genanki" in _loaded(tmp_path, PLAIN)
    loaded = _loaded(tmp_path, f"{PLAIN}\nA remark.\n")
    assert "generator.pipeline.packages" in loaded
    assert not loaded & {"genanki", "generator.apkg.packing"}


def test_a_cloze_whose_gaps_stay_compares_nothing(tmp_path: Path) -> None:
    cloze = '# P\n\n??? question cloze "Sums"\n    ==One== and ==one== are ==two==.\n'
    _loaded(tmp_path, cloze)
    assert "rapidfuzz" not in _loaded(tmp_path, f"{cloze}\nA remark.\n")
