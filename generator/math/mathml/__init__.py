"""After the conversion: MathML Core with the card's classes, written as HTML text."""
