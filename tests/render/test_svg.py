"""A drawing is let through when all that it holds is on a list."""

from pathlib import Path

import pytest

from generator.render.context import MediaProblem
from generator.render.media import MediaFolder
from generator.render.svg import ActiveSvgError, check_svg
from tests.security.names import HANDLERS, HTML, MATHML

_ROOT = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_X = 'xmlns:x="http://www.w3.org/2000/svg"'
_H = 'xmlns:h="http://www.w3.org/1999/xhtml"'


def _svg(inner: str, attributes: str = "") -> str:
    return f"{_ROOT} {attributes}>{inner}</svg>"


_PICTURE = "data:image/png;base64,iVBORw0KGgo="
_PLAIN = (
    _svg('<g id="a"><path d="M0 0h1"/></g><use href="#a"/><use xlink:href="#a"/>'),
    _svg("<style>.a { fill: url(#b); stroke: red } /* on= */</style>", 'viewBox="0 0 1 1"'),
    _svg("<style>.a { fill: red }</style><style/><rect/>"),
    _svg("<text>on the script = 1, javascript: and &lt;script></text>"),
    _svg('<a href="https://e.org/"><title>a</title></a>'),
    _svg(f'<image href="{_PICTURE}" width="1"/>'),
    _svg('<circle r="1"><animate attributeName="r" values="1;2" dur="1s"/></circle>'),
    _svg('<linearGradient id="b"><stop offset="0" stop-color="red"/></linearGradient>'),
    '<?xml version="1.0" encoding="UTF-8"?>\n<!-- a -->\n' + _svg("<rect/>"),
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' + _svg("<rect/>"),
    _svg('<metadata><i:x i:onload="1"/></metadata>', 'xmlns:i="http://www.inkscape.org/namespaces/inkscape"'),
    _svg('<text i:label="a" xml:space="preserve" xml:lang="en"/>', 'xmlns:i="http://www.inkscape.org/namespaces/inkscape"'),
    "\ufeff" + _svg("<rect/>"),
)  # fmt: skip
_ACTIVE = (
    _svg("<script>x()</script>"),
    _svg("<x:script>x()</x:script>", _X),
    f"<x:svg {_X}><x:script/></x:svg>",
    _svg("<rect/>", 'onload="x()"'),
    _svg('<rect OnClick="x()"/>'),
    _svg('<rect x:onclick="x()"/>', _X),
    _svg('<a href="javascript:x()"><rect/></a>'),
    _svg('<a href="java&#115;cript:x()"><rect/></a>'),
    _svg('<a href="&#9;javascript:x()"><rect/></a>'),
    _svg('<a xlink:href="data:text/html,x"><rect/></a>'),
    _svg('<a><animate attributeName="href" values="javascript:x()"/></a>'),
    _svg('<a><set attributeName="xlink:href" to="javascript:x()"/></a>'),
    _svg('<set attributeName="onclick" to="x()"/>'),
    _svg("<foreignObject><p>a</p></foreignObject>"),
    _svg("<h:iframe src='x'/>", _H),
    _svg("<h:img src='x' onerror='x()'/>", _H),
    _svg("<iframe src='x'/>"),
    _svg("<handler/><listener/>"),
    _svg('<image href="https://e.org/a.png"/>'),
    _svg('<image href="data:image/svg+xml;base64,PHN2Zz4="/>'),
    _svg('<use href="https://e.org/a.svg#x"/>'),
    _svg('<use href="data:image/svg+xml,x#y"/>'),
    _svg("<style>@import 'https://e.org/a.css';</style>"),
    _svg("<style>a { background: url(https://e.org/a) }</style>"),
    _svg("<style>a { background: ur\\6c (https://e.org/a) }</style>"),
    _svg("<style>@im<desc>x</desc>port 'https://e.org/a';</style>"),
    _svg("<style>a<style>b</style>@import 'https://e.org/a';</style>"),
    _svg("<style>a<i:b/>b</style>", 'xmlns:i="http://www.inkscape.org/namespaces/inkscape"'),
    _svg("<style>a { background: image-set('https://e.org/a' 1x) }</style>"),
    _svg("<style>a { background: -webkit-image-set('https://e.org/a' 1x) }</style>"),
    _svg("<rect style=\"mask:image('https://e.org/a')\"/>"),
    _svg("<rect mask=\"src('https://e.org/a')\"/>"),
    _svg('<rect style="fill:url(https://e.org/a)"/>'),
    _svg('<rect fill="url( &quot;//e.org/a&quot; )"/>'),
    _svg('<feImage href="https://e.org/a"/>'),
    _svg("<rect/>", 'xml:base="https://e.org/"'),
    "<html><svg/></html>",
    '<g xmlns="http://www.w3.org/2000/svg"><rect/></g>',
    f'<x xmlns="http://creativecommons.org/ns#">{_svg("<rect/>")}</x>',
    "<svg><rect/></svg>",
    '<!DOCTYPE svg [<!ENTITY x "y">]>' + _svg("&x;"),
    '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x()">]>' + _svg("<rect/>"),
    '<!DOCTYPE svg SYSTEM "https://e.org/a.dtd">' + _svg("<rect/>"),
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "https://e.org/a.dtd">' + _svg("<rect/>"),
    '<?xml-stylesheet href="https://e.org/a.css"?>' + _svg("<rect/>"),
    '<?xml version="1.0" encoding="ISO-2022-JP"?>' + _svg("<rect/>"),
    '<?xml version="1.0" encoding="utf-16"?>' + _svg("<rect/>"),
    '<?xml version="1.0" encoding="UTF-7"?>' + _svg("+ADw-script+AD4-"),
    _svg("<rect>"),
    "",
)


