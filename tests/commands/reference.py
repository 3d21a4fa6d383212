"""The reference pages that are made from the code; run this file to write them again."""

from copy import copy
from importlib import import_module
from pathlib import Path
from textwrap import dedent

import click

from generator.cli import COMMANDS, main
from generator.config import Config
from generator.config.schema import setting_types

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference"
_NOTE = "<!-- Made from the code: python -m tests.commands.reference -->"
_WIDTH = 90
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
    """Return the help of every command."""
    parts = ["# Commands", _NOTE, _COMPLETION, _block("admonki --help", main, "admonki")]
    for name, (module, summary) in COMMANDS.items():
        command = import_module(module).command
        parts += [f"## {name}", summary, _help(command, f"admonki {name}")]
    return "\n\n".join(parts) + "\n"


def _help(command: click.Command, path: str) -> str:
    text = _block(f"{path} --help", command, path)
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            text += f"\n\n### {path.removeprefix('admonki ')} {name}\n\n"
            text += _help(inner, f"{path} {name}")
    return text


def _block(call: str, command: click.Command, path: str) -> str:
    command = copy(command)
    command._help_option = None  # click keeps the one of whoever asked first
    context = click.Context(command, info_name=path, terminal_width=_WIDTH)
    context.help_option_names = ["-h", "--help"]
    return f"```console\n$ {call}\n{command.get_help(context).rstrip()}\n```"


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
        Settings are in `admonki.toml`, or in `pyproject.toml` under `[tool.admonki]`. admonki looks
        for the file in the working directory and its parents, up to the root of the repository.
        Paths are relative to the file. [Where values come from](../guide/sites.md#what-is-read)

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
