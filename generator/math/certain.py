"""Whether a formula is certainly right: nearly all are, and need no look at each of their groups.

An automaton reads the tokens: a place says what has been read of a group, and each token leads to
the place behind it. It is stricter than `syntax`, never less strict: what it does not know is left
to that module, which tells what is wrong, and where.
"""

from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from generator.math.arity import ARITY, RAW, TWICE_RAW
from generator.math.memo import Memo
from generator.math.tables import ENVIRONMENTS
from generator.math.text import TEXT_COMMANDS, VERB_COMMANDS

DEEPEST = 100
"""Nesting that is still converted: converters recurse, and no author nests so deep."""

_RAW = (TEXT_COMMANDS | RAW) - TWICE_RAW
_BIG = frozenset(f"\\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in "lrm")
_BIG |= {"\\big", "\\Big", "\\bigg", "\\Bigg"}
_DOUBTFUL = _RAW | TWICE_RAW | VERB_COMMANDS | frozenset("$#\\}")
_DOUBTFUL |= {"\\left", "\\right", "\\begin", "\\end"}
_DOUBTFUL |= {"\\over", "\\atop", "\\choose", "\\brace", "\\brack"}


class _Place(NamedTuple):
    r"""What has been read of a group.

    Attributes:
        kind: "" for the formula, `{`, `\left` or an environment's name.
        scripts: Signs of the current nucleus' scripts.
        is_script_due: Behind `^` or `_`.
        arguments: How many are still due.
        delimiter: `\left` or `\big` where its delimiter is due, else "".
        may_limit: Whether `\limits` may follow.
    """

    kind: str
    scripts: str = ""
    is_script_due: bool = False
    arguments: int = 0
    delimiter: str = ""
    may_limit: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing is due, so that the group may end."""
        return not (self.is_script_due or self.arguments or self.delimiter)


def _behind(place: _Place, text: str) -> _Place | None:
    """Return the place behind a token, behind the group for `{`; None where it may be wrong."""
    if text == " ":
        return place._replace(may_limit=True)
    if place.delimiter:
        return _behind_delimiter(place, text)
    if text == "}":
        return place if place.kind == "{" and place.is_whole else None
    if text in _BETWEEN:
        return _BETWEEN[text](place, text) if place.is_whole else None
    if text == "'":
        return _behind_prime(place)
    if text in _DOUBTFUL or (text == "[" and place.arguments):
        return None
    return _behind_unit(place, text) if text.isprintable() else None


def _behind_unit(place: _Place, text: str) -> _Place:
    """A letter, a group, a command with its arguments still due."""
    arguments = max(place.arguments - (text != "*"), ARITY.get(text, 0), 0)
    scripts = place.scripts if place.is_script_due else ""
    delimiter = "\\big" if text in _BIG else ""
    return _Place(place.kind, scripts, False, arguments, delimiter, not text.isalnum())


def _behind_delimiter(place: _Place, text: str) -> _Place | None:
    if text in ("}", "&", "\\\\", "\\right", "\\end") or text.isalnum() or not text.isprintable():
        return None
    behind = place._replace(delimiter="")
    if place.delimiter == "\\big":
        return _behind(behind, text)
    return None if text in ("{", "^", "_") else behind._replace(may_limit=not text.isalnum())


def _behind_prime(place: _Place) -> _Place | None:
    if "^" in place.scripts and not place.is_script_due:
        return None
    arguments = max(place.arguments - 1, 0)
    return _Place(place.kind, place.scripts, False, arguments, "", True)


def _behind_script(place: _Place, text: str) -> _Place | None:
    if text in place.scripts:
        return None
    return _Place(place.kind, place.scripts + text, is_script_due=True)


def _behind_cell(place: _Place, text: str) -> _Place | None:
    return _Place(place.kind) if place.kind in ENVIRONMENTS else None


def _behind_row(place: _Place, text: str) -> _Place | None:
    return _Place(place.kind)


def _behind_line(place: _Place, text: str) -> _Place | None:
    return place._replace(may_limit=True) if place.kind in ENVIRONMENTS else None


def _behind_limits(place: _Place, text: str) -> _Place | None:
    return place if place.may_limit else None


def _behind_middle(place: _Place, text: str) -> _Place | None:
    return place._replace(delimiter="\\left") if place.kind == "\\left" else None


_BETWEEN: dict[str, Callable[[_Place, str], _Place | None]] = {
    "^": _behind_script,
    "_": _behind_script,
    "&": _behind_cell,
    "\\\\": _behind_row,
    "\\cr": _behind_row,
    "\\hline": _behind_line,
    "\\hdashline": _behind_line,
    "\\limits": _behind_limits,
    "\\nolimits": _behind_limits,
    "\\middle": _behind_middle,
}
"""What may stand only where nothing is due."""


class _State(Memo[str, "_State | None"]):
    """A place, and the states behind tokens that were met there."""

    def __init__(self, place: _Place) -> None:
        super().__init__(self._after)
        self.place = place

    def _after(self, text: str) -> "_State | None":
        behind = _behind(self.place, text)
        return None if behind is None else _STATES[behind]

    def behind_group(self) -> "_State | None":
        r"""Return the state behind what a `\left` or `\begin` here opens."""
        return None if self.place.arguments or self.place.delimiter else self["{"]


_STATES: Memo[_Place, _State] = Memo(_State)
_FORMULA, _GROUP = _STATES[_Place("")], _STATES[_Place("{")]


def is_certain(texts: list[str]) -> bool:
    """Tell whether a formula is right beyond doubt, and nests no deeper than `DEEPEST`.

    Args:
        texts: Its tokens, macros expanded.
    """
    state = _FORMULA
    outer: list[_State] = []
    ahead = iter(texts)
    for text in ahead:
        behind = state[text]
        if behind is None:
            rule = _RULES.get(text)
            behind = None if rule is None else rule(state, outer, ahead)
            if behind is None:
                return False
            state = behind
        elif text == "{":
            outer.append(behind)
            state = _GROUP
        elif text == "}":
            state = outer.pop()
        else:
            state = behind
    return not outer and state.place.is_whole and _is_shallow(texts)


def _is_shallow(texts: list[str]) -> bool:
    if 2 * len(texts) <= DEEPEST:  # a token is an argument of two commands at most
        return True
    arguments = 2 * sum(map(ARITY.__contains__, texts))
    fences = texts.count("\\left") + texts.count("\\begin")
    braces = max(accumulate([_BRACES.get(text, 0) for text in texts]))
    return max(arguments, fences + braces) < DEEPEST


_BRACES = {"{": 1, "}": -1}


_Rule: TypeAlias = Callable[[_State, list[_State], Iterator[str]], _State | None]


def _left(state: _State, outer: list[_State], ahead: Iterator[str]) -> _State | None:
    return _enter(_Place("\\left", delimiter="\\left"), state, outer)


def _enter(place: _Place, state: _State, outer: list[_State]) -> _State | None:
    behind = state.behind_group()
    if behind is None:
        return None
    outer.append(behind)
    return _STATES[place]


def _right(state: _State, outer: list[_State], ahead: Iterator[str]) -> _State | None:
    if state.place.kind != "\\left" or not state.place.is_whole:
        return None
    return _STATES[outer.pop().place._replace(delimiter="\\left")]


def _begin(state: _State, outer: list[_State], ahead: Iterator[str]) -> _State | None:
    name = _take_group(ahead)
    if name not in ENVIRONMENTS or (name == "array" and _take_group(ahead) is None):
        return None
    return _enter(_Place(name), state, outer)


def _end(state: _State, outer: list[_State], ahead: Iterator[str]) -> _State | None:
    name = _take_group(ahead)
    is_begun = name in ENVIRONMENTS and name == state.place.kind
    return outer.pop() if is_begun and state.place.is_whole else None


def _raw(count: int) -> _Rule:
    """Make the rule of a command whose first argument is no formula."""

    def rule(state: _State, outer: list[_State], ahead: Iterator[str]) -> _State | None:
        place = state.place
        if place.delimiter or _take_group(ahead) is None:
            return None
        behind = _behind_unit(place, "}")
        return _STATES[behind._replace(arguments=max(behind.arguments, count - 1))]

    return rule


def _take_group(ahead: Iterator[str]) -> str | None:
    """Take a group as text; None for none, with a `$` without a second one, or control signs."""
    taken: list[str] = []
    opening = next(ahead, "")
    if opening == " ":
        opening = next(ahead, "")
    depth = int(opening == "{")
    for text in ahead if depth else ():
        depth += (text == "{") - (text == "}")
        if not depth:
            content = "".join(taken)
            is_known = content.isprintable() and not taken.count("$") % 2
            return content.strip() if is_known else None
        taken.append(text)
    return None


_RULES: dict[str, _Rule] = {
    "\\left": _left,
    "\\right": _right,
    "\\begin": _begin,
    "\\end": _end,
    **{text: _raw(ARITY.get(text, 0)) for text in _RAW},
}
