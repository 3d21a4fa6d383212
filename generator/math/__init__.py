"""TeX to what a card shows: MathML, else MathJax delimiters, else a diagnostic."""
