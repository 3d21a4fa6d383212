"""The Markdown extensions of the site with their options: one typed record.

Each default is the one that Python-Markdown 3.11 and pymdown-extensions 13.1 document. Only options
that change a page's content are here; how the site draws it (`permalink`, CSS classes, Pygments
styles) does not matter for cards.
"""

from typing import Final, Literal, get_args

from msgspec import Struct, field
from msgspec.structs import replace

from generator.config.slug_style import SlugStyle

Pairs = tuple[tuple[str, str], ...]
"""A mapping of strings, hashable."""
Lists = tuple[tuple[str, tuple[str, ...]], ...]
"""A mapping of strings to lists of them, hashable."""


class On(Struct, frozen=True):
    """An extension without options that matter here."""


class Abbr(Struct, frozen=True):
    """markdown.extensions.abbr."""

    glossary: Pairs = ()


class Codehilite(Struct, frozen=True):
    """markdown.extensions.codehilite."""

    linenums: bool | None = None


class Smarty(Struct, frozen=True):
    """markdown.extensions.smarty."""

    smart_quotes: bool = True
    smart_angled_quotes: bool = False
    smart_dashes: bool = True
    smart_ellipses: bool = True
    substitutions: Pairs = ()


class Footnotes(Struct, frozen=True):
    """markdown.extensions.footnotes."""

    place_marker: str = field(default="///Footnotes Go Here///", name="PLACE_MARKER")


class Toc(Struct, frozen=True):
    """markdown.extensions.toc; `slugify` and `separator` make anchors."""

    marker: str = "[TOC]"
    baselevel: int = 1
    slugify: SlugStyle = SlugStyle()


class Wikilinks(Struct, frozen=True):
    """markdown.extensions.wikilinks."""

    base_url: str = "/"
    end_url: str = "/"


class Arithmatex(Struct, frozen=True):
    """pymdownx.arithmatex."""

    smart_dollar: bool = True
    inline_syntax: tuple[str, ...] = ("dollar", "round")
    block_syntax: tuple[str, ...] = ("dollar", "square", "begin")


class Betterem(Struct, frozen=True):
    """pymdownx.betterem."""

    smart_enable: Literal["all", "asterisk", "none", "underscore"] = "underscore"


class BlockType(Struct, frozen=True):
    """A type of block that the site defines.

    Attributes:
        name: What its first line says.
        css_class: The type of its box, if it is not the name.
        title: Its title where none is given, or "".
        prefix: What comes before a caption, with `{}` for its number, or "".
    """

    name: str
    css_class: str = ""
    title: str = ""
    prefix: str = ""


class Types(Struct, frozen=True):
    """pymdownx.blocks.admonition and .details: types beside the blocks' own names."""

    types: tuple[BlockType, ...] = ()


class Caption(Struct, frozen=True):
    """pymdownx.blocks.caption."""

    types: tuple[BlockType, ...] = (
        BlockType("caption"),
        BlockType("figure-caption", prefix="Figure {}."),
        BlockType("table-caption", prefix="Table {}."),
    )
    prepend: bool = False
    auto: bool = True
    auto_level: int = 0


class Caret(Struct, frozen=True):
    """pymdownx.caret."""

    smart_insert: bool = False
    insert: bool = True
    superscript: bool = True
    no_space: bool = True


class Critic(Struct, frozen=True):
    """pymdownx.critic."""

    mode: Literal["accept", "reject", "view"] = "view"


class Emoji(Struct, frozen=True):
    """pymdownx.emoji; of its `options` the names that are set, such as `custom_icons`."""

    options: frozenset[str] = frozenset()


class Escapeall(Struct, frozen=True):
    """pymdownx.escapeall."""

    hardbreak: bool = False
    nbsp: bool = False


class Fancylists(Struct, frozen=True):
    """pymdownx.fancylists."""

    additional_ordered_styles: tuple[str, ...] = ("roman", "alpha", "generic")


class Highlight(Struct, frozen=True):
    """pymdownx.highlight."""

    linenums: bool | None = None
    auto_title: bool = False
    auto_title_map: Pairs = ()
    default_lang: str = ""


class Keys(Struct, frozen=True):
    """pymdownx.keys."""

    separator: str = "+"
    camel_case: bool = False
    key_map: Pairs = ()


class RepositoryHost(Struct, frozen=True):
    """A host of repositories that the site names (`custom` of magiclink).

    Attributes:
        name: As pages call it.
        host: Its address.
        type: What it runs: `github`, `gitlab` or `bitbucket`.
    """

    name: str
    host: str
    type: str


class Magiclink(Struct, frozen=True):
    """pymdownx.magiclink."""

    hide_protocol: bool = False
    repo_url_shortener: bool = False
    social_url_shortener: bool = False
    shortener_user_exclude: Lists = (
        ("bitbucket", ("dashboard", "account", "plans", "support", "repo")),
        (
            "github",
            (
                *("marketplace", "notifications", "issues", "pull", "sponsors", "settings"),
                "support",
            ),
        ),
        ("gitlab", ("dashboard", "-", "explore", "help", "projects")),
        ("twitter", ("i", "messages", "bookmarks", "home")),
        ("x", ("i", "messages", "bookmarks", "home")),
    )
    repo_url_shorthand: bool = False
    social_url_shorthand: bool = False
    provider: str = "github"
    normalize_issue_symbols: bool = False
    user: str = ""
    repo: str = ""
    custom: tuple[RepositoryHost, ...] = ()


class Mark(Struct, frozen=True):
    """pymdownx.mark."""

    smart_mark: bool = False


class Quotes(Struct, frozen=True):
    """pymdownx.quotes."""

    callouts: bool = False


