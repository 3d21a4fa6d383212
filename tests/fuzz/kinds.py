"""What else reads what strangers write: formulas, settings, locks, packages.

Each trial is made from a number and raises when a promise is broken.
"""

import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from generator.apkg.commit import commit
from generator.apkg.reader import read_package
from generator.apkg.writer import Plan, stage
from generator.config import Config, load
from generator.errors import AdmonkiError, Diagnostic
from generator.identity.identify import identify
from generator.identity.lock import Lock
from generator.identity.lock_reader import parse_lock
from generator.identity.lock_text import format_lock
from generator.identity.merge import merge_text
from generator.pipeline.pages import render_page
from generator.pipeline.recover import locks_of
from generator.pipeline.sources import PageFile
from generator.render.media import MediaFolder
from tests.fuzz.grammar import formula
from tests.fuzz.hostile import try_hostile
from tests.fuzz.mutations import damage
from tests.fuzz.trial import NOW_S, TYPES, Outcome, budget, check_diagnostics
from tests.math.test_fuzz import PIECES, check

_PAGE = "".join(
    f'??? question "Number {n}?"\n    It is ${n}$, :: and [x](y).\n\n' for n in range(4)
)
_SETTINGS = (
    *('sources = ["docs"]', 'sources = "docs"', "output = 1", 'deck_root = "a::b"', "jobs = -1"),
    *('math = "mathjax"', 'math = "x"', 'card_types = ["question", ""]', "ignore = ['W301']"),
    *(
        '[macros]\nR = "\\\\mathbb{R}"\n',
        "[macros]\nx = 1\n",
        'css = ["../a.css"]',
        "x = 1979-05-27",
    ),
    *(
        'site_url = "https://e.org"',
        'lock = ""',
        "[tool.admonki]",
        "[a.b]\nc = {d = [1]}",
        "a.b = 1",
    ),
    *('"" = 1', "sources = [", "x = '''\ny'''", "include_unanswered = 0", "[[a]]\n[[a.b]]\n"),
)
_SITE = (
    *("site_name: S", "site_url: !ENV [X, 'https://e.org']", "docs_dir: docs", "docs_dir: [1]"),
    *(
        "nav:\n  - a.md\n  - B: b.md\n  - C:\n      - c.md\n",
        "nav: {a: b}",
        "nav:\n  - [a]\n  - 1\n",
    ),
    *(
        "INHERIT: base.yml",
        "INHERIT: ../x.yml",
        "INHERIT: mkdocs.yml",
        "exclude_docs: |\n  /d/*\n  !e",
    ),
    *(
        "markdown_extensions:\n  - toc:\n      slugify: !!python/name:a.b\n  - pymdownx.keys\n",
        "a: &a [*a]",
    ),
    *(
        "markdown_extensions:\n  pymdownx.arithmatex: {generic: true}\n",
        "plugins:\n  - blog:\n  - i18n: 1\n",
    ),
    *(
        "extra_javascript:\n  - x.js\n  - path: y.js\n",
        "extra: !!python/object:os.system {}",
        "a: 2026-13-45",
    ),
    *("theme:\n  name: material\n", "- a", "? a", "a: b: c", "use_directory_urls: maybe", "\tx: 1"),
)


def try_formula(seed: int, _folder: Path) -> None:
    """Convert TeX."""
    rng = random.Random(seed)
    tex = formula(rng) if rng.random() < 0.6 else "".join(rng.choices(PIECES, k=rng.randint(1, 20)))
    for _ in range(rng.choice((0, 0, 1, 3))):
        tex = damage(rng, tex)
    with budget(len(tex)):
        check(tex, display=rng.random() < 0.5)


def try_config(seed: int, folder: Path) -> None:
    """Read settings of ours and of a site."""
    rng = random.Random(seed)
    place = folder / "project"
    (place / ".git").mkdir(parents=True, exist_ok=True)
    for name, known in (
        ("admonki.toml", _SETTINGS),
        ("pyproject.toml", _SETTINGS),
        ("mkdocs.yml", _SITE),
        ("base.yml", _SITE),
    ):
        text = "\n".join(rng.choices(known, k=rng.randint(0, 4)))
        for _ in range(rng.choice((0, 1, 1, 3))):
            text = damage(rng, text)
        (place / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    with budget(1000):
        config, found = load({}, cwd=place, environ={})
    assert config.root.is_absolute()
    _check(found)


@cache
def _made(folder: Path) -> tuple[str, bytes]:
    """A lock and a package to begin with."""
    config = Config(root=folder, sources=(folder,), output=folder)
    file = PageFile(folder / "page.md", folder, "page.md")
    page = render_page(file, _PAGE.encode(), config=config, find_media=MediaFolder((folder,)))
    notes, lock, _ = identify(page.notes, Lock(), now_s=NOW_S)
    commit(stage((Plan(folder / "good.apkg", notes),), note_types=TYPES))
    return format_lock(lock), (folder / "good.apkg").read_bytes()


def try_lock(seed: int, folder: Path) -> None:
    """Read and merge a damaged lock; what was understood is written and read the same."""
    rng = random.Random(seed)
    text, _ = _made(folder)
    for _ in range(rng.randint(1, 4)):
        text = damage(rng, text)
    if rng.random() < 0.3:
        text = f"<<<<<<< a\n{text}=======\n{damage(rng, text)}>>>>>>> b\n"
    lock, found = parse_lock(text, "admonki.lock")
    _check(found)
    if not found:
        assert parse_lock(format_lock(lock), "x") == (lock, ())
    with suppress(AdmonkiError):
        merged, _ = merge_text(text, "admonki.lock")
        assert parse_lock(format_lock(merged), "x") == (merged, ())


def try_package(seed: int, folder: Path) -> None:
    """Read a damaged package, and recover a lock from it."""
    rng = random.Random(seed)
    data = bytearray(_made(folder)[1])
    for _ in range(rng.randint(1, 6)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    path = folder / "damaged" / "damaged.apkg"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data[: rng.choice((len(data), rng.randrange(len(data))))])
    with budget(len(data)), suppress(AdmonkiError):
        read_package(path)
    with budget(len(data)), suppress(AdmonkiError):
        locks_of(path.parent)


def _check(found: tuple[Diagnostic, ...]) -> None:
    check_diagnostics(found, lines=1_000_000)


KINDS: Mapping[str, Callable[[int, Path], Outcome | None]] = {
    "formulas": try_formula,
    "config": try_config,
    "locks": try_lock,
    "packages": try_package,
    "hostile": try_hostile,
}
