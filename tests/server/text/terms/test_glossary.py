import pytest

from arxiv_gloss.errors import BadRequest
from arxiv_gloss.text.terms.glossary import Glossary, Term, read_terms, unify, write_terms

SHIPPED = Glossary(
    [
        Term("neural network", "神经网络"),
        Term("graph neural network", "图神经网络"),
        Term("robustness", "鲁棒性"),
        Term("robustness", "稳健性"),
        Term("CAN", "控制器局域网"),
    ]
)
NOBODY = Glossary()


def test_terms_are_read_from_tsv() -> None:
    tsv = "en\tzh\tcount\n# comment\n\nsaddle point\t鞍点\t3\nTransformer\t=\n"
    assert read_terms(tsv) == [Term("saddle point", "鞍点"), Term("Transformer", "Transformer")]


def test_a_line_without_rendering_is_named() -> None:
    with pytest.raises(BadRequest, match="Line 2"):
        read_terms("saddle point\t鞍点\nlonely term\n")


def test_terms_survive_their_file_in_order() -> None:
    terms = [Term("token", "词元"), Term("BERT", "BERT")]
    assert write_terms(terms) == "BERT\t=\ntoken\t词元\n"
    assert read_terms(write_terms(terms)) == [terms[1], terms[0]]


def test_the_longest_term_is_found_whatever_its_case_and_number() -> None:
    sentence = "Graph-neural networks and Neural Networks can learn."
    found = [(sentence[one.start : one.end], one.term.target) for one in SHIPPED.find(sentence)]
    assert found == [("Graph-neural networks", "图神经网络"), ("Neural Networks", "神经网络")]


def test_acronyms_are_no_common_words() -> None:
    assert [one.term.source for one in SHIPPED.find("The CAN bus")] == ["CAN"]


def test_the_first_source_wins() -> None:
    merged = Glossary([Term("robustness", "稳健性")], [Term("Robustness", "鲁棒性")])
    assert merged.variants("robustness") == ["稳健性", "鲁棒性"]


def test_one_rendering_a_paper() -> None:
    pairs = [
        ("On robustness", "论稳健性"),
        ("Robustness matters.", "鲁棒性很重要。"),
        ("We test robustness.", "我们测试鲁棒性。"),
    ]
    made = unify(pairs, SHIPPED, NOBODY)
    assert made == ["论鲁棒性", "鲁棒性很重要。", "我们测试鲁棒性。"]


def test_the_readers_rendering_wins() -> None:
    own = Glossary([Term("neural network", "neural network"), Term("robustness", "强健性")])
    pairs = [("Neural networks gain robustness.", "神经网络获得鲁棒性。"), ("Robustness.", "坚固。")]
    made = unify(pairs, SHIPPED, own)
    assert made == ["neural network获得强健性。", "坚固。"]


def test_longer_terms_are_not_torn() -> None:
    own = Glossary([Term("neural network", "NN")])
    pairs = [("Graph neural networks and neural networks.", "图神经网络和神经网络。")]
    assert unify(pairs, SHIPPED, own) == ["图神经网络和NN。"]
