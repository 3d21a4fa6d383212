"""Take the snippets out of the test suites of Python-Markdown and pymdown-extensions.

Their tests are run with a base class that records what a test compares instead of comparing it.
"""

import importlib.util
import sys
import unittest
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any, cast

from markdown import Markdown
from markdown.extensions import Extension
from markdown.test_tools import LegacyTestCase

from tests.parser.reference import FOR_COMPARISON, Options

_PACKAGE = "suite_under_test"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A source text with the extensions of its site.

    Attributes:
        name: Module, class and test.
        text: The source.
        extensions: As the test lists them: names, or objects.
        configs: Name → options.
    """

    name: str
    text: str
    extensions: Sequence[str | Extension]
    configs: Mapping[str, Mapping[str, Any] | None]

    @property
    def module(self) -> str:
        """The suite's module, or the folder of a test that is a file."""
        return self.name.partition(":")[0]

    def options(self) -> Options:
        """Return name → options of all extensions."""
        found: dict[str, Mapping[str, object]] = {}
        for listed in self.extensions:
            if isinstance(listed, str):
                found[listed] = dict(self.configs.get(listed) or {})
            else:
                found[_name(listed)] = dict(listed.getConfigs())
        return found

    def html(self) -> str:
        """Render it with the reference."""
        names = [name for name in self.extensions if isinstance(name, str)]
        configs = {
            name: {**(self.configs.get(name) or {}), **FOR_COMPARISON.get(name, {})}
            for name in names
        }
        page = Markdown(extensions=list(self.extensions), extension_configs=configs)
        return page.convert(self.text)


def _name(extension: Extension) -> str:
    """Return the name of an extension, or of the one that a test derives it from."""
    modules = [kind.__module__ for kind in type(extension).__mro__]
    known = [name for name in modules if name.startswith(("markdown.extensions.", "pymdownx."))]
    return known[0].removeprefix("markdown.extensions.") if known else modules[0]


class _Recorder:
    """Keeps what a test compares; comes before the suite's own base class."""

    snippets: list[Snippet]
    extension: Sequence[str | Extension]
    extension_configs: Mapping[str, Mapping[str, Any]]
    default_kwargs: Mapping[str, Any]

    def check_markdown(self, text: str, _expected: str, is_indented: object = False) -> None:
        """Record a test of pymdown-extensions."""
        source = dedent(text) if is_indented else text
        self._keep(source, self.extension, self.extension_configs)

    def assertMarkdownRenders(  # noqa: N802
        self, source: str, _expected: str, _attributes: object = None, **given: Any
    ) -> None:
        """Record a test of Python-Markdown."""
        named = {**self.default_kwargs, **given}
        self._keep(source, named.get("extensions", ()), named.get("extension_configs", {}))

    def _keep(
        self, text: str, extensions: Sequence[str | Extension], configs: Mapping[str, Any]
    ) -> None:
        test = cast("unittest.TestCase", self).id().removeprefix(f"{_PACKAGE}.")
        module, _, name = test.partition(".Test")
        self.snippets.append(Snippet(f"{module}:{name}", text, extensions, configs))


def snippets(folder: Path) -> list[Snippet]:
    """Collect the snippets of a suite.

    Args:
        folder: Checkout of Python-Markdown or pymdown-extensions, with its `tests`.
    """
    found: list[Snippet] = []
    for case in _cases(folder / "tests"):
        if issubclass(case, LegacyTestCase):
            found += _of_files(case)
            continue
        recorded = type(case.__name__, (_Recorder, case), {"snippets": found})
        recorded.__module__ = case.__module__
        tests = unittest.defaultTestLoader.loadTestsFromTestCase(cast("Any", recorded))
        tests.run(unittest.TestResult())
    return [*found, *_of_listed_files()]


def _cases(tests: Path) -> Iterator[type[unittest.TestCase]]:
    """Import the test modules, as a package of another name than this project's tests."""
    for name in [name for name in sys.modules if name.startswith(_PACKAGE)]:
        del sys.modules[name]
    spec = importlib.util.spec_from_file_location(
        _PACKAGE, tests / "__init__.py", submodule_search_locations=[str(tests)]
    )
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules[_PACKAGE] = package
    spec.loader.exec_module(package)
    for path in sorted(tests.rglob("test_*.py")):
        name = ".".join((_PACKAGE, *path.relative_to(tests).with_suffix("").parts))
        module = importlib.import_module(name)
        for value in vars(module).values():
            is_case = isinstance(value, type) and issubclass(value, unittest.TestCase)
            if is_case and value.__module__ == name:
                yield value


def _of_files(case: type[LegacyTestCase]) -> Iterator[Snippet]:
    """Yield the tests of Python-Markdown that are pairs of files."""
    settings = vars(case)
    for path in sorted(Path(settings["location"]).glob(f"*{settings.get('input_ext', '.txt')}")):
        key = path.stem.replace(" ", "_").replace("-", "_")
        given = {**settings.get("default_kwargs", {}), **settings.get(key, {})}
        yield Snippet(
            f"{path.parent.name}:{path.stem}",
            path.read_text(encoding="utf-8"),
            given.get("extensions", ()),
            given.get("extension_configs", {}),
        )


def _of_listed_files() -> Iterator[Snippet]:
    """Yield the tests of pymdown-extensions that are pairs of files, listed in YAML."""
    syntax = sys.modules.get(f"{_PACKAGE}.test_syntax")
    for settings, name in getattr(syntax, "gather_test_params", tuple)():
        path, configs = Path(name), settings["extensions"]
        text = path.read_text(encoding="utf-8")
        yield Snippet(f"{path.parent.name}:{path.stem}", text, tuple(configs), configs)
