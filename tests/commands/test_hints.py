"""What a hint says to do makes its message go away: each is followed here, word for word."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Run

INVALID = Path(__file__).parent.parent / "data" / "invalid"

Edit = tuple[str, str]
FOLLOWED: dict[str, tuple[Edit, ...]] = {
    "E202-fence": (
        ("        print(n)\n", "        print(n)\n    ```\n"),
        ("closed", "closed\n```"),
    ),
    "E203-title": (("stack?", 'stack?"'),),
    "E205-formula": (("r^2\n", "r^2\n    $$\n"),),
    "E301-nothing": (('""', '"What is it?"\n    A page.'),),
    "E302-no-gap": (("Paris", "==Paris=="),),
    "E401-brace": (("{b$", "{b}$"),),
    "E403-left": ((")$", "\\right)$"),),
    "E404-right": (("$", "$\\left. "),),
    "E405-open": (("= b$$", "= b\\end{aligned}$$"),),
    "E406-environment": (("alignd", "aligned"),),
    "E407-twice": (("x^a^b", "{x^a}^b"),),
    "E408-ampersand": (("&", "\\&"),),
    "E409-missing": (("{a}$", "{a}{b}$"),),
    "E410-hash": (("a #", "a \\#"),),
    "E411-command": (("\\alhpa", "\\alpha"),),
    "E412-character": (("\x01", ""),),
    "E414-definition": (("{x}{y} x", "{\\x}[0]{y} \\x"),),
    "L208-pipe": (("x|y", "x \\mid y"),),
    "L211-minus": (("???-", "???"),),
    "L220-list-under-text": (("two:\n", "two:\n\n"), ("are:\n", "are:\n\n")),
    "L222-table-under-text": (("sizes:\n", "sizes:\n\n"),),
    "L223-formula-under-text": (("known:\n", "known:\n\n"),),
    "L224-bullets": (("• iron", "- iron"), ("• tin", "- tin")),
    "L225-numbers": (("    Then", "        Then"),),
    "L226-two-lists": (("    1. turn", "    <!-- -->\n\n    1. turn"),),
    "L227-leaves-item": (("      what", "        what"),),
    "L231-wiki": (("[[limits|there]]", "[there](l.md)"), ("![[limit.png]]", "![](limit.png)")),
    "L343-asks": (("??? question\n", '??? question "Question: cycles"\n'),),
    "L344-nothing": (("<!--", "<!-- admonki: skip -->\n    <!--"),),
    "L502-tag": (("vector<int>", "`vector<int>`"),),
    "W204-indent": (("\n  First", "\n    First"), ("\n   Both", "\n    Both")),
    "W206-comment": (("finished", "finished -->"),),
    "W207-row": (("| search |", "| search | when |"), ("--------|\n", "--------|---|\n")),
    "W209-jinja": (("{{ version }}", "1.0"), ("{{ extra }}", "more")),
    "W301-no-answer": (("Text that", "    Text that"),),
    "W304-comment": (("suspended", "suspend"),),
    "W310-twice": (("rule?", "first rule?"),),
    "W404-invisible": (("\u200b", ""),),
}


@pytest.mark.parametrize("name", FOLLOWED)
def test_a_hint_that_is_followed_ends_its_message(name: str, run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    text = (INVALID / f"{name}.md").read_text(encoding="utf-8")
    page.write_text(text, encoding="utf-8")
    code = name.partition("-")[0]
    assert f"[{code}]" in _messages(run, page)
    for old, new in FOLLOWED[name]:
        text = text.replace(old, new, 1)
    page.write_text(text, encoding="utf-8")
    assert f"[{code}]" not in _messages(run, page)


@pytest.mark.parametrize("name", [name for name in FOLLOWED if not name.startswith("E")])
def test_a_comment_silences_a_message_of_a_page(name: str, run: Run, tmp_path: Path) -> None:
    page, code = tmp_path / "page.md", name.partition("-")[0]
    text = (INVALID / f"{name}.md").read_text(encoding="utf-8")
    first, _, rest = text.partition("??? question" if "??? question" in text else "???")
    quiet = f"<!-- admonki: ignore {code} -->\n"
    boxes = rest.replace("\n??? question", f"\n{quiet}??? question")
    marker = text[len(first) : len(text) - len(rest)]
    page.write_text(f"{first}{quiet}{marker}{boxes}", encoding="utf-8")
    assert f"[{code}]" not in _messages(run, page)


def _messages(run: Callable[..., object], page: Path) -> str:
    return str(getattr(run("check", "--all", str(page)), "stderr"))  # noqa: B009
