"""Which of the site's Markdown extensions are in force."""

from generator.parser.inline_state import InlineState


def is_enabled(state: InlineState, *extensions: str) -> bool:
    """Whether the site turns one of these on, or says nothing of extensions.

    A site that lists its extensions leaves the others off: there `H~2~O` is text.
    """
    site = state.page.config.site
    return site.has_extension(*extensions) if site.extensions else True
