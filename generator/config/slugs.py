"""How the site's `toc` extension turns headings into anchors."""

from collections.abc import Mapping

from msgspec.structs import replace

from generator.config.slug_style import SlugStyle
from generator.config.yaml_data import Tagged

# pymdownx.slugs: the old names are what `slugify(case=…, percent_encode=…)` replaced
_NAMED: Mapping[str, SlugStyle] = {
    "markdown.extensions.toc.slugify": SlugStyle(),
    "markdown.extensions.toc.slugify_unicode": SlugStyle(is_unicode=True),
    "pymdownx.slugs.uslugify": SlugStyle(is_pymdownx=True),
    "pymdownx.slugs.uslugify_encoded": SlugStyle(is_pymdownx=True, is_percent_encoded=True),
    "pymdownx.slugs.uslugify_cased": SlugStyle(is_pymdownx=True, case=""),
    "pymdownx.slugs.uslugify_cased_encoded": SlugStyle(
        is_pymdownx=True, case="", is_percent_encoded=True
    ),
    "pymdownx.slugs.gfm": SlugStyle(is_pymdownx=True, case="lower-ascii"),
    "pymdownx.slugs.gfm_encoded": SlugStyle(
        is_pymdownx=True, case="lower-ascii", is_percent_encoded=True
    ),
}


def read_slug_style(toc: Mapping[str, object]) -> SlugStyle:
    """Return the style that the options of `toc` ask for.

    Args:
        toc: Options of the extension; `slugify` is a tag of YAML or Zensical's
            `{object = "…", kwds = {…}}`.
    """
    function, keywords = _call(toc.get("slugify"))
    style = _NAMED.get(function, SlugStyle())
    if function == "pymdownx.slugs.slugify":
        case = keywords.get("case")
        is_percent_encoded = keywords.get("percent_encode") is True
        style = SlugStyle(
            is_pymdownx=True,
            case="" if case in (None, "none") else str(case),
            is_percent_encoded=is_percent_encoded,
        )
    separator = toc.get("separator", "-")
    return replace(style, separator=separator if isinstance(separator, str) else "-")


def _call(slugify: object) -> tuple[str, Mapping[str, object]]:
    """Return the function's name and its keyword arguments."""
    if isinstance(slugify, Tagged):
        name = slugify.tag.partition(":")[2]
        return name, _keywords(slugify.value)
    if isinstance(slugify, dict):
        return str(slugify.get("object", "")), _keywords(slugify)
    return str(slugify or ""), {}


def _keywords(value: object) -> Mapping[str, object]:
    keywords = value.get("kwds") if isinstance(value, dict) else None
    return keywords if isinstance(keywords, dict) else {}
