# ruff: noqa: E501 - constructs are one line each
"""How time and memory grow with each construct: none of ours may grow faster than n log n.

    python -m benchmarks.growth                       # every construct at three sizes
    python -m benchmarks.growth --only tables --sizes 25 50 100 200

Each page is one construct, repeated until the page has so many KB, and goes through all pure
stages in a process of its own. The limits are those of `docs/guide/security.md`: a page of
100 KB takes at most 2 s of processor time and 300 MB. The last column is the exponent of the growth
between the two largest sizes: 1 is linear, 2 is quadratic.
"""

import argparse
import math
import resource
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.config import Config, Site
from generator.pipeline.pages import render_page
from generator.pipeline.sources import PageFile
from generator.render.media import MediaFolder

KB = 1000
LIMIT_S, LIMIT_MB = 2.0, 300.0
_PATIENCE_S = 40
_MOST_BYTES = 4 << 30  # of a process
_IN_BOX = '??? question "Why?"\n'


def _many(piece: str) -> Callable[[int], str]:
    return lambda size: piece * (size // len(piece) + 1)


def _line_in_box(piece: str, *, first: str = "") -> Callable[[int], str]:
    """Repeat a piece on one line of a card, after what is first."""
    return lambda size: f"{_IN_BOX}    {first}{_many(piece)(size)}\n"


def _in_box(piece: str) -> Callable[[int], str]:
    """Repeat lines in a card."""
    indented = "".join(f"    {line}\n" for line in piece.split("\n"))
    return lambda size: _IN_BOX + indented * (size // len(indented) + 1)


def _code(language: str, piece: str) -> Callable[[int], str]:
    return lambda size: f"{_IN_BOX}    ```{language}\n    {_many(piece)(size)}\n    ```\n"


def _titles(definition: str, use: str) -> Callable[[int], str]:
    """Half of the page is a long title, the other half uses it."""

    def make(size: int) -> str:
        return f"{_IN_BOX}    {use * (size // 2 // len(use))}\n\n{definition}{'t' * (size // 2)}\n"

    return make


def _nested(opening: str, indent: str) -> Callable[[int], str]:
    def make(size: int) -> str:
        lines: list[str] = []
        while size > 0:
            lines.append(indent * len(lines) + opening)
            size -= len(lines[-1]) + 1
        return "\n".join(lines) + "\n"

    return make


def _formula(piece: str) -> Callable[[int], str]:
    """Repeat a piece in formulas of a thousand characters."""
    inside = (piece * 1000)[:1000]
    return lambda size: _IN_BOX + "".join(f"    ${n}{inside}$\n\n" for n in range(size // 1010))


def _wide_table(size: int) -> str:
    return f"{_IN_BOX}    {'|a' * 200}|\n    {'|-' * 200}|\n" + "    |\n" * (size // 6)


def _front_matter(size: int) -> str:
    levels = "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, size // 60)
    )
    return f"---\na0: &a0 [x, x]\n{levels}title: *a{size // 60 - 1}\n---\n{_IN_BOX}    x\n"


def _marks(size: int) -> str:
    return f"{_IN_BOX}    a{chr(0x316) * 2}" + (chr(0x338) + chr(0x316) + chr(0x301)) * (size // 6)


CONSTRUCTS: Mapping[str, Callable[[int], str]] = {
    **{f"run of {piece!r}": _line_in_box(piece) for piece in (
        "*", "_", "`", "~", "=", "^", "+", "{", "[", "![", "]", "<", "<a ", "</", "&", "\\", "$",
        "#", "|", "!", ":", "(", "-\t", "- ", "> ", "a ", "{++", "{~~", "{==", "++a", ":a", "http://",
        "\u0301", "<!--", "<b>", "[a](", "[a][", "[^1]", "[^", "^[", "*a_", "**a", "a*", "$a", "\\(", "`` `",
        "(1)!", "<b a=", "<b a='", "&a", "~~a~", "^^a^", "==a=", "{ .a", "!!! ", "[]", "<a>b</i>",
    )},
    **{f"after a tab: run of {piece!r}": _line_in_box(piece, first="a\t") for piece in (
        "$a", "$a$ ", "`a` ", "*a* ", "[a](b) ", "[a] ", "<b>a</b> ", ":a: ", "==a== ", "{a}`b`", "![a](b) ", "\\(a\\) ",
    )},
    **{f"lines of {piece!r}": _many(piece + "\n") for piece in (
        "!!! note", '??? question "a"', '=== "a"', "- a", "1. a", "> a", "a\n: b", "[^1]: a", "*[a]: b",
        "[a]: b", "```", "~~~ a", "$$", "<!-- a", "<!-- id: a -->", "<div>", "</div>", "<details>",
        "# a", "a\n===", "| a |", "| a |\n|---|", "---", "    a", "\ta", "    a <!-- b -->", "\n    a\n    <!-- b -->\n", "/// a", "--8<--", "{% a %}",
        "<!-- admonki: ignore -->", "* - + a", "- [ ] a", "{ .a }", "\\begin{a}", "***",
    )},
    **{f"in a card: {piece!r}": _in_box(piece) for piece in (
        "a *b* `c` $d$", "- a\n    - b", "1. a\n\n    b", "$$\nx\n$$", "| a |\n|---|\n| b |\n",
        "[^1]\n\n[^1]: a", "![a](b.png)", "<b>a</i>", '??? note "a"\n    b\n', "++a++ :smile: ==a==",
        "[a](b.md#c)", "<div markdown>\n\na\n\n</div>", "term\n:   what\n",
    )},
    **{f"{language} code of {piece!r}": _code(language, piece) for language, piece in (
        ("perl", "s{"), ("perl", "m("), ("perl", "<<A "), ("php", "<<<A "), ("rust", 'r#"'),
        ("lua", "[="), ("lua", "[=["), ("ruby", "%q("), ("ruby", "<<A "), ("bash", "${"),
        ("bash", "$(("), ("python", '"""'), ("python", "f'{"), ("javascript", "`${"), ("js", "/"),
        ("html", "<a "), ("html", "<!--"), ("css", "a{"), ("yaml", "- "), ("yaml", "? "), ("sql", "$a$"),
        ("c", "#if 0 "), ("cpp", 'R"a('), ("java", "a<"), ("haskell", "{-"), ("tex", "$"),
        ("md", "*"), ("json", "["), ("diff", "+"), ("toml", '"""'), ("console", "$ "), ("go", "`"),
    )},
    **{f"accents: lines of {piece!r}": _many(piece + "\n") for piece in (
        "> [!note] a", "> [!question]- a\n> b", ":::note a", "::: question", ":::", ":::{note} a", "````{note}",
        "::: {.callout-note}", "/// note | a", "///", "/// a\n    b: c", "> > [!a]", "```{list-table}\n* - a\n  - b", "```{csv-table}\n\"a, b\n```", "<details><summary>a",
    )},
    **{f"accents: run of {piece!r}": _line_in_box(piece) for piece in (
        "[[", "[[a|", "[[a]]", "![[", "![[a]]", "[[a#", "%%", "%%a%%", "{a}`b`", "{a}`", "[a]{.b}", "[a]{",
    )},
    **{f"formulas of {piece!r}": _formula(piece) for piece in (
        "\\ce{H2O} ", "\\ce{", "\\ce{A ->[b] ", "\\ce{A^", "\\ce{(", "\\pu{1 m} ", "\\pu{", "\\pu{1e5 kg.m/s^",
        "\\qty{1}{", "\\left(", "\\frac{", "^{a}", "_", "\\begin{matrix}", "&", "\\\\", "\\verb|", "\\text{", "%", "\\color{",
        "\\def\\a{", "#1", "\\sqrt[", "'", "\\not", "\\middle|", "\\limits", "\\over ", "\\mathop",
    )},
    **{f"plugins: lines of {piece!r}": _many(piece + "\n") for piece in (
        '{% include "one.md" %}', '{% include "one.md" ', '{% include "', "{% include 'big.md' start='x' end='y' %}",
        "{{ read_csv('one.csv') }}", "{{ read_csv('", "{{ read_csv('wide.csv') }}", "{{ a }}", "{{ a", "{{ a[0]",
        '--8<-- "one.md"', '--8<-- "big.md:1:1"', '--8<-- "big.md:a"', '--8<-- "', "--8<--\none.md\n--8<--",
    )},
    **{f"cards: lines of {piece!r}": _many(piece + "\n\n") for piece in (
        '??? success "Answer"\n    a', '??? note "Show"\n    a', '??? success "Answer"\n    a\n\n??? note "b"\n    c',
        '??? question "a"\n    b\n\n??? success "Answer"\n    c', '??? question "a"\n    b\n\n    ??? success "Answer"\n        c',
        '- a?\n\n    ??? success\n        b', "a?\n\n---", '=== "Question"\n    a\n\n=== "Answer"\n    b', '=== "Answer"\n    a',
        "a.\n\n??? success\n    b", "# Exercise 1\n\n## a\n\n??? note\n    b", '??? hint\n    ??? success "Answer"\n        a',
        "??? question\n    1. a?\n        1. b?", '!!! quote "Questions"\n    - a?', "/// caption\n///", "![a](b.png)\n/// caption\na\n///",
        '??? question "a" { .annotate }\n    b (1)\n\n1. c', "<details><summary>Answer</summary>a</details>",
        '??? question "==a=="\n    b', '<!-- deck: a -->\n??? question "b"\n    c', "Difficulty: easy\n\n??? success\n    a",
    )},
    "titles of abbreviations": _titles("*[a]: ", "a "),
    "titles of references": _titles("[a]: b.md ", "[a] "),
    "bodies of footnotes": _titles("[^a]: ", "[^a] "),
    "a wide table": _wide_table,
    "aliases in front matter": _front_matter,
    "combining marks": _marks,
    "nested lists": _nested("- a", "  "),
    "nested boxes": _nested("!!! note", "    "),
    "nested quotes": lambda size: "> " * (size // 2) + "a",
    "unknown commands": lambda size: _IN_BOX + "    " + " ".join(f"$\\a{_letters(n)}$" for n in range(size // 9)),
    "doubling macros": lambda size: _IN_BOX + "".join(
        "    $\\def\\a{x}" + "".join(f"\\def\\{chr(98 + n)}{{\\{chr(97 + n)}\\{chr(97 + n)}}}" for n in range(20)) + "\\u$\n\n"
        for _ in range(size // 350)),
    "long formulas": lambda size: f"{_IN_BOX}    $$\n    {'x_1 + ' * (size // 6)} y\n    $$\n",
    "deep formulas": lambda size: f"{_IN_BOX}    ${'{' * (size // 2)}{'}' * (size // 2)}$\n",
    "many cards": lambda size: "".join(f'??? question "Why {n}?"\n    Because.\n\n' for n in range(size // 38)),
    "many headings": lambda size: "".join(f"## Heading\n\n??? question \"Why {n}?\"\n    So.\n\n" for n in range(size // 45)),
}  # fmt: skip


def _letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number))


@dataclass(frozen=True, slots=True)
class Cost:
    """What a page took."""

    seconds: float
    megabytes: float


def measure(name: str, size: int) -> Cost | None:
    """Render a construct in a process of its own; None when it went beyond all limits.

    Args:
        name: Of the construct.
        size: Of the page, bytes.
    """
    context = get_context("fork")  # the parser and the converters are loaded already
    theirs, ours = context.Pipe()
    child = context.Process(target=_render, args=(name, size, theirs))
    child.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(4 * _PATIENCE_S) else None
    except EOFError:
        return None
    finally:
        child.kill()
        child.join()


def _render(name: str, size: int, answer: Connection) -> None:
    """Send the processor seconds and the megabytes that a page takes."""
    resource.setrlimit(resource.RLIMIT_CPU, (_PATIENCE_S, _PATIENCE_S))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    with TemporaryDirectory() as folder:
        text = CONSTRUCTS[name](size)
        before, began = _peak_mb(), time.process_time()
        _take(Path(folder), text)
        answer.send(Cost(time.process_time() - began, _peak_mb() - before))


_PLUGINS = frozenset({"include-markdown", "table-reader", "macros"})
_FILES = {
    "one.md": "a\n",
    "big.md": "a b c\n" * 150_000,
    "one.csv": "a,b\n1,2\n",
    "wide.csv": "a," * 100_000 + "\n" + "1\n" * 2000,
}


def _take(folder: Path, text: str) -> None:
    for name, content in _FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    config = Config(site=Site(plugins=_PLUGINS, variables={"a": "b" * 1000}))
    file = PageFile(folder / "page.md", folder, "page.md")
    render_page(file, text.encode(), config=config, find_media=MediaFolder((folder,)))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _rows(names: list[str], sizes: list[int]) -> Iterator[tuple[str, list[Cost | None]]]:
    for name in names:
        yield name, [measure(name, size * KB) for size in sizes]


def _exponent(costs: list[Cost | None], sizes: list[int]) -> float:
    if len(costs) < 2 or costs[-1] is None or costs[-2] is None or costs[-2].seconds < 0.02:
        return math.nan
    return math.log(costs[-1].seconds / costs[-2].seconds) / math.log(sizes[-1] / sizes[-2])


def _is_over(cost: Cost | None) -> bool:
    return cost is None or cost.seconds > LIMIT_S or cost.megabytes > LIMIT_MB


def main() -> None:
    """Measure all constructs, and exit with 1 when one is beyond the limits."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--only", default="", help="constructs whose name holds this")
    options.add_argument("--sizes", type=int, nargs="+", default=[25, 50, 100], help="KB")
    given = options.parse_args()
    with TemporaryDirectory() as folder:
        _take(Path(folder), f"# a\n\n{_IN_BOX}    ```python\n    x\n    ```\n    $x$ <b>b</b>\n")
    names = [name for name in CONSTRUCTS if given.only in name]
    over = 0
    for name, costs in _rows(names, given.sizes):
        shown = "  ".join(
            f"{c.seconds:6.2f} s {c.megabytes:5.0f} MB" if c else "   beyond limits" for c in costs
        )
        over += _is_over(costs[-1])
        mark = "!" if _is_over(costs[-1]) else " "
        print(f"{mark} {name:45} {shown}  {_exponent(costs, given.sizes):4.1f}", flush=True)
    print(f"{len(names)} constructs, {over} beyond {LIMIT_S} s or {LIMIT_MB} MB")
    raise SystemExit(1 if over else 0)


if __name__ == "__main__":
    main()
