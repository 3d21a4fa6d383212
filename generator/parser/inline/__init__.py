"""Inline constructs, a file each."""
