"""Vectors by the classes of public lists, made of the names of everything that browsers know.

The classes are those of PortSwigger's cheat sheet (each event handler with what sets it off, each
element with each), of OWASP's filter evasion (spellings of tags and addresses), of html5sec
(elements that load, styles), and of the mutation attacks that DOMPurify and nh3 had to mend
(namespaces, raw text, nesting). Each vector calls `canary()` if it gets through.
"""

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Final

from tests.security.names import HANDLERS, HTML, MATHML, SVG

_BLANKS: Final = (
    "\t",
    "\n",
    "\f",
    "\r",
    "/",
    "\x0b",
    "\0",
    "\xa0",
    "\u2028",
    "\u3000",
    "//",
    " / ",
)
_SETS_OFF: Final = (
    " style=display:block;animation:x;transition:all;content-visibility:auto",
    " tabindex=1 autofocus contenteditable popover open controls autoplay",
    " src=x href=# data=x action=x srcset=x poster=x background=x",
    " id=x name=x form=x draggable=true scrollable type=image",
)
_RAW_TEXT: Final = ("style", "script", "textarea", "title", "noscript", "xmp", "iframe", "noembed")
_RAW_TEXT_TOO: Final = ("noframes", "plaintext", "template", "select", "listing", "svg", "math")
_INTEGRATION: Final = {
    "svg": ("title", "desc", "foreignObject", "style", "script", "a", "text", "switch"),
    "math": ("mtext", "mi", "mo", "mn", "ms", "annotation-xml", "mglyph", "malignmark", "maction"),
}
_BREAKOUTS: Final = (
    "p",
    "table",
    "img src=x",
    "style",
    "mglyph",
    "br",
    "select",
    "font color=x",
    "h1",
)
_SCHEMES: Final = (
    *("javascript:canary()", "vbscript:canary()", "data:text/html,<script>canary()</script>"),
    *(
        "data:image/svg+xml,<svg onload=canary() xmlns='http://www.w3.org/2000/svg'>",
        "livescript:x",
    ),
    *("javascript://%0acanary()", "blob:x", "filesystem:x", "file:///etc/passwd", "about:blank"),
    *("view-source:x", "jar:x", "mocha:x", "intent:x", "signal:x", "ms-its:x", "pycmd:x"),
)
_STYLES: Final = (
    *(
        "background:url(javascript:canary())",
        "background:url(//e.org/x)",
        "list-style:url(//e.org)",
    ),
    *(
        "width:expression(canary())",
        "behavior:url(x)",
        "-moz-binding:url(x)",
        "position:fixed;inset:0",
    ),
    *(
        "background:u\\72l(//e.org)",
        "back\\67round:url(//e.org)",
        "a:b;/**/background:url(//e.org)",
    ),
    *(
        "background:image-set('//e.org' 1x)",
        "animation:x 1s",
        "content:url(//e.org)",
        "cursor:url(//e)",
    ),
    *("color:red;}</style><img src=x onerror=canary()>", "--x:url(//e.org)", "mask:src('//e.org')"),
    *(
        'font-family:"</p><img src=x onerror=canary()>"',
        "@import '//e.org'",
        "x:\\",
        "color:red\\3bx:y",
    ),
)


@cache
def classes() -> dict[str, tuple[str, ...]]:
    """Return class → its vectors, as Markdown that stays on one line of a page."""
    made = {
        "handlers": _handlers(),
        "elements": _elements(),
        "tags": _tags(),
        "addresses": _addresses(),
        "styles": _styles(),
        "namespaces": _namespaces(),
        "raw text": _raw_text(),
        "nesting": _nesting(),
        "attribute lists": _attribute_lists(),
    }
    return {name: tuple(dict.fromkeys(vectors)) for name, vectors in made.items()}


def _handlers() -> Iterator[str]:
    for number, handler in enumerate(HANDLERS):
        name = (*HTML, *SVG, *MATHML)[number * 7 % (len(HTML) + len(SVG) + len(MATHML))]
        quote = ("", "'", '"')[number % 3]
        blank = (" ", "\t", "/")[number % 3]
        yield f"<{name}{blank}{handler}={quote}canary(){quote}{_SETS_OFF[number % 4]}>x</{name}>"


def _elements() -> Iterator[str]:
    for number, name in enumerate((*HTML, *SVG, *MATHML)):
        around = ("{}", "<svg>{}</svg>", "<math>{}</math>")[
            (number >= len(HTML)) * (1 + number % 2)
        ]
        tag = f"<{name} onload=canary() onclick=canary() src=//e.org href=javascript:canary()>"
        yield around.format(f"{tag}canary()</{name}>")
        yield f"<{name.upper()} xlink:href=javascript:canary() formaction=javascript:canary()>x"


def _tags() -> Iterator[str]:
    for blank in _BLANKS:
        yield f"<img{blank}src=x{blank}onerror=canary()>"
        yield f"<img src=x onerror{blank}={blank}canary()>"
        yield f"<img src=x onerror=canary(){blank}>"
        yield f"<{blank}img src=x onerror=canary()>"
        yield f"<{blank}script>canary()</{blank}script{blank}>"
        yield f"<b{blank}onclick=canary()>x</b>"
    for opening, closing in product(
        ("<", "<<", "<!", "<?", "<%", "&lt;", "\\x3c", "\\<"), (">", "", "/>")
    ):
        yield f"{opening}img src=x onerror=canary(){closing}"
        yield f"{opening}script>canary(){opening}/script{closing}"
    for inside in (
        "a>b",
        "a`b",
        "a'b",
        'a"b',
        "a&quot;b",
        "a&#34;b",
        "a\\",
        "a--b",
        "-->",
        "]]>",
        "a=b",
    ):
        yield f'<b title="{inside}" onclick=canary()>x</b>'
        yield f"<b title='{inside}' onclick=canary()>x</b>"
        yield f"<b title={inside} onclick=canary()>x</b>"


