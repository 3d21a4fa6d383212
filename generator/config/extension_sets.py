"""The sets of extensions that sites begin with: MkDocs, Material, Zensical."""

from msgspec.structs import replace

from generator.config.extensions import Quotes, defaults

MKDOCS = defaults("toc tables fenced_code meta")
"""What MkDocs enables by default, and metadata, which it reads itself; a site's own list is added
to it."""

_MATERIAL = (
    "abbr admonition attr_list def_list footnotes md_in_html tables toc arithmatex betterem caret "
    "details emoji highlight inlinehilite keys mark superfences tabbed tasklist tilde"
)
_UNAMBIGUOUS = (
    "fenced_code blocks_admonition blocks_caption blocks_definition blocks_details blocks_html "
    "blocks_tab critic callouts docusaurus myst quarto saneheaders snippets"
)

RECOMMENDED = replace(defaults(f"{_MATERIAL} {_UNAMBIGUOUS}"), quotes=Quotes(callouts=True))
"""A folder without a site: the set that Material for MkDocs recommends, with the markup that can
mean nothing else (`{++`, `///`, `--8<--`, `> [!note]`, `:::note`), but without
smart symbols and smart stars, which change the meaning of other texts: `(c)` after `(a)` and `(b)`,
`**注意**内容`."""

ZENSICAL = defaults(f"{_MATERIAL} magiclink smartsymbols")
"""What Zensical 0.1 enables when a site lists no extensions."""
