"""Run one page through all pure stages, in a worker process."""

from generator.cards.extract import extract
from generator.config import Config, page_config
from generator.errors import Diagnostic, Location
from generator.model import Directive, Document, Media, SourceFile
from generator.parser import parse
from generator.pipeline.cache import key_of
from generator.pipeline.links import links_of
from generator.pipeline.notes import CardRenderer
from generator.pipeline.results import PageResult
from generator.pipeline.sources import PageFile
from generator.reader.files_in import put_files_in
from generator.reader.page import decode, page_name
from generator.render.context import FindMedia, MediaProblem
from generator.render.media import text_finder
from generator.render.reuse import Reuse


class _Recorder:
    """A `FindMedia` that records its lookups."""

    def __init__(self, find_media: FindMedia) -> None:
        self._find_media = find_media
        self.lookups: dict[tuple[str, str], Media | MediaProblem] = {}

    def __call__(self, page: str, target: str) -> Media | MediaProblem:
        found = self._find_media(page, target)
        self.lookups[page, target] = found
        return found


def render_page(
    file: PageFile,
    data: bytes,
    *,
    config: Config,
    find_media: FindMedia,
    reuse: Reuse | None = None,
) -> PageResult:
    """Decode, parse, extract and render one page.

    Args:
        file: The page.
        data: Its bytes.
        config: What is in force.
        find_media: Looks up pictures and sounds.
        reuse: Formulas and code of the page's last version.
    """
    recorder = _Recorder(find_media)
    document, config, problems = read_document(file, data, config=config, find_media=recorder)
    digest = key_of(data)
    if document is None or _is_draft_post(document.source, config):
        return PageResult(file, diagnostics=problems, digest=digest)
    extraction, found = extract(document, config=config)
    problems += found
    notes = []
    renderer = CardRenderer(
        document, extraction.title, config=config, find_media=recorder, reuse=reuse
    )
    for card in extraction.cards:
        note, found = renderer.render(card)
        notes.append(note)
        problems += found
    return PageResult(
        file,
        title=extraction.title,
        notes=tuple(notes),
        boxes=extraction.boxes,
        directives=(*document.directives, *_page_wide(document.source, config)),
        anchors=document.anchors,
        links=links_of(document),
        name=document.source.page,
        diagnostics=problems,
        lookups=tuple((*asked, media) for asked, media in recorder.lookups.items()),
        digest=digest,
    )


def _is_draft_post(source: SourceFile, config: Config) -> bool:
    """Whether a build of the site leaves a post out (Material's blog plugin)."""
    posts = [f"{blog.post_dir}/" for blog in config.site.blogs if not blog.shows_drafts]
    return source.front_matter.is_draft and source.page.startswith(tuple(posts))


def _page_wide(source: SourceFile, config: Config) -> tuple[Directive, ...]:
    """Return the codes silenced in the front matter as a directive for the whole page."""
    if "ignore" not in source.front_matter.options:
        return ()
    lines = (1, source.body_line + source.text.count("\n") + 1)
    return (Directive(Location(source.path), "ignore", tuple(sorted(config.ignore)), lines),)


def read_document(
    file: PageFile, data: bytes, *, config: Config, find_media: FindMedia
) -> tuple[Document | None, Config, tuple[Diagnostic, ...]]:
    """Decode and parse one page.

    Args:
        file: The page.
        data: Its bytes.
        config: The settings of the build.
        find_media: Looks up snippets.

    Returns:
        The document, None when the page cannot be read; its settings; diagnostics.
    """
    page = page_name(file.path, file.root)
    reads_meta = config.site.extensions.meta is not None
    source, problems = decode(data, page=page, display=file.display, reads_meta=reads_meta)
    if source is None:
        return None, config, problems
    config, of_settings = page_config(config, source.front_matter, path=file.display)
    find_text = text_finder(find_media)
    source, of_includes = put_files_in(source, config=config, find_text=find_text)
    document, of_text = parse(source, config=config)
    return document, config, (*problems, *of_settings, *of_includes, *of_text)
