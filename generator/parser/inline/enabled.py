"""Which of the site's Markdown extensions are in force."""

from markdown_it.rules_inline import StateInline

from generator.parser.page import page_of


def is_enabled(state: StateInline, *extensions: str) -> bool:
    """Whether the site turns one of these on, or says nothing of extensions.

    A site that lists its extensions leaves the others off: there `H~2~O` is text.
    """
    site = page_of(state.env).config.site
    return site.has_extension(*extensions) if site.extensions else True
