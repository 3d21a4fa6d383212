"""Notes to the HTML of their cards, through the card templates, as Anki does it.

For the preview: what it shows comes from the templates and the CSS that travel in the packages.
A subset of Anki's template language: `{{Field}}`, `{{#Field}}`, `{{^Field}}`, `{{FrontSide}}`,
`{{Tags}}`, `{{Deck}}`, `{{Subdeck}}`, `{{Type}}`, `{{Card}}`, and the filters `text:`, `type:`
and `cloze:` (Anki rslib `template.rs`, `cloze.rs`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from msgspec import Struct, field

from generator.apkg.notetypes import CardTemplate, NoteType, note_type_for
from generator.fields import FIELD_NAMES
from generator.model import IdentifiedNote

_TAG = re.compile(r"\{\{([#^/]?)([^{}]+)\}\}")
_EMPTY = re.compile(r"(?:\s|</?(?:br|div) ?/?>)*", re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]*>")
_CLOZE_TOKEN = re.compile(r"\{\{c(\d+)::|\}\}")


class RenderedCard(Struct, frozen=True):
    """Both sides of a card.

    Attributes:
        name: Of its template; for cloze with the gap's number.
        ordinal: Anki's number of the card, from 0.
        front, back: HTML as inside Anki's `<div id="qa">`.
    """

    name: str
    ordinal: int
    front: str
    back: str


class _Gap(Struct, frozen=True):
    """A cloze deletion: its number, its hint, its parts (text and further gaps)."""

    number: int
    parts: list["str | _Gap"] = field(default_factory=list)


def render_cards(
    identified: IdentifiedNote, *, note_types: Sequence[NoteType]
) -> tuple[RenderedCard, ...]:
    """Render every card that Anki makes of a note.

    Returns:
        The cards in Anki's order; none for a cloze without gaps.
    """
    kind = note_type_for(identified.note.kind, note_types)
    own = dict(zip(FIELD_NAMES, identified.fields, strict=True))
    fields = own | _special_fields(identified, kind)
    ordinals = card_ordinals(identified, note_type=kind)
    return tuple(_render_card(kind, ordinal, fields) for ordinal in ordinals)


def card_name(note_type: NoteType, ordinal: int) -> str:
    """Name a card after its template; for cloze with the gap's number."""
    if note_type.is_cloze:
        return f"{note_type.templates[0].name} {ordinal + 1}"
    return note_type.templates[ordinal].name


def card_ordinals(identified: IdentifiedNote, *, note_type: NoteType) -> tuple[int, ...]:
    """Number the cards that Anki makes of a note, from 0.

    Returns:
        The numbers in order; empty for a cloze without gaps and a question without text.
    """
    if note_type.is_cloze:
        numbers = cloze_numbers(_field(identified, note_type.templates[0].required[0]))
        return tuple(number - 1 for number in sorted(numbers))
    return tuple(
        i for i, template in enumerate(note_type.templates) if _is_filled(template, identified)
    )


def card_html(
    template: str, fields: Mapping[str, str], *, cloze: int = 0, is_answer: bool = False
) -> str:
    """Fill one side of a card template.

    Args:
        template: In Anki's template language.
        fields: Name → HTML, `FrontSide` among them for an answer side.
        cloze: Number of the gap that this card asks, from 1; 0 for other note types.
        is_answer: Whether gaps are shown filled.

    Returns:
        HTML. An unknown field is shown with Anki's error message.
    """
    return "".join(_fill(_TAG.split(template), fields, cloze=cloze, is_answer=is_answer))


def cloze_numbers(html: str) -> frozenset[int]:
    """Collect the numbers of the gaps, nested ones too; each makes a card."""
    return frozenset(_numbers(_parse_gaps(html)))


def _render_card(kind: NoteType, ordinal: int, fields: Mapping[str, str]) -> RenderedCard:
    template = kind.templates[0 if kind.is_cloze else ordinal]
    cloze = ordinal + 1 if kind.is_cloze else 0
    named = {**fields, "Card": card_name(kind, ordinal)}
    front = card_html(template.front, named, cloze=cloze)
    back = card_html(template.back, {**named, "FrontSide": front}, cloze=cloze, is_answer=True)
    return RenderedCard(named["Card"], ordinal, front, back)


def _special_fields(identified: IdentifiedNote, kind: NoteType) -> dict[str, str]:
    deck = identified.note.deck
    return {
        "Tags": escape(" ".join(identified.tags), quote=False),
        "Deck": escape(deck, quote=False),
        "Subdeck": escape(deck.rpartition("::")[2], quote=False),
        "Type": kind.name,
        "FrontSide": "",
    }


