"""Inline constructs, a file each."""

from collections.abc import Callable

from markdown_it import MarkdownIt

from generator.parser.inline import code, critic, emoji, keys, pairs, scripts, symbols

PLUGINS: tuple[Callable[[MarkdownIt], None], ...] = (
    code.plugin,
    critic.plugin,
    keys.plugin,
    emoji.plugin,
    pairs.plugin,
    scripts.plugin,
    symbols.plugin,
)
"""Extras of pymdown-extensions, in this order."""
