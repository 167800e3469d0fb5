"""Standing in for a post while its holder is away."""

from datetime import date

from django.db import transaction

from namro.audit.actions import record
from namro.ground import clock
from namro.organisation.models import Deputising, Person, Post
from namro.organisation.queries import posts_on
from namro.organisation.rules import check_capability, check_deputising
from namro.organisation.terms import Capability, Refused, Viewer


@transaction.atomic
def deputise(
    *, post: Post, deputy: Person, start: date, end: date, ground: str, by: Person, viewer: Viewer
) -> Deputising:
    """Let someone act in a post from a day to a day (exclusive); the same one twice is as once.

    The holder names someone of the same unit; an administrator names anyone who holds a post.
    """
    held = Post.objects.select_for_update(of=("self",)).select_related("unit", "person").get(pk=post.pk)
    check_own_or_administer(held, by, viewer)
    check_deputising(start=start, end=end, today=clock.today(), itself=deputy.pk == held.person_id)
    _check_deputy(held, deputy, viewer)
    found = _same(held, deputy, start, end)
    if found is None:
        _check_free(held, start, end)
        found = Deputising.objects.create(post=held, deputy=deputy, start=start, end=end, ground=ground)
        after = {"post": str(held), "deputy": deputy, "from": start, "to": end}
        record(by=by, verb="deputise", obj=found, after=after, unit=held.unit.code, ground=ground)
    return found


def check_own_or_administer(post: Post, by: Person, viewer: Viewer) -> None:
    """Refuse whoever neither holds the post nor administers."""
    if by.pk != post.person_id:
        check_capability(viewer, Capability.ADMINISTER)


def _check_deputy(post: Post, deputy: Person, viewer: Viewer) -> None:
    units = {held.unit_id for held in posts_on(deputy, clock.today()) if held.person_id == deputy.pk}
    if not deputy.is_active or not units:
        raise Refused("Người thay phải có tài khoản đang mở và đang giữ chức vụ.", field="deputy")
    if post.unit_id not in units and not viewer.can(Capability.ADMINISTER):
        raise Refused(
            "Người thay phải thuộc cùng đơn vị; khác đơn vị thì nhờ quản trị hệ thống khai.", field="deputy"
        )


def _same(post: Post, deputy: Person, start: date, end: date) -> Deputising | None:
    return Deputising.objects.filter(post=post, deputy=deputy, start=start, end=end).first()


def _check_free(post: Post, start: date, end: date) -> None:
    other = (
        Deputising.objects.filter(post=post, start__lt=end, end__gt=start).select_related("deputy").first()
    )
    if other is not None:
        raise Refused(
            f"Từ {other.start:%d/%m/%Y} chức vụ này đã có {other.deputy} thay; hãy kết thúc trước khi khai người khác.",
            field="start",
        )


@transaction.atomic
def end_deputising(*, deputising: Deputising, by: Person, viewer: Viewer) -> Deputising:
    """End it today (one that has not begun never begins): by the holder, the deputy, or an administrator."""
    found = Deputising.objects.select_for_update(of=("self",)).select_related(
        "post__unit", "post__person", "deputy"
    )
    kept = found.get(pk=deputising.pk)
    if by.pk != kept.deputy_id:
        check_own_or_administer(kept.post, by, viewer)
    end = max(clock.today(), kept.start)
    if end < kept.end:
        before, kept.end = {"to": kept.end}, end
        kept.save(update_fields=["end"])
        record(
            by=by, verb="end_deputising", obj=kept, before=before, after={"to": end}, unit=kept.post.unit.code
        )
    return kept
