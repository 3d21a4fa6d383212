"""A page in QtWebEngine 5.15, the oldest engine that cards are made for. Run by Debian's Python.

`/usr/bin/python3 qtwebengine.py PAGE SCRIPT PNG` loads a page, runs a function body in it, saves
a picture, and prints what the body returned as JSON. Needs `python3-pyqt5.qtwebengine` and a
screen with OpenGL (Xvfb has one in software).
"""

import sys

from PyQt5.QtCore import QTimer, QUrl
from PyQt5.QtWebEngineWidgets import QWebEngineView
from PyQt5.QtWidgets import QApplication

PATIENCE_MS = 60_000
DRAWN_MS = 700


def main(page: str, script: str, png: str) -> None:
    """Show the page, then leave."""
    application = QApplication(["qtwebengine"])
    view = QWebEngineView()
    view.resize(1200, 1900)

    def finish(answer: str) -> None:
        print(answer)
        QTimer.singleShot(DRAWN_MS, photograph)

    def photograph() -> None:
        view.grab().save(png)
        application.quit()

    def measure(_is_loaded: bool) -> None:
        view.page().runJavaScript(f"JSON.stringify((() => {{{script}}})())", finish)

    view.loadFinished.connect(measure)
    view.show()
    view.load(QUrl.fromLocalFile(page))
    QTimer.singleShot(PATIENCE_MS, application.quit)
    application.exec_()


if __name__ == "__main__":
    main(*sys.argv[1:])
