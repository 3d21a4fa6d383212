"""Environments: which there are, and how each is written for the converters."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Environment:
    """How an environment is written.

    Attributes:
        name: Environment that the converters know, "" for a mere group.
        classes: Classes of a wrapper around it, "" for none.
        style: Style command in front of it.
        has_argument: A mandatory argument to drop (`alignedat{2}`).
        columns: Columns for `array`, where the environment has them by nature.
    """

    name: str
    classes: str = ""
    style: str = ""
    has_argument: bool = False
    columns: str = ""


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
    "array": Environment("array", classes="m-array"),
    "darray": Environment("array", classes="m-eqnarray"),
    "tabular": Environment("array"),
    "subarray": Environment("subarray"),
}
