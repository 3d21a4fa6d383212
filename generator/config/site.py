"""Read what cards need from `mkdocs.yml` or `zensical.toml`."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.config.accent_marks import of_plugins
from generator.config.check_plugins import check_plugins
from generator.config.document import ConfigDocument, Keys
from generator.config.entries import Entry, check_entries, entries
from generator.config.exclusion import read_exclude
from generator.config.extension_sets import MKDOCS, ZENSICAL
from generator.config.inherit import read_with_parents
from generator.config.languages import read_languages
from generator.config.nav import NavEntry, find_missing, read_nav
from generator.config.navigation.blog_posts import read_posts
from generator.config.navigation.read import read_navigation
from generator.config.plugins import UNREAD_PLUGINS, read_blogs, read_variables
from generator.config.read_extensions import ReadExtensions, read_extensions
from generator.config.schema import describe_type
from generator.config.settings import Origin, Site
from generator.config.toml_file import read_toml
from generator.errors import Diagnostic
from generator.files import SETTINGS, is_path, read_file


class SiteSettings(Struct, frozen=True):
    """What a site's configuration contributes.

    Attributes:
        site: Everything that only a site has.
        values: Values for fields of `Config` of the same meaning.
        origins: Where these are set.
        docs_dir: Folder of the pages, absolute.
    """

    site: Site
    values: Mapping[str, object]
    origins: Mapping[str, Origin]
    docs_dir: Path


_MATH = re.compile(r"math|katex|tex\b", re.IGNORECASE)
_SHOWN = ("site_name", "site_url", "site_author", "site_description", "copyright", "repo_url")
_FIELDS: Mapping[str, tuple[str, type]] = {
    "deck_root": ("site_name", str),
    "site_url": ("site_url", str),
    "use_directory_urls": ("use_directory_urls", bool),
}


def read_site(
    file: Path, *, path: str, project: Path, environ: Mapping[str, str]
) -> tuple[SiteSettings | None, tuple[Diagnostic, ...]]:
    """Return the settings of a site, and what is wrong with them.

    Args:
        file: `mkdocs.yml` or `zensical.toml`.
        path: How diagnostics name it.
        project: Folder that `INHERIT` may not leave.
        environ: Where `!ENV` looks.
    """
    document, problems = _read(file, path, project, environ)
    if document is None:
        return None, problems
    reader = _SiteReader(document, ("project",) if file.suffix == ".toml" else ())
    reader.check_table()
    settings = reader.settings()
    return settings, (*problems, *reader.problems)


def _read(
    file: Path, path: str, project: Path, environ: Mapping[str, str]
) -> tuple[ConfigDocument | None, tuple[Diagnostic, ...]]:
    if file.suffix != ".toml":
        return read_with_parents(file, path=path, project=project, environ=environ)
    document = read_toml(file, path)
    if isinstance(document, Diagnostic):
        return None, (document,)
    return document, ()


class _SiteReader:
    """Reads the keys that we know from one document."""

    def __init__(self, document: ConfigDocument, table: Keys) -> None:
        self._document = document
        self._table = table
        self._data = document.table(*table) or {}
        self.problems: list[Diagnostic] = []

    def check_table(self) -> None:
        """Report a `zensical.toml` whose settings are not where Zensical reads them."""
        for key in self._table:
            value = self._document.data.get(key)
            if not isinstance(value, dict):
                is_there = key in self._document.data
                what = f"must be a table, not {describe_type(value)}" if is_there else "is missing"
                hint = f"write the site's settings below [{key}]"
                place = self._document.at_value(key)
                self.problems.append(Diagnostic(place, "E804", f'"{key}" {what}', hint))

    def settings(self) -> SiteSettings:
        values: dict[str, object] = {}
        origins: dict[str, Origin] = {}
        for name, (key, kind) in _FIELDS.items():
            value = self._typed(key, kind)
            if value is not None:
                values[name] = value
                origins[name] = self._origin(key)
        docs_dir = self._document.file.parent / self._folder()
        return SiteSettings(self._site(docs_dir), values, origins, docs_dir.resolve())

    def _folder(self) -> str:
        folder = str(self._typed("docs_dir", str) or "docs")
        if is_path(folder):
            return folder
        place = self._document.at_value(*self._table, "docs_dir")
        self.problems.append(Diagnostic(place, "E805", '"docs_dir" must be a path'))
        return "docs"

    def _site(self, docs_dir: Path) -> Site:
        listed = tuple(self._entries("markdown_extensions"))
        extensions = self._extensions(listed)
        listed_plugins = tuple(self._entries("plugins"))
        plugins = {entry.name: entry.options for entry in listed_plugins}
        found = list(read_nav(self._typed("nav", list), (*self._table, "nav"), self._document))
        pages = [entry for entry in found if isinstance(entry, NavEntry)]
        self.problems += [entry for entry in found if isinstance(entry, Diagnostic)]
        site = Site(
            path=self._document.file,
            inherited=self._document.inherited,
            name=str(self._typed("site_name", str) or ""),
            nav=tuple(entry.page for entry in pages),
            exclude_docs=self._patterns("exclude_docs"),
            draft_docs=self._patterns("draft_docs"),
            excluded=read_exclude(plugins.get("exclude")),
            extensions=of_plugins(extensions.extensions, plugins),
            extension_origins={
                name: Origin(str(place)) for name, place in extensions.origins.items()
            },
            blogs=read_blogs(plugins),
            languages=read_languages(plugins.get("i18n")),
            plugins=frozenset(plugins),
            variables=self._variables(plugins.get("macros")),
            scripts=self._scripts(docs_dir.resolve()),
            draws_math=self._draws_math(listed),
        )
        self._name_unread(plugins)
        self.problems += check_plugins(listed_plugins, self._document)
        if docs_dir.is_dir() and not (self._has_made_pages(plugins) or site.languages):
            self.problems += find_missing(pages, docs_dir)
        shown = posixpath.join(posixpath.dirname(self._document.path), docs_dir.name)
        navigation = read_navigation(docs_dir, plugins, site, shown=shown)
        self.problems += navigation.problems
        return replace(site, nav=navigation.pages, posts=read_posts(docs_dir, site))

    def _typed(self, key: str, kind: type) -> object:
        value = self._data.get(key)
        if value is None or isinstance(value, kind):
            return value
        expected = describe_type(kind())
        self._wrong(key, f'"{key}" must be {expected}, not {describe_type(value)}')
        return None

    def _patterns(self, key: str) -> tuple[str, ...]:
        return tuple(str(self._typed(key, str) or "").splitlines())

    def _wrong(self, key: str, message: str) -> None:
        place = self._document.at_value(*self._table, key)
        self.problems.append(Diagnostic(place, "E804", message))

    def _origin(self, key: str) -> Origin:
        place = self._document.at_key(*self._table, key)
        return Origin(str(place), self._document.is_secret(*self._table, key))

    def _entries(self, key: str) -> Iterator[Entry]:
        value = self._data.get(key)
        if not isinstance(value, list | dict | None):
            self._wrong(key, f'"{key}" must be a list, not {describe_type(value)}')
        self.problems += check_entries(value, (*self._table, key), self._document)
        return entries(value, (*self._table, key))

    def _extensions(self, listed: Sequence[Entry]) -> ReadExtensions:
        """Read the Markdown extensions; Zensical has a set of its own where none are listed."""
        is_zensical = self._document.file.name.startswith("zensical")
        is_listed = "markdown_extensions" in self._data
        usual = MKDOCS
        if is_zensical:
            usual = replace(MKDOCS, meta=None) if is_listed else ZENSICAL
        read = read_extensions(listed, self._document, usual)
        self.problems += read.problems
        return read

    def _variables(self, macros: Mapping[str, object] | None) -> Mapping[str, object]:
        """Values that pages may use, without those from the environment."""
        if macros is None:
            return {}
        extra = self._data.get("extra")
        found = {
            name: value
            for name, value in (extra if isinstance(extra, dict) else {}).items()
            if not self._document.is_secret(*self._table, "extra", name)
        }
        known = {key: self._data[key] for key in _SHOWN if isinstance(self._data.get(key), str)}
        return {**read_variables(macros, self._document.file.parent), **found, "config": known}

    def _name_unread(self, plugins: Mapping[str, object]) -> None:
        """Name the plugins and hooks that change pages and that we do not emulate, once each."""
        hooks = self._data.get("hooks")
        unread = sorted(UNREAD_PLUGINS & plugins.keys())
        found = [("plugins", f"the plugin {name} changes pages") for name in unread]
        if isinstance(hooks, list) and hooks:
            found.append(("hooks", f"the hooks {', '.join(map(str, hooks[:3]))} may change pages"))
        for key, what in found:
            place = self._document.at_key(*self._table, key)
            hint = 'check the cards of their pages; ignore = ["W809"] silences this'
            self.problems.append(
                Diagnostic(place, "W809", f"{what}; cards are made without it", hint)
            )

    def _draws_math(self, extensions: Sequence[Entry]) -> bool:
        """Whether an extension or a script is for formulas, judged by its name."""
        names = (*(entry.name for entry in extensions), *map(str, self._javascript()))
        return any(map(_MATH.search, names))

    def _has_made_pages(self, plugins: Mapping[str, object]) -> bool:
        """Whether a plugin or a hook may add pages."""
        return bool(UNREAD_PLUGINS & plugins.keys() or self._data.get("hooks"))

    def _javascript(self) -> list[object]:
        listed = self._data.get("extra_javascript")
        return listed if isinstance(listed, list) else []

    def _scripts(self, docs_dir: Path) -> dict[str, str]:
        scripts: dict[str, str] = {}
        for item in self._javascript():
            path = item.get("path") if isinstance(item, dict) else item
            text = _script(docs_dir, path) if isinstance(path, str) else None
            if text is not None:
                scripts[str(path)] = text
        return scripts


def _script(docs_dir: Path, path: str) -> str | None:
    """Return the text of a script of the site, None when it is remote or outside the folder."""
    if "://" in path or path.startswith("//") or not is_path(path):
        return None
    try:
        return read_file(docs_dir / path, most=SETTINGS, inside=docs_dir).decode("utf-8", "replace")
    except OSError:
        return None
