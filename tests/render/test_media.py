"""Files of the docs folder on cards: found, named, refused."""

from pathlib import Path

import pytest

from generator.config import Config
from generator.model import CardKind, Media, SourceFile
from generator.parser import parse
from generator.render.context import MediaProblem, RenderContext
from generator.render.html import render_fragment
from generator.render.media import MediaFolder, media_name
from tests.render.rendering import render


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A docs folder with pictures, beside a file that is none of a page's business."""
    folder = tmp_path / "docs"
    (folder / "a" / "img").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(b"secret")
    for name in ("a/img/x.png", "top.PNG", "a/ein Bild.png", "ü.png", "talk.mp3", "notes.txt"):
        (folder / name).write_bytes(name.encode())
    (folder / "good.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>"
    )
    (folder / "bad.svg").write_text("<svg onload = 'x()'><script>x()</script></svg>")
    (folder / "out.png").symlink_to(tmp_path / "secret.png")
    (folder / "loop.png").symlink_to(folder / "loop.png")
    return folder


@pytest.mark.parametrize(
    ("page", "target", "name"),
    [
        ("a/p.md", "img/x.png", "a/img/x.png"),
        ("a/p.md", "../top.PNG", "top.PNG"),
        ("a/p.md", "/top.PNG", "top.PNG"),
        ("a/p.md", "./img/../ein Bild.png", "a/ein Bild.png"),
        ("p.md", "ü.png", "ü.png"),
        ("p.md", "good.svg", "good.svg"),
    ],
)
def test_path_is_read_from_the_page(docs: Path, page: str, target: str, name: str) -> None:
    found = MediaFolder([docs])(page, target)
    assert isinstance(found, Media)
    assert found.path == str((docs / name).resolve())


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("no.png", MediaProblem.MISSING),
        ("a", MediaProblem.MISSING),
        ("../secret.png", MediaProblem.OUTSIDE),
        ("a/../../secret.png", MediaProblem.OUTSIDE),
        ("/../secret.png", MediaProblem.OUTSIDE),
        ("out.png", MediaProblem.OUTSIDE),
        ("C:\\x.png", MediaProblem.OUTSIDE),
        ("C:/x.png", MediaProblem.OUTSIDE),
        ("..\\secret.png", MediaProblem.OUTSIDE),
        ("x\0.png", MediaProblem.OUTSIDE),
        ("loop.png", MediaProblem.UNREADABLE),
        ("x" * 5000 + ".png", MediaProblem.UNREADABLE),
        ("bad.svg", MediaProblem.ACTIVE),
        ("notes.txt", MediaProblem.KIND),
    ],
)
def test_what_cannot_travel_says_why(docs: Path, target: str, problem: MediaProblem) -> None:
    assert MediaFolder([docs])("p.md", target) is problem


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("My Bild (1).PNG", "My_Bild_1"),
        ("..hidden.png", "hidden"),
        ("<>:|?*.png", "file"),
        ("_static.png", "static"),
        ("x" * 300 + ".png", "x" * 60),
        ("図.png", "図"),
    ],
)
def test_name_is_flat_and_safe(name: str, stem: str) -> None:
    made = media_name(name, b"content")
    assert made == f"{stem}-ed7002b4.png"


def test_name_changes_with_the_content() -> None:
    assert media_name("a.png", b"1") != media_name("a.png", b"2")


def test_sound_gets_a_button_and_film_a_player() -> None:
    media = {"a.mp3": "a-12.mp3", "b.mp4": "b-12.mp4"}
    fragment, _ = render("![hear](a.mp3) ![see](b.mp4) [listen](a.mp3)\n", media=media)
    assert fragment.html == (
        '<p>[sound:a-12.mp3] <video controls="" src="b-12.mp4"></video> listen [sound:a-12.mp3]</p>'
    )
    assert fragment.text == "hear see listen"
    assert [m.name for m in fragment.media] == ["a-12.mp3", "b-12.mp4"]


@pytest.mark.parametrize(
    ("fragment", "mode"),
    [("#only-dark", "only-dark"), ("#gh-light-mode-only", "only-light"), ("#other", "")],
)
def test_a_picture_may_be_for_one_mode_alone(fragment: str, mode: str) -> None:
    html = render(f"![x](a.png{fragment})\n", media={"a.png": "a-12.png"})[0].html
    assert (f'class="{mode}"' in html) == bool(mode)
    assert 'src="a-12.png"' in html


def test_player_in_raw_html_takes_its_source() -> None:
    page = '<video controls><source src="b.mp4" type="video/mp4">No film</video>\n'
    fragment, _ = render(page, media={"b.mp4": "b-12.mp4"})
    assert '<video controls="" src="b-12.mp4"></video>' in fragment.html


def test_raw_html_reads_paths_from_the_pages_address() -> None:
    seen: list[tuple[str, str]] = []
    from generator.config import Config
    from generator.model import SourceFile
    from generator.parser import parse
    from generator.render.context import RenderContext
    from generator.render.html import render_fragment

    def find(page: str, target: str) -> Media | MediaProblem:
        seen.append((page, target))
        return MediaProblem.MISSING

    document, _ = parse(SourceFile("a/p.md", "a/p.md", '<img src="../x.png">\n'), config=Config())
    render_fragment(document.tokens, context=RenderContext(document, Config(), find))
    assert seen == [("a/p.md", "../x.png"), ("a/p/index.md", "../x.png")]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("![cell](https://e.example/c.png)", "W503", "cell (c.png)"),
        ("![cell](data:image/png;base64,xx)", "W505", "cell"),
        ("![](no.png)", "W501", "no.png"),
        ('<img src="no.png" alt="cell">', "W501", "cell (no.png)"),
    ],
)
def test_card_says_what_was_there(text: str, code: str, said: str) -> None:
    fragment, diagnostics = render(text + "\n")
    assert f'alt="{said}' in fragment.html
    assert " src=" not in fragment.html
    assert [d.code for d in diagnostics] == [code]


def test_remote_picture_is_a_link_to_it() -> None:
    html = render("![cell](https://e.example/c.png)\n")[0].html
    assert html.startswith('<p><a href="https://e.example/c.png"><img class="missing-media"')


@pytest.mark.parametrize(("excess", "codes"), [(0, []), (1, ["W514"])])
def test_a_file_that_ankiweb_does_not_sync_is_named(
    docs: Path, excess: int, codes: list[str]
) -> None:
    with (docs / "film.mp4").open("wb") as film:
        film.truncate((100 << 20) + excess)
    config = Config()
    document, _ = parse(SourceFile("p.md", "p.md", "![](film.mp4)"), config=config)
    context = RenderContext(document, config, MediaFolder([docs]), CardKind.BASIC)
    fragment, found = render_fragment(document.tokens, context=context)
    assert [item.code for item in found] == codes
    assert len(fragment.media) == 1


def test_a_vault_s_files_are_found_by_their_name(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    for folder in ("b/deep", "attachments"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "cat.png").write_bytes(folder.encode())
    found = MediaFolder([tmp_path])("notes/page.md", "cat.png")
    assert isinstance(found, Media)
    assert Path(found.path) == tmp_path / "attachments" / "cat.png"
    (tmp_path / ".obsidian").rmdir()
    assert MediaFolder([tmp_path])("notes/page.md", "cat.png") is MediaProblem.MISSING
