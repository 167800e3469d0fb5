"""Notices in, notices out: many of one cause become one, so that nobody reads a hundred where one says it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b

from namro.delivery.terms import Bundle, Notice, Part
from namro.ground.numbers import format_number

# So many of one cause are still told one by one; so many notices of one level a person still reads one by one.
FEW, MOST = 2, 5
# So many lines of what is bundled stand in the notice; all of it stands behind its link.
LINES = 12


def fold(notices: Iterable[Notice]) -> list[Notice]:
    """Return what is told instead of the notices, the gravest last: of a person, level and hour, more than `FEW` of one
    cause become one notice, and if more than `MOST` notices are left, all of them do.

    What has no bundle or is confidential is told by itself.
    """
    alone, together = [], defaultdict[tuple[object, ...], list[Notice]](list)
    for notice in notices:
        if notice.bundle is None or notice.confidential:
            alone.append(notice)
        else:
            key = (notice.person_id, notice.level, notice.due, notice.out_after, notice.bundle.what)
            together[key].append(notice)
    folded = [each for of_level in together.values() for each in _fold_level(of_level)]
    return sorted([*alone, *folded], key=lambda notice: notice.level)


def _fold_level(notices: Sequence[Notice]) -> list[Notice]:
    """Return what is told of one level to one person."""
    causes = defaultdict[str, list[Notice]](list)
    for notice in notices:
        causes[_bundle(notice).key].append(notice)
    kept = [each for of_cause in causes.values() for each in _fold_cause(of_cause)]
    return kept if len(kept) <= MOST else [_of_level(list(causes.values()))]


def _fold_cause(notices: list[Notice]) -> list[Notice]:
    if len(notices) <= FEW:
        return notices
    bundle = _bundle(notices[0])
    body = [_listed([notice.title for notice in notices]), notices[0].body]
    return [_one(notices, title=_counted(bundle, len(notices)), body=body, path=bundle.path)]


def _of_level(causes: list[list[Notice]]) -> Notice:
    """Return the one notice of many causes, those with the most first."""
    most = sorted(causes, key=len, reverse=True)
    every = [notice for of_cause in most for notice in of_cause]
    bundle, level = _bundle(every[0]), every[0].level
    title = f"{format_number(len(every))} {bundle.what} mức {str(level.label).lower()}, {len(most)} loại"
    lines = [_counted(_bundle(c[0]), len(c)) if len(c) > 1 else c[0].title for c in most]
    return _one(every, title=title, body=[_listed(lines)], path=bundle.wider)


def _bundle(notice: Notice) -> Bundle:
    if notice.bundle is None:
        raise ValueError(f"{notice.event} is told by itself")
    return notice.bundle


def _counted(bundle: Bundle, n: int) -> str:
    return f"{bundle.name}: {format_number(n)} {bundle.what}"


def _listed(lines: Sequence[str]) -> str:
    left = len(lines) - LINES
    more = [f"và {format_number(left)} mục nữa"] if left > 0 else []
    return "\n".join([*(f"• {line}" for line in lines[:LINES]), *more])


def _one(notices: Sequence[Notice], *, title: str, body: Iterable[str], path: str) -> Notice:
    """Return the notice that stands for several; the same ones again have the same event."""
    events = "\n".join(sorted(notice.event for notice in notices))
    event = f"bundle:{blake2b(events.encode(), digest_size=16).hexdigest()}"
    units = {notice.unit_id for notice in notices}
    return replace(
        notices[0],
        event=event,
        topic=event,
        title=title,
        reason=_reason(notices),
        body="\n".join(part for part in body if part),
        path=path,
        unit_id=units.pop() if len(units) == 1 else None,
        parts=tuple(_part(notice) for notice in notices),
    )


def _reason(notices: Sequence[Notice]) -> str:
    """Return the reason of all, or the first with how many others there are."""
    reasons = list(dict.fromkeys(notice.reason for notice in notices))
    others = len(reasons) - 1
    return f"{reasons[0]}, và {others} lý do khác" if others else reasons[0]


def _part(notice: Notice) -> Part:
    return Part(notice.event, notice.topic, notice.title, notice.reason, notice.path, notice.unit_id)
