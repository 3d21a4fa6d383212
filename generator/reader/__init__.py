"""Files to Markdown: find pages, decode them, insert snippets."""
