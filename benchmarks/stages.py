"""What the pure stages cost: milliseconds of CPU for a card, one core, the best of many runs.

`python -m benchmarks.stages [RUNS]`. To compare two states of the code, run it in both checkouts
in turns, and compare ratios.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from benchmarks.pages import CARDS_PER_PAGE, pages
from generator.cards import extract
from generator.collector import spare_collector
from generator.config import Config
from generator.parser import parse
from generator.pipeline.pages import render_card
from generator.reader import decode
from generator.render import MediaFolder

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
    for card in extraction.cards:
        render_card(card, document, config=config, find_media=media)
    yield process_time()


def main(runs: int = 60) -> None:
    """Measure a page of the benchmark and print a line a stage."""
    spare_collector()
    folder = Path.cwd()
    config, media = Config(root=folder, sources=(folder,)), MediaFolder((folder,))
    data = next(pages(CARDS_PER_PAGE)).text.encode()
    clocks = [tuple(times(data, config, media)) for _ in range(runs)]
    for index, stage in enumerate(STAGES):
        best = min(clock[index + 1] - clock[index] for clock in clocks)
        print(f"{stage:8} {best / CARDS_PER_PAGE * 1000:.3f} ms a card")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
