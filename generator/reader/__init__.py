"""Files to Markdown: find pages, decode them, put snippets in."""
