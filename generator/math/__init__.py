"""TeX to what a card shows: MathML, else MathJax delimiters, else a diagnostic."""

from generator.math.conversion import convert
from generator.math.formula import Formula, Problem

__all__ = ["Formula", "Problem", "convert"]
