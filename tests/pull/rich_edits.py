"""Edits that change a field's structure, in the HTML that Anki's editor writes for them."""

import random
import re
from collections.abc import Callable
from functools import partial

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

_HIDDEN = ("math", "pre", "kbd", "svg", "sup", "script", "style")
_WORD = re.compile(r"[^\W\d_]{2,}")
_GAP = re.compile(r"(?<=\w) (?=\w)")
_TYPED = (
    "5 * 3 > 2 & a_b",
    "# not a heading",
    "1. no list",
    "cost: $5 or $6",
    "[x] {y}",
    "C:\\new",
)
_PASTED = (
    '<span style="color: rgb(31, 35, 40); font-family: -apple-system, &quot;Segoe UI&quot;;">'
    "pasted words</span>"
)


def _fragment(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def _texts(soup: BeautifulSoup, pattern: re.Pattern[str] = _WORD) -> list[NavigableString]:
    return [
        text
        for text in soup.find_all(string=pattern)
        if isinstance(text, NavigableString) and not text.find_parent(_HIDDEN)
    ]


def _blocks(soup: BeautifulSoup, *names: str) -> list[Tag]:
    return [tag for tag in soup.find_all(names) if not tag.find_parent(["section", "pre"])]


def _cut(rng: random.Random, soup: BeautifulSoup, name: str) -> bool:
    """Press Enter between two words of a block."""
    found = [
        text
        for text in _texts(soup, _GAP)
        if isinstance(text.parent, Tag) and text.parent.name == name
    ]
    if not found:
        return False
    text = rng.choice(found)
    at = rng.choice(list(_GAP.finditer(str(text)))).start()
    block = text.parent
    assert block is not None
    rest = soup.new_tag(name)
    for sibling in list(text.next_siblings):
        rest.append(sibling.extract())
    rest.insert(0, NavigableString(str(text)[at + 1 :]))
    text.replace_with(NavigableString(str(text)[:at]))
    block.insert_after(rest)
    return True


def _join(rng: random.Random, soup: BeautifulSoup, name: str) -> bool:
    """Press Backspace at the start of a block that follows one of its kind."""
    pairs = []
    for block in _blocks(soup, name):
        after = block.find_next_sibling()
        if (
            after is not None
            and after.name == name
            and not block.find(["ul", "ol", "pre", "table"])
        ):
            pairs.append((block, after))
    if not pairs:
        return False
    first, second = rng.choice(pairs)
    if second.find(["ul", "ol", "pre", "table"]):
        return False
    first.append(NavigableString(" "))
    for child in list(second.contents):
        first.append(child.extract())
    second.decompose()
    return True


def _move(rng: random.Random, soup: BeautifulSoup, name: str) -> bool:
    found = [
        tag
        for tag in _blocks(soup, name)
        if len(tag.find_next_siblings(name)) and tag.get_text(strip=True)
    ]
    if not found:
        return False
    tag = rng.choice(found)
    after = tag.find_next_siblings(name)[-1]
    after.insert_after(tag.extract())
    return True


def _move_row(rng: random.Random, soup: BeautifulSoup) -> bool:
    rows = [row for row in _blocks(soup, "tr") if row.find_parent("tbody")]
    if len(rows) < 2:
        return False
    rows[-1].insert_after(rows[0].extract())
    return True


def _remove_row(rng: random.Random, soup: BeautifulSoup) -> bool:
    rows = [row for row in _blocks(soup, "tr") if row.find_parent("tbody")]
    if len(rows) < 2:
        return False
    rng.choice(rows).decompose()
    return True


def _new_row(rng: random.Random, soup: BeautifulSoup) -> bool:
    rows = [row for row in _blocks(soup, "tr") if row.find_parent("tbody")]
    if not rows:
        return False
    row = rng.choice(rows)
    cells = "".join(f"<td>new {n}</td>" for n, _ in enumerate(row.find_all("td")))
    row.insert_after(_fragment(f"<tr>{cells}</tr>"))
    return True


def _nested_item(rng: random.Random, soup: BeautifulSoup) -> bool:
    items = [item for item in _blocks(soup, "li") if not item.find(["ul", "ol", "pre"])]
    if not items:
        return False
    rng.choice(items).append(_fragment("<ul><li>A nested item</li></ul>"))
    return True


def _new_list(_rng: random.Random, soup: BeautifulSoup) -> bool:
    soup.append(_fragment("<ul><li>one</li><li><b>two</b> words</li></ul>"))
    return True


def _typed(rng: random.Random, soup: BeautifulSoup) -> bool:
    soup.append(soup.new_tag("div"))
    last = soup.contents[-1]
    assert isinstance(last, Tag)
    last.append(NavigableString(rng.choice(_TYPED)))
    return True


def _typed_inline(rng: random.Random, soup: BeautifulSoup) -> bool:
    texts = _texts(soup, _GAP)
    if not texts:
        return False
    text = rng.choice(texts)
    at = rng.choice(list(_GAP.finditer(str(text)))).start()
    text.replace_with(NavigableString(f"{text[:at]} {rng.choice(_TYPED)}{text[at:]}"))
    return True


def _at_gap(rng: random.Random, soup: BeautifulSoup, html: str) -> bool:
    texts = _texts(soup, _GAP)
    if not texts:
        return False
    text = rng.choice(texts)
    at = rng.choice(list(_GAP.finditer(str(text)))).start()
    before, after = str(text)[:at], str(text)[at:]
    text.replace_with(
        NavigableString(before + " "), *_fragment(html).contents, NavigableString(after)
    )
    return True


def _phrase(rng: random.Random, soup: BeautifulSoup) -> bool:
    """Replace a text between two marks by another one."""
    texts = [text for text in _texts(soup) if len(text.split()) > 2]
    if not texts:
        return False
    text = rng.choice(texts)
    lead = re.match(r"\s*", str(text))
    tail = re.search(r"\s*$", str(text))
    assert lead
    assert tail
    text.replace_with(
        NavigableString(f"{lead[0]}Something else altogether, in other words{tail[0]}")
    )
    return True


def _bold_block(rng: random.Random, soup: BeautifulSoup) -> bool:
    """Make a whole paragraph or item bold, marks in it included."""
    found = [
        tag for tag in _blocks(soup, "p", "li") if not tag.find(["ul", "ol", "p", "pre", "math"])
    ]
    if not found:
        return False
    block = rng.choice(found)
    bold = soup.new_tag("b")
    for child in list(block.contents):
        bold.append(child.extract())
    block.append(bold)
    return True


def _link_text(rng: random.Random, soup: BeautifulSoup) -> bool:
    found = [tag for tag in _blocks(soup, "a") if tag.string and not tag.find_parent("sup")]
    if not found:
        return False
    rng.choice(found).string = "another text"
    return True


def _link_target(rng: random.Random, soup: BeautifulSoup) -> bool:
    found = [tag for tag in _blocks(soup, "a") if tag.get("href") and not tag.find_parent("sup")]
    if not found:
        return False
    rng.choice(found)["href"] = "https://example.org/other"
    return True


def _new_code_line(rng: random.Random, soup: BeautifulSoup) -> bool:
    found = soup.select("pre code") or soup.select("pre")
    if not found:
        return False
    code = rng.choice(found)
    texts = list(code.find_all(string=re.compile(r"\n")))
    if not texts:
        return False
    text = rng.choice(texts)
    at = str(text).index("\n") + 1
    text.replace_with(NavigableString(f"{text[:at]}added = 1\n{text[at:]}"))
    return True


def _no_code_line(rng: random.Random, soup: BeautifulSoup) -> bool:
    found = [
        text
        for code in soup.select("pre")
        for text in code.find_all(string=re.compile(r"\n[^\n]+\n"))
        if isinstance(text, NavigableString)
    ]
    if not found:
        return False
    text = rng.choice(found)
    text.replace_with(NavigableString(re.sub(r"\n[^\n]+\n", "\n", str(text), count=1)))
    return True


def _leading_text(_rng: random.Random, soup: BeautifulSoup) -> bool:
    soup.insert(0, NavigableString("Typed before everything."))
    return True


RICH: dict[str, Callable[[random.Random, BeautifulSoup], bool]] = {
    "split p": partial(_cut, name="p"),
    "split li": partial(_cut, name="li"),
    "join p": partial(_join, name="p"),
    "join li": partial(_join, name="li"),
    "move li": partial(_move, name="li"),
    "move row": _move_row,
    "no row": _remove_row,
    "row": _new_row,
    "nested li": _nested_item,
    "list": _new_list,
    "typed": _typed,
    "typed inline": _typed_inline,
    "pasted": partial(_at_gap, html=_PASTED),
    "breaks": partial(_at_gap, html="<br><br>"),
    "code words": partial(_at_gap, html="<code>a_b * c</code>"),
    "subscript": partial(_at_gap, html="H<sub>2</sub>O"),
    "underline": partial(_at_gap, html="<u>under</u>"),
    "phrase": _phrase,
    "bold block": _bold_block,
    "link text": _link_text,
    "link target": _link_target,
    "code line": _new_code_line,
    "no code line": _no_code_line,
    "leading text": _leading_text,
}
"""Name of each kind of edit."""
