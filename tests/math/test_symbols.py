"""A letter with scripts: both converters write it alike, so either may go first."""

import re
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from generator.math import conversion

_LETTERS = st.sampled_from(["x", "N", r"\alpha", r"\theta", r"\ell", r"\Omega"])
_SCRIPT = st.from_regex(re.compile(r"[A-Za-z0-9]|\{[A-Za-z0-9]{1,5}\}"), fullmatch=True)


@given(letter=_LETTERS, below=st.none() | _SCRIPT, above=st.none() | _SCRIPT)
def test_symbols_are_the_same_from_both_converters(
    letter: str, below: str | None, above: str | None
) -> None:
    tex = letter + (f"_{below}" if below else "") + (f"^{above}" if above else "")
    written = []
    for order in (conversion._CONVERTERS, conversion._FOR_SYMBOLS):
        with patch.object(conversion, "_FOR_SYMBOLS", order):
            conversion._convert.cache_clear()
            written.append(conversion.convert(tex, display=False))
    assert written[0] == written[1]
    assert written[0].how == "mathml"


def test_a_symbol_is_written_by_latex2mathml() -> None:
    conversion._convert.cache_clear()
    with patch.object(conversion, "_FOR_SYMBOLS", conversion._FOR_SYMBOLS[:1]):
        assert "<msub>" in conversion.convert("x_i", display=False).html
