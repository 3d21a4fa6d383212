"""The system's Chromium under the system's driver, offline, with its console kept."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

from tests.e2e.chromium import FLAGS

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


class Browser:
    """One browser window.

    Attributes:
        driver: Selenium's driver.
    """

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    def open(self, url: str, *, width: int = 1280, height: int = 900) -> None:
        """Load a page as new, at a size of the page itself (a window has a least width)."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.get("about:blank")
        self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        self.driver.get(url)

    def run(self, script: str, *arguments: object) -> object:
        """Run a function body in the page and return what it returns."""
        result: object = self.driver.execute_script(script, *arguments)
        return result

    def wait(self, script: str, *arguments: object, seconds: float = 10) -> None:
        """Wait until an expression is true."""
        WebDriverWait(self.driver, seconds, poll_frequency=0.05).until(
            lambda driver: driver.execute_script(f"return Boolean({script})", *arguments),
            message=script,
        )

    def errors(self) -> list[str]:
        """Return what the console has complained about since the page was opened."""
        entries = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [str(entry["message"]) for entry in entries]

    def keys(self, *keys: str) -> None:
        """Press keys where the focus is."""
        from selenium.webdriver import ActionChains

        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def accessibility(self) -> list[str]:
        """Return what axe-core finds wrong with the page."""
        self.driver.execute_script(AXE.read_text(encoding="utf-8"))
        # axe 4 does not read MathML: a header that is a formula has its words in `alttext`
        self.driver.execute_script(
            "axe.configure({rules: [{id: 'empty-table-header', selector:"
            " 'th:not([role]):not(:has(math[alttext]))'}]});"
        )
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {iframes: false}).then(r => done(JSON.stringify(r.violations.map("
            "v => `${v.id}: ${v.nodes.map(n => n.target + ' ' + n.failureSummary).join('; ')}`))));"
        )
        violations: list[str] = json.loads(found)
        return violations


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser for all tests; skipped where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    driver_path = shutil.which("chromedriver")
    if not program or not driver_path:
        pytest.skip("no Chromium with its driver (apt-get install chromium chromium-driver)")
    options = ChromeOptions()
    options.binary_location = program
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=Service(driver_path))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
