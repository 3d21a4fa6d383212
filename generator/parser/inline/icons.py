"""Icons by their names, as text: `material-check-circle` is ✓, `simple-linux` is "linux"."""

import re
from functools import cache
from typing import Final

_ICON = re.compile(
    r"(?:material|octicons|simple|fontawesome-(?:brands|solid|regular))-(?P<name>[a-z0-9-]+)"
)
# `-24` is the size of an octicon; the rest are variants of one picture.
_VARIANT = re.compile(
    r"-(?:\d+|outline|circle|box|bold|thick|fill|alt|variant|o|solid|filled|square|thin|rounded)$"
)
_CHARS: Final = {
    "→": "arrow-right arrow-right-thin arrow-right-long",
    "←": "arrow-left arrow-left-long",
    "↑": "arrow-up arrow-up-long",
    "↓": "arrow-down arrow-down-long",
    "↔": "arrow-left-right arrow-both arrows-left-right swap-horizontal",
    "↕": "arrow-up-down arrows-up-down swap-vertical",
    "↗": "arrow-top-right arrow-up-right open-in-new link-external launch",
    "↘": "arrow-bottom-right arrow-down-right",
    "↖": "arrow-top-left arrow-up-left",
    "↙": "arrow-bottom-left arrow-down-left",
    "›": "chevron-right angle-right",
    "‹": "chevron-left angle-left",
    "⌃": "chevron-up angle-up",
    "⌄": "chevron-down angle-down",
    "»": "chevron-double-right angles-right",
    "«": "chevron-double-left angles-left",
    "▶": "play play-button arrow-right-drop caret-right triangle-right menu-right",
    "◀": "caret-left triangle-left menu-left",
    "▲": "triangle caret-up triangle-up menu-up",
    "▼": "caret-down triangle-down menu-down",
    "⏸": "pause",
    "⏹": "stop",
    "✓": "check check-all checkmark check-decagram check-underline verified success",
    "✗": "close x xmark times cancel remove",
    "☐": "checkbox-blank square-o",
    "☑": "checkbox-marked checkbox check-square tasklist",
    "●": "checkbox-blank-circle circle dot-fill dot record radiobox-marked",
    "○": "circle-outline radiobox-blank",
    "■": "square stop-circle",
    "⚠": "alert warning triangle-exclamation exclamation-triangle alert-decagram alert-octagon",
    "ℹ": "information info information-variant circle-info",
    "?": "help question circle-question",
    "!": "exclamation exclamation-circle circle-exclamation",
    "💡": "lightbulb light-bulb lightbulb-on bulb",
    "★": "star",
    "♥": "heart cards-heart",
    "💔": "heart-broken heart-crack",
    "⬇": "download cloud-download tray-arrow-down file-download",
    "⬆": "upload cloud-upload tray-arrow-up file-upload",
    "🔗": "link link-variant chain",
    "🏠": "home house",
    "🔍": "magnify search magnifying-glass codescan",
    "👁": "eye",
    "✎": "pencil pen edit pen-to-square square-edit file-edit note-edit",
    "⚙": "cog gear settings gears cogs tools",
    "✉": "email envelope mail",
    "☎": "phone",
    "🕒": "clock stopwatch timer history",
    "📅": "calendar calendar-days",
    "🔒": "lock",
    "🔓": "lock-open unlock",
    "🔑": "key key-variant",
    "🐞": "bug ladybug",
    "🚀": "rocket rocket-launch",
    "🔥": "fire flame",
    "👍": "thumb-up thumbs-up thumbsup",
    "👎": "thumb-down thumbs-down thumbsdown",
    "🗑": "trash-can trash delete trashcan",
    "📄": "file file-document file-code file-lines file-pdf file-pdf-box note-text",
    "📁": "folder folder-open file-directory file-tree",
    "📖": "book book-open book-open-variant book-open-page-variant",
    "🔖": "bookmark",
    "🏷": "tag tag-text label tags",
    "👤": "account user person",
    "👥": "account-group users people account-multiple",
    "…": "dots-horizontal ellipsis kebab-horizontal",
    "⋮": "dots-vertical ellipsis-vertical",
    "☰": "menu bars three-bars",
    "+": "plus",
    "−": "minus dash",
    "#": "pound hash hashtag",
    "⚑": "flag",
    "📌": "pin thumbtack",
    "📍": "map-marker location location-dot",
    "♪": "music music-note",
    "📷": "camera",
    "🖼": "image picture",
    "🎬": "video movie film",
    "☁": "cloud",
    "☀": "sun white-balance-sunny weather-sunny",
    "☾": "moon moon-waning-crescent weather-night",
    "❄": "snowflake",
    "⚡": "flash bolt lightning-bolt zap",
    "🔔": "bell",
    "💬": "comment chat message comment-discussion",
    "🌐": "globe earth web",
    "🗺": "map",
    "🛒": "cart cart-shopping",
    "🎓": "school graduation-cap mortar-board",
    "⚗": "flask beaker flask-conical",
    "🔬": "microscope",
    "🔧": "wrench",
    "🔨": "hammer",
    "🛡": "shield",
    "🏆": "trophy",
    "🎁": "gift",
    "➤": "send paper-plane paper-airplane",
    "💻": "laptop",
    "🖥": "monitor desktop",
    "📈": "chart-line graph trending-up",
    "📊": "chart-bar poll",
    "↻": "refresh sync reload rotate-right redo arrows-rotate update",
    "↺": "undo rotate-left restore",
    "⧉": "content-copy copy clone",
    "😊": "emoticon-happy smiley face-smile",
    "🙁": "emoticon-sad face-frown",
    "📰": "newspaper newspaper-variant",
    "✨": "sparkles auto-fix creation star-four-points",
    "🧪": "test-tube vial",
}
_BY_NAME: Final = {name: char for char, names in _CHARS.items() for name in names.split()}


@cache
def icon_text(shortcode: str) -> str:
    """Return the text for an icon, or "" if the shortcode is not an icon.

    Args:
        shortcode: Without colons.
    """
    match = _ICON.fullmatch(shortcode)
    if match is None:
        return ""
    name = match["name"]
    while name not in _BY_NAME:
        shorter = _VARIANT.sub("", name)
        if shorter == name:
            return re.sub(r"-\d+$", "", match["name"]).replace("-", " ")
        name = shorter
    return _BY_NAME[name]
