"""Score the parser and the renderer on other authors' pages.

Makes a candidate of every admonition of a corpus, nested ones too, and hands it to the scorer:

    python benchmarks/corpus_score.py --pages PAGES --truth TRUTH --scorer score.py [--worst N]

Every image is taken as found, so that the score is about the reading, not about files.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it.token import Token

from generator.config import Config
from generator.errors import Diagnostic
from generator.math.formula import joined
from generator.model import Admonition, Document, Media
from generator.parser import parse
from generator.reader.find import find_pages
from generator.reader.page import decode
from generator.render.context import RenderContext
from generator.render.html import render_fragment

ROOT = Path(__file__).resolve().parent.parent


def find_media(_page: str, target: str) -> Media:
    """Take any file as found."""
    return Media(f"x{Path(target).suffix or '.png'}", target)


def boxes(tokens: Sequence[Token]) -> Iterator[tuple[Admonition, Sequence[Token], Sequence[Token]]]:
    """Yield each admonition with the tokens of its title and of its body."""
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.type == "admonition_open":
            opened.append(index)
        elif token.type == "admonition_close":
            first = opened.pop()
            title: Sequence[Token] = ()
            body = first + 1
            if tokens[body].type == "admonition_title_open":
                title, body = tokens[body + 1 : body + 2], body + 3
            yield tokens[first].meta["admonition"], title, tokens[body:index]


def cards(document: Document) -> tuple[list[dict[str, object]], list[Diagnostic]]:
    """Return the page's admonitions as the scorer wants them, and what rendering found."""
    context = RenderContext(document, Config(), find_media)
    made: list[dict[str, object]] = []
    diagnostics: list[Diagnostic] = []
    for admonition, title, body in boxes(document.tokens):
        front, problems = render_fragment(title, context=context)
        back, more = render_fragment(body, context=context)
        diagnostics += [*problems, *more]
        named = front.html if admonition.title is not None else admonition.type.capitalize()
        # The scorer's truth has no footnotes in its bodies; a card shows those that it cites.
        answer = back.html.partition('<section class="footnotes"')[0]
        sides = {"front": joined(named), "back": joined(answer)}
        made.append({**sides, "line": admonition.location.line})
    made.sort(key=lambda card: int(str(card["line"])))
    return made, diagnostics


def candidate(pages: Path) -> tuple[list[dict[str, object]], Counter[str]]:
    """Read and render all pages of a corpus."""
    documents: list[dict[str, object]] = []
    codes: Counter[str] = Counter()
    paths, _ = find_pages([pages])
    for path in paths:
        name = path.relative_to(pages).as_posix()
        source, found = decode(path.read_bytes(), page=name, display=name)
        if source is None:
            print("unreadable:", *found)
            continue
        document, problems = parse(source, config=Config())
        made, more = cards(document)
        codes.update(d.code for d in (*found, *problems, *more))
        documents.append({"file": name, "cards": made})
    return documents, codes


def main() -> None:
    """Write the candidate and run the scorer on it."""
    shared = ROOT.parent / "shared"
    arguments = argparse.ArgumentParser(
        description=__doc__, epilog="Other options go to the scorer."
    )
    arguments.add_argument("--pages", type=Path, default=shared / "corpora/pages")
    arguments.add_argument("--truth", type=Path, default=shared / "corpora/truth")
    arguments.add_argument("--scorer", type=Path, default=shared / "tools/score/score.py")
    arguments.add_argument("--out", type=Path, default=ROOT / "build/candidate.json")
    options, rest = arguments.parse_known_args()
    documents, codes = candidate(options.pages)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(documents), encoding="utf-8")
    print("diagnostics:", dict(sorted(codes.items())))
    command = [sys.executable, options.scorer, options.out, "--truth", options.truth]
    subprocess.run([*command, *rest], check=True)


if __name__ == "__main__":
    main()
