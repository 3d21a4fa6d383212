r"""Text in formulas: `\text{if $x$ ok}` becomes finished pieces, only its math is math."""

import re
from typing import TypeAlias

from generator.math.atoms import Atom
from generator.math.commands import known_commands
from generator.math.rewriting.colors import COLOR_COMMANDS
from generator.math.rewriting.rewriter import Rewrite, Rewriter, UnsupportedError
from generator.math.tex.arguments import FOREIGN
from generator.math.tex.stream import TokenStream
from generator.math.tex.tokens import VERB_COMMANDS, TexToken, in_braces
from generator.math.text_characters import TEXT_CHARACTERS

_ACCENTS = {
    "\\'": "\u0301",
    "\\`": "\u0300",
    "\\^": "\u0302",
    '\\"': "\u0308",
    "\\~": "\u0303",
    "\\=": "\u0304",
    "\\.": "\u0307",
    "\\u": "\u0306",
    "\\v": "\u030c",
    "\\H": "\u030b",
    "\\r": "\u030a",
    "\\c": "\u0327",
}
_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("`", "‘"), ("'", "’"))


_Style: TypeAlias = frozenset[str]
"""Classes of the card's CSS: `m-bf`, `m-it` and one family (`m-sf`, `m-tt`, `m-sc`)."""

_PLAIN: _Style = frozenset()
_FAMILIES = frozenset({"m-sf", "m-tt", "m-sc"})
_ALL = _FAMILIES | {"m-bf", "m-it"}

# Command → classes that it removes, classes that it adds.
_FONTS: dict[str, tuple[_Style, _Style]] = {
    "\\text": (_PLAIN, _PLAIN),
    "\\mbox": (_PLAIN, _PLAIN),
    "\\hbox": (_PLAIN, _PLAIN),
    "\\textmd": (frozenset({"m-bf"}), _PLAIN),
    "\\textup": (frozenset({"m-it"}), _PLAIN),
    "\\textnormal": (_ALL, _PLAIN),
    "\\textrm": (_FAMILIES, _PLAIN),
    "\\textbf": (_PLAIN, frozenset({"m-bf"})),
    "\\textit": (_PLAIN, frozenset({"m-it"})),
    "\\textsl": (_PLAIN, frozenset({"m-it"})),
    "\\emph": (_PLAIN, frozenset({"m-it"})),
    "\\textsf": (_FAMILIES, frozenset({"m-sf"})),
    "\\texttt": (_FAMILIES, frozenset({"m-tt"})),
    "\\textsc": (_FAMILIES, frozenset({"m-sc"})),
}
_COMMANDS = {"m-bf": "\\textbf", "m-it": "\\textit", "m-sf": "\\textsf", "m-tt": "\\texttt"}
_COMMANDS |= {"m-sc": "\\textsc"}
_SWITCHES = {
    "\\rm": (_ALL, _PLAIN),
    "\\bf": (_ALL, frozenset({"m-bf"})),
    "\\it": (_ALL, frozenset({"m-it"})),
    "\\sf": (_ALL, frozenset({"m-sf"})),
    "\\tt": (_ALL, frozenset({"m-tt"})),
    "\\bfseries": _FONTS["\\textbf"],
    "\\itshape": _FONTS["\\textit"],
    "\\rmfamily": _FONTS["\\textrm"],
    "\\sffamily": _FONTS["\\textsf"],
    "\\ttfamily": _FONTS["\\texttt"],
}
# How many arguments boxes take, and whether the last one is a formula outside of texts.
_BOXES = {
    **dict.fromkeys(("\\fbox", "\\llap", "\\rlap", "\\clap", "\\ce", "\\pu"), (1, False)),
    **dict.fromkeys(("\\underline", "\\sout", "\\boxed"), (1, True)),
    **dict.fromkeys(("\\raisebox", "\\colorbox", "\\rule"), (2, False)),
    "\\textcolor": (2, True),
    "\\hphantom": (1, True),
    **{f"\\{name}": (1, True) for name in COLOR_COMMANDS},
    "\\fcolorbox": (3, False),
}
_DROPPED_WITH_ARGUMENT = frozenset({"\\color", "\\label", "\\phantom", "\\vspace", "\\vphantom"})
_DROPPED = frozenset(
    {"\\tiny", "\\scriptsize", "\\small", "\\normalsize", "\\large", "\\Large", "\\LARGE", "\\huge"}
    | {"\\Huge", "\\footnotesize", "\\Tiny", "\\sixptsize"}
)


def _restyle(style: _Style, change: tuple[_Style, _Style]) -> _Style:
    removed, added = change
    return (style - removed) | added


_SPECIAL = re.compile(r"[\\$~{}]")


