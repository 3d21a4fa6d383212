"""What the pure stages cost: milliseconds of CPU for a card, one core, the median of many pages.

`python -m benchmarks.stages [PAGES]`. Each page is another, so that formulas are converted as
often as in a build. To compare two states of the code, run it in both checkouts in turns, and
compare ratios.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.pages import CARDS_PER_PAGE, pages
from generator.cards.extract import extract
from generator.config import Config
from generator.garbage_collection import collect_rarely
from generator.parser import parse
from generator.pipeline.notes import CardRenderer
from generator.reader.page import decode
from generator.render.media import MediaFolder

STAGES = ("read", "parse", "extract", "render")


def times(data: bytes, config: Config, media: MediaFolder) -> Iterator[float]:
    """Take one page through the stages; yield the clock before the first and after each."""
    yield process_time()
    source, _ = decode(data, page="page.md", display="page.md")
    assert source is not None
    yield process_time()
    document, _ = parse(source, config=config)
    yield process_time()
    extraction, _ = extract(document, config=config)
    yield process_time()
    renderer = CardRenderer(document, extraction.title, config=config, find_media=media)
    for card in extraction.cards:
        renderer.render(card)
    yield process_time()


def main(count: int = 60) -> None:
    """Measure pages of the benchmark and print a line a stage."""
    collect_rarely()
    folder = Path.cwd()
    config, media = Config(root=folder, sources=(folder,)), MediaFolder((folder,))
    texts = [page.text.encode() for page in pages(CARDS_PER_PAGE * count)]
    clocks = [tuple(times(data, config, media)) for data in texts]
    for index, stage in enumerate(STAGES):
        usual = median(clock[index + 1] - clock[index] for clock in clocks)
        print(f"{stage:8} {usual / CARDS_PER_PAGE * 1000:.3f} ms a card")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
