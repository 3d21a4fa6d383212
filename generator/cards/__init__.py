"""Document → cards: which boxes are cards, their answers, decks and tags."""
