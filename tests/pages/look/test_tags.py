"""Tags and filters: Vietnamese numbers, words beside every colour, doors only where something lies behind."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template

from namro.pages.look.states import STATES


def _shown(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ v|vn_number }}", 1154, "1.154"),
        ("{{ v|vn_number }}", Decimal("42.7"), "42,7"),
        ("{{ v|vn_number }}", None, "—"),
        ("{{ v|vn_number }}", "", "—"),
        ("{{ v|vn_percent }}", 42.66, "42,7\u00a0%"),
        ("{{ v|vn_percent:0 }}", 33.4, "33\u00a0%"),
        ("{{ v|vn_money }}", 53_700_000_000, "53,7\u00a0tỷ\u00a0đồng"),
        ("{{ v|vn_day }}", date(2025, 7, 9), "09/07/2025"),
        ("{{ v|vn_day }}", None, "—"),
        ("{{ v|vn_time }}", datetime(2025, 7, 9, 10, 42, tzinfo=UTC), "17:42 09/07/2025"),
    ],
)
def test_filters_write_vietnamese(source: str, value: object, text: str) -> None:
    assert _shown(source, v=value) == text


@pytest.mark.parametrize("state", STATES)
def test_a_state_is_a_mark_and_words(state: str) -> None:
    shown = _shown("{% state_pill state %}", state=state)
    assert str(STATES[state].words) in shown
    assert 'class="state-mark"' in shown


def test_states_differ_by_mark_not_only_by_colour() -> None:
    drawings = [_shown("{% state_mark mark %}", mark=shown.mark) for shown in STATES.values()]
    assert len(set(drawings)) == len(STATES)


def test_words_of_people_are_escaped() -> None:
    shown = _shown(
        "{% pill 'over' words %}{% notice 'refused' words %}{% headline words %}", words="<script>"
    )
    assert "<script>" not in shown
    assert shown.count("&lt;script&gt;") == 3


def test_a_number_is_a_door_only_with_something_behind_it() -> None:
    assert 'href="/x"' in _shown("{% door 43 '/x' %}")
    assert "href" not in _shown("{% door 0 '/x' %}")
    assert _shown("{% door none '/x' %}") == "—"


def test_a_figure_says_when_it_has_no_value() -> None:
    shown = _shown("{% figure none 'm' href='/x' %}")
    assert "Chưa có số liệu" in shown
    assert "href" not in shown


def test_a_figure_stands_with_total_unit_and_day() -> None:
    shown = _shown("{% figure 1154 'm' day '/x' 1601 %}", day=date(2025, 7, 9))
    for part in ("1.154", "1.601", "m", "đến 09/07/2025", 'href="/x"'):
        assert part in shown


def test_a_tally_counts_as_the_source_does() -> None:
    counts = {
        "done": 29,
        "done_late": 3,
        "in_progress": 41,
        "in_progress_late": 2,
        "draft": 9,
        "withdrawn": 1,
    }
    shown = _shown("{% tally 'Trung ương giao' counts href='/nhiem-vu/' %}", counts=counts)
    for part in ("32", "/ 75 đã xong", "42,7\u00a0%", "43 đang làm", "2 quá hạn", "2,7\u00a0%"):
        assert part in shown


def test_a_band_speaks_to_those_who_cannot_see_it() -> None:
    shown = _shown("{% progress_band counts %}", counts={"done": 1, "done_late": 2})
    assert 'aria-label="1 xong đúng hạn, 2 xong quá hạn"' in shown
    assert "url(#hatch-late)" in shown
    assert "Chưa có việc nào" in _shown("{% progress_band counts %}", counts={})


@pytest.mark.parametrize(
    ("level", "name"), [("error", "refused"), ("success", "success"), ("debug", "info"), ("", "info")]
)
def test_notices_take_the_levels_of_django(level: str, name: str) -> None:
    assert f"notice-{name}" in _shown("{% notice level 'x' %}", level=level)


class Sample(forms.Form):
    due = forms.DateField(label="Hạn", help_text="ngày/tháng/năm")
    note = forms.CharField(label="Ghi chú", required=False)
    urgent = forms.BooleanField(label="Báo ngay", required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A")], widget=forms.RadioSelect)


def test_a_refused_field_ties_its_hint_and_its_refusal_to_the_widget() -> None:
    shown = _shown("{% field form.due %}", form=Sample({"due": "31/02/2025"}))
    assert 'aria-describedby="id_due_helptext id_due_error"' in shown
    assert 'id="id_due_helptext"' in shown
    assert 'id="id_due_error"' in shown
    assert 'aria-invalid="true"' in shown


def test_fields_say_what_is_optional_and_group_what_belongs_together() -> None:
    form = Sample()
    assert "không bắt buộc" in _shown("{% field form.note %}", form=form)
    assert "không bắt buộc" not in _shown("{% field form.due %}", form=form)
    assert "<fieldset" in _shown("{% field form.kind %}", form=form)
    assert 'class="check"' in _shown("{% field form.urgent %}", form=form)


def test_missing_clears_say_so() -> None:
    shown = _shown("{% clears items %}", items=[{"name": "Rõ người", "value": "", "how": "Nêu tên"}])
    assert "Còn thiếu" in shown
    assert "Nêu tên" in shown


def test_a_history_takes_days_and_moments() -> None:
    moments = [
        {"at": date(2025, 3, 1), "what": "Giao"},
        {"at": datetime(2025, 7, 8, 16, 40, tzinfo=UTC), "what": "Trả"},
    ]
    shown = _shown("{% history moments %}", moments=moments)
    assert "01/03/2025" in shown
    assert "23:40 08/07/2025" in shown
    assert "00:00" not in shown
