"""Names of MyST's directives by what is in them."""

import re
from typing import Final

from generator.config.box_types import TYPES

PROOFS: Final = frozenset(
    f"{domain}:{name}"
    for domain in ("prf", "proof")
    for name in (
        *("algorithm", "assumption", "axiom", "conjecture", "corollary", "criterion", "definition"),
        *("example", "lemma", "observation", "proof", "property", "proposition", "remark"),
        "theorem",
    )
)
LESSONS: Final = frozenset(
    {"callout", "challenge", "checklist", "demo", "discussion", "homework", "instructor-note"}
    | {"keypoints", "objectives", "prerequisites", "questions", "testimonial", "type-along"}
)
"""Boxes of sphinx-lesson."""
BOXES: Final = (
    TYPES | PROOFS | LESSONS | {"admonition", "dropdown", "exercise", "seealso", "solution"}
)
"""Directives that are boxes."""

GROUPS: Final = frozenset(
    {"aside", "card", "div", "epigraph", "glossary", "grid", "grid-item", "grid-item-card"}
    | {"margin", "pull-quote", "sidebar", "topic"}
)
"""Directives that only place what is in them."""

TAB_SETS: Final = frozenset({"tab-set", "tabs"})
TABS: Final = frozenset({"group-tab", "tab", "tab-item"})
"""Tabs of sphinx-design, sphinx-tabs and sphinx-inline-tabs; the last need no set around them."""
OTHERS: Final = frozenset({"csv-table", "figure", "image", "list-table", "table"})
CODE: Final = frozenset({"code", "code-block", "code-cell", "math", "sourcecode"})

DIRECTIVE: Final = re.compile(
    r"[ ]*\{(?:" + "|".join(sorted(BOXES | GROUPS | OTHERS | TABS | TAB_SETS)) + r")\}",
    re.IGNORECASE,
)
"""Header of a fence that holds Markdown."""

GATE: Final = re.compile(r"[ ]*\{(?P<name>exercise|solution)-(?P<edge>start|end)\}", re.IGNORECASE)
"""Header of a fence that begins or ends a box."""
