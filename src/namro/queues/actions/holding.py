"""Who holds a counter: nobody does anything at one that another opened, nor at one that is closed."""

from datetime import timedelta

from namro.audit.queries import entries_about
from namro.organisation.models import Person
from namro.organisation.terms import Refused
from namro.queues.actions.moments import moment_of
from namro.queues.models import Counter


def check_holds(counter: Counter, by: Person, ago: timedelta) -> None:
    """Refuse an act to whoever did not hold the counter at the moment of the act, `ago` before now.

    What was done while the line was cut is told later, when the counter may be closed or another's: the log knows
    who had opened it then.
    """
    at = moment_of(ago)
    if counter.person_id == by.pk and counter.opened_on == at.date():
        return
    if ago > timedelta(0) and _held_then(counter, by, ago):
        return
    if counter.is_open and counter.person_id != by.pk:
        raise Refused(f"Quầy {counter.number} đang có {counter.person} làm việc; hãy chọn quầy khác.")
    raise Refused(f"Quầy {counter.number} chưa mở lúc đó; hãy mở quầy trước.")


def _held_then(counter: Counter, by: Person, ago: timedelta) -> bool:
    """Whether the last that was told of the counter before the moment is that the person opened it that day."""
    at = moment_of(ago)
    said = entries_about(counter._meta.label_lower, counter.pk).filter(
        verb__in=("open_counter", "close_counter"), at__lte=at
    )
    last = said.order_by("-id").values_list("verb", "by_id", "day").first()
    return last == ("open_counter", by.pk, at.date())


def may_act(counter: Counter, by: Person) -> bool:
    """Whether to show the buttons: the same rule as `check_holds`, now."""
    return counter.is_open and counter.person_id == by.pk
