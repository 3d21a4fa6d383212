"""`admonki cache`: the cache of rendered pages."""

import click

from generator.commands.messages import plural
from generator.commands.session import config_options, open_session


@click.group("cache")
def command() -> None:
    """Show or clear the cache of rendered pages.

    It is in the system's cache folder, or in ADMONKI_CACHE_DIR. Without it, a build is slower and
    makes the same packages.
    """


@command.command("clear")
@config_options
def clear() -> None:
    """Remove all cached pages."""
    from generator.pipeline.cache import Cache

    session = open_session(needs_sources=False)
    count = Cache(session.config.cache_dir).clear()
    session.tell(f"removed {plural(count, 'file')}")


@command.command("show")
@config_options
def show() -> None:
    """Print the cache folder and its size."""
    from generator.pipeline.cache import Cache

    session = open_session(needs_sources=False)
    folder = session.config.cache_dir
    if folder is None:
        session.tell("nothing is cached: there is no home folder and ADMONKI_CACHE_DIR is not set")
        return
    sizes = [found.st_size for found, _ in Cache(folder).files()]
    session.tell(f"{folder}: {plural(len(sizes), 'file')}, {sum(sizes) / 2**20:.1f} MB")
