"""Only MathML Core with the card's classes leaves the package."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from generator.math.converters.styles import UnknownStyleError, replace_style
from generator.math.mathml.core import tidy
from generator.math.mathml.serialise import serialise
from generator.math.mathml.vocabulary import VocabularyError


@pytest.mark.parametrize(
    ("markup", "tidied"),
    [
        (
            '<mrow mathcolor="#ff0000"><mspace/><mi>a</mi></mrow>',
            '<mrow mathcolor="#ff0000"><mi>a</mi></mrow>',
        ),
        ("<mrow><mspace/><mi>sin</mi></mrow>", "<mi>sin</mi>"),
        (
            '<mpadded voffset="0.2rem"><mi>a</mi></mpadded>',
            '<mpadded voffset="0.2em"><mi>a</mi></mpadded>',
        ),
        (
            '<mpadded style="padding-left:0.5em;padding-right:0em;"><mi>a</mi></mpadded>',
            '<mrow><mspace width="0.5em"></mspace><mi>a</mi></mrow>',
        ),
        (
            '<mtd style="padding-left:0;text-align:left"><mi>a</mi></mtd>',
            '<mtd class="m-pl0 m-l"><mi>a</mi></mtd>',
        ),
        ('<mspace style="margin-left:-2em"/>', '<mspace class="m-neg36"></mspace>'),
    ],
)
def test_what_math_core_writes_becomes_core(markup: str, tidied: str) -> None:
    root = fromstring(f"<math>{markup}</math>")
    for element in root.iter():
        replace_style(element)
    tidy(root)
    html = serialise(root, "x", display=False).html
    assert html.partition(">")[2].removesuffix("</math>") == tidied


def test_a_style_without_a_class_is_refused() -> None:
    with pytest.raises(UnknownStyleError):
        replace_style(fromstring('<mi style="position:fixed">x</mi>'))


@pytest.mark.parametrize(
    "markup",
    [
        "<script>x</script>",
        '<mi onclick="x">x</mi>',
        "<mi>\ue000</mi>",
        '<mi class="&quot;&gt;&lt;b">x</mi>',
        '<a href="x"><mi>x</mi></a>',
        '<mrow style="color:red"></mrow>',
    ],
)
def test_what_no_formula_may_have_is_not_written(markup: str) -> None:
    root = Element("math")
    root.append(fromstring(f"<mrow>{markup}</mrow>"))
    with pytest.raises(VocabularyError):
        serialise(root, "x", display=False)
