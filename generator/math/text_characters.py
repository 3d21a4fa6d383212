r"""Commands for characters in the text of a formula: `\ss`, `\quad`."""

TEXT_CHARACTERS = {
    "~": "\u00a0", "\\ ": "\u00a0", "\\\\": " ", "\\newline": " ", "\\par": " ", "\\,": "\u2009",
    "\\:": "\u2005", "\\>": "\u2005", "\\;": "\u2004", "\\!": "", "\\/": "", "\\-": "",
    "\\quad": "\u2003", "\\qquad": "\u2003\u2003", "\\enspace": "\u2002", "\\thinspace": "\u2009",
    "\\space": "\u00a0", "\\nobreakspace": "\u00a0", "\\i": "ı", "\\j": "ȷ", "\\ss": "ß",
    "\\ae": "æ", "\\AE": "Æ", "\\oe": "œ", "\\OE": "Œ", "\\o": "ø", "\\O": "Ø", "\\l": "ł",
    "\\L": "Ł", "\\aa": "å", "\\AA": "Å", "\\dh": "ð", "\\DH": "Ð", "\\th": "þ", "\\TH": "Þ",
    "\\dj": "đ", "\\DJ": "Đ", "\\ng": "ŋ", "\\NG": "Ŋ", "\\lq": "‘", "\\rq": "’",
    "\\negthinspace": "", "\\LaTeX": "LaTeX", "\\TeX": "TeX", "\\KaTeX": "KaTeX", "\\relax": "",
    "\\protect": "", "\\displaystyle": "", "\\textstyle": "", "\\textasciitilde": "~",
    "\\textasciicircum": "^", "\\textbackslash": "\\", "\\textquotesingle": "'",
}  # fmt: skip
"""What a command or character shows in text."""
