"""Sizes, styles, fonts, colours and operators in the spelling that converters read."""

from collections.abc import Callable

from generator.math.atoms import Atom
from generator.math.boxes import take_color, take_length
from generator.math.colors import parse_color
from generator.math.commands import known_commands
from generator.math.lengths import format_em, parse_length
from generator.math.rewriter import Rewriter, UnsupportedError, close_inner, keep_infix
from generator.math.spaces import rewrite_space
from generator.math.text import place_string
from generator.math.tokens import Token

Rule = Callable[[Rewriter, Token], None]


def _rewrite_cfrac(rewriter: Rewriter, token: Token) -> None:
    r"""`\cfrac[l]{1}{x}`: MathML Core aligns no numerator."""
    if rewriter.peek() == "[":
        raise UnsupportedError(token.offset, "\\cfrac[")
    rewriter.out.append(token.text)


def _write(*pieces: str) -> Rule:
    """Make the rule of a command that is written as fixed pieces."""

    def rule(rewriter: Rewriter, token: Token) -> None:
        rewriter.out.extend(pieces)

    return rule


def _rename(name: str) -> Rule:
    """Make the rule of a command that is another one under a second name."""

    def rule(rewriter: Rewriter, token: Token) -> None:
        rewriter.push(Token(name, token.offset))

    return rule


def _drop(rewriter: Rewriter, token: Token) -> None:
    """Leave out what nothing is seen of."""


def _drop_argument(rewriter: Rewriter, token: Token) -> None:
    r"""`\require{ams}`, `\class{x}{y}`: the first argument is nothing to see."""
    rewriter.argument()


def _size(ratio: float) -> Rule:
    def rule(rewriter: Rewriter, token: Token) -> None:
        atom = Atom("mstyle", {"mathsize": format_em(ratio)})
        rewriter.wrap(atom, rewriter.rest_of_group(), token.offset)

    return rule


def _rewrite_color(rewriter: Rewriter, token: Token) -> None:
    r"""`\color{red}` up to the end of the group."""
    is_first = not rewriter.out or rewriter.out[-1] in _OPENING
    rewriter.out.append(_color_switch(rewriter, token))
    if not is_first:
        keep_infix(rewriter)


_OPENING = frozenset({"{", "(", "[", "=", "&", "\\\\"})


def _rewrite_textcolor(rewriter: Rewriter, token: Token) -> None:
    r"""`\textcolor{red}{x}`."""
    switch = _color_switch(rewriter, token)
    rewriter.out += ["{", switch]
    rewriter.push(*rewriter.argument(), Token("}", token.offset))


def _color_switch(rewriter: Rewriter, token: Token) -> str:
    color = take_color(rewriter, token)
    return f"\\color[HTML]{{{color[1:].upper()}}}"


def _named_color(name: str) -> Rule:
    r"""Make the rule of KaTeX's `\blue{x}`."""
    color = parse_color(name) or "#000000"

    def rule(rewriter: Rewriter, token: Token) -> None:
        rewriter.out += ["{", f"\\color[HTML]{{{color[1:].upper()}}}"]
        rewriter.push(*rewriter.argument(), Token("}", token.offset))

    return rule


def _rewrite_operatorname(rewriter: Rewriter, token: Token) -> None:
    r"""`\operatorname*{arg\,max}`: a name of letters, spaces kept where written."""
    star = "*" if rewriter.accept("*") or token.text.endswith("withlimits") else ""
    content = rewriter.argument()
    name = _name(content)
    if name is None:
        upright = (Token("\\mathrm", token.offset), Token("{", token.offset))
        rewriter.defer([*upright, *content, Token("}", token.offset)], token.offset)
    else:
        rewriter.out.append(f"\\operatorname{star}{{{name}}}")


def _name(content: list[Token]) -> str | None:
    """Return a name made of letters only, else None."""
    name = "".join(_NAME_PARTS.get(part.text) or _letter(part.text) for part in content)
    return None if any(character in "\\{}^_&#$*∑∏∫" for character in name) else name


def _letter(text: str) -> str:
    if text == " " or text in _SILENT_IN_NAMES:
        return ""
    if text[0] != "\\":
        return text
    known = known_commands().get(text)
    return known.shows if known is not None and known.shows else text


