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
_GATHERED = Environment("gathered")
_GROUP = Environment("")
ENVIRONMENTS: dict[str, Environment] = {
    "align": _ALIGNED,
    "align*": _ALIGNED,
    "aligned": _ALIGNED,
    "split": _ALIGNED,
    "flalign": _ALIGNED,
    "flalign*": _ALIGNED,
    "alignat": _UNSPACED,
    "alignat*": _UNSPACED,
    "alignedat": _UNSPACED,
    "xalignat": Environment("aligned", has_argument=True),
    "xalignat*": Environment("aligned", has_argument=True),
    "gather": _GATHERED,
    "gather*": _GATHERED,
    "gathered": _GATHERED,
    "lgathered": Environment("array", columns="l", style="\\displaystyle"),
    "rgathered": Environment("array", columns="r", style="\\displaystyle"),
    "multline": Environment("gathered", classes="m-multline"),
    "multline*": Environment("gathered", classes="m-multline"),
    "multlined": Environment("gathered", classes="m-multline"),
    "eqnarray": Environment("array", columns="rcl", classes="m-eqnarray"),
    "eqnarray*": Environment("array", columns="rcl", classes="m-eqnarray"),
    "equation": _GROUP,
    "equation*": _GROUP,
    "math": _GROUP,
    "displaymath": _GROUP,
    "subequations": _GROUP,
    "matrix": Environment("matrix"),
    "pmatrix": Environment("pmatrix"),
    "bmatrix": Environment("bmatrix"),
    "Bmatrix": Environment("Bmatrix"),
    "vmatrix": Environment("vmatrix"),
    "Vmatrix": Environment("Vmatrix"),
    "smallmatrix": Environment("matrix", classes="m-small"),
    "psmallmatrix": Environment("pmatrix", classes="m-small"),
    "bsmallmatrix": Environment("bmatrix", classes="m-small"),
    "Bsmallmatrix": Environment("Bmatrix", classes="m-small"),
    "vsmallmatrix": Environment("vmatrix", classes="m-small"),
    "Vsmallmatrix": Environment("Vmatrix", classes="m-small"),
    "cases": Environment("cases"),
    "dcases": Environment("dcases"),
    "rcases": Environment("rcases"),
    "drcases": Environment("drcases"),
    "cases*": Environment("cases", has_text=True),
    "dcases*": Environment("dcases", has_text=True),
    "rcases*": Environment("rcases", has_text=True),
    "drcases*": Environment("drcases", has_text=True),
    "numcases": Environment("cases", has_text=True, has_formula=True),
    "subnumcases": Environment("cases", has_text=True, has_formula=True),
    "array": Environment("array", classes="m-array"),
    "darray": Environment("array", classes="m-eqnarray"),
    "tabular": Environment("array"),
    "subarray": Environment("subarray"),
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
