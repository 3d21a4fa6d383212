"""`admonki init`: a commented configuration to edit."""

from pathlib import Path

import click

from generator.commands.config import as_toml
from generator.commands.output import show
from generator.commands.session import working_folder
from generator.config import load
from generator.errors import AdmonkiError

_TEMPLATE = """\
# Settings of admonki. A line that begins with # shows a default or an example: to use it, edit
# the value and remove the #. `admonki config` prints all settings and where they come from.

# Pages, or folders of pages, relative to this file.
{sources}

# The folder that contains all pages, images and snippets; by default each source itself.
# docs_dir = "docs"

# Where the packages go.
# output = "build"

# The file that records which question is which card; commit it with the pages.
# lock = "admonki.lock"

# The first part of every deck's name.
{deck_root}

# One deck per "section", "page" or "folder".
# deck_depth = "section"

# Boxes of these types are cards; "" is a box without a type.
# card_types = ["question", "faq", ""]

# A box of these types in a question, or after it, holds the answer ...
# answer_types = ["success", "answer", "solution", "done", "check"]
# ... and so does a box with such a title ("Answer" is known in forty languages).
# answer_titles = ["Check yourself"]

# A title that begins like this labels a task: the question is in the body ("Exercise" is known).
# question_titles = ["Food for thought"]

# Titled boxes of these types inside an answer become separate cards, in this subdeck.
# inner_cards = ["tip"]
# inner_deck = "Follow-ups"

# Cards without an answer have their own packages; true adds them to all.apkg, too.
# include_unanswered = false

# "mathml" is shown at once and offline; "mathjax" leaves formulas to Anki.
# math = "mathml"
# The same for display formulas only.
# math_display = "mathml"

# Your own style sheets for cards.
# css = ["docs/stylesheets/cards.css"]

# Where the site is served: each card links to its place there.
{site_url}
# Whether the site serves page/ rather than page.html.
# use_directory_urls = true

# Codes of messages that you do not want to see; docs/reference/diagnostics.md explains each.
# ignore = ["L341"]

# How many processes render pages; 0 means one per core.
# jobs = 0

# TeX macros: name = body, with #1, #2 ... for arguments.
# [macros]
# '\\R' = '\\mathbb{{R}}'
# '\\norm' = '\\left\\lVert #1 \\right\\rVert'
"""


@click.command("init")
@click.option("--force", is_flag=True, help="Overwrite an existing configuration.")
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path, force: bool) -> None:
    """Write a commented admonki.toml into FOLDER (default: here)."""
    target = folder / "admonki.toml"
    working_folder()
    try:
        write_config(target, force=force)
    except AdmonkiError as error:
        raise click.ClickException("; ".join(item.message for item in error.diagnostics)) from None
    show(f"wrote {target}; now: admonki check")


def write_config(target: Path, *, force: bool = False) -> None:
    """Write a configuration with the settings already in effect there.

    Args:
        target: The file to write.
        force: Whether to replace one that exists.

    Raises:
        AdmonkiError: E808 when it exists or cannot be written.
    """
    text = config_text(target.parent)
    try:
        with target.open(
            "w" if force else "x", encoding="utf-8", errors="replace", newline="\n"
        ) as stream:
            stream.write(text)
    except FileExistsError:
        message = f"{target} already exists (--force overwrites it)"
        raise AdmonkiError.at(target, "E808", message) from None
    except OSError as error:
        message = f"{target} cannot be written: {error.strerror or error}"
        raise AdmonkiError.at(target, "E808", message) from error


def config_text(folder: Path) -> str:
    """Return a commented configuration for a project.

    Args:
        folder: Where the file will be; its site and its usual folders are looked at.
    """
    config, _ = load(cwd=folder)
    is_site = config.site.path is not None
    here = folder.resolve()
    inside = [path for path in config.sources if path.is_relative_to(here)]
    names = [path.relative_to(here).as_posix() for path in inside] or ["docs"]
    sources = f"sources = {as_toml(names)}"
    site_url = config.site_url or "https://notes.example.org/"
    deck_root = as_toml(config.deck_root or "My notes")
    return _TEMPLATE.format(
        sources=f"# {sources}  # from {config.site.path.name}" if config.site.path else sources,
        deck_root=f"# deck_root = {deck_root}",
        site_url=f"# site_url = {as_toml(site_url)}" + ("  # from the site" if is_site else ""),
    )
