"""Notes and diagnostics to the files of the preview: pure, no clock, no disk."""

import hashlib
import json
import re
from base64 import b64encode
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from html import escape
from importlib import resources
from string import Template
from urllib.parse import quote

from msgspec import Struct

from generator.apkg.card import card_name, card_ordinals, render_cards
from generator.apkg.notetypes import NoteType, note_type_for
from generator.errors import Diagnostic
from generator.model import IdentifiedNote
from generator.render import theme
from generator.report import count, to_record
from generator.version import __version__

_SCRIPT = re.compile(r"\s*(?:<script\b.*?</script>|<link\b[^>]*>)", re.DOTALL)
_NOTES_A_FILE = 100


class PreviewInput(Struct, frozen=True):
    """What a preview shows.

    Attributes:
        title: Name of the deck or site.
        notes: In reading order.
        note_types: Of the project.
        diagnostics: Sorted, already silenced.
        lines: Path as in a `Location` → lines of the page.
        editor: URL template of an editor with `{path}`, `{line}`, `{column}`, or "".
        files: Path as in a `Location` → absolute path, for `editor`.
        is_served: Whether pages reload themselves.
    """

    title: str
    notes: tuple[IdentifiedNote, ...]
    note_types: tuple[NoteType, ...]
    diagnostics: tuple[Diagnostic, ...]
    lines: Mapping[str, Sequence[str]]
    editor: str
    files: Mapping[str, str]
    is_served: bool


def render_site(shown: PreviewInput) -> Mapping[str, Callable[[], str]]:
    """List the text files of the preview; pictures and fonts are the caller's.

    Args:
        shown: What to show.

    Returns:
        Name → what makes the text: all cards at once would fill the memory. Cards are in files of
        their own, which the page loads as needed.
    """
    paths = sorted(shown.lines)
    sources = {path: f"source-{number:04}.html" for number, path in enumerate(paths, start=1)}
    starts = range(0, len(shown.notes), _NOTES_A_FILE)
    return {
        "index.html": partial(_index, shown, sources),
        **{name: partial(_source_page, path, shown.lines[path]) for path, name in sources.items()},
        **{_cards_file(number): partial(_cards, shown, number) for number in range(len(starts))},
    }


def _cards(shown: PreviewInput, number: int) -> str:
    """The sides of some cards, as a call of a function of the page."""
    start = number * _NOTES_A_FILE
    sides = [
        [_inert(card.front), _inert(card.back), note.note.answer.text]
        for note in shown.notes[start : start + _NOTES_A_FILE]
        for card in render_cards(note, note_types=shown.note_types)
    ]
    return f"admonkiCards({number},{_json(sides)});\n"


def _cards_file(number: int) -> str:
    return f"cards-{number:04}.js"


def _index(shown: PreviewInput, names: Mapping[str, str]) -> str:
    data = _data(shown, names)
    script = theme.script("card.js") + _asset("preview.js")
    script += _asset("reload.js") if shown.is_served else ""
    styles = (
        _asset("preview.css"),
        _asset("anki.css"),
        *(_css(kind.css) for kind in shown.note_types),
    )
    return Template(_asset("index.html")).substitute(
        title=escape(shown.title),
        version=__version__,
        csp=_policy(styles, (script,), is_served=shown.is_served),
        style=_asset("preview.css"),
        script=script,
        data=_json(data),
    )


