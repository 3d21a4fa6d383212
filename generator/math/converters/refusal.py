"""What both converters raise."""


class RefusedError(ValueError):
    """The converter does not know something in the formula."""
