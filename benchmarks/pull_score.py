"""Score `admonki pull`: what share of single edits in Anki's terms is mapped back to Markdown.

    python -m benchmarks.pull_score PAGES [--each N] [--seed N] [--show]

Edits random cards of a folder of pages as Anki's editor would and maps them back. Every mapped
edit is proved by rendering the edited page, so the rest is the share that is left to the author.
"""

import argparse
import random
from collections import Counter
from pathlib import Path

from generator.config import load
from generator.fields import ANSWER, FIELD_NAMES, QUESTION, fields_of
from generator.pull.leaves import leaves_of
from generator.pull.mapping import Mapped, map_card
from generator.pull.page import Page, PageCard
from generator.render.media import MediaFolder
from tests.pull.editor import KINDS, WORDS, edit


def try_edit(
    rng: random.Random, page: Page, cards: tuple[PageCard, ...], kind: str
) -> tuple[PageCard, Mapped] | None:
    """Edit a random side of a random card; None where the edit changes nothing that is read."""
    card = rng.choice(cards)
    fields = dict(zip(FIELD_NAMES, fields_of(card.note), strict=True))
    side = rng.choice((0, 1, 1))
    html = edit(rng, fields[(QUESTION, ANSWER)[side]], kind)
    if html is None:
        return None
    wanted = (leaves_of(html), card.sides[1]) if side == 0 else (card.sides[0], leaves_of(html))
    if wanted == card.sides:
        return None
    others = page.others(page.text, card.number)
    mapped = map_card(
        page.text,
        shipped=card.sides,
        wanted=wanted,
        regions=card.regions,
        read=lambda text: page.read(text, card.number, len(cards)),
        is_apart=lambda text: page.others(text, card.number) == others,
    )
    return card, mapped


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--each", type=int, default=5, help="edits of each page")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print what is not mapped")
    asked = parser.parse_args()
    rng = random.Random(asked.seed)
    tried: Counter[str] = Counter()
    mapped: Counter[str] = Counter()
    for file in sorted(asked.pages.rglob("*.md")):
        config, _ = load({"sources": (file,)}, cwd=asked.pages, environ={}, file=None)
        find_media = MediaFolder([asked.pages])
        name = file.relative_to(asked.pages).as_posix()
        page = Page(
            file.read_bytes(), page=name, display=name, config=config, find_media=find_media
        )
        cards = page.cards()
        done = 0
        for _ in range(asked.each * 10 if cards else 0):
            kind = rng.choice(list(KINDS))
            found = try_edit(rng, page, cards, kind)
            if found is None:
                continue
            tried[kind] += 1
            card, result = found
            if result.edits and not result.unmapped:
                mapped[kind] += 1
            elif asked.show:
                print(f"--- {name}:{card.note.location.line} {kind}")
                for item in result.unmapped:
                    print(f"  - {item.before[:200]!r}\n  + {item.after[:200]!r}")
            done += 1
            if done == asked.each:
                break
    for kind in KINDS:
        print(f"{kind:<14}{mapped[kind]:>5} of {tried[kind]}")
    for name, kinds in (("single words", WORDS), ("all edits", tuple(KINDS))):
        counts = (sum(counter[kind] for kind in kinds) for counter in (mapped, tried))
        share, of = counts
        print(f"{name:<14}{share / max(1, of):>6.1%}")


if __name__ == "__main__":
    main()
