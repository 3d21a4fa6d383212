"""Everything that a site inserts into a page before parsing it, in the site's order."""

from generator.config import Config
from generator.errors import Diagnostic, Location
from generator.model import SourceFile
from generator.reader.snippets import FindText, include_snippets
from generator.reader.text import MOST_ADDED


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
    found: tuple[Diagnostic, ...] = ()
    if "include-markdown" in plugins:
        from generator.reader.include_markdown import include_files  # few sites use these

        source, found = include_files(source, find_text=find_text)
    if "table-reader" in plugins:
        from generator.reader.macros import put_tables_in

        source, problems = put_tables_in(source, find_text=find_text)
        found += problems
    if "macros" in plugins:
        source, problems = _with_variables(source, config)
        found += problems
    source, problems = include_snippets(source, config=config, find_text=find_text)
    return source, (*found, *problems)


def _with_variables(
    source: SourceFile, config: Config
) -> tuple[SourceFile, tuple[Diagnostic, ...]]:
    from generator.reader.macros import put_variables_in

    filled = put_variables_in(source, config.site.variables)
    if len(filled.text) - len(source.text) <= MOST_ADDED:
        return filled, ()
    message = "the site's variables are not filled in: they would make the page too long"
    place = Location(source.path, 1 + source.body_line)
    return source, (Diagnostic(place, "W508", message, "use them less often"),)
