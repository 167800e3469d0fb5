"""Every verb that takes the number of an act is done once for it, also when it is sent twice in one instant."""

from tests.house.verbs import BY_THEIR_ROWS, ONE_BY_ONE, SHOWN_ONCE, verbs_with_client_id


def test_whoever_takes_the_number_of_an_act_takes_its_turn() -> None:
    found = verbs_with_client_id()
    others = ONE_BY_ONE | BY_THEIR_ROWS | SHOWN_ONCE
    assert {verb for verb, decorators in found.items() if "once" not in decorators} == others
