"""Where a formula's TeX stands in the file."""

from markdown_it.token import Token

from generator.errors import Location


def place_in_tex(token: Token, offset: int) -> Location:
    """Return the place of `token.content[offset]`.

    Args:
        token: A `math_inline` or `math_block` token.
        offset: 0-based index into its TeX.

    Returns:
        Line and column in the file.
    """
    location: Location = token.meta["location"]
    columns: tuple[int, ...] = token.meta.get("columns", ())
    line = token.content.count("\n", 0, offset)
    if not line:
        return Location(location.path, location.line, location.column + offset)
    start = token.content.rfind("\n", 0, offset) + 1
    column = columns[line] if line < len(columns) else 1
    return Location(location.path, location.line + line, column + offset - start)
