"""The engine that turns what authors write into the small TeX that every converter reads right.

It works as TeX itself does: a command takes its arguments from the tokens ahead and puts its
replacement back before them. Each construct has its rule in a module of its own.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from generator.math.atoms import LOAD, STORE, Atom, Atoms
from generator.math.formula import Problem
from generator.math.tex.arguments import ARITY
from generator.math.tex.stream import TokenStream
from generator.math.tex.tokens import TexToken, in_braces, tokens_at

Rewrite: TypeAlias = Callable[["Rewriter", TexToken], None]
"""Takes a command's arguments from the tokens ahead, and writes or puts back its replacement."""


class UnsupportedError(Exception):
    """A construct that MathML on a card cannot express; the formula goes to MathJax.

    Attributes:
        offset: Where it is in the formula.
        what: The command or environment, for the message.
    """

    def __init__(self, offset: int, what: str) -> None:
        super().__init__(what)
        self.offset = offset
        self.what = what


class InvalidError(ValueError):
    """A construct that no engine accepts.

    Attributes:
        problem: What is wrong, and where.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def no_length(token: TexToken) -> InvalidError:
    """Return the error of a command whose length cannot be read."""
    hint = f"write a number with its unit, such as {token.text} 1em"
    return InvalidError(Problem(token.offset, "E409", f"{token.text} without a length", hint))


class Rewriter(TokenStream):
    r"""The tokens ahead, the TeX written so far, and the atoms that it mentions.

    Attributes:
        out: Written pieces: a token each, or an opaque run such as `\begin{matrix}`.
        atoms: The pieces that the private-use characters in `out` represent.
        environments: For each open environment, the TeX that ends it.
        has_text: For each open environment, whether what follows `&` is text.
        tags: Equation tags of current rows, by how many environments are open around them.
        colors: Names from `\definecolor`.
        is_broken: A line break is outside every environment.
    """

    def __init__(self, tokens: Iterable[TexToken], rewrites: Mapping[str, Rewrite]) -> None:
        super().__init__(tokens)
        self._rewrites = rewrites
        self.out: list[str] = []
        self.atoms = Atoms()
        self.environments: list[str] = []
        self.has_text: list[bool] = []
        self.tags: dict[int, list[TexToken]] = {}
        self.is_broken = False
        self.colors: dict[str, str] = {}
        self._deferred: list[TexToken] = []

    @property
    def has_tags(self) -> bool:
        """Whether the current row has tags that are not written yet."""
        return len(self.environments) in self.tags

    def run(self) -> None:
        """Process all tokens, then what was deferred."""
        self._run()
        while self._deferred:
            self.push(*self._deferred)
            self._deferred = []
            self._run()

    def _run(self) -> None:
        rewrites, out, ahead = self._rewrites, self.out, self._ahead
        while ahead:
            token = ahead.pop()
            rewrite = rewrites.get(token.text)
            if rewrite is not None:
                rewrite(self, token)
            elif token.text != " ":
                out.append(token.text)

    def atom(self, atom: Atom, offset: int) -> TexToken:
        """Make the token that represents an atom."""
        try:
            return TexToken(self.atoms.add(atom), offset)
        except OverflowError as error:
            raise UnsupportedError(offset, str(error)) from None

    def wrap(self, atom: Atom, content: list[TexToken], offset: int) -> None:
        """Put `content` ahead again, inside the atom's element."""
        marker = self.atom(atom, offset)
        self.push(*in_braces([marker, *in_braces(content, offset)], offset))

    def place(self, atom: Atom, offset: int) -> None:
        """Put a finished atom ahead; the braces keep its neighbours from merging with it."""
        self.push(*in_braces([self.atom(atom, offset)], offset))

    def defer(self, content: list[TexToken], offset: int) -> None:
        """Write an operator whose name is `content`.

        Converters know limits only around names of letters. So the operator gets an atom as its
        name, and the content, converted after the formula's end, replaces it later.
        """
        load = self.atom(Atom(LOAD), offset)
        store = self.atom(Atom(STORE, {"for": load.text}), offset)
        self.out.append(f"\\operatorname*{{{load.text}}}")
        self._deferred += in_braces([store, *in_braces(content, offset)], offset)


def keep_infix(rewriter: Rewriter) -> None:
    r"""Write an empty group before a sign that opens a cell or a colour, but not a formula.

    Such a `+` is a binary operator, whereas the first sign of a formula is a prefix.
    """
    if rewriter.peek() in _TWO_FACED:
        rewriter.out += ["{", "}"]


_TWO_FACED = frozenset({"+", "-", "\\pm", "\\mp"})


def close_inner(rewriter: Rewriter, offset: int) -> None:
    r"""End `\mathinner{…` after the scripts: they belong to the whole, before its space."""
    scripts: list[TexToken] = []
    while rewriter.peek() in ("^", "_", "'"):
        sign = rewriter.argument()
        scripts += sign
        if sign[0].text != "'":
            scripts += in_braces(_script(rewriter), offset)
    end = "}\\mathclose{}" if rewriter.peek() == "\\bmod" else "}"  # which has its own space
    rewriter.push(*scripts, *tokens_at(end, offset))


def _script(rewriter: Rewriter) -> list[TexToken]:
    r"""Take a script; `^\frac12` and `^\mathrm{T}` take their arguments along."""
    content = rewriter.argument()
    is_command = len(content) == 1 and content[0].text in ARITY
    for _ in range(ARITY[content[0].text] if is_command else 0):
        offset = content[0].offset
        content += in_braces(rewriter.argument(), offset)
    return content
