"""Nodes become strings in one place: texts escaped, tags of names on a list."""

import re

import pytest

from generator.markup.allowed import ATTRIBUTES, BLOCKS, ELEMENTS, FLAGGED, VOID
from generator.markup.text import clean, settle_value, without_brackets
from generator.markup.writer import (
    WORD_EDGE,
    Node,
    NotAllowedError,
    deletion,
    deletion_end,
    end,
    footnote_mark,
    formula,
    plain,
    sound,
    start,
    whole,
    write,
)


def test_a_plain_string_is_text_whatever_it_holds() -> None:
    assert write(["<b onclick=x>", start("i"), "\u0338&", end("i")]) == (
        "&lt;b onclick=x&gt;<i>&#824;&amp;</i>"
    )


@pytest.mark.parametrize(
    ("tags", "html"),
    [
        ("<p> <b> </p>", "<p><b></b></p>"),
        ("<p> </b> </p>", "<p></p>"),
        ("</div> <p>", "<p></p>"),
        ("<ul> <li> <p> </ul> </li> </p>", "<ul><li><p></p></li></ul>"),
        ("<br> <p> </p>", "<br><p></p>"),
    ],
)
def test_elements_end_where_they_begin(tags: str, html: str) -> None:
    nodes = [end(t[2:-1]) if t[1] == "/" else start(t[1:-1]) for t in tags.split()]
    assert write(nodes) == html


def test_texts_beside_each_other_are_one_text() -> None:
    assert write(["[sou", "nd:a] ", "\\", "("]) == (
        '&#91;sound:a] <span class="tex2jax_ignore">\\</span>('
    )
    assert write(["e", "\u0301"]) == "\u00e9"


@pytest.mark.parametrize("name", ["script", "svg", "math", "form", "wbr", "b onclick=x", "B"])
def test_an_element_that_is_not_on_the_list_is_refused(name: str) -> None:
    with pytest.raises(KeyError):
        start(name)
    with pytest.raises(KeyError):
        start(name, {"title": "a"})
    with pytest.raises(KeyError):
        end(name)


@pytest.mark.parametrize("name", sorted(VOID & ELEMENTS))
def test_a_void_element_has_no_end(name: str) -> None:
    with pytest.raises(KeyError):
        end(name)


_ACTIVE = (
    "onclick onload oncontentvisibilityautostatechange srcdoc srcset formaction ping id href src "
    "data action name target contenteditable tabindex data-node xlink:href is popover slot "
    "accesskey background autofocus hidden inert poster longdesc usemap nonce"
)


@pytest.mark.parametrize("attribute", _ACTIVE.split())
def test_no_element_takes_an_attribute_that_acts(attribute: str) -> None:
    for element in ELEMENTS:
        assert start(element, {attribute: "javascript:a()"}).html == f"<{element}>"


_KNOWN = """
* title, * lang, * dir, * align, * style, a href, img src, img alt, img width, img height,
video src, video width, video height, video controls, input type, input checked, input disabled,
ol start, ol type, ol reversed, li value, sup id, td colspan, td rowspan, td width, td height,
td valign, td scope, th colspan, th rowspan, th width, th height, th valign, th scope, tr valign,
table border, table width, col span, col width, colgroup span, colgroup width, font color,
time datetime, del datetime, ins datetime, details open, div data-title, span data-linenos
"""


def test_the_attributes_of_each_element_are_these() -> None:
    known = {f"{e} {a}" for e, checks in ATTRIBUTES.items() for a in checks}
    known |= {f"{e} {a}" for e, flags in FLAGGED.items() for a in flags}
    assert known == set(re.split(r",\s+", _KNOWN.strip()))


