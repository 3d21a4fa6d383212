"""Before the conversion: what authors write becomes the small TeX that converters read right."""