_NAME_PARTS = {"\\,": "\u2009", "\\;": "\u2005", "\\:": "\u2005", "\\ ": "\u00a0", "~": "\u00a0"}
_NAME_PARTS |= {"\\-": "-", "\\_": "_"}
_SILENT_IN_NAMES = frozenset(
    {"{", "}", "\\mathrm", "\\text", "\\rm", "\\textrm", "\\nolimits", "\\limits", "\\!"}
)


def _rewrite_mathop(rewriter: Rewriter, token: Token) -> None:
    r"""`\mathop{\mathrm{argmin}}_x`: below the name in display, whatever the name is made of."""
    content = rewriter.argument()
    is_word = all(part.text in _NAME_WORDS or part.text.isalpha() for part in content)
    is_upright = any(part.text in _UPRIGHT for part in content)
    name = _name(content) if is_word and is_upright else None
    if name:
        rewriter.out.append(f"\\operatorname*{{{name}}}")
    else:
        rewriter.defer(content, token.offset)


_UPRIGHT = frozenset({"\\mathrm", "\\rm", "\\text", "\\operatorname"})
_NAME_WORDS = _UPRIGHT | {" ", "{", "}", "\\,"}


def _rewrite_unicode(rewriter: Rewriter, token: Token) -> None:
    r"""`\unicode{x3b1}` (MathJax), `\unicode{945}`."""
    rewriter.optional()
    word = rewriter.word()
    base, digits = (16, word[1:]) if word[:1] in "xX" else (10, word)
    _place_code(rewriter, token, digits, base)


def _rewrite_char(rewriter: Rewriter, token: Token) -> None:
    r"""`\char"3B1`, `\char'101`, `\char65`, ``\char`a``."""
    first = rewriter.pop()
    if first is not None and first.text == "`":
        letter = rewriter.pop()
        place_string(rewriter, letter.text[-1] if letter else "", token.offset)
        return
    base = {'"': 16, "'": 8}.get(first.text if first else "", 10)
    digits = "" if base != 10 or first is None else first.text
    while (ahead := rewriter.pop()) is not None:
        if ahead.text not in "0123456789abcdefABCDEF":
            rewriter.push(ahead)
            break
        digits += ahead.text
    _place_code(rewriter, token, digits, base)


def _place_code(rewriter: Rewriter, token: Token, digits: str, base: int) -> None:
    try:
        character = chr(int(digits, base))
    except (ValueError, OverflowError):
        raise UnsupportedError(token.offset, token.text) from None
    if not character.isprintable():
        raise UnsupportedError(token.offset, token.text)
    place_string(rewriter, character, token.offset)


def _rewrite_delimiter(rewriter: Rewriter, token: Token) -> None:
    r"""`\left<`, `\big<`: angles; `\bigl.`: nothing to see."""
    text = rewriter.peek()
    if text in ("<", ">"):
        rewriter.argument()
        rewriter.out += [token.text, "\\langle" if text == "<" else "\\rangle"]
    elif text == "." and token.text.startswith(("\\big", "\\Big")):
        rewriter.argument()
    else:
        rewriter.out.append(token.text)
        if text.startswith("\\") and text in _DELIMITERS:
            rewriter.argument()
            rewriter.out.append(_DELIMITERS[text])


def _rewrite_left(rewriter: Rewriter, token: Token) -> None:
    r"""`\left(`: TeX sets a thin space around the whole, which converters know by `\mathinner`."""
    rewriter.out += ["\\mathinner", "{"]
    _rewrite_delimiter(rewriter, token)


def _rewrite_right(rewriter: Rewriter, token: Token) -> None:
    r"""`\right)^2`: the scripts belong to the whole, in front of its space."""
    _rewrite_delimiter(rewriter, token)
    if rewriter.out[-1] == "\\right":
        rewriter.out.append("".join(part.text for part in rewriter.argument()) or ".")
    close_inner(rewriter, token.offset)


_DELIMITERS = {"\\lt": "\\langle", "\\gt": "\\rangle", "\\lang": "\\langle", "\\rang": "\\rangle"}


