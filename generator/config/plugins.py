"""The site's plugins: where blog puts posts, which data macros includes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml

from generator.config.settings import Blog
from generator.config.yaml_data import read_data
from generator.files import SETTINGS, read_file

Plugins = Mapping[str, Mapping[str, object]]

UNREAD_PLUGINS: Final = frozenset(
    {
        *("bibtex", "exec", "gen-files", "jupyter", "mkdocs-jupyter", "markdown-exec"),
        *("mkdocstrings", "monorepo", "multirepo", "autorefs", "include_dir_to_nav"),
        *("markmap", "quiz", "mkdocs_quiz", "pandoc", "simple", "ezlinks", "roamlinks"),
    }
)
"""Plugins that change the content of pages and that we do not emulate."""


def read_blogs(plugins: Plugins) -> tuple[Blog, ...]:
    """Return every use of Material's blog plugin."""
    return tuple(
        _blog(options)
        for name, options in plugins.items()
        if name.partition(" ")[0] in ("blog", "material/blog")  # `blog #2` is a second instance
        and options.get("enabled", True) is not False
    )


def read_variables(options: Mapping[str, object], home: Path) -> dict[str, object]:
    """Return the data of the YAML files that the plugin macros includes.

    Args:
        options: Of the plugin; `include_yaml` is a list of files, or of `name: file`.
        home: The folder of the configuration, which no file may leave.
    """
    listed = options.get("include_yaml")
    found: dict[str, object] = {}
    for item in listed if isinstance(listed, list) else [listed]:
        if isinstance(item, dict):
            found |= {str(name): _yaml(home, path) for name, path in item.items()}
        else:
            data = _yaml(home, item)
            found |= data if isinstance(data, dict) else {}
    return found


def _yaml(home: Path, path: object) -> object:
    if not isinstance(path, str):
        return None
    try:
        text = read_file(home / path, most=SETTINGS, inside=home).decode("utf-8-sig")
        return read_data(text).value
    except (OSError, ValueError, yaml.YAMLError):
        return None


def _blog(options: Mapping[str, object]) -> Blog:
    blog_dir = _text(options, "blog_dir", "blog").strip("/") or "."
    post_dir = _text(options, "post_dir", "{blog}/posts").replace("{blog}", blog_dir)
    return Blog(
        blog_dir=blog_dir,
        post_dir=post_dir.removeprefix("./").strip("/"),
        url_format=_text(options, "post_url_format", "{date}/{slug}"),
        date_format=_text(options, "post_url_date_format", "yyyy/MM/dd"),
        most_categories=_count(options.get("post_url_max_categories")),
        shows_drafts=options.get("draft") is True,
    )


def _count(value: object) -> int:
    return value if isinstance(value, int) and value >= 0 else 1


def _text(options: Mapping[str, object], key: str, default: str) -> str:
    value = options.get(key)
    return value if isinstance(value, str) and value else default
