"""`admonki sync`: packages to every device of an account, without Anki's window."""

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.session import config_options, fail, open_session
from generator.commands.sync.account import Account, find_account
from generator.errors import AdmonkiError, Diagnostic, Location

if TYPE_CHECKING:
    from generator.commands.session import Session
    from generator.commands.sync.run import Outcome, Wish

_SHOWN = 20


@click.command("sync")
@click.argument("packages", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen; send nothing.")
@click.option("--suspend-removed", is_flag=True, help="Suspend cards that left the pages.")
@click.option("--delete-removed", is_flag=True, help="Delete notes that left the pages.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where our own copy of the collection is kept.",
)
@config_options
def command(
    packages: tuple[Path, ...],
    dry_run: bool,
    suspend_removed: bool,
    delete_removed: bool,
    folder: Path | None,
    config_file: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Import PACKAGES (all.apkg of the last build) into an account and sync it to its devices.

    User, password and address come from ADMONKI_SYNC_USER, ADMONKI_SYNC_PASSWORD and
    ADMONKI_SYNC_URL (AnkiWeb when unset), from the keyring, or are asked for.
    """
    if suspend_removed and delete_removed:
        raise click.UsageError("--suspend-removed or --delete-removed, not both")
    session = open_session(
        config_file=config_file, quiet=quiet, verbose=verbose, needs_sources=False
    )
    retire = "suspend" if suspend_removed else "delete" if delete_removed else "keep"
    try:
        wish = _wish(session, packages, retire=retire, is_dry=dry_run)
        account = find_account(ask=_ask if sys.stdin.isatty() else None)
        from generator.commands.sync.run import run_sync

        place = folder or default_folder(account)
        outcome = run_sync(account, place, wish, tell=session.tell)
    except AdmonkiError as error:
        fail(session, error.diagnostics)
    for line in describe(outcome, wish):
        session.tell(line)


def default_folder(account: Account) -> Path:
    """Where the copy of an account's collection is kept between two syncs.

    Args:
        account: Its server and user name the folder; they cannot be read from it.
    """
    name = hashlib.sha256(f"{account.server}\0{account.user}".encode()).hexdigest()[:16]
    return Path(click.get_app_dir("admonki")) / "sync" / name


def describe(outcome: "Outcome", wish: "Wish") -> list[str]:
    """Say in lines what happened to notes that moved or left the pages.

    Args:
        outcome: Of the sync.
        wish: What was asked for.
    """
    lines = [f"moved: {m.old} → {m.new} ({m.note.guid})" for m in outcome.moves[:_SHOWN]]
    if len(outcome.moves) > _SHOWN:
        lines.append(f"… and {len(outcome.moves) - _SHOWN} more moved")
    if outcome.left:
        verb = {"suspend": "suspended", "delete": "deleted"}.get(wish.retire)
        text = f"{len(outcome.left)} notes left the pages"
        hint = "kept; --suspend-removed or --delete-removed retires them"
        lines.append(f"{text}: {verb or hint}")
    lines.append("dry run: nothing was sent" if wish.is_dry else "synced")
    return lines


def _wish(session: "Session", packages: tuple[Path, ...], *, retire: str, is_dry: bool) -> "Wish":
    from generator.commands.sync.run import Wish
    from generator.identity.lock_file import read_lock
    from generator.pipeline.collect import find_lock

    chosen = packages or (session.config.output / "all.apkg",)
    missing = [path for path in chosen if not path.is_file()]
    if missing:
        hint = "run admonki build first, or name a package"
        place = Location(missing[0].as_posix())
        raise AdmonkiError(Diagnostic(place, "E707", "there is no such package", hint))
    lock, problems = read_lock(find_lock(session.config))
    if problems:
        raise AdmonkiError(*problems)
    return Wish(chosen, lock, retire, is_dry)


def _ask(name: str, is_hidden: bool) -> str:
    return str(click.prompt(name, hide_input=is_hidden, err=True))
