"""Tokens to HTML, and what the card looks like."""
