"""A plugin for MkDocs: the site's decks in the built site, and a link to them on each page.

The core does not depend on it. In mkdocs.yml:

    plugins:
      - search
      - admonki
"""

import os
from collections.abc import Mapping
from html import escape
from pathlib import Path

from mkdocs.config import config_options
from mkdocs.config.base import Config as PluginConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from generator.commands.messages import select
from generator.config import Config, load
from generator.config.folders import LOCK_NAME
from generator.errors import AdmonkiError, Diagnostic, Severity, has_error
from generator.identity.clock import current_time
from generator.model import Note
from generator.pipeline.build import build
from generator.pipeline.collect import find_lock, places
from generator.pipeline.decks import ALL, package_name
from generator.pipeline.identify import dry_run
from generator.pipeline.sources import Places

_log = get_plugin_logger("admonki")


class AdmonkiOptions(PluginConfig):  # type: ignore[no-untyped-call]
    """The options under `- admonki:` in mkdocs.yml."""

    enabled = config_options.Type(bool, default=True)
    folder = config_options.Type(str, default="decks")
    links = config_options.Type(bool, default=True)
    text = config_options.Type(str, default="Anki deck")
    strict = config_options.Type(bool, default=False)
    lock = config_options.Optional(config_options.Type(str))
    deck_root = config_options.Optional(config_options.Type(str))


class AdmonkiPlugin(BasePlugin[AdmonkiOptions]):  # type: ignore[no-untyped-call]
    """Builds the decks of a site with the site."""

    def __init__(self) -> None:
        super().__init__()
        self._decks: Mapping[str, Mapping[str, str]] = {}  # page → package → its section
        self._lock: Path | None = None

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Build the decks, and note which page has which."""
        if not self.config.enabled:
            return
        settings = self._settings(config)
        self._lock = find_lock(settings).resolve()
        try:
            found = dry_run(settings, cwd=Path.cwd(), now_s=current_time())
        except AdmonkiError as error:
            raise _failure(error.diagnostics) from error
        _say(found.diagnostics, places=places(found.collection))
        decks: dict[str, dict[str, str]] = {}
        for identified in found.notes:
            note = identified.note
            decks.setdefault(note.page, {}).setdefault(package_name(note), _title(note))
        self._decks = decks

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:  # noqa: ARG002
        """Keep the lock out of the built site, wherever it is."""
        for file in [file for file in files if self._is_lock(file)]:
            files.remove(file)
        return files

    def _is_lock(self, file: File) -> bool:
        path = Path(file.abs_src_path or file.src_uri)
        return path.name == LOCK_NAME or path.resolve() == self._lock

    def on_page_content(
        self,
        html: str,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002
        files: Files,  # noqa: ARG002
    ) -> str:
        """Put links to the page's decks under the page."""
        decks = self._decks.get(page.file.src_uri, {})
        if not (self.config.enabled and self.config.links and decks):
            return html
        links = "\n".join(
            f'<li><a href="{escape(self._url(name, page))}" download>'
            f"{escape(self.config.text)}: {escape(title)}</a></li>"
            for name, title in decks.items()
        )
        return f'{html}\n<ul class="admonki-decks">\n{links}\n</ul>\n'

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the packages into the built site."""
        if not self.config.enabled:
            return
        settings = self._settings(config)
        try:
            report = build(settings, cwd=Path.cwd(), now_s=current_time())
        except AdmonkiError as error:
            raise _failure(error.diagnostics) from error
        if report.is_stopped or (self.config.strict and report.has_errors):
            if self.config.strict:
                raise _failure(report.diagnostics)
            _log.warning("no decks: %s", _errors(report.diagnostics))
            return
        _log.info("%d decks, %s among them", len(report.packages), ALL)

    def _url(self, name: str, page: Page) -> str:
        return get_relative_url(f"{self.config.folder}/{name}", page.url)

    def _settings(self, config: MkDocsConfig) -> Config:
        """Read admonki's own configuration; pages and output are the site's."""
        options: dict[str, object] = {
            "sources": (Path(config.docs_dir),),
            "docs_dir": Path(config.docs_dir),
            "output": Path(config.site_dir) / self.config.folder,
        }
        file = Path(config.config_file_path) if config.config_file_path else None
        if self.config.lock:
            home = file.parent if file else Path.cwd()
            options["lock"] = home / self.config.lock
        if self.config.deck_root:
            options["deck_root"] = self.config.deck_root
        settings, problems = load(options, cwd=Path.cwd(), environ=os.environ, file=file)
        if has_error(problems):
            raise _failure(problems)
        return settings


def _title(note: Note) -> str:
    """Return the title of a note's package; the two packages of a section differ in it."""
    title = note.section[0] if note.section else note.page_title
    return f"{title} (unanswered)" if note.is_unanswered else title


def _say(diagnostics: tuple[Diagnostic, ...], *, places: Places) -> None:
    """Log problems with cards, which `mkdocs build --strict` counts."""
    for item in select(diagnostics, places=places).shown:
        if item.severity is not Severity.LINT:
            _log.warning("%s", item)


def _errors(diagnostics: tuple[Diagnostic, ...]) -> str:
    return "\n".join(str(item) for item in diagnostics if item.severity is Severity.ERROR)


def _failure(diagnostics: tuple[Diagnostic, ...]) -> PluginError:
    return PluginError(f"admonki: {_errors(diagnostics)}")
