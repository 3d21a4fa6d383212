"""Take footnotes out of the page's flow, for the fragments that cite them."""

from collections.abc import Sequence

from markdown_it.token import Token


def take_footnotes(tokens: Sequence[Token]) -> tuple[list[Token], dict[str, list[Token]]]:
    """Part a page's tokens into its flow and its footnotes.

    Returns:
        The tokens without footnotes, and label → tokens of the footnote's body.
    """
    if not any(token.type == "footnote_open" for token in tokens):
        return list(tokens), {}
    flow: list[Token] = []
    notes: dict[str, list[Token]] = {}
    opened: list[list[Token]] = []
    for token in tokens:
        if token.type == "footnote_open":
            body: list[Token] = []
            notes.setdefault(token.meta["label"], body)
            opened.append(body)
        elif token.type == "footnote_close":
            opened.pop()
        else:
            (opened[-1] if opened else flow).append(token)
    return flow, notes
