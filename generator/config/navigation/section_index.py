"""mkdocs-section-index: the first page of a section is the section's own page."""

from msgspec.structs import replace

from generator.config.navigation.tree import Item, Page, Section


def apply(section: Section) -> Section:
    """Give a section's title to its index page, beside the section."""
    children: list[Item] = []
    for item in section.children:
        if isinstance(item, Section):
            own, item = own_page(apply(item))
            children += own
            if not item.children:
                continue
        children.append(item)
    return replace(section, children=tuple(children))


def own_page(section: Section) -> tuple[tuple[Page, ...], Section]:
    """Return a section's own page, if it has one, and the section without it."""
    first = section.children[0] if section.children else None
    if not isinstance(first, Page) or first.title is not None:
        return (), section
    page = replace(first, title=section.title)
    return (page,), replace(section, children=section.children[1:])
