"""Texts that somebody wrote, damaged: what grammars do not think of meets what people write."""

import random
from collections.abc import Sequence
from pathlib import Path

from tests.fuzz.grammar import formula, page

_LONGEST = 1500
_SIGNS = ("    ", "\t", "```", "$$", "$", '"', "???", "|", "\\", "<", ">", "[", "]", "{", "}", "*")


def pieces(places: Sequence[Path]) -> tuple[str, ...]:
    """Cut Markdown files, or those in folders, at blank lines into pieces of a page's size."""
    files = {
        file for place in places for file in (place.rglob("*.md") if place.is_dir() else [place])
    }
    found: set[str] = set()
    for file in sorted(files):
        text = ""
        for block in file.read_text(encoding="utf-8", errors="replace").split("\n\n"):
            text += f"{block}\n\n"
            if len(text) > _LONGEST / 2:
                found.add(text[:_LONGEST])
                text = ""
        found.add(text[:_LONGEST])
    return tuple(sorted(found))


def damaged_page(rng: random.Random, known: Sequence[str]) -> str:
    """Take a piece or two of real pages, sometimes inside a question, and damage them."""
    text = rng.choice(known)
    if rng.random() < 0.3:
        text += rng.choice((rng.choice(known), page(rng)))
    if rng.random() < 0.4:
        inner = "".join(f"    {line}\n" for line in text.split("\n"))
        text = f'??? question "What is {formula(rng)}?"\n\n{inner}'
    for _ in range(rng.choice((0, 1, 1, 2, 3, 5))):
        text = damage(rng, text)
    return text


def damage(rng: random.Random, text: str) -> str:
    """Do one thing to a text that an editor or an accident could do."""
    if rng.random() < 0.5:
        return _damage_characters(rng, text)
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    other = rng.randrange(len(lines))
    way = rng.randrange(6)
    if way == 0:
        del lines[at]
    elif way == 1:
        lines.insert(at, lines[other])
    elif way == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif way == 3:
        prefix = rng.choice(("    ", "  ", "\t", "> ", "- ", " "))
        for number in range(min(at, other), max(at, other)):
            lines[number] = prefix + lines[number]
    elif way == 4:
        lines[at] = lines[at].lstrip()
    else:
        lines.insert(at, "")
    return "\n".join(lines)


def _damage_characters(rng: random.Random, text: str) -> str:
    start = rng.randint(0, len(text))
    end = min(len(text), start + rng.choice((0, 0, 1, 1, 5, 40)))
    character = chr(rng.choice((rng.randrange(0x20, 0x7F), rng.randrange(0x3000))))
    put = rng.choice(("", character, rng.choice(_SIGNS), text[start:end] * 2))
    return text[:start] + put + text[end:]
