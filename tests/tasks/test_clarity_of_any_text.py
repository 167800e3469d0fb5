"""Whatever is written, the clarity check stands, and doing what it suggests mends what it found."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tasks.sentences import DANANG, GOOD, WORDS

from namro.ground.reviewed import read_reviewed
from namro.tasks.clarity import Draft, check_clarity

phrases = st.sampled_from(
    [phrase for entry in read_reviewed(DANANG / "clarity.yaml")["lists"] for phrase in entry["words"]]
)
fillers = st.sampled_from(
    ["rà soát dữ liệu", "trước ngày 31/12/2025", "của xã", ";", ".", "2025", "tại phường", "(", ""]
)
sentences = st.lists(phrases | fillers, max_size=8).map(" ".join)
texts = st.text() | sentences
drafts = st.builds(
    Draft,
    work=texts,
    result=texts,
    proof_kind=st.sampled_from(["product", "indicator", None]),
    has_indicator=st.booleans(),
    has_target=st.booleans(),
    lead_unit=st.text(max_size=5),
    lead_kind=st.sampled_from(["ward", "department", ""]),
    cooperating=st.lists(st.sampled_from(GOOD.cooperating), max_size=2).map(tuple),
    start=st.none() | st.dates(),
    due=st.none() | st.dates(),
    authority=texts,
    escalate_to=st.sampled_from(["", "Ủy ban nhân dân thành phố"]),
    lead_covers=st.none() | st.booleans(),
)


@given(drafts)
def test_no_text_breaks_the_check_and_spans_lie_inside_the_text(draft: Draft) -> None:
    for finding in check_clarity(draft, WORDS):
        start, end = finding.span
        text = getattr(draft, finding.field, "")
        assert 0 <= start <= end <= (len(text) if isinstance(text, str) else 0)
        assert finding.message.endswith(".")
        assert finding.suggestion


@settings(max_examples=200)
@given(sentences, st.sampled_from(["work", "result"]))
def test_doing_what_the_suggestion_says_removes_the_finding(text: str, field: str) -> None:
    draft = replace(GOOD, **{field: text})
    before = [each for each in check_clarity(draft, WORDS) if each.field == field and each.replacement]
    for finding in before:
        start, end = finding.span
        mended = replace(draft, **{field: text[:start] + finding.replacement + text[end:]})
        after = [
            each.code for each in check_clarity(mended, WORDS) if each.field == field and each.replacement
        ]
        assert after.count(finding.code) < [each.code for each in before].count(finding.code)
