"""Identity: keys and GUIDs that outlive edits, `mod` from content, the lock that remembers."""
