"""Notes to .apkg packages that Anki updates in place; the only importer of genanki."""