def _policy(styles: Iterable[str], scripts: Iterable[str], *, is_served: bool) -> str:
    """Return a Content Security Policy that allows only our own scripts and styles.

    Cards inherit it: their frame has no script, no network and no style sheet but its own.
    `style-src-attr` is for widths and alignments that the sanitizer has let through.
    """
    rules = [
        "default-src 'none'",
        f"script-src 'self' {' '.join(map(_hash, scripts))}" if scripts else "script-src 'none'",
        f"style-src-elem {' '.join(map(_hash, styles))}",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'" if is_served else "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(rules)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json(data: object) -> str:
    """Return JSON that cannot close the element it is in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _data(shown: PreviewInput, names: Mapping[str, str]) -> dict[str, object]:
    beside, elsewhere = _assign(shown.notes, shown.diagnostics)
    cards = [
        _card(note, ordinal, shown, names, beside[index]) | {"file": index // _NOTES_A_FILE}
        for index, note in enumerate(shown.notes)
        for ordinal in card_ordinals(note, note_type=_note_type(note, shown))
    ]
    decks = sorted({deck for note in shown.notes for deck in _ancestors(note.note.deck)})
    return {
        "cards": cards,
        "decks": decks,
        "tags": sorted({tag for note in shown.notes for tag in note.tags}),
        "noteTypes": {str(kind.id): _css(kind.css) for kind in shown.note_types},
        "ankiCss": _asset("anki.css"),
        "elsewhere": [_message(item, names) for item in elsewhere],
        "summary": str(count(shown.diagnostics)),
    }


def _card(
    identified: IdentifiedNote,
    ordinal: int,
    shown: PreviewInput,
    names: Mapping[str, str],
    messages: Sequence[Diagnostic],
) -> dict[str, object]:
    note = identified.note
    kind = _note_type(identified, shown)
    place = note.location
    return {
        "key": identified.guid,
        "id": identified.key,
        "ordinal": ordinal + 1,
        "template": card_name(kind, ordinal),
        "noteType": str(kind.id),
        "deck": note.deck,
        "tags": identified.tags,
        "isUnanswered": note.is_unanswered,
        "isBank": note.is_bank,
        "question": note.question.text,
        "path": place.path,
        "line": place.line,
        "href": _source_href(place.path, place.line, names),
        "editor": _editor(shown, place.path, place.line, place.column),
        "messages": [_message(item, names) for item in messages],
    }


def _note_type(identified: IdentifiedNote, shown: PreviewInput) -> NoteType:
    return note_type_for(identified.note.kind, shown.note_types)


def _inert(html: str) -> str:
    """Leave scripts and the reader's style out: none may run inside the frame, none is there."""
    return _SCRIPT.sub("", html)


def _editor(shown: PreviewInput, path: str, line: int, column: int) -> str:
    if not shown.editor:
        return ""
    file = quote(shown.files.get(path, path))
    filled = shown.editor.replace("{path}", file).replace("{line}", str(line))
    return filled.replace("{column}", str(column))


def _ancestors(deck: str) -> Iterable[str]:
    parts = deck.split("::")
    return ("::".join(parts[:length]) for length in range(1, len(parts) + 1))


def _css(css: str) -> str:
    # an HTML parser would end the element at `</`, CSS reads the escape as the same
    return css.replace("</", "<\\/")


def _message(item: Diagnostic, names: Mapping[str, str]) -> dict[str, str | int]:
    href = _source_href(item.location.path, item.location.line, names)
    return {**to_record(item), "href": href}


def _source_href(path: str, line: int, names: Mapping[str, str]) -> str:
    return f"{names[path]}#L{line}" if path in names else "#"


def _assign(
    notes: Sequence[IdentifiedNote], diagnostics: Sequence[Diagnostic]
) -> tuple[list[list[Diagnostic]], list[Diagnostic]]:
    """Attach each diagnostic to the last card that begins at or above it in its page."""
    starts: dict[str, list[tuple[int, int]]] = {}
    for index, identified in enumerate(notes):
        place = identified.note.location
        starts.setdefault(place.path, []).append((place.line, index))
    beside: list[list[Diagnostic]] = [[] for _ in notes]
    elsewhere: list[Diagnostic] = []
    for lines in starts.values():
        lines.sort()
    for item in diagnostics:
        lines = starts.get(item.location.path, [])
        at = bisect_right(lines, (item.location.line, len(notes)))
        (beside[lines[at - 1][1]] if at else elsewhere).append(item)
    return beside, elsewhere


def _source_page(path: str, lines: Sequence[str]) -> str:
    rows = "".join(
        f'<span class="line" id="L{number}">'
        f'<a href="#L{number}">{number}</a>{escape(line)}\n</span>'
        for number, line in enumerate(lines, start=1)
    )
    style = _asset("preview.css")
    return Template(_asset("source.html")).substitute(
        title=escape(path),
        version=__version__,
        csp=_policy((style,), (), is_served=False),
        style=style,
        lines=rows,
    )


@cache
def _asset(name: str) -> str:
    file = resources.files("generator.commands.preview") / "assets" / name
    return file.read_text("utf-8").replace("\r\n", "\n")