@pytest.mark.parametrize(
    ("name", "attributes", "html"),
    [
        ("p", {"title": 'a"b<c'}, '<p title="a&quot;b&lt;c">'),
        ("p", {"title": ""}, "<p>"),
        ("img", {"alt": ""}, '<img alt="">'),
        ("img", {"src": "a b.png"}, "<img>"),
        ("img", {"src": "ä-12.png", "width": "50%"}, '<img src="ä-12.png" width="50%">'),
        ("img", {"width": "1e9", "height": "calc(1px)"}, "<img>"),
        ("a", {"href": "https://e.org/?a=b&c#d"}, '<a href="https://e.org/?a=b&amp;c#d">'),
        ("a", {"href": "https://e.org/ x"}, "<a>"),
        ("a", {"href": "HTTPS://e.org"}, "<a>"),
        ("a", {"href": "data:text/html,x"}, "<a>"),
        ("td", {"colspan": "1000"}, "<td>"),
        ("td", {"colspan": "999", "scope": "row"}, '<td colspan="999" scope="row">'),
        ("td", {"colspan": "0"}, "<td>"),
        ("ol", {"start": "-3", "type": "I"}, '<ol start="-3" type="I">'),
        ("ol", {"reversed": "x"}, '<ol reversed="">'),
        ("ol", {"type": "javascript"}, "<ol>"),
        ("input", {"type": "text"}, "<input>"),
        ("input", {"type": "checkbox", "checked": "x"}, '<input type="checkbox" checked="">'),
        ("details", {"open": "javascript:"}, '<details open="">'),
        ("font", {"color": "red"}, '<font color="red">'),
        ("font", {"color": "url(x)"}, "<font>"),
        ("time", {"datetime": "2025-10-30T10:00"}, '<time datetime="2025-10-30T10:00">'),
        ("time", {"datetime": "a<b"}, "<time>"),
        ("p", {"lang": "de-CH", "dir": "rtl"}, '<p lang="de-CH" dir="rtl">'),
        ("p", {"lang": "a b", "dir": "x", "align": "a"}, "<p>"),
        ("p", {"style": "color:red;position:fixed"}, '<p style="color:red">'),
        ("sup", {"id": "fnref-12"}, '<sup id="fnref-12">'),
        ("sup", {"id": "fnref-12x"}, "<sup>"),
        ("span", {"data-linenos": " 7"}, '<span data-linenos=" 7">'),
        ("span", {"data-linenos": "x"}, "<span>"),
        ("table", {"border": "1"}, '<table border="1">'),
        ("tr", {"valign": "top"}, '<tr valign="top">'),
        ("tr", {"valign": "x"}, "<tr>"),
        ("li", {"value": "4"}, '<li value="4">'),
        ("li", {"value": "x"}, "<li>"),
        ("video", {"src": "a.mp4", "controls": ""}, '<video src="a.mp4" controls="">'),
    ],
)  # fmt: skip
def test_values(name: str, attributes: dict[str, str], html: str) -> None:
    assert start(name, attributes).html == html


def test_sounds_have_flat_names() -> None:
    assert write([sound("a-12.mp3")]) == "[sound:a-12.mp3]"
    for name in ("../a.mp3", "a]b", "a<b", ""):
        with pytest.raises(ValueError, match=f"^{re.escape(name)}$"):
            sound(name)


def test_only_deletions_hold_braces_in_a_cloze() -> None:
    nodes: list[Node] = [
        deletion(2),
        "a}} ::{{c1::",
        start("b", {"title": "{{c1::x}}"}),
        end("b"),
        deletion_end(),
    ]
    assert write(nodes, is_cloze=True).count("{{c") == 1
    assert write(nodes, is_cloze=True).count("}}") == 1
    assert write(nodes, is_cloze=True).count("::") == 1


def test_a_hint_makes_no_code_of_anki_s_brackets() -> None:
    assert deletion_end("sound:a.mp3").html == "::&#115;ound:a.mp3}}"
    assert deletion_end("$x").html == "::&#36;x}}"
    assert deletion_end("a::}}").html == "::a&#58;&#58;&#125;&#125;}}"
    assert deletion_end().html == "}}"


def test_plain_text_is_what_nodes_say() -> None:
    nodes: list[Node] = ["a", start("p"), "b", end("p"), footnote_mark(1, 1), start("b"), "c"]
    nodes += (end("b"), "\n d")
    assert plain(nodes) == "a b c d"
    assert BLOCKS < ELEMENTS


@pytest.mark.parametrize(
    "html",
    [
        "<math><script>x</script></math>",
        '<math><mi href="https://e.org">x</mi></math>',
        '<math onclick="x"><mi>x</mi></math>',
        '<math><mi class="mathjax_process">x</mi></math>',
        "<math><annotation-xml>x</annotation-xml></math>",
        "<math><maction>x</maction></math>",
        "<math><mi a>x</mi></math>",
        "<svg></svg>",
    ],
)
def test_a_formula_with_anything_else_is_refused(html: str) -> None:
    with pytest.raises(NotAllowedError):
        formula(html, "x")


def test_a_formula_touches_no_tag() -> None:
    assert formula("<math><mo>\u0338</mo><mo>\u226f</mo></math>", "x").html == (
        "<math><mo>&#824;</mo><mo>&#8815;</mo></math>"
    )
    assert formula("\\(a&lt;b\\)", "x").html == "\\(a&lt;b\\)"
    assert formula("\\[sound:a.mp3]\\]", "x").html == "\\[ sound:a.mp3]\\]"
    assert formula("\\[$]\\]", "x").html == "\\[ $]\\]"
    assert formula('<code class="math-error">\\(</code>', "x").html == (
        '<code class="math-error"><span class="tex2jax_ignore">\\</span>(</code>'
    )


