"""Block constructs, a file each."""
