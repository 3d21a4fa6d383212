"""The reference pages that are made from the code; run this file to write them again."""

from importlib import import_module
from pathlib import Path
from textwrap import dedent

import click

from generator.cli import COMMANDS
from generator.config import Config
from generator.config.schema import setting_types

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference"
_NOTE = "<!-- Made from the code: python -m tests.commands.reference -->"
_SHARED = {"--jobs", "--no-cache", "--config", "--quiet", "--verbose", "--help"}
_HEAD = """\
`admonki COMMAND --help` describes a command and its options. `--config`, `--quiet`, `--verbose` and
`--help` are understood by almost all commands, `--jobs` and `--no-cache` by those that read pages.

| command | | options of its own |
|---|---|---|"""
_COMPLETION = """\
To complete commands and options with the tab key, add the line for your shell to its file:

```sh
# ~/.bashrc
eval "$(_ADMONKI_COMPLETE=bash_source admonki)"
# ~/.zshrc
eval "$(_ADMONKI_COMPLETE=zsh_source admonki)"
# ~/.config/fish/completions/admonki.fish
_ADMONKI_COMPLETE=fish_source admonki | source
```"""


def commands_page() -> str:
    """Return a table of all commands, each with the options that are its own."""
    rows = "\n".join(
        f"| `{_usage(import_module(module).command, name)}` | {summary} "
        f"| {_own_options(import_module(module).command)} |"
        for name, (module, summary) in COMMANDS.items()
    )
    return f"# Commands\n\n{_NOTE}\n\n{_HEAD}\n{rows}\n\n{_COMPLETION}\n"


def _usage(command: click.Command, name: str) -> str:
    if isinstance(command, click.Group):
        return f"{name} {' / '.join(command.commands)}"
    pieces = command.collect_usage_pieces(click.Context(command))
    return " ".join([name, *(piece for piece in pieces if piece != "[OPTIONS]")])


def _own_options(command: click.Command) -> str:
    options = [item for item in command.params if isinstance(item, click.Option)]
    names = [option.opts[-1] for option in options]
    return " ".join(f"`{name}`" for name in names if name not in _SHARED)


def configuration_page() -> str:
    """Return the table of every setting: name, type, default, meaning."""
    defaults = Config()
    meanings = _meanings()
    rows = [
        f"| `{name}` | {_type(kind)} | {_default(getattr(defaults, name))} | {meanings[name]} |"
        for name, kind in setting_types().items()
    ]
    head = dedent(
        """\
        Settings are in `admonki.toml`, or in `pyproject.toml` under `[tool.admonki]`, in the
        working directory or a parent within the repository. Paths are relative to the file.
        [Where values come from](../guide/sites.md#what-is-read) ·
        [Variables for `css`](../maintainers/note-type.md#colours-and-type)

        | key | type | default | meaning |
        |---|---|---|---|
        """
    )
    return f"# Configuration\n\n{_NOTE}\n\n{head}" + "\n".join(rows) + "\n"


def _meanings() -> dict[str, str]:
    """Read the `Attributes:` section of the docstring of `Config`."""
    section = (Config.__doc__ or "").partition("Attributes:\n")[2]
    found: dict[str, str] = {}
    name = ""
    for line in dedent(section).splitlines():
        if line.startswith(" ") and name:
            found[name] += f" {line.strip()}"
        elif ": " in line:
            name, _, meaning = line.partition(": ")
            found[name] = meaning
    return {key: text.replace("|", "\\|") for key, text in found.items()}


def _type(kind: object) -> str:
    text = str(kind)
    if "Mapping" in text:
        return "table of strings"
    if "tuple" in text:
        return "list of paths"
    if "frozenset" in text:
        return "list of strings"
    for word, name in (("Path", "path"), ("bool", "true or false"), ("int", "number")):
        if word in text:
            return name
    if "MathMode" in text:
        return '`"mathml"` or `"mathjax"`'
    if "DeckDepth" in text:
        return '`"section"`, `"page"` or `"folder"`'
    return "string"


def _default(value: object) -> str:
    if value is None or value in ((), {}, frozenset()):
        return "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, frozenset):
        return ", ".join(f'`"{item}"`' for item in sorted(value))
    return f"`{value}`" if isinstance(value, int) else f'`"{value}"`'


PAGES = {"commands.md": commands_page, "configuration.md": configuration_page}

if __name__ == "__main__":
    DOCS.mkdir(exist_ok=True)
    for file_name, page in PAGES.items():
        (DOCS / file_name).write_text(page(), encoding="utf-8")