def _rewrite_genfrac(rewriter: Rewriter, token: Token) -> None:
    r"""`\genfrac(.{1pt}{2}{a}{b}`: delimiters may stand without braces."""
    left, right = rewriter.word() or ".", rewriter.word() or "."
    thickness, style = rewriter.word(), rewriter.word()
    width = parse_length(thickness)
    line = format_em(width) if width else "0pt" if thickness else ""
    head = f"\\genfrac{{}}{{}}{{{line}}}{{{style if style in ('0', '1', '2', '3') else ''}}}"
    numerator, denominator = rewriter.argument(), rewriter.argument()
    opening, closing = Token("{", token.offset), Token("}", token.offset)
    fraction = [Token(head, token.offset), opening, *numerator, closing]
    fraction += [opening, *denominator, closing]
    for text, position in (("\\left", 0), (left, 1), ("\\right", None), (right, None)):
        fraction.insert(len(fraction) if position is None else position, Token(text, token.offset))
    rewriter.push(opening, *fraction, closing)


def _rewrite_boldsymbol(rewriter: Rewriter, token: Token) -> None:
    r"""`\boldsymbol{x_0}`: converters leave digits light."""
    offset = token.offset
    content: list[Token] = []
    for part in rewriter.argument():
        letter = LATIN_CAPITALS.get(part.text, part.text)
        if letter in "0123456789" or letter != part.text:
            bold = (Token("\\mathbf", offset), Token("{", offset), Token(letter, offset))
            content += (*bold, Token("}", offset))
        elif part.text == "\\mathrm":
            content.append(Token("\\mathbf", offset))
        else:
            content.append(part)
    rewriter.out += ["\\boldsymbol", "{"]
    rewriter.push(*content, Token("}", offset))


# Greek capitals that look Latin; KaTeX knows them, unlike TeX.
LATIN_CAPITALS = {
    "\\Alpha": "A",
    "\\Beta": "B",
    "\\Epsilon": "E",
    "\\Zeta": "Z",
    "\\Eta": "H",
    "\\Iota": "I",
    "\\Kappa": "K",
    "\\Mu": "M",
    "\\Nu": "N",
    "\\Omicron": "O",
    "\\Rho": "P",
    "\\Tau": "T",
    "\\Chi": "X",
}


def rewrite_option(rewriter: Rewriter, token: Token) -> None:
    r"""`\sqrt[n]{x}`, `\xrightarrow[below]{above}`: the bracket is no bracket to be seen."""
    rewriter.out.append(token.text)
    option = rewriter.optional()
    if option is not None:
        rewriter.out.append("[{")
        rewriter.push(*option, Token("}]", token.offset))


def _rewrite_root(rewriter: Rewriter, token: Token) -> None:
    r"""`\root 3 \of x`, plain TeX's `\sqrt[3]{x}`."""
    degree: list[Token] = []
    while (ahead := rewriter.pop()) is not None and ahead.text != "\\of":
        degree.append(ahead)
    if ahead is None:
        raise UnsupportedError(token.offset, token.text)
    rewriter.out += ["\\sqrt", "[{"]
    rewriter.push(*degree, Token("}]", token.offset))


def _rewrite_above(rewriter: Rewriter, token: Token) -> None:
    r"""`{a \above 1pt b}`: a fraction; the line keeps its usual thickness."""
    take_length(rewriter)
    rewriter.out.append("\\over")


def _rewrite_definecolor(rewriter: Rewriter, token: Token) -> None:
    r"""`\definecolor{mine}{rgb}{1,0.5,0}` for the rest of the formula."""
    name, model = rewriter.word(), rewriter.word()
    color = parse_color(rewriter.word(), model)
    if color is None:
        raise UnsupportedError(token.offset, token.text)
    rewriter.colors[name] = color


def _rewrite_href(rewriter: Rewriter, token: Token) -> None:
    r"""`\href{url}{x}`: the formula, without a link out of the card."""
    rewriter.argument()