def _spellings(address: str) -> Iterator[str]:
    yield address
    yield address.swapcase()
    for control in ("&#1;", "&Tab;", "&NewLine;", "&#x0D;", "\x01", "&#8203;", "&shy;", "&#xA0;"):
        yield control + address
        yield address[:4] + control + address[4:]
    yield "".join(f"&#{ord(c)};" for c in address[:11]) + address[11:]
    yield "".join(f"&#x{ord(c):07X}" for c in address[:11]) + address[11:]
    yield address.replace(":", "&colon;", 1)
    yield address.replace(":", "%3A", 1)
    yield address.replace("s", "\u017f", 1)


def _addresses() -> Iterator[str]:
    shapes = (
        *("<a href='{}'>x</a>", "[x]({})", "[x](<{}>)", "![x]({})", "<{}>", "[x][r] [r]: {}"),
        *("<img src='{}'>", "<form action='{}'><button>x", "<iframe src='{}'>", "<video src='{}'>"),
        *("<svg><a xlink:href='{}'><text>x</text></a></svg>", "<math href='{}'><mi>x</mi></math>"),
        *(
            "<input type=image src='{}'>",
            "<button formaction='{}'>x",
            "<object data='{}'>x</object>",
        ),
        *(
            "<link rel=stylesheet href='{}'>",
            "<base href='{}'>",
            "<meta http-equiv=refresh content='0;{}'>",
        ),
        *("<embed src='{}'>", "<body background='{}'>", "<audio src='{}'>", "<source srcset='{}'>"),
        *("<svg><use href='{}'/></svg>", "<svg><image href='{}'/></svg>", "<area href='{}'>"),
    )
    for number, scheme in enumerate(_SCHEMES):
        for at, spelling in enumerate(_spellings(scheme)):
            yield shapes[(number * 5 + at) % len(shapes)].format(spelling)
            yield shapes[at % 3].format(spelling)


def _styles() -> Iterator[str]:
    for style in _STYLES:
        yield f"<p style='{style}'>x</p>"
        yield f'<div markdown style="{style}">x</div>'
        yield f"<style>*{{{style}}}</style>x"
        yield f"<svg><style>*{{{style}}}</style></svg>"
        yield f"**x**{{ style='{style}' }}"


def _namespaces() -> Iterator[str]:
    bomb = "<img src=x onerror=canary()>"
    for root, names in _INTEGRATION.items():
        for name, breakout in product(names, _BREAKOUTS):
            tag = "annotation-xml encoding=text/html" if name == "annotation-xml" else name
            yield f"<{root}><{tag}><{breakout}><style><!--</style>{bomb}--></style></{root}>"
        for name, text in product(names, _RAW_TEXT):
            yield f"<{root}><{name}><{text}></{root}>{bomb}</{text}></{name}>"
            yield f'<{root}></p><{text}><a title="</{text}>{bomb}">'


def _raw_text() -> Iterator[str]:
    bomb = "<img src=x onerror=canary()>"
    for name in (*_RAW_TEXT, *_RAW_TEXT_TOO):
        yield f"<{name}>{bomb}</{name}>"
        yield f'<{name}><p title="</{name}>{bomb}">'
        yield f"<{name}><!--</{name}>{bomb}-->"
        yield f"<{name}/>{bomb}</{name}>"
        yield f"<{name}>&lt;/{name}&gt;{bomb.replace('<', '&lt;')}</{name}>"
        yield f"<{name}></{name[:2]}</{name}>{bomb}"
        yield f"<div><{name}></div>{bomb}</{name}>"


def _nesting() -> Iterator[str]:
    bomb = "<img src=x onerror=canary()>"
    pairs = (
        "form",
        "table",
        "a",
        "select",
        "option",
        "b",
        "button",
        "nobr",
        "li",
        "p",
        "caption",
        "svg",
    )
    for outer, inner in product(pairs, pairs):
        yield f"<{outer}><{inner}><{outer}></{inner}></{outer}>{bomb}"
    for depth in (3, 60, 300):
        yield "<b><p>" * depth + bomb
        yield "<div><table>" * (depth // 3) + bomb
        yield "<svg><desc>" * (depth // 3) + f"<style><a title='</style>{bomb}'>"


def _attribute_lists() -> Iterator[str]:
    shapes = (
        *(
            "**x**{{ {}=canary() }}",
            "[x](https://e.org){{ {}='canary()' }}",
            "`x`{{ {}=canary() }}",
        ),
        *('![x](a.png){{: {}="canary()" }}', "x {{: {}=canary() }}", "==x=={{ {}=canary() }}"),
        *("### x {{ {}=canary() }}", "<b markdown {}=canary()>x</b>", "[x]{{ {}=canary() }}"),
    )
    for number, handler in enumerate(HANDLERS):
        yield shapes[number % len(shapes)].format(handler)


@cache
def class_vectors() -> tuple[str, ...]:
    """Return all vectors of all classes, each once."""
    return tuple(dict.fromkeys(vector for made in classes().values() for vector in made))
