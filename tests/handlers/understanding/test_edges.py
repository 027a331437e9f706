"""Where names begin and end: what is weighed at each place of a text."""

from handlers.understanding.edges import edges, features

WEIGHTS = {"": [-1.0, -1.0, -1.0], ">before": [2.0, 0.0, 0.0], ">kinds": [0.0, 3.0, 0.0]}


def test_each_place_of_a_text_is_weighed_its_end_included():
    found = edges("举报王记超市", [], WEIGHTS)
    assert [len(places) for places in found] == [7, 7, 7]
    assert found.begins[2] == 1.0
    assert found.ends[6] == 2.0
    assert found.inside == [-1.0] * 7


def test_a_text_of_nothing_has_one_place():
    assert len(features("", [])) == 1
