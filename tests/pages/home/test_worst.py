"""Which things stand among those to be decided."""

from hypothesis import given
from hypothesis import strategies as st

from namro.pages.home.worst import Item, choose


def items(kind: str, n: int) -> list[Item]:
    return [Item(kind, f"{kind} {place}", "", "") for place in range(n)]


def test_no_kind_hides_another() -> None:
    chosen = choose(items("over", 9), items("wait", 2), items("finding", 1), most=6)
    assert [item.why for item in chosen] == ["over 0", "over 1", "over 2", "wait 0", "wait 1", "finding 0"]


def test_one_kind_alone_may_fill_the_list() -> None:
    assert [item.why for item in choose(items("over", 9), [], most=4)] == [
        "over 0",
        "over 1",
        "over 2",
        "over 3",
    ]


@given(st.lists(st.integers(0, 8), max_size=4), st.integers(1, 8))
def test_as_many_as_there_are_up_to_the_limit_each_kind_from_its_head(sizes: list[int], most: int) -> None:
    kinds = [items(f"kind{place}", size) for place, size in enumerate(sizes)]
    chosen = choose(*kinds, most=most)
    assert len(chosen) == min(most, sum(sizes))
    for kind in kinds:
        kept = [item for item in chosen if item in kind]
        assert kept == kind[: len(kept)]
