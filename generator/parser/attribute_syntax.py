"""Attribute lists: `{ .class #id key=value }` and `{: … }` (attr_list)."""

import re

Attributes = tuple[tuple[str, str], ...]
"""Names and values in order; `class` and `id` among them, each once."""

_ITEM = re.compile(
    r"""[ ]*(?:(?P<key>[\w:.@-]+)="""
    r"""(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<bare>[^\s"'}]*))"""
    r"""|(?P<mark>[.#])(?P<name>[^\s.#=}{"']*)|(?P<word>[\w-]+))(?=[ .#}]|$)"""
)
_BARE = re.compile(r"[a-z]+(?:-[a-z]+)*")
_LIST = re.compile(
    r"\{(?!%)(?P<colon>:?)[ ]*(?P<body>(?:\"[^\"\n]*\"|'[^'\n]*'|[^{}\n\"'])*?)[ ]*\}"
)


def read_attributes(
    text: str, position: int = 0, *, may_be_bare: bool = False
) -> tuple[Attributes, int] | None:
    """Read an attribute list that begins at `position`.

    Args:
        text: What holds it.
        position: Offset of its `{`.
        may_be_bare: Whether a single word is one: `{download}` after a link.

    Returns:
        The attributes and the offset after its `}`; None when it is something else:
        a set `{1, 2}`, a Jinja tag `{{ x }}`.
    """
    match = _LIST.match(text, position)
    if not match or text.startswith("}", match.end()):
        return None
    is_bare = may_be_bare and _BARE.fullmatch(match["body"]) is not None
    attributes = _read_body(match["body"], is_marked=bool(match["colon"]) or is_bare)
    return (attributes, match.end()) if attributes is not None else None


def _read_body(body: str, *, is_marked: bool) -> Attributes | None:
    found: dict[str, str] = {}
    classes: list[str] = []
    position = 0
    while position < len(body):
        item = _ITEM.match(body, position)
        if not item:  # attr_list skips unknown text
            position = (body.find(" ", position + 1) + 1) or len(body)
            continue
        position = item.end()
        if item["mark"] == ".":
            classes += [item["name"]] if item["name"] else []
            is_marked |= body.startswith(" ", position)  # `{. target="_blank"}`
        elif item["mark"] and item["name"]:
            found["id"] = item["name"]
        elif item["key"] == "class":
            classes.extend(_value(item).split())
        elif item["key"]:
            found[item["key"]] = _value(item)
            is_marked = True
        elif item["word"]:
            found.setdefault(item["word"], item["word"])
    if not (is_marked or classes or "id" in found):
        return None
    if classes:
        found["class"] = " ".join(classes)
    return tuple(found.items())


def _value(item: re.Match[str]) -> str:
    return next((v for v in item.group("double", "single", "bare") if v is not None), "")


def find_trailing(text: str) -> tuple[Attributes, int] | None:
    """Find the attribute list at the end of a text, after a space or on a line of its own.

    Args:
        text: It ends with `}`.

    Returns:
        The attributes and the offset at which the text before them ends.
    """
    begin = max(text.rfind(" {"), text.rfind("\n{"))
    if begin < 0:
        return None
    found = read_attributes(text, begin + 1)
    if found is None or found[1] != len(text):
        return None
    return found[0], len(text[:begin].rstrip())
