"""Figures and programs of the RAG pages, recomputed."""

import contextlib
import io

from tests.content.pages import PageCard, cards


def printed(card: PageCard, number: int = 0) -> str:
    """Return what a block of a card prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(card.blocks[number].code, card.id, "exec"), {})
    return out.getvalue().strip()


def test_token_pairs_of_fusion() -> None:
    """`rag-generation-module`: one long prompt against passages apart."""
    card = cards()["rag-generation-module"]
    k, size = card.number(r"k=(\d+)\$"), card.number(r"\\ell=(\d+)\$")
    assert (k * size) ** 2 / 1e6 == card.number(r"has \$(\d+)\\cdot")
    assert k * size**2 / 1e6 == card.number(r"FiD ([\d.]+) million")
