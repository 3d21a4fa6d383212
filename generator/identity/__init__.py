"""Identity: keys and GUIDs that outlive edits, `mod` from content, the lock that remembers."""

from generator.identity.changes import check_locked
from generator.identity.clock import build_time, check_time
from generator.identity.identify import identify
from generator.identity.lock import LOCK_NAME, LOCK_VERSION, Entry, Lock, NoteTypeEntry
from generator.identity.lock_file import (
    encode_lock,
    hold_project,
    lock_path,
    read_lock,
    stage_lock,
    write_lock,
)
from generator.identity.lock_text import format_lock, parse_lock
from generator.identity.note_types import stamp_note_types

__all__ = [
    "LOCK_NAME",
    "LOCK_VERSION",
    "Entry",
    "Lock",
    "NoteTypeEntry",
    "build_time",
    "check_locked",
    "check_time",
    "encode_lock",
    "format_lock",
    "hold_project",
    "identify",
    "lock_path",
    "parse_lock",
    "read_lock",
    "stage_lock",
    "stamp_note_types",
    "write_lock",
]
