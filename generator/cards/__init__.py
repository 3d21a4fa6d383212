"""Document → cards: what is a card, where its answer is, which deck and tags it gets."""

from generator.cards.extract import Box, Extraction, extract

__all__ = ["Box", "Extraction", "extract"]
