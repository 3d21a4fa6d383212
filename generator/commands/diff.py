"""`admonki diff`: what changed between two packages, or since a git revision."""

import subprocess
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.diff_formats import to_json, to_markdown, to_text
from generator.commands.output import show, show_ready
from generator.commands.session import (
    config_options,
    fail,
    has_color,
    identified_notes,
    open_session,
)
from generator.errors import AdmonkiError, Diagnostic, Location
from generator.identity.difference import CardState, compare
from generator.identity.lock import Lock

if TYPE_CHECKING:
    from generator.apkg.reader import Package
    from generator.commands.session import Session

_FORMATS = click.Choice(["text", "markdown", "json"])


@click.command("diff")
@click.argument("packages", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--git", "revision", metavar="REV", help="Compare the lock of a git revision.")
@click.option("--format", "style", type=_FORMATS, default="text", show_default=True)
@click.option("--exit-code", is_flag=True, help="Exit with 1 when there are changes.")
@config_options
def command(
    packages: tuple[Path, ...],
    revision: str | None,
    style: str,
    exit_code: bool,
    config_file: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Show what changed between two packages: `admonki diff OLD.apkg NEW.apkg`.

    With --git REV: between the lock of that revision and the pages as they are now. For removed
    cards it prints the search that finds them in Anki, since an import deletes nothing.
    """
    if bool(revision) == bool(packages) or len(packages) not in (0, 2):
        raise click.UsageError("name two packages, or a revision with --git")
    session = open_session(
        config_file=config_file, quiet=quiet, verbose=verbose, needs_sources=bool(revision)
    )
    try:
        old, new = _of_revision(session, revision) if revision else _of_packages(packages)
    except AdmonkiError as error:
        fail(session, error.diagnostics)
    difference = compare(old, new)
    if style == "json":
        show_ready(to_json(difference))
    elif style == "markdown":
        show(to_markdown(difference))
    else:
        import sys

        show_ready(to_text(difference, color=has_color(sys.stdout)))
    raise SystemExit(1 if exit_code and difference else 0)


def states_of_package(package: "Package") -> tuple[CardState, ...]:
    """List the cards of a package; notes that are not ours go by their first two fields.

    Args:
        package: As read.
    """
    names = {kind.id: kind.fields for kind in package.note_types}
    states = []
    for note in package.notes:
        fields = dict(zip(names.get(note.note_type, ()), note.fields, strict=False))
        first, second = (*note.fields, "", "")[:2]
        question = fields.get("Text", first)
        answer = fields.get("Answer", second)
        content = "\x1f".join((*note.fields, *sorted(note.tags)))
        states.append(
            CardState(
                note.guid,
                plain_text(fields.get("ID", note.guid)),
                note.deck,
                plain_text(question),
                plain_text(answer),
                content,
            )
        )
    return tuple(states)


def states_of_lock(lock: Lock) -> tuple[CardState, ...]:
    """List the living cards of a lock.

    Args:
        lock: As read; it holds no answers.
    """
    return tuple(
        CardState(
            entry.guid,
            entry.key,
            " › ".join(filter(None, (entry.page, entry.section))),
            entry.question,
            None,
            f"{entry.source_hash} {entry.shown_hash}",
        )
        for entry in lock.entries
        if not entry.is_gone
    )


def plain_text(html: str) -> str:
    """Turn a field into text to compare by words.

    Args:
        html: A field; formulas in MathML give their TeX.

    Returns:
        The text, blocks parted by blanks.
    """
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())


class _TextReader(HTMLParser):
    """Collects the text of HTML; formulas by their `alttext`, pictures by name."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "math":
            self._hidden += 1
            self.parts.append(f"${values.get('alttext') or ''}$")
        elif tag == "img":
            self.parts.append(f" [{values.get('alt') or values.get('src') or ''}] ")
        elif tag in _BLOCKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "math":
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


_BLOCKS = frozenset(
    {
        *("p", "div", "li", "ul", "ol", "br", "tr", "td", "th", "table", "pre", "blockquote"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "hr", "details", "summary", "figure"),
    }
)


def _of_packages(packages: Iterable[Path]) -> tuple[tuple[CardState, ...], tuple[CardState, ...]]:
    from generator.apkg.reader import read_package

    old, new = (states_of_package(read_package(path)) for path in packages)
    return old, new


def _of_revision(
    session: "Session", revision: str
) -> tuple[tuple[CardState, ...], tuple[CardState, ...]]:
    from generator.pipeline.collect import find_lock

    identified = identified_notes(session)
    session.say(identified.diagnostics)
    if identified.is_stopped:
        raise SystemExit(1)
    old = lock_of_revision(find_lock(session.config), revision)
    return states_of_lock(old), states_of_lock(identified.lock)


def lock_of_revision(path: Path, revision: str) -> Lock:
    """Read the lock as a git revision has it.

    Args:
        path: The lock's path now.
        revision: Anything that git takes for a commit.

    Returns:
        The lock of that revision.

    Raises:
        AdmonkiError: E614 when git has no such lock, or what it has cannot be read.
    """
    from generator.identity.lock_reader import parse_lock

    name = f"{revision}:./{path.name}"
    if revision.startswith("-"):
        raise _no_lock(name, "not a revision")
    git = ["git", "-C", str(path.parent), "show", "--end-of-options", name]
    try:
        shown = subprocess.run(git, capture_output=True, check=False)  # noqa: S603 - no shell
    except OSError as error:
        raise _no_lock(name, f"git cannot be run: {error.strerror or error}") from error
    if shown.returncode:
        reason = shown.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _no_lock(name, reason[-1] if reason else "git failed")
    lock, problems = parse_lock(shown.stdout.decode("utf-8", "surrogateescape"), name)
    if problems:
        raise AdmonkiError(*problems)
    return lock


def _no_lock(name: str, reason: str) -> AdmonkiError:
    hint = "compare with a revision in which the lock was committed"
    return AdmonkiError(Diagnostic(Location(name), "E614", f"no lock to compare: {reason}", hint))
