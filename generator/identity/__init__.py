"""Identity: keys and GUIDs that survive edits, `mod` derived from content, the lock file."""
