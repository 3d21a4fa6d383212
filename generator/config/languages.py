"""The languages of a site (mkdocs-static-i18n)."""

import re
from collections.abc import Mapping
from typing import Final

from generator.config.settings import Languages

_LOCALE: Final = re.compile(r"[a-z]{2}(?:-[A-Za-z]{4})?(?:-[A-Z]{2})?|[a-z]{2}_[A-Z]{2}")


def read_languages(options: Mapping[str, object] | None) -> Languages | None:
    """Return what the plugin i18n builds, or None without it."""
    listed = options.get("languages") if options is not None else None
    if options is None or not isinstance(listed, list | dict):
        return None
    languages = _listed(listed)
    only = str(options.get("build_only_locale"))
    if only in languages:
        languages = {
            name: {**given, "build": name == only, "default": name == only}
            for name, given in languages.items()
        }
    built = [name for name, given in languages.items() if given.get("build") is not False]
    usual = str(options.get("default_language") or next(iter(built), "en"))
    structure = options.get("docs_structure")
    return Languages(
        structure=structure if isinstance(structure, str) and structure else "suffix",
        default=next((name for name in built if languages[name].get("default") is True), usual),
        locales=tuple(built),
        translations={name: _titles(given) for name, given in languages.items()},
    )


def is_built(page: str, languages: Languages) -> bool:
    """Whether a page, a path below the docs folder, is in a language that the site builds."""
    folder, _, name = page.rpartition("/")
    parts = name.split(".")
    locale = parts[-2] if len(parts) > 2 else ""
    if languages.structure == "folder":
        locale = folder.partition("/")[0]
    return locale in languages.locales or _LOCALE.fullmatch(locale) is None


def _listed(listed: list[object] | dict[str, object]) -> dict[str, Mapping[str, object]]:
    """Read the plugin's current list, or the mapping used before version 1.0."""
    if isinstance(listed, dict):
        return {str(name): {} for name in listed if name != "default"}
    items = [item for item in listed if isinstance(item, dict) and "locale" in item]
    return {str(item["locale"]): item for item in items}


def _titles(language: Mapping[str, object]) -> Mapping[str, str]:
    titles = language.get("nav_translations")
    return {str(a): str(b) for a, b in titles.items()} if isinstance(titles, dict) else {}