LAYOUT_RULES: dict[str, Rule] = {
    "\\href": _rewrite_href,
    "\\genfrac": _rewrite_genfrac,
    "\\above": _rewrite_above,
    "\\root": _rewrite_root,
    "\\definecolor": _rewrite_definecolor,
    "\\operatorname": _rewrite_operatorname,
    "\\operatornamewithlimits": _rewrite_operatorname,
    "\\mathop": _rewrite_mathop,
    "\\color": _rewrite_color,
    "\\textcolor": _rewrite_textcolor,
    "\\unicode": _rewrite_unicode,
    "\\char": _rewrite_char,
    "\\negmedspace": _write("\\hspace{-0.2222em}"),
    "\\negthickspace": _write("\\hspace{-0.2778em}"),
    "\\thickspace": _write("\\;"),
    "\\enskip": _write("\\enspace"),
    "\\bold": _rename("\\mathbf"),
    "\\mathup": _rename("\\mathrm"),
    "\\mit": _rename("\\mathit"),
    "\\Bbb": _rename("\\mathbb"),
    "\\frak": _rename("\\mathfrak"),
    "\\scr": _rename("\\mathscr"),
    "\\boldsymbol": _rewrite_boldsymbol,
    "\\pmb": _rename("\\boldsymbol"),
    "\\bm": _rename("\\boldsymbol"),
    "\\mathbfit": _rename("\\boldsymbol"),
    "\\symbf": _rename("\\mathbf"),
    "\\symrm": _rename("\\mathrm"),
    "\\symbb": _rename("\\mathbb"),
    "\\symcal": _rename("\\mathcal"),
    "\\symscr": _rename("\\mathscr"),
    "\\symfrak": _rename("\\mathfrak"),
    "\\symit": _rename("\\mathit"),
    "\\symsf": _rename("\\mathsf"),
    "\\symtt": _rename("\\mathtt"),
    "\\lt": _write("<"),
    "\\gt": _write(">"),
}
_SIZES = {"tiny": 0.5, "Tiny": 0.6, "sixptsize": 0.6, "scriptsize": 0.7, "footnotesize": 0.8}
_SIZES |= {"small": 0.9, "normalsize": 1.0, "large": 1.2, "Large": 1.44, "LARGE": 1.728}
_SIZES |= {"huge": 2.074, "Huge": 2.488}
LAYOUT_RULES |= {f"\\{name}": _size(ratio) for name, ratio in _SIZES.items()}
LAYOUT_RULES |= {
    f"\\{name}": _named_color(name)
    for name in ("blue", "gray", "green", "orange", "pink", "purple", "red")
}
_BIG = ("big", "Big", "bigg", "Bigg")
LAYOUT_RULES |= {
    f"\\{size}{side}": _rewrite_delimiter for size in _BIG for side in ("", "l", "r", "m")
}
LAYOUT_RULES |= {"\\left": _rewrite_left, "\\right": _rewrite_right, "\\middle": _rewrite_delimiter}
_EXTENSIBLE: tuple[str, ...] = (
    "rightarrow",
    "leftarrow",
    "Rightarrow",
    "Leftarrow",
    "leftrightarrow",
    "mapsto",
)
_EXTENSIBLE += ("Leftrightarrow", "hookrightarrow", "hookleftarrow", "rightharpoonup")
_EXTENSIBLE += ("rightharpoondown", "leftharpoonup", "leftharpoondown", "rightleftharpoons")
_EXTENSIBLE += ("leftrightharpoons", "twoheadrightarrow", "twoheadleftarrow", "longequal", "tofrom")
LAYOUT_RULES |= {f"\\x{name}": rewrite_option for name in _EXTENSIBLE}
LAYOUT_RULES["\\sqrt"] = rewrite_option
LAYOUT_RULES["\\cfrac"] = _rewrite_cfrac
LAYOUT_RULES |= dict.fromkeys(
    ("\\hspace", "\\kern", "\\mkern", "\\hskip", "\\mskip", "\\mspace"), rewrite_space
)
LAYOUT_RULES |= dict.fromkeys(
    (
        *("\\relax", "\\nobreak", "\\allowbreak", "\\goodbreak", "\\nonscript", "\\protect"),
        *("\\DOTSB", "\\DOTSI", "\\DOTSX", "\\displaylimits", "\\hfill", "\\hfil", "\\/"),
        *("\\mathnormal", "\\ensuremath", "\\begingroup", "\\endgroup", "\\cramped", "\\strut"),
        "\\centering",
    ),
    _drop,
)
LAYOUT_RULES |= dict.fromkeys(
    (
        *("\\require", "\\class", "\\cssId", "\\style", "\\htmlClass", "\\htmlId", "\\htmlStyle"),
        *("\\htmlData", "\\vspace"),
    ),
    _drop_argument,
)
