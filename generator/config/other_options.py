"""Options of Markdown extensions that cards do not follow; most change only looks or addresses."""

from collections.abc import Mapping
from typing import Final

_LABELS: Final = "alternate_style combine_header_slug separator slugify"
_NAMES: Final = {
    "arithmatex": "block_tag generic inline_tag preview tex_block_wrap tex_inline_wrap",
    "betterem": "punctuation",
    "blocks_html": "custom",
    "blocks_tab": _LABELS,
    "caret": "punctuation",
    "codehilite": (
        "css_class guess_lang lang_prefix noclasses pygments_formatter pygments_style use_pygments"
    ),
    "critic": "raw_view",
    "emoji": "alt emoji_generator emoji_index remove_variation_selector strict title",
    "fancylists": "inject_class inject_style",
    "fenced_code": "lang_prefix",
    "footnotes": (
        "BACKLINK_TEXT BACKLINK_TITLE SEPARATOR SUPERSCRIPT_TEXT UNIQUE_IDS USE_DEFINITION_ORDER"
    ),
    "highlight": (
        "_enabled anchor_linenums code_attr_on_pre css_class extend_pygments_lang guess_lang "
        "language_prefix line_anchors line_spans linenums_class linenums_special linenums_style "
        "noclasses pygments_lang_class pygments_style stripnl use_pygments"
    ),
    "inlinehilite": "css_class custom_inline style_plain_text",
    "keys": "class strict",
    "magiclink": "labels",
    "progressbar": "add_classes level_class progress_increment",
    "snippets": (
        "backoff_factor encoding max_retries url_download url_max_size url_request_headers "
        "url_timeout"
    ),
    "superfences": "css_class preserve_tabs",
    "tabbed": _LABELS,
    "tables": "use_align_attribute",
    "tasklist": "clickable_checkbox custom_checkbox delete subscript",
    "tilde": "punctuation",
    "toc": (
        "anchorlink anchorlink_class permalink permalink_class permalink_leading "
        "permalink_title separator title title_class toc_class toc_depth"
    ),
    "wikilinks": "build_url html_class",
}
OTHER_OPTIONS: Final[Mapping[str, frozenset[str]]] = {
    field: frozenset(names.split()) for field, names in _NAMES.items()
}
"""Field of `Extensions` → names of options."""

_PUNCTUATION: Final = "a mark next to punctuation opens or closes a span anyway"
UNFOLLOWED: Final[Mapping[str, Mapping[str, str]]] = {
    "betterem": {"punctuation": _PUNCTUATION},
    "blocks_html": {"custom": "the tags are read as HTML reads them"},
    "caret": {"punctuation": _PUNCTUATION},
    "inlinehilite": {"custom_inline": "the code is shown as it is"},
    "snippets": {"encoding": "files are read as UTF-8"},
    "superfences": {"preserve_tabs": "tabs in code become spaces"},
    "tilde": {"punctuation": _PUNCTUATION},
    "wikilinks": {"build_url": "addresses are made of base_url and end_url"},
}
"""Field of `Extensions` → option that changes what a page says → what cards do instead."""
