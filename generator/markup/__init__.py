"""The one place where a field's HTML becomes a string: escaped text and allowed tags, apart."""
