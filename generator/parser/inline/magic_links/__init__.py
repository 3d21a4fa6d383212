"""Links that are only written as addresses or short names (pymdownx.magiclink)."""