@pytest.mark.parametrize("is_cloze", [False, True])
def test_what_is_written_already_stands_as_its_nodes_do(is_cloze: bool) -> None:
    nodes: list[Node] = [start("p"), "{{c1::a}} <b>", start("br"), "\u0338 é[sound:", end("p")]
    around = ["x{", *nodes, "\u0338::"]
    as_one: list[Node] = ["x{", whole(nodes), "\u0338::"]
    assert write(as_one, is_cloze=is_cloze) == write(around, is_cloze=is_cloze)
    assert plain(as_one) == plain(around)


@pytest.mark.parametrize("text", ["a\nb", "a\x1fb", "a \t\x00b", "e\u0301\xa0b\ufffe", "\x7f"])
def test_plain_text_is_one_clean_line(text: str) -> None:
    assert plain([text]) == " ".join(clean(text).split())


@pytest.mark.parametrize(
    ("parts", "html"),
    [
        ("<p> a {{ </p> <div> b }} </div>", "<p>a</p>{{c1::<div>b</div>}}"),
        ("<p> {{ a </p> <div> b }} c </div>", "<p>{{c1::a}}</p>{{c1::<div>b</div>}}c"),
        ("{{ <div> a }} b </div>", "{{c1::<div>a</div>}}b"),
        ("<b> {{ {{ a </b> b }} c }} d", "<b>{{c1::{{c1::a}}}}</b>{{c1::{{c1::b}}c}}d"),
        ("<p> {{ a", "<p>{{c1::a}}</p>"),
        ("a }} b", "ab"),
    ],
)
def test_a_deletion_holds_whole_elements(parts: str, html: str) -> None:
    """Else a card that hides it would hide one tag of two."""
    tags = {"{{": deletion(1), "}}": deletion_end()}
    nodes: list[Node] = [
        tags.get(p) or (end(p[2:-1]) if p[:2] == "</" else start(p[1:-1]) if p[0] == "<" else p)
        for p in parts.split()
    ]
    assert write(nodes, is_cloze=True) == html


def test_a_deletion_does_not_begin_with_what_anki_makes_a_shape_of() -> None:
    """Anki writes the properties of a shape as attributes, and does not escape them."""
    nodes: list[Node] = [deletion(1), 'image-occlusion:rect:left=" onclick="x', deletion_end()]
    assert "image-occlusion:" not in write(nodes, is_cloze=True)


def test_what_is_not_written_parts_no_text() -> None:
    assert write(["[", WORD_EDGE, "sound:a.mp3]"]) == "&#91;sound:a.mp3]"
    assert plain(["a", WORD_EDGE, "b"]) == "a b"


@pytest.mark.parametrize("code", ["[[type:Question]]", "[[type:\\g<9>]]"])
def test_text_is_no_place_to_type_into(code: str) -> None:
    assert write([code]).startswith("&#91;[type:")


def test_a_formula_keeps_its_attributes_in_their_quotes() -> None:
    html = '<math alttext="\uff02 onload=x"><mo lspace="0em" class="m-l">x</mo></math>'
    assert formula(html, "x").html == html.replace("\uff02", "&#65282;")
    assert settle_value('"<\uff1e') == "&quot;&lt;&#65310;"


def test_tex_ends_where_its_end_is_written() -> None:
    assert formula("\\(a{b\\)", "x").html == "\\(a{b%}\\)"
    assert formula("\\(a\\{b\\)", "x").html == "\\(a\\{b\\)"
    assert formula("\\(a\\\\)", "x").html == "\\(a\\ \\)"


def test_names_of_decks_hold_no_brackets() -> None:
    assert without_brackets("a<b>c") == "a\u2039b\u203ac"


def test_elements_with_attributes_end_where_they_begin() -> None:
    assert write([start("p", {"title": "a"}), "b"]) == '<p title="a">b</p>'
    assert write([start("p"), start("img", {"alt": "a"}), end("p")]) == '<p><img alt="a"></p>'
    assert plain(["a", start("p", {"title": "x"}), "b", start("b", said=" c "), "d"]) == "a b c d"


@pytest.mark.parametrize(
    ("body", "lead_out"),
    [(r"\verb|}{|", "%}"), (r"\verb|}|", ""), ("{a}", ""), (r"\verb|{{|", "%}}")],
)
def test_braces_that_a_formula_leaves_open_end_before_its_end(body: str, lead_out: str) -> None:
    assert formula(rf"\({body}\)", "").html == rf"\({body}{lead_out}\)"
