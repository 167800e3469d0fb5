"""How a question reads: what it wants, what it names, whether it goes on or compares; whatever is typed."""

from hypothesis import example, given
from hypothesis import strategies as st

from namro.assistant.rules.asking import compared, read


@given(st.text(max_size=80))
@example("¨")
@example("mất ¯ căn cước")
@example("a \u0302 b ¸ ˘")
def test_whatever_is_typed_reads(question: str) -> None:
    read(question)
    compared(question)
