"""mkdocs-nav-weight: `weight` in front matter orders pages and sections."""

from collections.abc import Mapping

from msgspec.structs import replace

from generator.config.navigation.meta import front_matter, page_title
from generator.config.navigation.tree import Docs, Item, Page, Section


def apply(section: Section, docs: Docs, options: Mapping[str, object]) -> Section:
    """Sort a navigation by weight, and leave out what is headless.

    Args:
        section: The navigation.
        docs: The site's pages.
        options: Of the plugin.
    """
    return _Weights(docs, options).sorted(section, is_root=True)[0]


class _Weights:
    """The weights of one site."""

    def __init__(self, docs: Docs, options: Mapping[str, object]) -> None:
        self._docs = docs
        self._index = _number(options.get("index_weight"), -10)
        self._default = _number(options.get("default_page_weight"), 0)
        self._is_reverse = options.get("reverse") is True
        self._is_renamed = options.get("section_renamed") is True

    def sorted(self, section: Section, *, is_root: bool = False) -> tuple[Section, float, bool]:
        """Sort a section; return its own weight, and whether it is headless."""
        weight, is_headless, title = 0.0, False, section.title
        weighed: list[tuple[float, Item]] = []
        for item in section.children:
            if isinstance(item, Section):
                inner, inner_weight, is_hidden = self.sorted(item)
                if not is_hidden and inner.children:
                    weighed.append((inner_weight, inner))
                continue
            meta = front_matter(self._docs, item.path)
            if item.is_index and not is_root:
                weight = _number(meta.get("weight"), self._default)
                is_headless = meta.get("headless") is True
                if self._is_renamed or meta.get("retitled") is True:
                    title = item.title or page_title(self._docs, item.path)
                if meta.get("empty") is not True:
                    weighed.append((self._index, item))
            elif item.is_index or meta.get("headless") is not True:
                weighed.append((self._weight(item, meta), item))
        weighed.sort(key=lambda pair: pair[0], reverse=self._is_reverse)
        children = tuple(item for _, item in weighed)
        return replace(section, title=title, children=children), weight, is_headless

    def _weight(self, page: Page, meta: Mapping[str, object]) -> float:
        return self._index if page.is_index else _number(meta.get("weight"), self._default)


def _number(value: object, default: float) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else default  # type: ignore[arg-type]