class _TextReader:
    """Reads text-mode tokens into a run of atoms and math groups."""

    def __init__(self, rewriter: Rewriter, tokens: list[TexToken]) -> None:
        self._rewriter = rewriter
        text = "".join([token.text for token in tokens])
        is_plain = _SPECIAL.search(text) is None  # as most are
        self._text = text if is_plain else ""
        self._stream = TokenStream(() if is_plain else tokens)
        self._styles = [_PLAIN]
        self._offset = tokens[0].offset if tokens else 0
        self._run: list[TexToken] = []

    def read(self, style: _Style) -> list[TexToken]:
        self._styles = [style]
        while (token := self._stream.pop()) is not None:
            self._step(token)
        self._flush()
        return self._run

    def _step(self, token: TexToken) -> None:
        text = token.text
        if text in ("$", "\\("):
            self._read_math("$" if text == "$" else "\\)", token.offset)
        elif text == "{":
            self._flush()
            self._styles.append(self._styles[-1])
        elif text == "}":
            self._flush()
            self._styles = self._styles[:-1] or [_PLAIN]
        elif text[0] == "\\" and len(text) > 1:
            self._step_command(token)
        else:
            self._text += TEXT_CHARACTERS.get(text, text)

    def _step_command(self, token: TexToken) -> None:
        text = token.text
        if text[1:].isalpha():
            self._stream.peek()  # which steps over the blanks that end its name
        if text in _FONTS:
            self._read_font(token)
        elif text in _SWITCHES:
            self._flush()
            self._styles[-1] = _restyle(self._styles[-1], _SWITCHES[text])
        elif text in _ACCENTS:
            base = self._plain_argument().strip()
            self._text += (base[:1].replace("ı", "i").replace("ȷ", "j") or "\u00a0") + (
                _ACCENTS[text] + base[1:]
            )
        elif text in _BOXES:
            self._read_box(token, *_BOXES[text])
        elif text == "\\hspace":
            self._flush()
            self._stream.accept("*")
            self._run += [token, *in_braces(self._stream.argument(), token.offset)]
        elif text in _DROPPED_WITH_ARGUMENT:
            self._plain_argument()
        elif text not in _DROPPED:
            self._text += self._character(token)

    def _character(self, token: TexToken) -> str:
        text = token.text
        if text in TEXT_CHARACTERS:
            return TEXT_CHARACTERS[text]
        if text in VERB_COMMANDS:
            return verb_content(token, self._stream.pop())
        known = known_commands().get(text)
        if known is not None and known.shows:
            return known.shows
        if text[1:].isalpha():
            raise UnsupportedError(token.offset, text)
        return text[1:]

    def _plain_argument(self) -> str:
        parts = [
            TEXT_CHARACTERS.get(token.text, token.text)
            for token in self._stream.argument()
            if token.text not in "{}"
        ]
        return "".join(parts)

    def _read_font(self, token: TexToken) -> None:
        style = _restyle(self._styles[-1], _FONTS[token.text])
        if token.text == "\\emph" and "m-it" in self._styles[-1]:  # upright within slanted
            style -= {"m-it"}
        self._flush()
        self._run += _TextReader(self._rewriter, self._stream.argument()).read(style)

    def _read_box(self, token: TexToken, count: int, is_formula: bool) -> None:
        r"""`\raisebox{2pt}{a}`: as outside of texts."""
        self._flush()
        self._run.append(token)
        for _ in range(count - 1):
            self._run += in_braces(self._stream.argument(), token.offset)
        content = self._stream.argument()
        if token.text not in FOREIGN:
            for name in sorted(self._styles[-1]):
                content = [
                    TexToken(_COMMANDS[name], token.offset),
                    *in_braces(content, token.offset),
                ]
        if is_formula:
            content = [TexToken("\\text", token.offset), *in_braces(content, token.offset)]
        self._run += in_braces(content, token.offset)

    def _read_math(self, closing: str, offset: int) -> None:
        self._flush()
        taken: list[TexToken] = []
        depth = 0
        while (token := self._stream.pop()) is not None:
            if token.text == closing and depth == 0:
                break
            depth += (token.text == "{") - (token.text == "}")
            taken.append(token)
        self._run += in_braces([TexToken("\\textstyle", offset), *taken], offset)

    def _flush(self) -> None:
        text = self._text
        self._text = ""
        if not text:
            return
        if "m-tt" not in self._styles[-1]:
            for written, shown in _LIGATURES:
                text = text.replace(written, shown)
        # Blanks at the ends of an element, and runs of them, would collapse.
        text = text.replace(" ", "\u00a0")
        classes = " ".join(sorted(self._styles[-1]))
        atom = Atom("mtext", {"class": classes} if classes else {}, text)
        self._run += in_braces([self._rewriter.atom(atom, self._offset)], self._offset)


def rewrite_text(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\text{…}`, `\textbf{…}`, `\mbox{…}` …: text with math between dollars."""
    style = _restyle(_PLAIN, _FONTS[token.text])
    place_text(rewriter, rewriter.argument(), token.offset, style)


def place_text(
    rewriter: Rewriter, content: list[TexToken], offset: int, style: _Style = _PLAIN
) -> None:
    """Put text-mode tokens ahead as finished pieces."""
    run = _TextReader(rewriter, content).read(style)
    rewriter.push(*in_braces(run, offset))


def place_string(rewriter: Rewriter, text: str, offset: int, classes: str = "") -> None:
    """Put a plain string ahead as text."""
    attributes = {"class": classes} if classes else {}
    rewriter.place(Atom("mtext", attributes, text.replace(" ", "\u00a0")), offset)


def verb_content(command: TexToken, content: TexToken | None) -> str:
    r"""Return what `\verb|x|` shows; `\verb*` shows blanks as ␣."""
    text = content.text[1:-1] if content is not None else ""
    return text.replace(" ", "␣") if command.text.endswith("*") else text


def rewrite_verb(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\verb|x|`: verbatim typewriter text."""
    place_string(rewriter, verb_content(token, rewriter.pop()), token.offset, "m-tt")


TEXTS: dict[str, Rewrite] = {
    **dict.fromkeys(_FONTS, rewrite_text),
    **dict.fromkeys(VERB_COMMANDS, rewrite_verb),
}
