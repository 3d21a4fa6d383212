"""`admonki sync`: packages to all devices of an account, without opening Anki."""

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path

import click

from generator.commands.session import Session, config_options, open_session
from generator.commands.sync.account import Account, find_account
from generator.commands.sync.apply import Outcome, Wish
from generator.commands.sync.report import describe, refusals, summary
from generator.commands.sync.run import run_sync
from generator.errors import AdmonkiError
from generator.identity.lock import Lock
from generator.identity.lock_file import read_lock
from generator.pipeline.collect import find_lock

_READER_OPTIONS = (
    click.option(
        "--suspend-removed", is_flag=True, help="Suspend cards that were removed from the pages."
    ),
    click.option(
        "--delete-removed", is_flag=True, help="Delete notes that were removed from the pages."
    ),
    click.option(
        "--overwrite", is_flag=True, help="Keep the author's text where both sides changed it."
    ),
    click.option("--restore", is_flag=True, help="Restore notes that were deleted in Anki."),
    click.option("--yes", is_flag=True, help="Answer yes to all questions about removals."),
)


def reader_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say what may happen to notes the reader changed or deleted."""
    for option in reversed(_READER_OPTIONS):
        function = option(function)
    return function


@click.command("sync")
@click.argument("packages", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Print what would happen, but send nothing.")
@reader_options
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for admonki's own copy of the collection.",
)
@config_options
def command(
    packages: tuple[Path, ...],
    dry_run: bool,
    suspend_removed: bool,
    delete_removed: bool,
    overwrite: bool,
    restore: bool,
    yes: bool,
    folder: Path | None,
) -> None:
    """Add PACKAGES (all.apkg of the last build) to an account and sync its devices.

    User, password and address are read from ADMONKI_SYNC_USER, ADMONKI_SYNC_PASSWORD and
    ADMONKI_SYNC_URL (AnkiWeb when unset) or the keyring, or are prompted for.
    """
    retire = retirement(suspend=suspend_removed, delete=delete_removed)
    session = open_session(needs_sources=False)
    chosen, lock = packages_and_lock(session, packages)
    wish = Wish(chosen, lock, retire, dry_run, overwrite, restore, confirm=asker(yes))
    account = find_account(ask=_ask if sys.stdin.isatty() else None)
    place = folder or default_folder(account)
    outcome = run_sync(account, place, wish, tell=session.tell)
    finish(session, outcome, wish, last="dry run: nothing was sent" if dry_run else "synced")


def retirement(*, suspend: bool, delete: bool) -> str:
    """Return what becomes of notes that were removed from the pages, see `Wish.retire`."""
    if suspend and delete:
        raise click.UsageError("--suspend-removed or --delete-removed, not both")
    return "suspend" if suspend else "delete" if delete else "keep"


def finish(session: Session, outcome: Outcome, wish: Wish, *, last: str = "") -> None:
    """Print what happened, then `last` if there is one, and end the program."""
    session.tell(summary(wish.packages, outcome))
    for line in (*describe(outcome, wish), *filter(None, (last,))):
        session.tell(line)
    refused = refusals(outcome, wish)
    session.say(refused)
    session.finish(refused)


def default_folder(account: Account) -> Path:
    """Where the copy of an account's collection is kept between two syncs.

    Args:
        account: Its server and user name the folder; they cannot be read from it.
    """
    name = hashlib.sha256(f"{account.server}\0{account.user}".encode()).hexdigest()[:16]
    return Path(click.get_app_dir("admonki")) / "sync" / name


def packages_and_lock(
    session: Session, packages: tuple[Path, ...]
) -> tuple[tuple[Path, ...], Lock]:
    """Find the packages to sync, and the lock that lists the project's cards.

    Raises:
        AdmonkiError: E707 for a package that is missing; what is wrong with the lock.
    """
    chosen = packages or (session.config.output / "all.apkg",)
    missing = [path for path in chosen if not path.is_file()]
    if missing:
        hint = "run admonki build first, or name a package"
        raise AdmonkiError.at(missing[0], "E707", "the package does not exist", hint)
    lock, problems = read_lock(find_lock(session.config))
    if problems:
        raise AdmonkiError(*problems)
    return chosen, lock


def asker(yes: bool) -> Callable[[str], bool]:
    """Return the function that confirms removals.

    Args:
        yes: Whether everything is confirmed without asking.
    """

    def confirm(text: str) -> bool:
        if yes or not sys.stdin.isatty():
            return yes
        return click.confirm(f"{text}: continue?", err=True)

    return confirm


def _ask(name: str, is_hidden: bool) -> str:
    return str(click.prompt(name, hide_input=is_hidden, err=True))
