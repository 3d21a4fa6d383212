"""What converters write becomes a tree, or is refused."""

import pytest

from generator.math.math_core import RefusedError, read
from generator.math.memo import Memo
from generator.math.serialise import VocabularyError, serialise
from generator.math.styles import UnknownStyleError
from generator.math.tree import Branch, Element, Node, walk


def test_a_tree_holds_what_was_written() -> None:
    tree = read('<math display="block"><mi>a</mi><mrow><mo form="x">&lt;</mo></mrow></math>')
    assert [(node.tag, node.text) for node in walk(tree.root)] == [
        *(("math", ""), ("mi", "a"), ("mrow", ""), ("mo", "<"))
    ]
    assert tree.root.attributes == {"display": "block"}
    assert [branch.tag for branch in tree.branches] == ["mrow", "math"]
    assert [element.tag for element in tree.elements] == ["math", "mi", "mrow", "mo"]


def test_letters_are_shared_and_branches_are_not() -> None:
    first, second = read("<math><mi>a</mi><mrow></mrow><mi>a</mi><mrow></mrow></math>").root[::2]
    assert first is second
    rows = read("<math><mrow></mrow><mrow></mrow></math>").root
    assert rows[0] is not rows[1]
    assert isinstance(rows[0], Branch)


@pytest.mark.parametrize(
    "markup",
    [
        *("", "text", "<mi>a</mi>", "<math>", "</math>", "<math></mrow></math>"),
        *("<math>a</math>", "<math></math><math></math>", "<mi/><math></math>", "<math/>"),
        *("<math><mfrac/></math>", "<math><mi a=b/></math>", "<math><!-- --></math>"),
    ],
)
def test_what_is_no_element_is_refused(markup: str) -> None:
    with pytest.raises(RefusedError):
        read(markup)


@pytest.mark.parametrize(
    ("markup", "attributes", "count"),
    [
        ('<mrow mathcolor="#ff0000"><mspace/><mi>a</mi></mrow>', {"mathcolor": "#ff0000"}, 1),
        ('<mpadded voffset="0.2rem"><mi>a</mi></mpadded>', {"voffset": "0.2em"}, 1),
        ('<mpadded style="padding-left:0.5em;padding-right:0em;"></mpadded>', {}, 1),
        ('<mrow style="width:2rem;text-align:left"></mrow>', {"width": "2em", "class": "m-l"}, 0),
        ('<mrow style="margin-left:-2em"></mrow>', {"class": "m-neg36"}, 0),
        ('<mrow style="padding-left:0"></mrow>', {}, 0),
    ],
)
def test_ways_of_math_core_become_core(markup: str, attributes: dict[str, str], count: int) -> None:
    node = read(f"<math>{markup}</math>").root[0]
    assert isinstance(node, Branch)
    assert (node.tag in ("mrow", "mpadded"), node.attributes, len(node)) == (
        True,
        attributes,
        count,
    )


def test_a_style_without_a_class_is_refused() -> None:
    with pytest.raises(UnknownStyleError):
        read('<math><mi style="position:fixed">x</mi></math>')


@pytest.mark.parametrize(
    "node",
    [
        *(Element("script", {}, "x"), Element("mi", {"onclick": "x"}), Element("mi", {}, "\ue000")),
        *(Element("mi", {"class": '"><b'}, "x"), Branch.of(Element("a", {"href": "x"}))),
        Branch.of(Element("mrow", {"style": "color:red"})),
    ],
)
def test_what_no_formula_may_have_is_not_written(node: Node) -> None:
    root = Branch.of(Element("math"), [Branch.of(Element("mrow"), [node])])
    with pytest.raises(VocabularyError):
        serialise(root, "x", display=False)


def test_a_memo_forgets_before_it_grows_without_end() -> None:
    asked: list[int] = []

    def double(key: int) -> int:
        asked.append(key)
        return 2 * key

    memo = Memo(double)
    assert [memo[key] for key in (1, 1, *range(2, 5000), 1)][-1] == 2
    assert asked.count(1) == 2
    assert len(memo) < 4097
