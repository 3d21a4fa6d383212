"""TeX to what a card shows: MathML, else MathJax delimiters, else a diagnostic."""

from generator.render.math.conversion import convert
from generator.render.math.formula import Formula, Problem

__all__ = ["Formula", "Problem", "convert"]
