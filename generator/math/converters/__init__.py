"""The two converters from TeX to MathML, each behind one function."""
