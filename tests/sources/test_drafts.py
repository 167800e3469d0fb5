"""A source in the making: the verbs themselves, as a program would call them."""

from typing import Any
from uuid import uuid4

import pytest
from tests.builders import World, seen_by

from namro.organisation.terms import Refused, Role
from namro.sources.actions.drafts import begin_draft, declare_draft, save_draft
from namro.sources.models import Source, SourceDraft
from namro.sources.terms.drafts import StaleDraft


def by(place: World, role: Role) -> dict[str, Any]:
    """Return who acts."""
    who = place.people[role]
    return {"by": who, "viewer": seen_by(who)}


def test_begun_twice_is_begun_once(place: World) -> None:
    act = by(place, Role.ADMINISTRATOR) | {"name": "Nước sạch", "means": "upload", "client_id": uuid4()}
    assert begin_draft(**act).pk == begin_draft(**act).pk
    assert SourceDraft.objects.count() == 1


def test_without_leave_nothing_is_done(place: World) -> None:
    with pytest.raises(Refused, match="trực trung tâm điều hành và quản trị"):
        begin_draft(name="Nước", means="upload", client_id=uuid4(), **by(place, Role.OFFICER))


def test_the_house_s_own_tables_are_not_for_the_web(place: World) -> None:
    with pytest.raises(Refused, match="chọn một cách lấy"):
        begin_draft(name="Nước", means="own", client_id=uuid4(), **by(place, Role.ADMINISTRATOR))


def test_half_a_contract_is_not_declared_nor_one_that_was_not_seen(place: World) -> None:
    act = by(place, Role.ADMINISTRATOR)
    draft = begin_draft(name="Nước sạch", means="upload", client_id=uuid4(), **act)
    with pytest.raises(Refused, match="còn bước chưa xong"):
        declare_draft(draft, version=draft.version, **act)
    with pytest.raises(StaleDraft):
        declare_draft(draft, version=draft.version - 1, **act)
    with pytest.raises(StaleDraft):
        save_draft(draft, {"name": "x"}, version=draft.version - 1, **act)
    assert not Source.objects.exists()
