"""Take footnotes out of the page's flow, for the fragments that cite them."""

from collections.abc import Collection, Sequence

from markdown_it.token import Token


def take_footnotes(
    tokens: Sequence[Token], labels: Collection[str]
) -> tuple[Sequence[Token], dict[str, list[Token]]]:
    """Part a page's tokens into its flow and its footnotes.

    Args:
        tokens: Of the page.
        labels: Of its footnotes.

    Returns:
        The tokens without footnotes, and label → tokens of the footnote's body.
    """
    if not labels:
        return tokens, {}
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
