"""Quarto and Pandoc: divs `::: {.callout-tip}`, chunks ```` ```{python} ````, `{{< … >}}`."""

from generator.parser.accents.accent import Accent
from generator.parser.accents.quarto import chunks, divs, shortcodes

ACCENT = Accent("quarto", (divs.RULE, chunks.RULE), (shortcodes.RULE,))
