"""What the reader changed in Anki, mapped back to the author's Markdown."""
