"""The brackets of a text in pairs, and where those that are links or images lead."""

from msgspec import Struct, field


class Target(Struct, frozen=True):
    """Where a link or image leads.

    Attributes:
        href: Address, percent-encoded where it needs to be.
        title: Or "".
        label_end: Offset of the bracket that closes the text.
        end: Offset after the whole link.
    """

    href: str
    title: str
    label_end: int
    end: int


class BracketPairs(Struct, frozen=True):
    """What is known about the brackets of one text.

    Attributes:
        targets: Offset of an opening bracket that begins a link or image → where that leads.
        ends: Offset of an opening bracket → of the one that closes it.
        seen: Offsets of the opening brackets that the search has come to.
        searched: Where the parts of the text end that have been searched.
        around: Offsets of the links that what is being read is in.
    """

    targets: dict[int, Target] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    searched: set[int] = field(default_factory=set)
    around: list[int] = field(default_factory=list)
