"""The known environments, and how each is written for the converters."""

import re

from msgspec import Struct


class Environment(Struct, frozen=True):
    """How an environment is written.

    Attributes:
        name: Environment that the converters know, "" for a mere group.
        classes: Classes of a wrapper around it, "" for none.
        style: Style command before it.
        has_argument: A mandatory argument to drop (`alignedat{2}`).
        columns: Columns for `array`, if the environment implies them.
        has_text: What follows `&` is text (`cases*`).
        has_formula: A mandatory argument that is shown before it (`numcases{f(x)=}`).
    """

    name: str
    classes: str = ""
    style: str = ""
    has_argument: bool = False
    columns: str = ""
    has_text: bool = False
    has_formula: bool = False


_ALIGNED = Environment("aligned")
_UNSPACED = Environment("aligned", classes="m-tight", has_argument=True)
_CASES_WITH_FORMULA = Environment("cases", has_text=True, has_formula=True)
_CASES = ("cases", "dcases", "rcases", "drcases")
_MATRICES = tuple(f"{fences}matrix" for fences in ("", *"pbBvV"))
ENVIRONMENTS: dict[str, Environment] = {
    **dict.fromkeys(("align", "align*", "aligned", "split", "flalign", "flalign*"), _ALIGNED),
    **dict.fromkeys(("alignat", "alignat*", "alignedat"), _UNSPACED),
    **dict.fromkeys(("xalignat", "xalignat*"), Environment("aligned", has_argument=True)),
    **dict.fromkeys(("gather", "gather*", "gathered"), Environment("gathered")),
    "lgathered": Environment("array", columns="l", style="\\displaystyle"),
    "rgathered": Environment("array", columns="r", style="\\displaystyle"),
    **dict.fromkeys(
        ("multline", "multline*", "multlined"), Environment("gathered", classes="m-multline")
    ),
    **dict.fromkeys(
        ("eqnarray", "eqnarray*"), Environment("array", columns="rcl", classes="m-eqnarray")
    ),
    **dict.fromkeys(
        ("equation", "equation*", "math", "displaymath", "subequations"), Environment("")
    ),
    **{name: Environment(name) for name in (*_MATRICES, *_CASES, "subarray")},
    **{
        name.replace("matrix", "smallmatrix"): Environment(name, classes="m-small")
        for name in _MATRICES
    },
    **{f"{name}*": Environment(name, has_text=True) for name in _CASES},
    **dict.fromkeys(("numcases", "subnumcases"), _CASES_WITH_FORMULA),
    "array": Environment("array", classes="m-array"),
    "darray": Environment("array", classes="m-eqnarray"),
    "tabular": Environment("array"),
}

_STARRED = re.compile(r"([pbBvV]?(?:small)?matrix)\*$")
MATHJAX_ENVIRONMENTS = frozenset(
    {"CD", "empheq", "crampedsubarray", "prooftree", "spreadlines", "alignedat*"}
)
"""Those that Anki's MathJax knows, and we do not convert."""


def find_environment(name: str) -> tuple[Environment | None, bool]:
    r"""Return what is known of an environment, and whether it is one with an alignment.

    Args:
        name: As written; `pmatrix*` and its like take `[r]`.
    """
    starred = _STARRED.match(name)
    return ENVIRONMENTS.get(starred[1] if starred else name), starred is not None
