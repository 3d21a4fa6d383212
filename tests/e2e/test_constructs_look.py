"""One construct at a time, measured in each engine: places and sizes of boxes, and ink."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.e2e.cards import (
    BOXES,
    Frame,
    answer_side,
    draw,
    in_card,
    measure,
    picture,
    question_side,
)
from tests.e2e.constructs import AS_WRITTEN
from tests.e2e.engines import SCALE, Engine, engine
from tests.render.rendering import render

pytestmark = pytest.mark.e2e
__all__ = ["engine"]  # the fixture


def rects(engine: Engine, selector: str) -> list[dict[str, float]]:
    """Places of elements in the first frame, in CSS pixels of the window."""
    found: list[dict[str, float]] = in_card(
        engine,
        f"return [...page.querySelectorAll({selector!r})].map(e => e.getBoundingClientRect())"
        ".map(({left, top, right, bottom, width, height}) =>"
        " ({left, top, right, bottom, width, height}));",
    )
    return found


def cut(shown: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    """A part of the window, given in CSS pixels."""
    return shown.crop(
        (round(left * SCALE), round(top * SCALE), round(right * SCALE), round(bottom * SCALE))
    )


def darkest(shown: Image.Image, left: float, top: float, right: float, bottom: float) -> int:
    """The darkest grey of a part of the window, given in CSS pixels."""
    levels = cut(shown, left, top, right, bottom).getextrema()
    return int(levels[0])  # type: ignore[arg-type]


def show(engine: Engine, html: str, folder: Path, **options: Any) -> None:
    draw(engine, [Frame("card", html, **options)], folder)


@pytest.mark.parametrize("name", ["lists with formulas", "nested lists", "footnotes"])
def test_each_item_has_its_number_or_bullet(name: str, engine: Engine, tmp_path: Path) -> None:
    show(engine, answer_side(AS_WRITTEN[name]), tmp_path)
    shown = picture(engine, tmp_path / "list.png")
    items = rects(engine, ".ak-answer li")
    assert len(items) >= 2
    for item in items:
        left = item["left"]
        assert darkest(shown, left - 22, item["top"], left - 3, item["top"] + 26) < 190, item


def test_a_marker_is_as_high_as_the_line_beside_it(engine: Engine, tmp_path: Path) -> None:
    show(engine, answer_side(AS_WRITTEN["lists with formulas"]), tmp_path)
    shown = picture(engine, tmp_path / "list.png")
    for item in rects(engine, ".ak-answer ul li"):
        part = cut(shown, item["left"] - 22, item["top"], item["left"] - 3, item["top"] + 30)
        bullet = part.point(lambda level: 255 if level < 190 else 0).getbbox()
        assert bullet is not None
        middle = (bullet[1] + bullet[3]) / 2 / SCALE
        assert 8 < middle < 19, middle  # of a line of 26 px


BODY = (
    '!!! note "Box"\n    Text\n\n'
    "| a | b |\n|---|---|\n| c | `d` |\n\n```python\nx = 1\n```\n\n## Heading\n\n- item\n\n"
    "> quote\n\nLast[^1]\n\n[^1]: Note\n"
)
SIZES = (
    "return [...page.querySelectorAll('.BODY *')].filter(e => e.children.length === 0)"
    ".map(e => [e.localName, e.textContent, view.getComputedStyle(e).fontSize]);"
)


def test_the_body_of_a_question_is_as_large_as_an_answer(engine: Engine, tmp_path: Path) -> None:
    body = render(BODY)[0].html
    sizes = []
    for html, section in ((question_side(body), "question"), (answer_side(body), "answer")):
        show(engine, html, tmp_path)
        sizes.append(in_card(engine, SIZES.replace("BODY", f"ak-{section}")))
    assert len(sizes[0]) > 8
    assert sizes[0] == sizes[1]


INLINE = "abbr u small s q cite var samp dfn tt big font bdi bdo ruby time em strong code mark kbd"


def test_words_of_a_title_keep_its_weight(engine: Engine, tmp_path: Path) -> None:
    words = " ".join(f"<{tag}>word</{tag}>" for tag in INLINE.split())
    show(engine, question_side("", title=f"What is {words}?"), tmp_path)
    found = in_card(
        engine,
        "return [...page.querySelectorAll('.ak-question *')].map(e => "
        "[e.localName, Number(view.getComputedStyle(e).fontWeight), e.offsetHeight > 16]);",
    )
    assert [(tag, weight) for tag, weight, _ in found if weight < 600] == []
    assert all(is_large for *_, is_large in found)


def test_a_long_question_is_not_bold_throughout(engine: Engine, tmp_path: Path) -> None:
    weight = "return Number(view.getComputedStyle(page.querySelector('.ak-question')).fontWeight);"
    for title, is_text in (("Why? " * 10, False), ("Why is it so? " * 12, True)):
        show(engine, question_side("", title=title), tmp_path)
        assert (in_card(engine, weight) < 600) is is_text


def test_a_tasks_box_is_beside_its_first_line(engine: Engine, tmp_path: Path) -> None:
    for name in ("tasks", "loose tasks"):
        show(engine, answer_side(AS_WRITTEN[name]), tmp_path)
        boxes, items = rects(engine, "li > input"), rects(engine, "li")
        assert len(boxes) == len(items) == 2
        for box, item in zip(boxes, items, strict=True):
            assert box["right"] <= item["left"] + 1
            assert 0 <= box["top"] - item["top"] < 12


def test_a_tall_picture_keeps_its_shape(engine: Engine, tmp_path: Path) -> None:
    red = (
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='100' height='2000'"
        " preserveAspectRatio='none' viewBox='0 0 100 2000'%3E"
        "%3Crect width='100' height='2000'/%3E%3C/svg%3E"
    )
    html = answer_side(f'<p><img width="100" height="2000" src="{red}"></p>')
    show(engine, html, tmp_path, is_phone=False)
    shown = picture(engine, tmp_path / "tall.png")
    (place,) = rects(engine, "img")
    ink = shown.crop((0, round(place["top"] * SCALE), 400 * SCALE, 700 * SCALE))
    box = ink.point(lambda level: 255 if level < 90 else 0).getbbox()
    assert box is not None
    drawn = (box[2] - box[0]) / SCALE
    assert drawn == pytest.approx(place["height"] / 20, abs=3)


WIDE = f"<pre><code>{'wide ' * 40}</code></pre><pre><code>short</code></pre>"


def test_what_scrolls_shows_that_it_does(engine: Engine, tmp_path: Path) -> None:
    table = f"<div class='table-wrap'><table><tr>{'<td>cell cell</td>' * 12}</tr></table></div>"
    terms = " + ".join(f"x_{{{n}}} y" for n in range(30))
    display = render(f"$$\n\\frac{{{terms}}}{{2}}\n$$\n")[0].html
    for body in (WIDE, table, display):
        show(engine, answer_side(body), tmp_path)
        shown = picture(engine, tmp_path / "start.png")
        selector = ".ak-answer > .table-wrap, .ak-answer > pre, .ak-answer > .math-display"
        box = rects(engine, selector)[0]
        assert _is_shaded(shown, box, "right"), body[:40]
        assert not _is_shaded(shown, box, "left")
        in_card(engine, f"page.querySelector('{selector}').scrollLeft = 9999;")
        engine.measure("return new Promise(requestAnimationFrame).then(() => 0)")
        shown = picture(engine, tmp_path / "end.png")
        assert _is_shaded(shown, box, "left"), body[:40]
        assert not _is_shaded(shown, box, "right")


def test_a_caption_is_in_the_middle_below_what_it_is_of(engine: Engine, tmp_path: Path) -> None:
    html = answer_side(AS_WRITTEN["caption"])
    draw(engine, [Frame("caption", html, 1100, is_phone=False)], tmp_path)
    (caption,), (shown,) = rects(engine, "figcaption"), rects(engine, ".table-wrap")
    middles = [(place["left"] + place["right"]) / 2 for place in (caption, shown)]
    assert abs(middles[0] - middles[1]) < 3


def test_what_fits_does_not_scroll(engine: Engine, tmp_path: Path) -> None:
    names = ("code block", "diff", "annotations", "Mermaid", "small table", "display")
    draw(engine, [Frame(name, answer_side(AS_WRITTEN[name]), 360) for name in names], tmp_path)
    scrolling = engine.measure(
        "return [...document.querySelectorAll('iframe')]"
        ".filter(f => f.contentDocument.querySelector('.ak-scrolls')).map(f => f.title);"
    )
    assert scrolling == []


def test_what_does_not_scroll_has_no_shade(engine: Engine, tmp_path: Path) -> None:
    show(engine, answer_side(WIDE), tmp_path)
    shown = picture(engine, tmp_path / "both.png")
    short = rects(engine, "pre")[1]
    assert not _is_shaded(shown, short, "right")
    assert not _is_shaded(shown, short, "left")


def _is_shaded(shown: Image.Image, box: dict[str, float], side: str) -> bool:
    """Compare a strip inside an edge with the ground, in the padding above all text."""
    top, bottom = box["top"] + 4, box["top"] + 5
    edge = box["right"] - 4 if side == "right" else box["left"] + 4
    ground = darkest(shown, box["left"] + 60, top, box["left"] + 62, bottom)
    return darkest(shown, edge - 1, top, edge + 1, bottom) < ground - 12


def test_what_scrolls_can_be_reached_by_keyboard(engine: Engine, tmp_path: Path) -> None:
    show(engine, answer_side(WIDE), tmp_path)
    assert in_card(engine, "return [...page.querySelectorAll('pre')].map(e => e.tabIndex);") == [
        0,
        -1,
    ]


def test_a_long_column_is_not_squeezed(engine: Engine, tmp_path: Path) -> None:
    show(engine, answer_side(AS_WRITTEN["squeezed table"]), tmp_path)
    *_, remark = rects(engine, "tbody td")
    assert remark["width"] > 125
    (found,) = measure(engine, [Frame("card", answer_side(AS_WRITTEN["squeezed table"]))], tmp_path)
    assert found["overflow"] <= 0


def test_a_formula_before_the_final_question_mark_does_not_widen_the_card(
    engine: Engine, tmp_path: Path
) -> None:
    long = " + ".join(f"a_{{{n}}}" for n in range(40))
    title = render(f"Why is ${long}$?")[0].html
    (found,) = measure(engine, [Frame("card", question_side("", title=title), 360)], tmp_path)
    assert found["overflow"] <= 0


def test_inline_boxes_take_the_whole_line_of_a_phone(engine: Engine, tmp_path: Path) -> None:
    body = '<div class="admonition tip inline"><p>Beside</p></div><p>Text</p>'
    show(engine, answer_side(body), tmp_path, width_px=390)
    assert rects(engine, ".inline")[0]["width"] > 340
    show(engine, answer_side(body), tmp_path, width_px=800, is_phone=False)
    assert rects(engine, ".inline")[0]["width"] < 300


def test_cards_of_a_grid_are_side_by_side_where_there_is_space(
    engine: Engine, tmp_path: Path
) -> None:
    for width_px, is_beside in ((390, False), (800, True)):
        show(engine, answer_side(AS_WRITTEN["grid"]), tmp_path, width_px=width_px, is_phone=False)
        one, two = rects(engine, ".grid li")
        assert (one["top"] == two["top"]) is is_beside


@pytest.mark.parametrize(
    ("construct", "selectors", "style", "values"),
    [
        ("nested lists", ("ol", "ol ol", "ol ol ol"), "listStyleType", 3),
        ("diff", (".gd", ".gi", "pre"), "backgroundColor", 3),
        ("button", (".md-button", ".ak-answer"), "backgroundColor", 2),
    ],
)
def test_each_kind_has_a_look_of_its_own(
    engine: Engine,
    tmp_path: Path,
    construct: str,
    selectors: tuple[str, ...],
    style: str,
    values: int,
) -> None:
    show(engine, answer_side(AS_WRITTEN[construct]), tmp_path)
    found = in_card(
        engine,
        f"return {list(selectors)!r}.map(selector => page.querySelector(selector))"
        f".map(element => view.getComputedStyle(element).{style});",
    )
    assert len(set(found)) == values
    assert style != "listStyleType" or found == ["decimal", "lower-alpha", "lower-roman"]


def test_right_means_right_in_right_to_left_text(engine: Engine, tmp_path: Path) -> None:
    body = render("| كلمة طويلة جدا |\n|--:|\n| ١ |\n")[0].html
    show(engine, answer_side(body), tmp_path)
    ends = in_card(
        engine,
        "const cell = page.querySelector('td'), words = page.createRange();"
        "words.selectNodeContents(cell);"
        "return [words.getBoundingClientRect().right, cell.getBoundingClientRect().right];",
    )
    assert ends[1] - ends[0] < 20


def test_icons_of_boxes_are_at_the_start_of_the_line(engine: Engine, tmp_path: Path) -> None:
    for text, is_left in (("A tip", True), ("نصيحة", False)):
        html = render(f'!!! tip "{text}"\n    {text}\n')[0].html
        show(engine, answer_side(html), tmp_path)
        shown = picture(engine, tmp_path / "icon.png")
        (title,) = rects(engine, ".admonition-title")
        ends = ((title["left"] + 6, title["left"] + 30), (title["right"] - 30, title["right"] - 6))
        left, right = (
            darkest(shown, start, title["top"] + 4, end, title["bottom"] - 4) for start, end in ends
        )
        assert (left < right) is is_left


def test_pictures_for_one_mode_are_shown_in_it_alone(engine: Engine, tmp_path: Path) -> None:
    names = {"a.png": "a.png", "b.png": "b.png"}
    html = render("![](a.png#only-light) ![](b.png#only-dark)\n", media=names)[0].html
    for is_night in (False, True):
        show(engine, answer_side(html), tmp_path, is_night=is_night)
        shown = in_card(
            engine,
            "return [...page.querySelectorAll('.ak-answer img')].map(e => "
            "view.getComputedStyle(e).display !== 'none');",
        )
        assert shown == [not is_night, is_night]


def test_a_clear_picture_has_light_ground_at_night(engine: Engine, tmp_path: Path) -> None:
    clear = (
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='90' height='90'/%3E"
    )
    show(engine, answer_side(f'<p><img src="{clear}"></p>'), tmp_path, is_night=True)
    shown = picture(engine, tmp_path / "night.png")
    (place,) = rects(engine, "img")
    middle = (place["left"] + 40, place["top"] + 40)
    assert darkest(shown, *middle, middle[0] + 5, middle[1] + 5) > 200


def test_a_bare_path_is_no_footer(engine: Engine, tmp_path: Path) -> None:
    html = answer_side("<p>x</p>")
    show(engine, html.replace("</div>", '<footer class="ak-source">a.md</footer></div>'), tmp_path)
    assert [place["height"] for place in rects(engine, ".ak-source")][-1] == 0


def test_the_readers_own_style_wins(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "_admonki-user.css").write_text(".ak-question { font-size: 40px }")
    show(engine, question_side(""), tmp_path)
    size = "return view.getComputedStyle(page.querySelector('.ak-question')).fontSize;"
    assert in_card(engine, size) == "40px"


def test_boxes_are_where_they_were(engine: Engine, tmp_path: Path) -> None:
    """A closed box is one line; an open one shows its body; nested ones keep inside."""
    show(engine, answer_side(AS_WRITTEN["boxes"]), tmp_path)
    outer, inner, closed, opened = rects(engine, ".admonition, details")
    assert outer["left"] < inner["left"]
    assert inner["right"] < outer["right"]
    assert closed["height"] < 45
    assert opened["height"] > closed["height"] + 25
    assert engine.measure(BOXES)
