"""The command line: names of commands, each imported on demand."""

from collections.abc import Mapping
from importlib import import_module

import click

from generator.version import __version__

# name → (module, line in `admonki --help`); importing every command would slow the start
COMMANDS: Mapping[str, tuple[str, str]] = {
    "build": ("generator.commands.build", "Build the packages of all pages."),
    "watch": ("generator.commands.watch", "Build now and after every save."),
    "check": ("generator.commands.check", "Report what a build would report, with advice."),
    "explain": ("generator.commands.explain", "Show how a question was recognized."),
    "preview": ("generator.commands.preview", "Preview all cards in a browser."),
    "cards": ("generator.commands.cards", "Print the cards as JSON."),
    "list": ("generator.commands.list_cards", "List the cards in a table."),
    "stats": ("generator.commands.stats", "Count cards, words, formulas and missing answers."),
    "ids": ("generator.commands.ids", "Show or write card ids; repair the lock file."),
    "diff": ("generator.commands.diff", "Show what changed since a build or a revision."),
    "sync": ("generator.commands.sync", "Sync packages to phones through a sync server."),
    "push": ("generator.commands.push", "Import packages into the running desktop Anki."),
    "pull": ("generator.commands.pull", "Bring corrections made in Anki back into the pages."),
    "math": ("generator.commands.math", "Show what a formula becomes on a card."),
    "export": ("generator.commands.export", "Write the cards as CSV, JSON or CrowdAnki."),
    "init": ("generator.commands.init", "Write a commented configuration file."),
    "config": ("generator.commands.config", "Show all settings and where they come from."),
    "cache": ("generator.commands.cache", "Show or clear the cache."),
}


class LazyGroup(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """List the commands in the order in which users meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments name, or suggest a similar one."""
        name = args[0] if args else ""
        if name and name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"No such command {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the command list without importing the commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="admonki")
def main() -> None:
    """Turn the admonitions of a MkDocs-Material site into Anki decks."""
