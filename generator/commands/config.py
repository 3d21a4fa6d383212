"""`admonki config`: all settings and where they come from."""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

import click
from msgspec.structs import fields

from generator.commands.output import show, show_json
from generator.commands.session import config_options, open_session
from generator.config import Config, Origin, SlugStyle
from generator.config.discover import display
from generator.config.extensions import BlockType
from generator.config.schema import setting_types

_SECRET = "(from the environment, not shown)"  # noqa: S105


@click.command("config")
@config_options
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text")
def command(style: str) -> None:
    """Show every setting with its value and where the value comes from."""
    session = open_session(needs_sources=False)
    if style == "json":
        show_json(to_records(session.config, cwd=session.cwd))
    else:
        show(to_text(session.config, cwd=session.cwd))
    session.finish(session.problems)


def to_records(config: Config, *, cwd: Path) -> dict[str, dict[str, object]]:
    """Return name → value and origin of every setting."""
    settings = {
        name: {
            "value": _SECRET
            if config.origins[name].is_secret
            else _plain(getattr(config, name), cwd),
            "origin": config.origins[name].text,
        }
        for name in setting_types()
    }
    return settings | dict(_extension_records(config))


def _extension_records(config: Config) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield each enabled Markdown extension and each of its options."""
    origins = config.site.extension_origins
    for extension in fields(config.site.extensions):
        options = getattr(config.site.extensions, extension.name)
        if options is None:
            continue
        origin = origins.get(extension.name, Origin()).text
        yield f"extensions.{extension.name}", {"value": True, "origin": origin}
        for option in fields(options):
            name = f"{extension.name}.{option.name}"
            value = _plain(getattr(options, option.name), Path())
            origin = origins.get(name, Origin()).text
            yield f"extensions.{name}", {"value": value, "origin": origin}


def to_text(config: Config, *, cwd: Path) -> str:
    """Return the settings as TOML with their origins as comments."""
    lines = [f"# {title}: {display(path, cwd)}\n" for title, path in _files(config) if path]
    for name, record in to_records(config, cwd=cwd).items():
        value = record["value"]
        shown = f"# {_SECRET}" if value == _SECRET else as_toml(value)
        prefix = "# " if name.startswith("extensions.") else ""  # settings of the site, not ours
        lines.append(f"{prefix}{name} = {shown}  # {record['origin']}\n")
    return "".join(lines)


def _files(config: Config) -> tuple[tuple[str, Path | None], ...]:
    return ("settings", config.path), ("site", config.site.path), ("root", config.root)


def _plain(value: object, cwd: Path) -> object:
    if isinstance(value, Path):
        return display(value, cwd)
    if isinstance(value, SlugStyle | BlockType):
        return {item.name: getattr(value, item.name) for item in fields(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(item, cwd) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    return dict(value) if isinstance(value, Mapping) else value


def as_toml(value: object) -> str:
    """Return a value as TOML writes it."""
    if value is None:
        return '""'
    if isinstance(value, dict):
        inner = ", ".join(f"{as_toml(key)} = {as_toml(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    # strings, numbers, booleans: the same in TOML, but for one control that JSON does not escape
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
