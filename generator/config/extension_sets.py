"""The sets of extensions that sites begin with: MkDocs, Material, Zensical."""

from msgspec.structs import replace

from generator.config.extensions import (
    Abbr,
    Arithmatex,
    Betterem,
    Caption,
    Caret,
    Critic,
    Emoji,
    Extensions,
    Footnotes,
    Highlight,
    Keys,
    Magiclink,
    Mark,
    On,
    Quotes,
    Smartsymbols,
    Snippets,
    Superfences,
    Tilde,
    Toc,
    Types,
)

MKDOCS = Extensions(toc=Toc(), tables=On(), fenced_code=On(), meta=On())
"""What MkDocs enables by default, and metadata, which it reads itself; a site's own list is added
to it."""

_MATERIAL = Extensions(
    abbr=Abbr(),
    admonition=On(),
    attr_list=On(),
    def_list=On(),
    footnotes=Footnotes(),
    md_in_html=On(),
    tables=On(),
    toc=Toc(),
    arithmatex=Arithmatex(),
    betterem=Betterem(),
    caret=Caret(),
    details=On(),
    emoji=Emoji(),
    highlight=Highlight(),
    inlinehilite=On(),
    keys=Keys(),
    mark=Mark(),
    superfences=Superfences(),
    tabbed=On(),
    tasklist=On(),
    tilde=Tilde(),
)

RECOMMENDED = replace(
    _MATERIAL,
    fenced_code=On(),
    blocks_admonition=Types(),
    blocks_caption=Caption(),
    blocks_definition=On(),
    blocks_details=Types(),
    blocks_html=On(),
    blocks_tab=On(),
    critic=Critic(),
    quotes=Quotes(callouts=True),
    callouts=On(),
    docusaurus=On(),
    myst=On(),
    quarto=On(),
    saneheaders=On(),
    snippets=Snippets(),
)
"""A folder without a site: the set that Material for MkDocs recommends, with the markup that can
mean nothing else (`{++`, `///`, `--8<--`, `> [!note]`, `:::note`), but without
smart symbols and smart stars, which change the meaning of other texts: `(c)` after `(a)` and `(b)`,
`**注意**内容`."""

ZENSICAL = replace(_MATERIAL, magiclink=Magiclink(), smartsymbols=Smartsymbols())
"""What Zensical 0.1 enables when a site lists no extensions."""
