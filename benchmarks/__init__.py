"""Measures of speed and rightness; `make bench` runs them."""
