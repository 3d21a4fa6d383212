"""`admonki cards`: the structured cards, or every admonition, as JSON."""

import click

from generator.commands.output import show_json
from generator.commands.session import identified_notes, open_session, source_options
from generator.math.formula import joined
from generator.model import IdentifiedNote
from generator.pipeline.boxes import RenderedBox


@click.command("cards")
@source_options
@click.option("--format", "style", type=click.Choice(["json"]), default="json", show_default=True)
@click.option("--all", "all_boxes", is_flag=True, help="List all admonitions, nested ones too.")
def command(
    style: str,
    all_boxes: bool,
) -> None:
    """Print the cards of all pages in SOURCES as one JSON list."""
    del style  # the only one
    session = open_session()
    if all_boxes:
        from generator.pipeline.boxes import list_boxes

        boxes, found = list_boxes(session.config, cwd=session.cwd)
        records = [box_record(box) for box in boxes]
    else:
        identified = identified_notes(session)
        found = identified.diagnostics
        records = [card_record(note) for note in identified.notes]
    show_json(records)
    session.say(found)
    session.finish(found)


def card_record(identified: IdentifiedNote) -> dict[str, object]:
    """One card as a JSON object."""
    note = identified.note
    return {
        "id": identified.key,
        "guid": identified.guid,
        "kind": note.kind.value,
        "page": note.page,
        "section": " › ".join((*note.section, *note.outline)),
        "deck": note.deck,
        "tags": list(note.tags),
        "path": note.location.path,
        "line": note.location.line,
        "question_html": joined(note.question.html),
        "answer_html": joined(note.answer.html),
        "question_text": note.question.text,
        "answer_text": note.answer.text,
        "unanswered": note.is_unanswered,
    }


def box_record(box: RenderedBox) -> dict[str, object]:
    """One admonition as a JSON object; it is not a note, so `id` and `guid` are empty."""
    location = box.admonition.location
    return {
        "id": box.admonition.explicit_id or "",
        "guid": "",
        "kind": "admonition",
        "page": box.page,
        "section": " › ".join(box.section),
        "deck": box.deck,
        "tags": [],
        "path": location.path,
        "line": location.line,
        "question_html": joined(box.title.html),
        "answer_html": joined(box.body.html),
        "question_text": box.title.text,
        "answer_text": box.body.text,
        "unanswered": not box.body.html,
        "type": box.admonition.type,
        "depth": box.admonition.depth,
    }
