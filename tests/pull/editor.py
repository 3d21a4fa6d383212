"""Edits as Anki's editor makes them: of a field's HTML, where nobody knows Markdown."""

import random
import re
from collections.abc import Callable
from typing import TypeAlias

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from tests.pull.rich_edits import RICH

Edit: TypeAlias = Callable[[random.Random, BeautifulSoup], bool]
_HIDDEN = ("math", "pre", "kbd", "svg", "sup", "script", "style")
_WORD = re.compile(r"[^\W\d_]{2,}")


def edit(rng: random.Random, html: str, kind: str) -> str | None:
    """Edit a field.

    Args:
        rng: Where choices come from.
        html: The field.
        kind: A name in `KINDS`.

    Returns:
        The field after the edit, None where this kind of edit has no place in it.
    """
    soup = BeautifulSoup(html, "html.parser")
    if not KINDS[kind](rng, soup):
        return None
    changed = soup.decode(formatter="minimal")
    return None if changed == html else changed


def _texts(soup: BeautifulSoup) -> list[NavigableString]:
    return [
        text
        for text in soup.find_all(string=_WORD)
        if isinstance(text, NavigableString) and not text.find_parent(_HIDDEN)
    ]


def _at_word(
    rng: random.Random, soup: BeautifulSoup, change: Callable[[str], str], *, html: bool = False
) -> bool:
    """Replace a random word by what `change` makes of it."""
    texts = _texts(soup)
    if not texts:
        return False
    text = rng.choice(texts)
    match = rng.choice(list(_WORD.finditer(str(text))))
    before, after = str(text)[: match.start()], str(text)[match.end() :]
    new = change(match[0])
    if not html:
        text.replace_with(NavigableString(before + new + after))
        return True
    pieces = [NavigableString(before), *BeautifulSoup(new, "html.parser").contents]
    text.replace_with(*pieces, NavigableString(after))
    return True


def _replace_word(rng: random.Random, soup: BeautifulSoup) -> bool:
    return _at_word(rng, soup, lambda _: rng.choice(("Quux", "étude", "x2", "12", "a-b")))


def _insert_word(rng: random.Random, soup: BeautifulSoup) -> bool:
    return _at_word(rng, soup, lambda word: f"{word} {rng.choice(('zork', 'or so', '*'))}")


def _insert_with_nbsp(rng: random.Random, soup: BeautifulSoup) -> bool:
    return _at_word(rng, soup, lambda word: f"{word}\u00a0zork")


def _delete_word(rng: random.Random, soup: BeautifulSoup) -> bool:
    texts = [text for text in _texts(soup) if len(text.split()) > 2]
    if not texts:
        return False
    text = rng.choice(texts)
    match = rng.choice(list(re.finditer(r"(?<=\s)[^\W_]+\s", str(text))) or [None])
    if match is None:
        return False
    text.replace_with(NavigableString(str(text)[: match.start()] + str(text)[match.end() :]))
    return True


def _bold(rng: random.Random, soup: BeautifulSoup) -> bool:
    return _at_word(rng, soup, lambda word: f"<b>{word}</b>", html=True)


def _italic(rng: random.Random, soup: BeautifulSoup) -> bool:
    return _at_word(rng, soup, lambda word: f"<i>{word}</i>", html=True)


def _link(rng: random.Random, soup: BeautifulSoup) -> bool:
    link = '<a href="https://example.org/q?a=1">{}</a>'
    return _at_word(rng, soup, link.format, html=True)


def _new_formula(rng: random.Random, soup: BeautifulSoup) -> bool:
    return _at_word(rng, soup, lambda word: rf"{word} \(a_1 + b\)")


def _line_break(rng: random.Random, soup: BeautifulSoup) -> bool:
    return _at_word(rng, soup, lambda word: f"{word}<br>", html=True)


def _unwrap(rng: random.Random, soup: BeautifulSoup) -> bool:
    found = [tag for tag in soup.find_all(["strong", "em", "b", "i"]) if not tag.find_parent("pre")]
    if not found:
        return False
    rng.choice(found).unwrap()
    return True


def _change_formula(rng: random.Random, soup: BeautifulSoup) -> bool:
    found = soup.find_all("math", attrs={"data-tex": True})
    if not found:
        return False
    formula = rng.choice(found)
    for piece in formula.find_all_next("math"):  # a long formula is several pieces
        if piece.has_attr("data-tex"):
            break
        piece.extract()
    tex = f"{formula.get('data-tex', '')} + 1"
    is_display = formula.get("display") == "block"
    formula.replace_with(NavigableString(rf"\[{tex}\]" if is_display else rf"\({tex}\)"))
    return True


def _new_paragraph(_rng: random.Random, soup: BeautifulSoup) -> bool:
    last = [child for child in soup.children if isinstance(child, Tag)]
    if not last or last[-1].name == "section":
        return False
    soup.append(BeautifulSoup("<div>A new line, <b>bold</b>.</div>", "html.parser"))
    return True


def _new_item(rng: random.Random, soup: BeautifulSoup) -> bool:
    items = [item for item in soup.find_all("li") if not item.find_parent("section")]
    if not items:
        return False
    rng.choice(items).insert_after(BeautifulSoup("<li>A new item</li>", "html.parser"))
    return True


def _remove_item(rng: random.Random, soup: BeautifulSoup) -> bool:
    items = [
        item
        for item in soup.find_all("li")
        if not item.find_parent("section") and item.parent and len(item.parent.find_all("li")) > 1
    ]
    if not items:
        return False
    rng.choice(items).decompose()
    return True


def _remove_paragraph(rng: random.Random, soup: BeautifulSoup) -> bool:
    found = list(soup.find_all("p", recursive=False))
    if len(found) < 2:
        return False
    rng.choice(found).decompose()
    return True


def _cell(rng: random.Random, soup: BeautifulSoup) -> bool:
    cells = [cell for cell in soup.find_all(["td", "th"]) if cell.string]
    if not cells:
        return False
    rng.choice(cells).string = "new cell"
    return True


def _code_line(rng: random.Random, soup: BeautifulSoup) -> bool:
    texts = [
        text
        for code in soup.select("pre code")
        for text in code.find_all(string=_WORD)
        if isinstance(text, NavigableString)
    ]
    if not texts:
        return False
    text = rng.choice(texts)
    text.replace_with(NavigableString(_WORD.sub("other", str(text), count=1)))
    return True


KINDS: dict[str, Edit] = {
    "word": _replace_word,
    "insert": _insert_word,
    "nbsp": _insert_with_nbsp,
    "delete": _delete_word,
    "bold": _bold,
    "italic": _italic,
    "link": _link,
    "formula": _new_formula,
    "break": _line_break,
    "unwrap": _unwrap,
    "tex": _change_formula,
    "paragraph": _new_paragraph,
    "item": _new_item,
    "no item": _remove_item,
    "no paragraph": _remove_paragraph,
    "cell": _cell,
    "code": _code_line,
    **RICH,
}
"""Name of each kind of edit."""
WORDS = ("word", "insert", "nbsp", "delete")
"""Kinds that touch a single word."""
