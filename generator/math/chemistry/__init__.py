r"""Chemistry as the TeX package mhchem writes it: `\ce{2H2O}` and `\pu{5 kJ/mol}` into plain TeX.

What is not known here is refused, and goes to MathJax, whose mhchem knows all of it.
"""

from generator.math.chemistry.equations import equation_to_tex
from generator.math.chemistry.scanner import UnknownChemistryError
from generator.math.chemistry.units import quantity_to_tex

__all__ = ["UnknownChemistryError", "equation_to_tex", "quantity_to_tex"]
