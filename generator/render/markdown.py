"""markdown-it with the dialect and our HTML: `markdown().render(text)`."""

from collections.abc import Sequence
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from msgspec.structs import replace

from generator.model import Media
from generator.parser import document_of
from generator.parser.dialect import dialect
from generator.parser.page import page_of
from generator.render.context import FindMedia, MediaProblem, RenderContext
from generator.render.html import RULES, render_fragment


def _no_media(_page: str, _target: str) -> Media | MediaProblem:
    return MediaProblem.MISSING


def markdown(
    *, find_media: FindMedia = _no_media, classes: frozenset[str] = frozenset()
) -> MarkdownIt:
    """Return a `MarkdownIt` that reads the Material dialect and renders it as on a card.

    Args:
        find_media: Looks up the files that a text shows; by default there are none.
        classes: That elements may have, beside those of the theme's style sheets.
    """
    renderer = partial(CardRenderer, find_media=find_media, classes=classes)
    return MarkdownIt(renderer_cls=renderer).use(dialect)


class CardRenderer(RendererHTML):
    """Renders tokens as on a card; those of other plugins by the rules that they have given."""

    def __init__(
        self,
        parser: MarkdownIt,
        *,
        find_media: FindMedia = _no_media,
        classes: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(parser)
        self._usual = dict(self.rules)
        self._find_media = find_media
        self._classes = classes

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        """Return the HTML of a page or a text.

        Args:
            tokens: As the parser made them.
            options: Of the parser.
            env: As the parser was given it.
        """
        known = self._known(tokens, options, env)
        config = replace(page_of(env).config, classes=self._classes)
        context = RenderContext(document_of(known, env), config, self._find_media)
        fragment, _ = render_fragment(known, context=context)
        return fragment.html

    def _known(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> list[Token]:
        """Return the tokens with raw HTML for those that only a plugin's rule can render."""
        known = []
        for index, token in enumerate(tokens):
            if token.type == "inline":
                children = self._known(token.children or (), options, env)
                known.append(token.copy(children=children))
            elif self._is_ours(token.type):
                known.append(token)
            else:
                known.append(self._raw(tokens, index, options, env))
        return known

    def _is_ours(self, kind: str) -> bool:
        return kind in RULES and self.rules.get(kind) == self._usual.get(kind)

    def _raw(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> Token:
        token = tokens[index]
        render = self.rules.get(token.type, self.renderToken)
        kind = "html_block" if token.block else "html_inline"
        content = render(tokens, index, options, env)
        return Token(kind, "", 0, map=token.map, content=content, block=token.block)
