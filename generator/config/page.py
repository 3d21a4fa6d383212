"""Settings of a single page: the `admonki` key of its front matter."""

from collections.abc import Mapping

from msgspec.structs import replace

from generator.config.document import ConfigDocument, Place
from generator.config.schema import read_layer
from generator.config.settings import Config
from generator.errors import Diagnostic, Location
from generator.model import FrontMatter

PAGE_KEYS = frozenset(
    {"answer_titles", "answer_types", "card_types", "deck_depth", "deck_root"}
    | {"ignore", "inner_cards", "inner_deck", "question_titles"}
    | {"macros", "math", "math_display"}
)
"""Settings that apply to a single page; the others belong to the project."""


def page_config(
    config: Config, front_matter: FrontMatter, *, path: str
) -> tuple[Config, tuple[Diagnostic, ...]]:
    """Override the project's settings with those of a page; macros are merged.

    Args:
        config: Of the project.
        front_matter: Of the page.
        path: The page, as diagnostics name it.

    Returns:
        The configuration of this page; and E803 to E805 for what is wrong with it.
    """
    if not front_matter.options:
        return config, ()
    places = {way: Place(*at) for way, at in front_matter.option_places.items()}
    document = ConfigDocument(config.root, path, front_matter.options, places)
    layer, problems = read_layer(document, (), config.root, known=PAGE_KEYS)
    values = dict(layer.values)
    macros = values.get("macros")
    if isinstance(macros, Mapping):
        values["macros"] = {**config.macros, **macros}
    problems += _keep_below(values, config.deck_root, document.at_value("deck_root"))
    return replace(config, **values), tuple(problems)


def _keep_below(values: dict[str, object], root: str, place: Location) -> tuple[Diagnostic, ...]:
    """Keep a page's decks under the project's, even if someone else wrote the page."""
    wanted = str(values.get("deck_root", root))
    if not root or wanted == root or wanted.startswith(f"{root}::"):
        return ()
    values["deck_root"] = f"{root}::{wanted}" if wanted else root
    message = f"the page's deck_root is outside the project's: its decks go under {root!r}"
    hint = f'write deck_root: "{root}::…", or remove deck_root from the project\'s configuration'
    return (Diagnostic(place, "W810", message, hint),)
