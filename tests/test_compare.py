"""Planted, found, missed, wrong: each listing is counted once, where it belongs."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.cli.compare import Planted, compare

A, B, C, D = (("taobao", str(number)) for number in range(4))
ORIVA = frozenset({"Oriva"})


def test_each_kind_is_counted_where_it_belongs():
    planted = [Planted(A, ORIVA), Planted(B, ORIVA), Planted(C, ORIVA)]
    result = compare(planted, seen={A, B, D}, flagged={A: {"Oriva"}, D: {"Oriva"}})
    assert (result.found_ids, result.missed_ids) == (("taobao:0",), ("taobao:1",))
    assert (result.unreachable_ids, result.wrong_ids) == (("taobao:2",), ("taobao:3",))
    assert (result.planted, result.reachable, result.found, result.missed, result.wrong) == (3, 2, 1, 1, 1)


def test_a_counterfeit_flagged_for_another_client_is_missed_and_wrong():
    result = compare([Planted(A, ORIVA)], seen={A}, flagged={A: {"Velquora"}})
    assert (result.missed_ids, result.wrong_ids) == (("taobao:0",), ("taobao:0",))


def test_where_the_truth_names_no_mark_any_client_counts():
    assert compare([Planted(A, None)], seen={A}, flagged={A: {"Oriva"}}).found == 1


def test_where_two_clients_have_a_right_of_that_id_either_counts():
    planted = [Planted(A, frozenset({"Oriva", "Velquora"})), Planted(B, frozenset({"Oriva", "Velquora"}))]
    result = compare(planted, seen={A, B}, flagged={A: {"Oriva"}, B: {"Velquora"}})
    assert (result.found, result.missed, result.wrong) == (2, 0, 0)


def test_what_infringes_a_right_that_nobody_registered_is_never_found():
    result = compare([Planted(A, frozenset())], seen={A}, flagged={A: {"Oriva"}})
    assert (result.found, result.missed_ids, result.wrong_ids) == (0, ("taobao:0",), ("taobao:0",))


keys = st.sets(st.sampled_from([A, B, C, D]))


@given(keys, keys, keys)
def test_the_counts_add_up(planted, seen, flagged):
    result = compare([Planted(key, frozenset({"x"})) for key in planted], seen, {key: {"x"} for key in flagged})
    assert result.planted == len(planted)
    assert result.found + result.missed == result.reachable
    assert result.found + result.wrong == len(flagged)
    assert result.planted - result.reachable == len(result.unreachable_ids)
