"""Cards on paper: ink on white whatever the mode, nothing cut off."""

from pathlib import Path

import pytest

from tests.e2e.cards import Frame, answer_side, write_page
from tests.e2e.constructs import AS_WRITTEN
from tests.e2e.driver import Browser, browser

pytestmark = pytest.mark.e2e
__all__ = ["browser"]  # the fixture

PAGE = "const page = document.querySelector('iframe').contentDocument;"
TEXTS = ".admonki p, .admonki td, .admonki pre span"
LEVELS = (
    f"{PAGE} const grey = (c) => c.match(/[\\d.]+/g).slice(0, 3).map(Number);"
    f"return [...page.querySelectorAll('{TEXTS}')]"
    ".map(e => Math.max(...grey(getComputedStyle(e).color)));"
)


def test_a_night_card_is_printed_in_ink_on_paper(browser: Browser, tmp_path: Path) -> None:
    body = "".join(AS_WRITTEN[name] for name in ("boxes", "small table", "code block"))
    page = write_page([Frame("card", answer_side(body), is_night=True)], tmp_path)
    browser.open(page.as_uri())
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    levels = browser.run(LEVELS)
    assert isinstance(levels, list)
    assert len(levels) > 8
    assert max(levels) < 200
    ground = browser.run(f"{PAGE} return getComputedStyle(page.body).backgroundColor;")
    assert ground == "rgb(255, 255, 255)"


def test_wide_code_is_wrapped_on_paper(browser: Browser, tmp_path: Path) -> None:
    body = f"<pre><code>{'wide ' * 60}</code></pre>"
    page = write_page([Frame("card", answer_side(body))], tmp_path)
    browser.open(page.as_uri())
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    widths = browser.run(
        f"{PAGE} const pre = page.querySelector('pre'); return [pre.scrollWidth, pre.clientWidth];"
    )
    assert isinstance(widths, list)
    assert widths[0] <= widths[1] + 1
