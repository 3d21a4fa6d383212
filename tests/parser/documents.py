"""Hypothesis strategies: pages as authors write them."""

from collections.abc import Callable

from hypothesis import strategies as st

_WORDS = ("alpha", "beta", "gamma", "delta", "kappa", "sigma", "omega")
Lines = list[str]


def indented(lines: Lines, by: int) -> Lines:
    return [" " * by + line if line else line for line in lines]


_words = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join)
_texts = st.one_of(
    _words,
    _words.map(lambda words: f"**{words}** and *more*"),
    _words.map(lambda words: f"`{words}` in code"),
    st.integers(1, 99).map(lambda n: f"with $x_{{{n}}}$ inside"),
    _words.map(lambda words: f"a [{words}](https://example.org/a_b)"),
)
_paragraphs = st.lists(_texts, min_size=1, max_size=3)
_fences = st.lists(st.one_of(_words, st.just(""), _words.map("    {}".format)), max_size=4).map(
    lambda lines: ["```python", "x = 1", *lines, "y = 2", "```"]
)
_formulas = st.integers(1, 99).flatmap(
    lambda n: st.sampled_from([["$$", f"a_{{{n}}} = b", "$$"], [f"$$ x^{{{n}}} $$"]])
)
_tables = st.lists(st.tuples(_texts, _words), min_size=1, max_size=3).map(
    lambda rows: ["| a | b |", "|---|:-:|", *(f"| {left} | {right} |" for left, right in rows)]
)
_quotes = _paragraphs.map(lambda lines: [f"> {line}" for line in lines])
_simple = st.one_of(_paragraphs, _fences, _formulas, _tables, _quotes)


def _items(mark: Callable[[int], str], texts: Lines, children: list[Lines]) -> Lines:
    lines: Lines = []
    for index, text in enumerate(texts):
        lines.append(f"{mark(index)} {text}")
        if index < len(children):
            lines += indented(children[index], 4)
    return lines


def _lists(children: st.SearchStrategy[Lines]) -> st.SearchStrategy[Lines]:
    marks = st.sampled_from([lambda _: "-", lambda _: "*", lambda index: f"{index + 1}."])
    texts = st.lists(_texts, min_size=1, max_size=4)
    return st.builds(_items, marks, texts, st.lists(children, max_size=2))


_nested_lists = st.recursive(_lists(st.just([])), _lists, max_leaves=4)


def _box(head: str, gap: bool, body: Lines) -> Lines:
    return [head, *([""] if gap else []), *indented(body, 4)]


def _join(blocks: list[Lines]) -> Lines:
    """Blocks with a blank line between them, and a text between two lists."""
    lines: Lines = []
    for block in blocks:
        lines += ["", "between", ""] if lines else []
        lines += block
    return lines


def bodies(depth: int = 2) -> st.SearchStrategy[Lines]:
    """Lines of a body; boxes and tabs nest up to `depth`."""
    blocks = st.one_of(_simple, _nested_lists)
    if depth:
        heads = st.sampled_from(['!!! note "Title"', "??? question", '???+ tip inline ""'])
        boxes = st.builds(_box, heads, st.booleans(), bodies(depth - 1))
        tabs = st.builds(_box, st.just('=== "Tab"'), st.booleans(), bodies(depth - 1))
        blocks = st.one_of(blocks, boxes, tabs)
    return st.lists(blocks, min_size=1, max_size=4).map(_join)


def boxes() -> st.SearchStrategy[Lines]:
    """Lines of a whole admonition."""
    return st.builds(_box, st.just('??? question "Why?"'), st.booleans(), bodies())


_PIECES = (
    *("- ", "1. ", "> ", "    ", "  ", "\t", "\n", "\n\n", "```", "~~~", "$", "$$", "\\(", "\\["),
    *(
        "!!! note",
        '??? "',
        '=== "t"',
        '"',
        "|",
        "|---|",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "{ .a }",
    ),
    *("[^1]", "[^1]: ", "*[a]: ", "[a]: b", ": ", "# ", "---", "===", "`", "*", "_", "{{", "}}"),
    *("/// note | t\n", "/// caption\n", "///\n", "/// html | div\n"),
    *("a", "word", "•", "é", "：", "\\", "\\begin{a}", "\\end{a}", "![", "](", ")", "markdown"),
)
noise = st.lists(st.sampled_from(_PIECES), max_size=60).map("".join)
"""Marks of every construct in any order."""
