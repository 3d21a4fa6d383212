"""The two converters from TeX to MathML, with one function each."""
