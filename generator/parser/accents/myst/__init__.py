"""MyST (Jupyter Book): directives ```` ```{note} ```` and `:::{note}`, roles {math}`x^2`."""

from generator.parser.accents.accent import Accent
from generator.parser.accents.myst import boxes, code, layout, roles, unshown

ACCENT = Accent(
    (boxes.GATED, boxes.RULE, layout.RULE, code.RULE, unshown.RULE),
    (roles.RULE, roles.UNNAMED),
)
