"""People, their posts and accounts."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from namro.audit.actions import record, take_turn
from namro.ground import clock
from namro.organisation.models import Person, Post, Unit
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Refused, Role, Viewer


@transaction.atomic
def put_people(rows: Iterable[dict[str, Any]], *, password: str, is_demo: bool) -> int:
    """Put people with their posts: username, full_name, unit (Unit), role, title, valid_from. Returns people made.

    People who exist stay as they are; all new ones share one password hash, so this is for demos only.
    """
    known = set(Person.objects.values_list("username", flat=True))
    secret, made = make_password(password), 0
    for row in rows:
        if row["username"] in known:
            continue
        person = Person(
            username=row["username"], full_name=row["full_name"], is_demo=is_demo, password=secret
        )
        person.save()
        Post.objects.create(
            person=person,
            unit=row["unit"],
            role=row["role"],
            title=row["title"],
            valid_from=row["valid_from"],
        )
        known.add(person.username)
        made += 1
    return made


@transaction.atomic
def add_person(*, username: str, full_name: str, password: str, by: Person | None, viewer: Viewer) -> Person:
    """Add someone who may sign in; they see nothing until a post is given."""
    check_capability(viewer, Capability.ADMINISTER)
    take_turn(f"username {username.lower()}")
    if Person.objects.filter(username__iexact=username).exists():
        raise Refused(f"Tên đăng nhập «{username}» đã có người dùng; hãy chọn tên khác.", field="username")
    person = Person(username=username, full_name=full_name)
    person.set_password(password)
    person.save()
    record(by=by, verb="add_person", obj=person, after={"username": username, "full_name": full_name})
    return person


@transaction.atomic
def give_post(
    *, person: Person, unit: Unit, role: str, title: str, start: date, by: Person | None, viewer: Viewer
) -> Post:
    """Give a post from a day on; the same post from the same day is given once."""
    check_capability(viewer, Capability.ADMINISTER)
    post, is_new = Post.objects.get_or_create(
        person=person, unit=unit, role=Role(role), valid_from=start, defaults={"title": title}
    )
    if is_new:
        after = {"person": person, "role": role, "title": title, "from": start}
        record(by=by, verb="give_post", obj=post, after=after, unit=unit.code)
    return post


@transaction.atomic
def end_post(*, post: Post, by: Person | None, viewer: Viewer, day: date | None = None) -> Post:
    """End a post on a day (default today): from that day its holder no longer acts or sees by it."""
    check_capability(viewer, Capability.ADMINISTER)
    last = day or clock.today()
    if last <= post.valid_from:
        raise Refused("Ngày thôi giữ chức vụ phải sau ngày bắt đầu.", field="day")
    before = {"valid_to": post.valid_to}
    post.valid_to = last
    post.save(update_fields=["valid_to"])
    record(by=by, verb="end_post", obj=post, before=before, after={"valid_to": last}, unit=post.unit.code)
    return post


@transaction.atomic
def set_active(*, person: Person, active: bool, by: Person | None, viewer: Viewer) -> Person:
    """Open or shut an account; a shut one can no longer sign in, its history stays."""
    check_capability(viewer, Capability.ADMINISTER)
    if by is not None and by.pk == person.pk:
        raise Refused("Bạn không thể tự khóa tài khoản của mình; hãy nhờ quản trị khác.")
    before = {"is_active": person.is_active}
    person.is_active = active
    person.save(update_fields=["is_active"])
    record(by=by, verb="set_active", obj=person, before=before, after={"is_active": active})
    return person


@transaction.atomic
def set_email(*, person: Person, email: str, by: Person, viewer: Viewer) -> Person:
    """Set where a person gets mail, empty for nowhere: one's own, or any as administrator. The log keeps no address."""
    if by.pk != person.pk:
        check_capability(viewer, Capability.ADMINISTER)
    before = {"has_email": bool(person.email)}
    person.email = email.strip()
    person.save(update_fields=["email"])
    record(by=by, verb="set_email", obj=person, before=before, after={"has_email": bool(person.email)})
    return person
