"""The only place where a field's HTML becomes a string: escaped text plus allowed tags."""
