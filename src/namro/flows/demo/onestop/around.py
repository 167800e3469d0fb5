"""What surrounds the dossiers: feedback with its limits, the city's announcements, counts of the national report."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid5

from namro.dossiers.catalog import FeedbackLimits, KindLimits
from namro.dossiers.formulas.answering import owed
from namro.dossiers.models import DeskRules
from namro.dossiers.terms import FeedbackKind, FeedbackState
from namro.flows.demo.onestop.filing import Days
from namro.flows.demo.onestop.plan import Plan
from namro.flows.demo.onestop.rows import SPACE
from namro.ground.clock import VIETNAM
from namro.ground.hours import closing
from namro.organisation.models import Unit
from namro.procedures.models import Procedure
from namro.procedures.terms import Level
from namro.quality.actions import AnnouncementRow

FEEDBACK = (
    "client_id code kind unit_id procedure_id dossier_id applicant_id repeats_id words sender_name sender_contact "
    "state received_at judge_by judged_at asked_by asked_at added_at answer_by answered_at answered_by_id publish_by "
    "published_at late_on asked_words added_words answer public_words public_answer is_satisfied rated_words rated_at "
    "version_no is_synthetic"
).split()
SAID = (
    "Chờ lâu ở quầy dù đã lấy số.", "Cổng báo lỗi khi tải tệp lên.", "Cán bộ hướng dẫn tận tình.",
    "Hướng dẫn thành phần hồ sơ chưa rõ.", "Đề nghị thêm quầy vào buổi sáng.", "Tin nhắn báo kết quả đến chậm.",
)  # fmt: skip
ANSWER = "Bộ phận một cửa đã tiếp thu và điều chỉnh."
DAY = timedelta(days=1)


def limits() -> FeedbackLimits:
    """Return the limits of feedback that hold."""
    return FeedbackLimits.from_body(DeskRules.objects.get(code="feedback").body)


def feedback(
    plan: Plan, unit: Unit, days: Days, known: FeedbackLimits, random: Random
) -> list[Sequence[Any]]:
    """Return rows of feedback: most are answered in time, some late, some disliked."""
    every = [day for day in days.every() if days.calendar.is_working(day)]
    found = []
    for number in range(plan.feedback):
        kind = random.choices((FeedbackKind.FEEDBACK, FeedbackKind.PROPOSAL), (0.75, 0.25))[0]
        found.append(
            _feedback(number, unit, kind, random.choice(every), days, known.kinds[kind.value], random)
        )
    return found


def _feedback(
    number: int, unit: Unit, kind: FeedbackKind, day: date, days: Days, owes: KindLimits, random: Random
) -> Sequence[Any]:
    received, by = _at(day, random), owed(day, owes, days.calendar)
    is_late = random.random() < 0.06
    took = owes.answer + random.randint(1, 4) if is_late else random.randint(2, owes.answer - 1)
    judged = _at(days.calendar.add_working_days(day, 1), random)
    answered = _at(days.calendar.add_working_days(day, took), random)
    cut = datetime.combine(days.last, closing(days.last).timetz())
    is_over = answered < cut - DAY
    state = FeedbackState.ANSWERED if is_over else FeedbackState.TAKEN
    publish_by = days.calendar.add_working_days(answered.date(), owes.publish) if is_over else None
    published = answered + timedelta(hours=2) if is_over else None
    liked = random.random() > (0.5 if is_late else 0.06) if is_over and random.random() < 0.7 else None
    late_on = by.answer_by + DAY if is_late and by.answer_by < days.last else None
    is_judged = judged.date() < days.last
    if published:
        state = FeedbackState.PUBLISHED
    elif not is_judged:
        state = FeedbackState.RECEIVED
    matter = random.choice(SAID)
    told = (matter, ANSWER) if published else ("", "")
    return (
        uuid5(SPACE, f"{unit.code}/{days.last}/feedback/{number}"), f"GY-{day:%y%m%d}-{_tail(unit, days, number)}",
        kind.value, unit.pk, None, None, None, None, matter, "", "", state.value, received, by.judge_by,
        judged if is_judged else None, by.asked_by, None, None, by.answer_by, answered if is_over else None, None,
        publish_by, published, late_on, "", "", ANSWER if is_over else "", *told, liked, "",
        published if liked is not None else None, 1, True,
    )  # fmt: skip


def _tail(unit: Unit, days: Days, number: int) -> str:
    """Nobody guesses it: it is drawn from the key space of the seed, not counted."""
    return uuid5(SPACE, f"{unit.code}/{days.last}/tail/{number}").hex[:8].upper()


def _at(day: date, random: Random) -> datetime:
    return datetime(day.year, day.month, day.day, random.randint(8, 16), random.randrange(60), tzinfo=VIETNAM)


def announcements(plan: Plan, days: Days, random: Random) -> list[AnnouncementRow]:
    """Return made-up announcements of the city: some decided late, some published late, some not yet whole."""
    levels = [Level.COMMUNE.value, Level.PROVINCE.value]
    keys = list(
        Procedure.objects.filter(current__isnull=False, levels__overlap=levels)
        .order_by("code")
        .values_list("pk", flat=True)
    )
    chosen = random.sample(keys, min(plan.announcements, len(keys)))
    span = (days.last - days.first).days
    decisions = sorted(random.sample(range(max(span - 10, 8)), min(24, max(span - 10, 8))))
    found = []
    for number, key in enumerate(chosen):
        place = number % len(decisions)
        decided = days.calendar.next_working(days.first + decisions[place] * DAY)
        lead = random.choice((3, 2)) if random.random() < 0.07 else random.randint(5, 12)
        published = days.calendar.add_working_days(
            decided, 7 if random.random() < 0.05 else random.randint(1, 5)
        )
        whole = published if random.random() < 0.96 else None
        found.append(
            AnnouncementRow(
                number=f"{100 + place}/QĐ-UBND (mô phỏng)",
                procedure=key,
                effective_on=days.calendar.add_working_days(decided, lead),
                decided_on=decided,
                published_on=published,
                whole_since=whole,
            )
        )
    return found
