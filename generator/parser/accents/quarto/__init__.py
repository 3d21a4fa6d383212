"""Quarto and Pandoc: divs `::: {.callout-tip}`, chunks ```` ```{python} ````, `{{< … >}}`."""

from generator.parser.accents.accent import Accent
from generator.parser.accents.quarto import chunks, divs, shortcodes, table_captions

ACCENT = Accent((divs.RULE, chunks.RULE, table_captions.RULE), (shortcodes.RULE,))
