"""Map the reader's changes in Anki back to the author's Markdown."""
