"""Reading TeX: tokens, macros, and whether a formula is TeX at all."""
