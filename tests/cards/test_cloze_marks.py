"""Where the marks of a cloze may be."""

from msgspec.structs import replace

from generator.cards.extract import extract
from generator.config import Config
from generator.config.extension_sets import RECOMMENDED
from generator.config.settings import Site
from generator.model import SourceFile
from generator.parser import parse


def _codes(text: str) -> list[str]:
    document, _ = parse(SourceFile("p.md", "p.md", text), config=Config())
    _, diagnostics = extract(document, config=Config())
    return [diagnostic.code for diagnostic in diagnostics]


def test_marks_in_the_question_are_enough_when_the_answer_follows_in_a_box() -> None:
    page = '!!! question cloze "A"\n\n    Drops the ==mean==.\n\n??? success "Answer"\n    Why.\n'
    assert _codes(page) == []
    assert _codes(page.replace("==", "")) == ["E302"]
    assert _codes('??? question cloze "The ==mean=="\n    Why.\n') == []


def test_where_the_site_reads_no_marks_the_hint_names_the_extension() -> None:
    config = Config(site=Site(extensions=replace(RECOMMENDED, mark=None)))
    source = SourceFile("p.md", "p.md", '??? question cloze "A"\n    It is ==ice==.\n')
    document, _ = parse(source, config=config)
    _, diagnostics = extract(document, config=config)
    assert [diagnostic.code for diagnostic in diagnostics] == ["E302"]
    assert "pymdownx.mark" in diagnostics[0].hint
