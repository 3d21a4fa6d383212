"""What lexers of Pygments do at worst with code that the budget of a page lets through.

    python -m benchmarks.lexers                # every lexer
    python -m benchmarks.lexers csharp perl    # some

Rows of small pieces, alone and in pairs, are what expressions of lexers go back over. Each is tried
at a small size, the slowest three again as the longest block that a page may highlight. Printed
are the lexers that take longest, with the piece and the processor seconds.
"""

import argparse
import random
import signal
import time
from itertools import starmap

from pygments.lexer import Lexer
from pygments.lexers import get_all_lexers, get_lexer_by_name

from generator.render.budget import Budget

_SMALL = 3_000
_PAIRS = 60
_PATIENCE_S = 6.0
_SHOWN = 20
_PIECES = (
    *"({[<\"'`\\/%$&*_~=|+!;?^:.,#@-1A \n\t\u00e9",
    *("s{", "<<<A", 'r#"', "[=", "a:", "a ", "a.", "/*", "(*", "<!--", "${", "{{", "{%", "<a "),
    *("- ", "\n    ", "\n\t", " \n", "a\n", "#a\n", "--[[", "{-", '"""a ', "'''", "//", "q{"),
    *("m{", "qw{", "<<A\n", "<%", "<?", "a=", "a(", "a<", "a[", "a::", "1.", "0x", "a-"),
    *("\n  a:\n", "\n- a", "class a ", "def a(", "if ", "begin ", "\n#if 0\n", ">>> a\n", "$ a\n"),
    *("a{", "$ ", "**", "\n.. ", "\\begin{a}", "\\a{", "a\\\n", "&a", "<<", 'r"', 'f"{', '@"'),
    *(
        "a => ",
        "int a ",
        "a b(",
        "a.b.",
        "a*",
        "\n=",
        "\n|",
        "\n>",
        "\nA: ",
        "{#",
        "[[",
        "((",
        "$ a\n",
    ),
)


class _LateError(Exception):
    """The clock has run out."""


def main() -> None:
    """Try every lexer, and print the slowest."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("names", nargs="*", default=[names[0] for _, names, *_ in _known()])
    given = options.parse_args()
    signal.signal(signal.SIGVTALRM, _end)
    found = []
    for name in sorted(given.names):
        found.append(_worst(name))
        print(f"{name}: {found[-1][0]:.2f} s {found[-1][2]!r}", flush=True)
    print("\nslowest:")
    for seconds, name, piece in sorted(found, reverse=True)[:_SHOWN]:
        print(f"{seconds:6.2f} s  {name}  {piece!r}")


def _known() -> list[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    return [lexer for lexer in get_all_lexers() if lexer[1]]


def _worst(name: str) -> tuple[float, str, str]:
    lexer, rng = get_lexer_by_name(name, stripnl=False), random.Random(name)
    pairs = starmap("{}{}".format, (rng.sample(_PIECES, 2) for _ in range(_PAIRS)))
    tried = sorted((_seconds(lexer, _code(piece, _SMALL)), piece) for piece in (*_PIECES, *pairs))
    sizes = (10_000, 6_000, 4_000, 2_000, 1_000)
    return max(
        (_seconds(lexer, _code(piece, size)), name, piece)
        for _, piece in tried[-3:]
        for size in sizes
    )


def _code(piece: str, size: int) -> str:
    """Repeat a piece up to a size, broken into rows of words as short as the budget wants them."""
    line = 990 if "\n" not in piece else size
    for row in (size, 2_000, 1_000, 500, 250, 120):
        rows = (piece * (row // len(piece) + 1))[:row] + ";"
        text = (rows * (size // len(rows) + 1))[:size]
        code = "\n".join(text[at : at + line] for at in range(0, size, line))
        if Budget().read(code):
            return code
    return ""


def _seconds(lexer: Lexer, code: str) -> float:
    began = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, _PATIENCE_S)
    try:
        for _ in lexer.get_tokens(code):
            pass
    except _LateError:
        return _PATIENCE_S
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - began


def _end(*_: object) -> None:
    raise _LateError


if __name__ == "__main__":
    main()
