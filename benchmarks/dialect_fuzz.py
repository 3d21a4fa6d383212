"""Random pages with random options: does the card say what the site says?

    python -m benchmarks.dialect_fuzz [--pages 2000] [--seed 0]

Each page is put together from pieces of the dialect, with random extensions and options, and read
by Python-Markdown with pymdown-extensions and by us. Reported: the rate of equal pages, and the
kinds of differences, each with its shortest page.
"""

import argparse
import random
import re
from collections import defaultdict

from tests.parser.reference import Leaf, Options, card, site

_WORDS = ["alpha", "beta 2", "**bold**", "*it*", "`code`", "a_b_c", "x^2^", "H~2~O", "~~out~~"]
_WORDS += ["==mark==", "^^in^^", "$x$", "2*3*4", "++ctrl+c++", ":smile:", "(c)", "1/2"]
_WORDS += ['"q"', "a -- b", "https://a.example/b", "[l](m.md)", "`#!py z`", "{++n++}", "&amp;"]
_WORDS += ["see #12", "@ann", "x@a.example", "https://github.com/ann/tea/pull/3", r"a\ b"]
_BLOCKS = (
    ("", "{w} {w}"),
    ("", "{w}\n{w}"),
    ("", "- {w}\n- {w}"),
    ("", "- {w}\n\n    {w}"),
    ("", "- {w}\n    - {w}"),
    ("", "1. {w}\n2. {w}"),
    ("", "> {w}\n> {w}"),
    ("", "    {w}"),
    ("", "# {w}"),
    ("pymdownx.tasklist", "- [x] {w}\n- [ ] {w}"),
    ("pymdownx.quotes", "> [!note] {w}\n> {w}"),
    ("pymdownx.superfences", "```py\n{w}\n```"),
    ("pymdownx.superfences", '```py title="Run `ls`" hl_lines="1"\n{w}\n```'),
    ("tables", "a | b\n--|--\n{w} | {w}"),
    ("pymdownx.arithmatex", "$$\nx + y\n$$"),
    ("pymdownx.arithmatex", r"{w} \(y\)"),
    ("def_list", "term\n\n:   {w}"),
    ("admonition", '!!! note "{w}"\n\n    {w}'),
    ("pymdownx.details", '??? tip "{w}"\n\n    {w}'),
    ("pymdownx.blocks.admonition", "/// note | {w}\n{w}\n///"),
    ("pymdownx.blocks.details", "/// details | {w}\n{w}\n///"),
    ("pymdownx.blocks.caption", "{w}\n/// figure-caption\n{w}\n///"),
    ("pymdownx.blocks.caption", "{w}\n/// table-caption | < ^1\n{w}\n///"),
    ("abbr", "*[alpha]: first"),
    ("pymdownx.fancylists", "a. {w}\nb. {w}"),
)
"""Extension that a block needs, and the block; `{w}` is a random word."""

_OPTIONS: dict[str, list[dict[str, object]]] = {
    "abbr": [{}],
    "admonition": [{}],
    "attr_list": [{}],
    "def_list": [{}],
    "tables": [{}],
    "nl2br": [{}],
    "smarty": [{}, {"smart_quotes": False}],
    "pymdownx.arithmatex": [{}, {"smart_dollar": False}, {"inline_syntax": ["round"]}],
    "pymdownx.betterem": [{}, {"smart_enable": "all"}, {"smart_enable": "none"}],
    "pymdownx.blocks.admonition": [{}],
    "pymdownx.blocks.caption": [{}, {"auto": False}, {"prepend": True}],
    "pymdownx.blocks.details": [{}],
    "pymdownx.caret": [{}, {"insert": False}, {"superscript": False}],
    "pymdownx.critic": [{}],
    "pymdownx.details": [{}],
    "pymdownx.emoji": [{}],
    "pymdownx.fancylists": [{}],
    "pymdownx.highlight": [{}],
    "pymdownx.inlinehilite": [{}],
    "pymdownx.keys": [{}],
    "pymdownx.magiclink": [
        {},
        {"repo_url_shorthand": True, "user": "ann", "repo": "tea"},
        {"repo_url_shortener": True, "hide_protocol": True},
    ],
    "pymdownx.mark": [{}],
    "pymdownx.quotes": [{}, {"callouts": True}],
    "pymdownx.smartsymbols": [{}, {"fractions": False}],
    "pymdownx.superfences": [{}, {"disable_indented_code_blocks": True}],
    "pymdownx.tasklist": [{}],
    "pymdownx.tilde": [{}, {"subscript": False}, {"delete": False}],
}
_ALWAYS = ("tables", "pymdownx.superfences")


def options(chance: random.Random) -> Options:
    """Return random extensions with random options."""
    return {
        name: chance.choice(choices)
        for name, choices in _OPTIONS.items()
        if name in _ALWAYS or chance.random() < 0.7
    }


def page(chance: random.Random, used: Options) -> str:
    """Return a random page of up to three blocks that these extensions read."""
    able = [block for extension, block in _BLOCKS if not extension or extension in used]
    blocks = chance.choices(able, k=chance.randint(1, 3))
    return "\n\n".join(re.sub(r"\{w\}", lambda _: chance.choice(_WORDS), b) for b in blocks) + "\n"


def kind(ours: list[Leaf], theirs: list[Leaf]) -> str:
    """Return in a few words where two readings part."""
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            if one[0] != other[0]:
                return f"structure: {one[0] or 'text'} for {other[0] or 'text'}"
            return "text"
    return "blocks: more" if len(ours) > len(theirs) else "blocks: fewer"


def shrunk(text: str, used: Options) -> str:
    """Return the smallest run of blocks that still differs."""
    blocks = text.strip().split("\n\n")
    for size in range(1, len(blocks) + 1):
        for start in range(len(blocks) - size + 1):
            part = "\n\n".join(blocks[start : start + size]) + "\n"
            if card(part, used) != site(part, used):
                return part
    return text


def main() -> None:
    """Compare random pages and print what was found."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=2000)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--examples", type=int, default=1)
    given = arguments.parse_args()
    chance = random.Random(given.seed)
    found: dict[str, list[tuple[str, Options]]] = defaultdict(list)
    for _ in range(given.pages):
        used = options(chance)
        text = page(chance, used)
        ours, theirs = card(text, used), site(text, used)
        if ours != theirs:
            found[kind(ours, theirs)].append((shrunk(text, used), used))
    different = sum(map(len, found.values()))
    print(f"{given.pages} pages, {1 - different / given.pages:.2%} equal")
    for name, pages in sorted(found.items(), key=lambda item: -len(item[1])):
        print(f"\n{len(pages):5}  {name}")
        for text, used in sorted(pages, key=lambda item: len(item[0]))[: given.examples]:
            shown = {extension: set_ for extension, set_ in used.items() if set_}
            print(f"{text}       {shown}")


if __name__ == "__main__":
    main()
