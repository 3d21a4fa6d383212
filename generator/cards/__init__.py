"""Document → cards: what is a card, where its answer is, which deck and tags it gets."""
