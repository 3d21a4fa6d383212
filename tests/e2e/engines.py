"""Three engines under one interface: Chromium, WebKitGTK (the iPhone's), Firefox.

Each is Debian's (`chromium chromium-driver webkit2gtk-driver xvfb firefox-esr`), runs without a
screen and without network, and draws two pixels for each CSS pixel. A test names the fixture
`engine` and runs once in each; where one is missing that run is skipped with the reason.
"""

import base64
import json
import os
import shutil
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
import websocket
from selenium.webdriver import Chrome, ChromeOptions, Remote, WebKitGTKOptions
from selenium.webdriver.chrome.service import Service as ChromeService
from selenium.webdriver.common.service import Service
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.webkitgtk.service import Service as WebKitService

from tests.e2e.chromium import FLAGS

NAMES = ("chromium", "webkit", "firefox")
SCALE = 2
TIMEOUT_S = 120
WIDTH, HEIGHT = 1200, 1900
"""CSS pixels of each window; WebKitGTK's cannot be as narrow as a phone: use frames for that."""

_SETTLED = """
const windows = [window, ...Array.from(document.querySelectorAll("iframe"), f => f.contentWindow)];
const ready = windows.flatMap(w => [w.document.fonts.ready,
    ...Array.from(w.document.images, i => i.decode().catch(() => 0))]);
const drawn = new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
return Promise.all(ready).then(() => drawn).then(() => true);
"""


class Engine(Protocol):
    """A browser window of WIDTH × HEIGHT."""

    name: str

    def open(self, url: str) -> None:
        """Load a page and wait until its fonts and pictures, and those of its frames, are there."""

    def measure(self, script: str) -> Any:
        """Run a function body in the page and return what it, or its promise, returns."""

    def screenshot(self, png: Path) -> None:
        """Save what the window shows, SCALE pixels for each CSS pixel."""


class _Driven:
    """A browser under its WebDriver."""

    def __init__(self, name: str, driver: WebDriver, service: Service) -> None:
        self.name = name
        self._driver = driver
        self._service = service

    def open(self, url: str) -> None:
        self._driver.get(url)
        self.measure(_SETTLED)

    def measure(self, script: str) -> Any:
        return self._driver.execute_script(script)

    def screenshot(self, png: Path) -> None:
        self._driver.save_screenshot(str(png))

    def close(self) -> None:
        self._driver.quit()
        self._service.stop()


_FIREFOX_PREFS = {
    "ui.useOverlayScrollbars": 1,
    "security.fileuri.strict_origin_policy": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


class _Firefox:
    """Over WebDriver BiDi, which needs no driver (W3C, "WebDriver BiDi")."""

    name = "firefox"

    def __init__(self, program: str, profile: Path) -> None:
        lines = (
            f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in _FIREFOX_PREFS.items()
        )
        (profile / "user.js").write_text("".join(lines))
        command = [program, "--headless", "--no-remote", "--remote-debugging-port", "0"]
        self._process = subprocess.Popen(
            [*command, "--profile", str(profile)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._sent = 0
        self._socket = websocket.create_connection(
            self._address(profile), suppress_origin=True, timeout=TIMEOUT_S
        )
        self._ask("session.new", capabilities={})
        tree = self._ask("browsingContext.getTree")
        self._window = {"context": tree["contexts"][0]["context"]}
        viewport = {"width": WIDTH, "height": HEIGHT}
        self._ask(
            "browsingContext.setViewport",
            **self._window,
            viewport=viewport,
            devicePixelRatio=SCALE,
        )

    def _address(self, profile: Path) -> str:
        """Firefox writes the port that it took into its profile."""
        taken = profile / "WebDriverBiDiServer.json"
        last_s = time.monotonic() + TIMEOUT_S
        while not (taken.exists() and (text := taken.read_text())):
            assert time.monotonic() < last_s, "Firefox does not answer"
            time.sleep(0.05)
        return f"ws://127.0.0.1:{json.loads(text)['ws_port']}/session"

    def _ask(self, method: str, **params: object) -> Any:
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": params}))
        while (answer := json.loads(self._socket.recv())).get("id") != self._sent:
            pass  # an event, which nobody asked for
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['message']}")
        return answer["result"]

    def open(self, url: str) -> None:
        self._ask("browsingContext.navigate", **self._window, url=url, wait="complete")
        self.measure(_SETTLED)

    def measure(self, script: str) -> Any:
        answer = self._ask(
            "script.callFunction",
            functionDeclaration=f"async () => JSON.stringify(await (() => {{{script}}})() ?? null)",
            target=self._window,
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def screenshot(self, png: Path) -> None:
        answer = self._ask("browsingContext.captureScreenshot", **self._window)
        png.write_bytes(base64.b64decode(answer["data"]))

    def close(self) -> None:
        self._ask("browser.close")
        self._socket.close()
        self._process.wait(TIMEOUT_S)


def _program(*names: str, package: str) -> str:
    found = next((path for name in names if (path := shutil.which(name))), None)
    return found or pytest.skip(f"no {names[0]} on this machine (apt-get install {package})")


def _mini_browser() -> str:
    places = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    return str(places[-1]) if places else pytest.skip("webkit2gtk-driver has no MiniBrowser here")


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen that the engine's window fits on; its name for DISPLAY."""
    program = _program("Xvfb", package="xvfb")
    reading, writing = os.pipe()
    size = f"{SCALE * WIDTH}x{SCALE * HEIGHT + 200}x24"
    command = [program, "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        process.terminate()
        process.wait()


def _chromium() -> _Driven:
    options = ChromeOptions()
    options.binary_location = _program("chromium", "chromium-browser", package="chromium")
    for flag in FLAGS:
        options.add_argument(flag)
    service = ChromeService(_program("chromedriver", package="chromium-driver"))
    driver = Chrome(options=options, service=service)
    size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": SCALE, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    return _Driven("chromium", driver, service)


def _webkit(display: str) -> _Driven:
    options = WebKitGTKOptions()
    options.binary_location = _mini_browser()
    options.add_argument("--automation")
    drawing = {"DISPLAY": display, "GDK_BACKEND": "x11", "GDK_SCALE": str(SCALE)}
    environ = {**os.environ, **drawing, "LIBGL_ALWAYS_SOFTWARE": "1"}
    program = _program("WebKitWebDriver", package="webkit2gtk-driver")
    service = WebKitService(program, env=environ)
    service.start()
    with warnings.catch_warnings():  # Selenium 4.51 warns of what it does itself
        warnings.simplefilter("ignore", DeprecationWarning)
        driver = Remote(service.service_url, options=options)
    driver.set_window_rect(0, 0, WIDTH, HEIGHT)
    bar: int = HEIGHT - driver.execute_script("return innerHeight")
    driver.set_window_rect(0, 0, WIDTH, HEIGHT + bar)
    return _Driven("webkit", driver, service)


@contextmanager
def opened(name: str, profile: Path) -> Iterator[Engine]:
    """Start an engine for as long as the context lasts.

    Args:
        name: One of NAMES.
        profile: An empty folder.
    """
    with ExitStack() as stack:
        engine: _Driven | _Firefox
        if name == "chromium":
            engine = _chromium()
        elif name == "webkit":
            engine = _webkit(stack.enter_context(screen()))
        else:
            engine = _Firefox(_program("firefox-esr", "firefox", package="firefox-esr"), profile)
        stack.callback(engine.close)
        yield engine


@pytest.fixture(scope="session", params=NAMES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """Each engine in turn, one window for all tests."""
    with opened(request.param, tmp_path_factory.mktemp("profile")) as window:
        yield window
