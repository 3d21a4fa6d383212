"""JSON of other programs and people."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None


def parse_json(text: str | bytes) -> object:
    """Read JSON.

    Args:
        text: JSON; bytes are UTF-8, or what their first bytes show.

    Raises:
        ValueError: For what is not JSON, or is nested too deeply.
    """
    try:
        value: object = json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    return value
