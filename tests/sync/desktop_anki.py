"""Run by a Python with Anki's window: start it without a display, with the real AnkiConnect.

usage: desktop_anki.py BASE ADDON PORT

A file `do.py` in BASE is run inside Anki, with `mw` and `col`; its end is said by `done.txt`.
"""

import json
import os
import shutil
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # as root, in a container
os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--no-sandbox --disable-gpu")

import aqt
from anki.lang import set_lang
from aqt import gui_hooks
from aqt.profiles import ProfileManager
from aqt.qt import QTimer


def main(base: Path, addon: Path, port: int) -> None:
    """Start Anki; it ends when it is killed."""
    place = base / "addons21" / "2055492159"
    shutil.copytree(addon, place)
    config = json.loads((place / "config.json").read_text()) | {"webBindPort": port}
    (place / "config.json").write_text(json.dumps(config))
    set_lang("en_US")
    profiles = ProfileManager(base)
    profiles.setupMeta()
    profiles.setLang("en_US")
    profiles.create("test")
    profiles.meta.update(
        firstRun=False,
        last_loaded_profile_name="test",
        suppressUpdate=True,
        updates=False,
        last_addon_update_check=4102444800,
    )
    profiles.openProfile("test")
    profiles.save()
    profiles.db.close()
    gui_hooks.profile_did_open.append(lambda: _poll(base))
    sys.argv = ["anki", "-b", str(base), "-p", "test"]
    aqt.run()


def _poll(base: Path) -> None:
    timer = QTimer(aqt.mw)
    timer.timeout.connect(lambda: _do(base))
    timer.start(50)
    (base / "ready.txt").write_text("")


def _do(base: Path) -> None:
    asked = base / "do.py"
    if not asked.exists():
        return
    text = asked.read_text()
    asked.unlink()
    said = ""
    try:
        names = {"mw": aqt.mw, "col": aqt.mw.col, "result": ""}
        exec(text, names)
        said = str(names["result"])
    except Exception as error:
        said = f"ERROR {error!r}"
    (base / "done.tmp").write_text(said)
    (base / "done.tmp").replace(base / "done.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