def _is_filled(template: CardTemplate, identified: IdentifiedNote) -> bool:
    return all(_has_text(_field(identified, name)) for name in template.required)


def _field(identified: IdentifiedNote, name: str) -> str:
    return identified.fields[FIELD_NAMES.index(name)]


def _has_text(html: str) -> bool:
    return not _EMPTY.fullmatch(html)


def _fill(
    pieces: Sequence[str], fields: Mapping[str, str], *, cloze: int, is_answer: bool
) -> Iterator[str]:
    """Walk text and tags; `hidden` counts the enclosing sections that do not apply."""
    sections: list[bool] = []
    yield pieces[0]
    for index in range(1, len(pieces), 3):
        mark, name, text = pieces[index], pieces[index + 1].strip(), pieces[index + 2]
        if mark == "/":
            del sections[-1:]
        elif mark:
            sections.append(_has_text(fields.get(name, "")) == (mark == "#"))
        elif all(sections):
            yield _value(name, fields, cloze=cloze, is_answer=is_answer)
        if all(sections):
            yield text


def _value(name: str, fields: Mapping[str, str], *, cloze: int, is_answer: bool) -> str:
    """Apply filters from the innermost (last) outwards: `{{text:cloze:Field}}`."""
    *filters, field_name = name.split(":")
    value = fields.get(field_name, f"{{unknown field {field_name}}}")
    for filter_name in reversed(filters):
        if filter_name == "text":
            value = _MARKUP.sub("", value)
        elif filter_name == "type":
            value = _typed(_MARKUP.sub("", value), is_answer=is_answer)
        elif filter_name == "cloze":
            value = _render_gaps(_parse_gaps(value), cloze, is_answer=is_answer)
    return value


def _typed(expected: str, *, is_answer: bool) -> str:
    """A field to type into, and on the back what was expected, as Anki shows them."""
    return f"<code id=typeans>{expected}</code>" if is_answer else "<input type=text id=typeans>"


def _parse_gaps(html: str) -> list[str | _Gap]:
    """Parse `{{c1::…}}` with nesting; unmatched braces are text."""
    outermost: list[str | _Gap] = []
    open_gaps: list[_Gap] = []
    position = 0
    for match in _CLOZE_TOKEN.finditer(html):
        parts = open_gaps[-1].parts if open_gaps else outermost
        parts.append(html[position : match.start()])
        position = match.end()
        if match[1]:
            open_gaps.append(_Gap(int(match[1])))
        elif open_gaps:
            gap = open_gaps.pop()
            (open_gaps[-1].parts if open_gaps else outermost).append(gap)
        else:
            parts.append(match[0])
    for gap in open_gaps:  # never closed: Anki shows the source
        outermost += [f"{{{{c{gap.number}::", *gap.parts]
    outermost.append(html[position:])
    return outermost


def _numbers(parts: Sequence[str | _Gap]) -> Iterator[int]:
    for part in parts:
        if isinstance(part, _Gap):
            if part.number:
                yield part.number
            yield from _numbers(part.parts)


def _render_gaps(parts: Sequence[str | _Gap], cloze: int, *, is_answer: bool) -> str:
    if cloze not in _numbers(parts):
        return ""
    return "".join(_render_part(part, cloze, is_answer=is_answer) for part in parts)


def _render_part(part: str | _Gap, cloze: int, *, is_answer: bool) -> str:
    if isinstance(part, str):
        return part
    inner, hint = _split_hint(part)
    text = "".join(_render_part(child, cloze, is_answer=is_answer) for child in inner)
    if part.number != cloze:
        return f'<span class="cloze-inactive" data-ordinal="{part.number}">{text}</span>'
    if is_answer:
        return f'<span class="cloze" data-ordinal="{part.number}">{text}</span>'
    return (
        f'<span class="cloze" data-cloze="{escape(text)}" data-ordinal="{part.number}">'
        f"[{hint or '...'}]</span>"
    )


def _split_hint(gap: _Gap) -> tuple[list[str | _Gap], str]:
    """Cut `answer::hint` at the first `::` of the gap's last piece of text."""
    last = gap.parts[-1] if gap.parts else ""
    if not isinstance(last, str) or "::" not in last:
        return gap.parts, ""
    text, _, hint = last.partition("::")
    return [*gap.parts[:-1], text], hint