@pytest.mark.parametrize("svg", _PLAIN)
def test_a_plain_drawing_passes(svg: str) -> None:
    check_svg(svg.encode())


@pytest.mark.parametrize("svg", _ACTIVE)
def test_an_active_drawing_is_refused(svg: str) -> None:
    with pytest.raises(ActiveSvgError):
        check_svg(svg.encode())


_DRAWS = frozenset({"a", "set", "svg", "font", "image", "style", "switch", "title", "text", "view"})
"""Names of HTML or of rarer parts of SVG that a drawing may have."""
_OF_RARE_SVG = "canvas audio animation color-profile cursor discard feImage font-face-format "
_OF_RARE_SVG += "font-face-name font-face-src font-face-uri foreignObject glyphRef handler iframe "
_OF_RARE_SVG += "altGlyph altGlyphDef altGlyphItem animateColor hatch hatchpath listener mesh "
_OF_RARE_SVG += "prefetch script solidColor tbreak textArea unknown video srcdoc onclick"
_LOADS = "action archive background cite classid code codebase data formaction href2 longdesc "
_LOADS += "ping poster profile script src srcdoc srcset usemap http-equiv is nonce"


def _is_refused(svg: str) -> bool:
    try:
        check_svg(svg.encode())
    except ActiveSvgError:
        return True
    return False


def test_no_handler_passes_wherever_it_is_written() -> None:
    for name in (*HANDLERS, *_LOADS.split()):
        assert _is_refused(_svg(f'<rect {name}="x"/>')), name
        assert _is_refused(_svg(f'<a {name.upper()}="x"/>')), name
        assert _is_refused(_svg(f'<a xlink:{name}="x"/>')), name
        assert _is_refused(_svg("", f'{name}="x"')), name


def test_no_element_that_acts_or_loads_passes() -> None:
    for name in {*HTML, *MATHML, *_OF_RARE_SVG.split(), *HANDLERS} - _DRAWS:
        assert _is_refused(_svg(f"<{name}/>")), name


def test_data_and_names_for_readers_pass() -> None:
    check_svg(_svg('<rect data-a-1="x" aria-label="x" role="img"/>').encode())
    assert _is_refused(_svg('<rect xdata-a="x"/>'))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "cp037"])
def test_other_encodings_are_refused(encoding: str) -> None:
    with pytest.raises(ActiveSvgError):
        check_svg(_svg("<text>é</text>").encode(encoding))


@pytest.mark.parametrize(("name", "link"), [("a.svg", "b.png"), ("a.png", "b.svg")])
def test_a_link_does_not_rename_an_active_drawing(tmp_path: Path, name: str, link: str) -> None:
    (tmp_path / name).write_text(_ACTIVE[0])
    (tmp_path / link).symlink_to(name)
    assert MediaFolder([tmp_path])("p.md", link) is MediaProblem.ACTIVE