class Smartsymbols(Struct, frozen=True):
    """pymdownx.smartsymbols."""

    trademark: bool = True
    copyright: bool = True
    registered: bool = True
    plusminus: bool = True
    arrows: bool = True
    notequal: bool = True
    fractions: bool = True
    ordinal_numbers: bool = True
    care_of: bool = True


class Snippets(Struct, frozen=True):
    """pymdownx.snippets."""

    base_path: tuple[str, ...] = (".",)
    restrict_base_path: bool = True
    check_paths: bool = False
    auto_append: tuple[str, ...] = ()
    dedent_subsections: bool = False


class Superfences(Struct, frozen=True):
    """pymdownx.superfences."""

    disable_indented_code_blocks: bool = False
    custom_fences: tuple[BlockType, ...] = ()
    relaxed_headers: bool = False


class Tilde(Struct, frozen=True):
    """pymdownx.tilde."""

    smart_delete: bool = False
    delete: bool = True
    subscript: bool = True
    no_space: bool = True


class TrulySaneLists(Struct, frozen=True):
    """mdx_truly_sane_lists."""

    nested_indent: int = 2
    truly_sane: bool = True


class Extensions(Struct, frozen=True):
    """The extensions of a site; None where one is off.

    Attributes are called as the extension is in Python-Markdown, without `pymdownx.` and with `_`
    for further dots; the last ones are the accents of other programs (`generator.parser.accents`).
    """

    abbr: Abbr | None = None
    admonition: On | None = None
    attr_list: On | None = None
    codehilite: Codehilite | None = None
    def_list: On | None = None
    fenced_code: On | None = None
    footnotes: Footnotes | None = None
    legacy_em: On | None = None
    md_in_html: On | None = None
    meta: On | None = None
    nl2br: On | None = None
    sane_lists: On | None = None
    smarty: Smarty | None = None
    tables: On | None = None
    toc: Toc | None = None
    wikilinks: Wikilinks | None = None
    arithmatex: Arithmatex | None = None
    betterem: Betterem | None = None
    blocks_admonition: Types | None = None
    blocks_caption: Caption | None = None
    blocks_definition: On | None = None
    blocks_details: Types | None = None
    blocks_html: On | None = None
    blocks_tab: On | None = None
    bracketspan: On | None = None
    caret: Caret | None = None
    critic: Critic | None = None
    details: On | None = None
    emoji: Emoji | None = None
    escapeall: Escapeall | None = None
    fancylists: Fancylists | None = None
    highlight: Highlight | None = None
    inlinehilite: On | None = None
    keys: Keys | None = None
    magiclink: Magiclink | None = None
    mark: Mark | None = None
    progressbar: On | None = None
    quotes: Quotes | None = None
    saneheaders: On | None = None
    smartsymbols: Smartsymbols | None = None
    snippets: Snippets | None = None
    superfences: Superfences | None = None
    tabbed: On | None = None
    tasklist: On | None = None
    tilde: Tilde | None = None
    mdx_truly_sane_lists: TrulySaneLists | None = None
    callouts: On | None = None
    docusaurus: On | None = None
    myst: On | None = None
    obsidian: On | None = None
    quarto: On | None = None


def options_type(field_name: str) -> type[Struct]:
    """Return the type of the options of an extension, given its field of `Extensions`."""
    kind: type[Struct] = get_args(Extensions.__annotations__[field_name])[0]
    return kind


def defaults(names: str) -> Extensions:
    """Enable extensions with their default options.

    Args:
        names: Fields of `Extensions`, separated by blanks.
    """
    return replace(Extensions(), **{name: options_type(name)() for name in names.split()})


_PYTHON_MARKDOWN = (
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "fenced_code", "footnotes"),
    *("legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc"),
    "wikilinks",
)
ACCENTS = ("callouts", "docusaurus", "myst", "obsidian", "quarto")
"""Fields of `Extensions` that no entry of `markdown_extensions` turns on."""

_BUNDLES = {
    "github-callouts": ("callouts",),
    "extra": ("abbr", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "tables"),
    "pymdownx.extra": (
        *("abbr", "attr_list", "def_list", "footnotes", "md_in_html", "tables"),
        *("betterem", "superfences"),
    ),
}


def fields_of(extension: str) -> tuple[str, ...]:
    """Return the fields of `Extensions` that an entry of `markdown_extensions` turns on.

    Args:
        extension: As listed: `toc`, `markdown.extensions.toc`, `pymdownx.tabbed`.
    """
    name = extension.removeprefix("markdown.extensions.")
    if name in _BUNDLES:
        return _BUNDLES[name]
    if name in _PYTHON_MARKDOWN or name == "mdx_truly_sane_lists":
        return (name,)
    short = name.removeprefix("pymdownx.").replace(".", "_")
    others = (*_PYTHON_MARKDOWN, *ACCENTS, "mdx_truly_sane_lists")
    is_known = name != short and short in Extensions.__struct_fields__
    return (short,) if is_known and short not in others else ()


HARMLESS: Final = frozenset(
    {"legacy_attrs", "pymdownx.b64", "pymdownx.extrarawhtml", "pymdownx.pathconverter"}
    | {"pymdownx.plainhtml", "pymdownx.striphtml", "material.extensions.preview"}
    | {"zensical.extensions.preview"}
)
"""Extensions that do not change what a card says."""


def name_of(field_name: str) -> str:
    """Return how `markdown_extensions` calls an extension, given its field."""
    if field_name in (*_PYTHON_MARKDOWN, *ACCENTS, "mdx_truly_sane_lists"):
        return field_name
    return f"pymdownx.{field_name.replace('blocks_', 'blocks.')}"
