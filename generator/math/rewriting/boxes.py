"""Boxes, bars, strokes, rules and shifted pieces: CSS classes on finished MathML elements."""

from generator.math.atoms import Atom
from generator.math.rewriting.colors import parse_color
from generator.math.rewriting.rewriter import Rewrite, Rewriter, UnsupportedError, no_length
from generator.math.rewriting.spaces import take_length
from generator.math.rewriting.text import place_text
from generator.math.tex.lengths import format_em, parse_length
from generator.math.tex.tokens import TexToken, in_braces


def _wrap_in(tag: str, *, is_text: bool = False, **attributes: str) -> Rewrite:
    """Make the rule of a command that puts its one argument, a text or not, into an element."""
    atom = Atom(tag, {name.rstrip("_"): value for name, value in attributes.items()})

    def rewrite(rewriter: Rewriter, token: TexToken) -> None:
        wrap = _wrap_text if is_text else Rewriter.wrap
        wrap(rewriter, atom, rewriter.argument(), token.offset)

    return rewrite


def _rewrite_smash(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\smash[b]{y}`: no height (t), no depth (b), or neither."""
    which = rewriter.optional_word()
    attributes = {"height": "0"} if which != "b" else {}
    if which != "t":
        attributes["depth"] = "0"
    rewriter.wrap(Atom("mpadded", attributes), rewriter.argument(), token.offset)


def _wrap_text(rewriter: Rewriter, atom: Atom, content: list[TexToken], offset: int) -> None:
    place_text(rewriter, content, offset)
    rewriter.wrap(atom, rewriter.argument(), offset)


def take_color(rewriter: Rewriter, token: TexToken) -> str:
    r"""Take `[model]{colour}`; a name may come from `\definecolor`."""
    model = rewriter.optional_word()
    name = rewriter.word()
    color = rewriter.colors.get(name) or parse_color(name, model)
    if color is None:
        raise UnsupportedError(token.offset, token.text)
    return color


def _rewrite_colorbox(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\colorbox{yellow}{text}`."""
    background = take_color(rewriter, token)
    atom = Atom("mrow", {"class": "m-pad", "mathbackground": background})
    _wrap_text(rewriter, atom, rewriter.argument(), token.offset)


def _rewrite_fcolorbox(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\fcolorbox{red}{yellow}{text}`: the frame keeps its colour, the text does not take it."""
    frame = take_color(rewriter, token)
    background = take_color(rewriter, token)
    content = rewriter.argument()
    outer = Atom("mrow", {"class": "m-box", "mathcolor": frame, "mathbackground": background})
    _wrap_text(rewriter, Atom("mrow", {"class": "m-ink"}), content, token.offset)
    rewriter.wrap(outer, rewriter.argument(), token.offset)


def _rewrite_cancelto(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\cancelto{0}{x}`: struck out, the value above."""
    offset = token.offset
    value, content = rewriter.argument(), rewriter.argument()
    rewriter.push(TexToken("^", offset), *in_braces(value, offset))
    rewriter.wrap(Atom("mrow", {"class": "m-cancel"}), content, offset)


def _rewrite_rule(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\rule[shift]{width}{height}`."""
    shift = parse_length(rewriter.optional_word() or "0pt") or 0.0
    width = parse_length(rewriter.word())
    height = parse_length(rewriter.word())
    if width is None or height is None:
        raise no_length(token)
    attributes = {
        "class": "m-rule",
        "width": format_em(max(0.0, width)),
        "height": format_em(max(0.0, height + shift)),
        "depth": format_em(max(0.0, -shift)),
    }
    rewriter.place(Atom("mpadded", attributes, ""), token.offset)


def _rewrite_raisebox(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\raisebox{2pt}{text}`."""
    shift = parse_length(rewriter.word())
    if shift is None:
        raise no_length(token)
    rewriter.optional()
    rewriter.optional()
    atom = Atom("mpadded", {"voffset": format_em(shift)})
    _wrap_text(rewriter, atom, rewriter.argument(), token.offset)


def _rewrite_raise(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\raise 2pt{x}`, `\lower 2pt\hbox{x}`: the length has no braces."""
    text = take_length(rewriter)
    shift = parse_length(text)
    if shift is None:
        raise no_length(token)
    shift = -shift if token.text == "\\lower" else shift
    _wrap_box(rewriter, Atom("mpadded", {"voffset": format_em(shift)}), token.offset)


def _wrap_box(rewriter: Rewriter, atom: Atom, offset: int) -> None:
    """Wrap the next box: a group, or a box command with its group."""
    if rewriter.peek() in ("\\hbox", "\\mbox", "\\text", "\\vcenter"):
        command = rewriter.argument()
        content = [*command, *in_braces(rewriter.argument(), offset)]
    else:
        content = rewriter.argument()
    rewriter.wrap(atom, content, offset)


def _rewrite_vcenter(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\vcenter{\hbox{…}}`."""
    _wrap_box(rewriter, Atom("mrow", {"class": "m-vcenter"}), token.offset)


def _rewrite_enclose(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\enclose{box,circle}{x}`: the notations that CSS can draw."""
    words = rewriter.word().replace(",", " ").split()
    rewriter.optional()
    classes = [_ENCLOSE[word] for word in words if word in _ENCLOSE]
    if not words or len(classes) != len(words):
        raise UnsupportedError(token.offset, token.text)
    atom = Atom("mrow", {"class": " ".join(classes)})
    rewriter.wrap(atom, rewriter.argument(), token.offset)


_ENCLOSE = {
    "box": "m-box",
    "roundedbox": "m-box m-round",
    "circle": "m-box m-circle",
    "top": "m-overline",
    "bottom": "m-underline",
    "left": "m-left",
    "right": "m-right",
    "actuarial": "m-overline m-right",
    "updiagonalstrike": "m-cancel",
    "downdiagonalstrike": "m-bcancel",
    "horizontalstrike": "m-sout",
}


def _rewrite_angln(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\angln`: an `n` under an angle."""
    atom = Atom("mrow", {"class": "m-overline m-right"})
    rewriter.wrap(atom, [TexToken("n", token.offset)], token.offset)


def _rewrite_bbox(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\bbox[5px,yellow,border:2px solid red]{x}` (MathJax)."""
    attributes = {"class": "m-pad"}
    for part in filter(None, map(str.strip, rewriter.optional_word().split(","))):
        if part.startswith("border:"):
            attributes["class"] = "m-box"
        elif color := parse_color(part):
            attributes["mathbackground"] = color
        elif parse_length(part) is None:
            raise UnsupportedError(token.offset, token.text)
    rewriter.wrap(Atom("mrow", attributes), rewriter.argument(), token.offset)


def _rewrite_mathmakebox(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\mathmakebox[width][c]{x}`: the width is left to the content."""
    rewriter.optional()
    rewriter.optional()
    rewriter.push(*in_braces(rewriter.argument(), token.offset))


def _rewrite_framebox(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\framebox[width][c]{text}`: the width is left to the content."""
    rewriter.optional()
    rewriter.optional()
    BOXES["\\fbox"](rewriter, token)


def _laps(prefix: str, *, is_text: bool) -> dict[str, Rewrite]:
    r"""Return the rules of `\mathllap`, `\mathrlap` and `\mathclap`, or others of their kind."""
    return {
        f"\\{prefix}{side}lap": _wrap_in(
            "mpadded", width="0", class_=f"m-{side}lap", is_text=is_text
        )
        for side in "lrc"
    }


BOXES: dict[str, Rewrite] = {
    "\\boxed": _wrap_in("mrow", class_="m-box"),
    "\\fbox": _wrap_in("mrow", class_="m-box", is_text=True),
    "\\framebox": _rewrite_framebox,
    "\\mathmakebox": _rewrite_mathmakebox,
    "\\mathmbox": _rewrite_mathmakebox,
    "\\cancel": _wrap_in("mrow", class_="m-cancel"),
    "\\bcancel": _wrap_in("mrow", class_="m-bcancel"),
    "\\xcancel": _wrap_in("mrow", class_="m-cancel m-bcancel"),
    "\\cancelto": _rewrite_cancelto,
    "\\sout": _wrap_in("mrow", class_="m-sout"),
    "\\overline": _wrap_in("mrow", class_="m-overline"),
    "\\underline": _wrap_in("mrow", class_="m-underline"),
    "\\underbar": _wrap_in("mrow", class_="m-underline", is_text=True),
    "\\angl": _wrap_in("mrow", class_="m-overline m-right"),
    "\\phase": _wrap_in("mrow", class_="m-underline m-phase"),
    "\\angln": _rewrite_angln,
    "\\enclose": _rewrite_enclose,
    "\\smash": _rewrite_smash,
    "\\colorbox": _rewrite_colorbox,
    "\\fcolorbox": _rewrite_fcolorbox,
    "\\bbox": _rewrite_bbox,
    "\\rule": _rewrite_rule,
    "\\raisebox": _rewrite_raisebox,
    "\\raise": _rewrite_raise,
    "\\lower": _rewrite_raise,
    "\\vcenter": _rewrite_vcenter,
    **_laps("math", is_text=False),
    **_laps("cramped", is_text=False),
    **_laps("", is_text=True),
    **_laps("text", is_text=True),
}
