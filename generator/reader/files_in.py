"""Everything that a site inserts into a page before parsing it, in the site's order."""

from typing import Final

from generator.config import Config
from generator.errors import Diagnostic
from generator.model import SourceFile
from generator.reader.snippets import Absence, FindText, include_snippets

_MOST_READ: Final = 4_000_000
"""Characters of files that a page may read."""
_A_LOOK: Final = 1_000
"""What looking for a file costs, in characters that could be read in that time."""


def put_files_in(
    source: SourceFile, *, config: Config, find_text: FindText
) -> tuple[SourceFile, tuple[Diagnostic, ...]]:
    """Insert the text that plugins and snippets contribute.

    Args:
        source: The page.
        config: The settings; plugins that the site does not use are skipped.
        find_text: See `FindText`.

    Returns:
        The page with longer text and the number of each line, and what could not be inserted.
    """
    plugins = config.site.plugins
    find_text = _bounded(find_text)
    found: tuple[Diagnostic, ...] = ()
    if "include-markdown" in plugins:
        from generator.reader.include_markdown import include_files  # few sites use these

        source, found = include_files(source, find_text=find_text)
    if "table-reader" in plugins:
        from generator.reader.macros import put_tables_in

        source, problems = put_tables_in(source, find_text=find_text)
        found += problems
    if "macros" in plugins:
        from generator.reader.macros import put_variables_in

        source, problems = put_variables_in(source, config.site.variables)
        found += problems
    source, problems = include_snippets(source, config=config, find_text=find_text)
    return source, (*found, *problems)


def _bounded(find_text: FindText) -> FindText:
    """Find texts until a page has read too much: it may take one line each of large files."""
    left = _MOST_READ

    def find(path: str) -> str | Absence:
        nonlocal left
        if left < 0:
            return Absence("the page has read too many files")
        text = find_text(path)
        left -= _A_LOOK + (0 if isinstance(text, Absence) else len(text))
        return text

    return find
