r"""Compares what went into a converter with what came out.

Both sides become the multiset of what a reader sees: each symbol once, letters with their font
(`x` italic, upright, bold, script …). The source's side rests on KaTeX's and MathJax's tables
(`commands.tsv`), so no converter is judged by itself. Order is not compared: a superscript may be
written before a subscript. Structure is compared by counts of fractions and roots, and by the
number of every element's children.
"""

from generator.math.checking.difference import find_difference
from generator.math.checking.due import UncheckableError, keys_due

__all__ = ["UncheckableError", "find_difference", "keys_due"]
