"""mkdocs-nav-weight: `weight` in front matter orders pages and sections."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from generator.config.navigation.meta import front_matter, page_title
from generator.config.navigation.section_index import own_page
from generator.config.navigation.tree import Docs, Item, Page, Section


def apply(
    section: Section, docs: Docs, options: Mapping[str, object], *, has_section_pages: bool = False
) -> Section:
    """Sort a navigation by weight, and leave out what is headless.

    Args:
        section: The navigation.
        docs: The site's pages.
        options: Of the plugin.
        has_section_pages: Whether section-index comes before. A section with a page of its own
            then has the weight of that page as the plugin knows it: without front matter.
    """
    weights = _Weights(docs, options, has_section_pages=has_section_pages)
    return weights.sorted(section, is_root=True)[0]


class _Weights:
    """The weights of one site."""

    def __init__(
        self, docs: Docs, options: Mapping[str, object], *, has_section_pages: bool
    ) -> None:
        self._docs = docs
        self._has_section_pages = has_section_pages
        self._index = _number(options.get("index_weight"), -10)
        self._default = _number(options.get("default_page_weight"), 0)
        self._is_reverse = options.get("reverse") is True
        self._is_renamed = options.get("section_renamed") is True

    def sorted(self, section: Section, *, is_root: bool = False) -> tuple[Section, float, bool]:
        """Sort a section; return its own weight, and whether it is headless."""
        weight, is_headless, title = 0.0, False, section.title
        weighed: list[tuple[float, tuple[Item, ...]]] = []
        for item in section.children:
            if isinstance(item, Section):
                weighed += self._weighed_section(item)
                continue
            meta = front_matter(self._docs, item.path)
            if item.is_index and not is_root:
                weight = _number(meta.get("weight"), self._default)
                is_headless = meta.get("headless") is True
                if self._is_renamed or meta.get("retitled") is True:
                    title = item.title or page_title(self._docs, item.path)
                if meta.get("empty") is not True:
                    weighed.append((self._index, (item,)))
            elif item.is_index or meta.get("headless") is not True:
                weighed.append((self._weight(item, meta), (item,)))
        weighed.sort(key=lambda pair: pair[0], reverse=self._is_reverse)
        children = tuple(item for _, items in weighed for item in items)
        return replace(section, title=title, children=children), weight, is_headless

    def _weighed_section(self, section: Section) -> Iterator[tuple[float, tuple[Item, ...]]]:
        own: tuple[Page, ...] = ()
        if self._has_section_pages:
            own, section = own_page(section)
        inner, weight, is_hidden = self.sorted(section)
        items: tuple[Item, ...] = (*own, inner) if inner.children else own
        if own:
            yield self._weight(own[0], {}), items
        elif items and not is_hidden:
            yield weight, items

    def _weight(self, page: Page, meta: Mapping[str, object]) -> float:
        return self._index if page.is_index else _number(meta.get("weight"), self._default)


def _number(value: object, default: float) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else default  # type: ignore[arg-type]
