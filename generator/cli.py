"""The command line: names of commands, each imported when it is called."""

from collections.abc import Mapping
from importlib import import_module

import click

from generator.version import __version__

# name → (module, what `admonki --help` says); importing every command would cost its start
COMMANDS: Mapping[str, tuple[str, str]] = {
    "build": ("generator.commands.build", "Build the packages of all pages."),
    "watch": ("generator.commands.watch", "Build, and again at every save."),
    "check": ("generator.commands.check", "Say everything that a build would say, and more."),
    "explain": ("generator.commands.explain", "Show which rule took what for a question."),
    "preview": ("generator.commands.preview", "Look at all cards in a browser."),
    "cards": ("generator.commands.cards", "Print the cards as JSON."),
    "list": ("generator.commands.list_cards", "List the cards in a table."),
    "stats": ("generator.commands.stats", "Count cards, words, formulas, and answers still due."),
    "ids": ("generator.commands.ids", "Show or stamp who is who; mend the lock."),
    "diff": ("generator.commands.diff", "Show what changed since a build or a revision."),
    "sync": ("generator.commands.sync", "Bring packages to the phone through a sync server."),
    "push": ("generator.commands.push", "Import packages into the running desktop Anki."),
    "pull": ("generator.commands.pull", "Bring corrections made in Anki back into the pages."),
    "math": ("generator.commands.math", "Show what a formula becomes on a card."),
    "export": ("generator.commands.export", "Write the cards as CSV, JSON or CrowdAnki."),
    "init": ("generator.commands.init", "Write a commented configuration file."),
    "config": ("generator.commands.config", "Show what is in force, and from where."),
    "cache": ("generator.commands.cache", "Show or clear what is kept between builds."),
}


class LazyGroup(click.Group):
    """A group that knows the names of its commands, and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name the commands in the order in which one meets them."""
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
        """Find the command that the arguments name, or say which one was meant."""
        name = args[0] if args else ""
        if name and name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"No such command {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="admonki")
def main() -> None:
    """Turn the admonitions of a MkDocs-Material site into Anki decks."""
