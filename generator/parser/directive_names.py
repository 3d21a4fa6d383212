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
BOXES: Final = TYPES | PROOFS | {"admonition", "dropdown", "exercise", "seealso", "solution"}
"""Directives that are boxes."""

GROUPS: Final = frozenset(
    {"aside", "card", "div", "epigraph", "glossary", "grid", "grid-item", "grid-item-card"}
    | {"margin", "pull-quote", "sidebar", "topic"}
)
"""Directives that only place what is in them."""

OTHERS: Final = frozenset(
    {"csv-table", "figure", "image", "list-table", "tab-set", "tab-item", "table"}
)
CODE: Final = frozenset({"code", "code-block", "code-cell", "math", "sourcecode"})

DIRECTIVE: Final = re.compile(
    r"[ ]*\{(?:" + "|".join(sorted(BOXES | GROUPS | OTHERS)) + r")\}", re.IGNORECASE
)
"""Header of a fence that holds Markdown."""

GATE: Final = re.compile(r"[ ]*\{(?P<name>exercise|solution)-(?P<edge>start|end)\}", re.IGNORECASE)
"""Header of a fence that begins or ends a box."""
