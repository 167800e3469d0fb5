"""Words that sound like an answer and are none: “sớm”, “các đơn vị liên quan”, “tăng cường”."""

import re
from collections.abc import Iterator

from namro.ground.days import format_day
from namro.tasks.clarity.measures import is_measurable
from namro.tasks.clarity.reading import Match, Reading
from namro.tasks.clarity.terms import Draft, Finding, Topic
from namro.tasks.clarity.times import holds_date
from namro.tasks.clarity.words import ClarityWords, WordList

_OPENS_A_LIST = re.compile(r"\s*[(:]")


def check_words(draft: Draft, words: ClarityWords) -> Iterator[Finding]:
    """Yield a finding for each listed word that nothing clears up; a list taken together gives one a field."""
    measured = is_measurable(draft, words)
    readings = {name: Reading(getattr(draft, name)) for name in ("work", "result", "authority")}
    for each in words.lists:
        if each.lead_kinds and draft.lead_kind not in each.lead_kinds:
            continue
        if each.cleared_by == "measure" and measured:
            continue
        for name in each.fields:
            found = _unclear(readings[name], each, draft, words)
            if found and each.together:
                yield _finding(name, found[0], "”, “".join(match.words for match in found), each, draft)
            else:
                yield from (_finding(name, match, match.words, each, draft) for match in found)


def check_several_works(draft: Draft, words: ClarityWords) -> Iterator[Finding]:
    """Yield one finding if the work is several works joined together, each with its own verb."""
    works = [
        (start, clause) for start, clause in Reading(draft.work).clauses if _begins_with_verb(clause, words)
    ]
    if len(works) < 2:
        return
    start, second = works[1]
    names = "; ".join(f"“{clause.text.strip(' -–+*')}”" for _, clause in works)
    yield Finding(
        "several_works",
        Topic.WORK,
        "work",
        f"Một nhiệm vụ đang gộp {len(works)} việc, sẽ không rõ việc nào xong.",
        f"Tách thành {len(works)} nhiệm vụ: {names}.",
        span=(start + second.syllables[0].start, len(draft.work)),
    )


def _begins_with_verb(clause: Reading, words: ClarityWords) -> bool:
    """Tell whether a clause begins with a verb of action, after a bullet, a number or a connecting word."""
    place = 0
    while place < len(clause.syllables):
        if clause.length_at(place, words.action_verbs):
            return True
        skipped = clause.length_at(place, words.connectors) or int(clause.syllables[place].is_number)
        if not skipped:
            return False
        place += skipped
    return False


def _unclear(reading: Reading, each: WordList, draft: Draft, words: ClarityWords) -> list[Match]:
    """Return the words of the list that stand in the text, are no part of a fixed term, and are not cleared up."""
    terms = reading.find(each.terms)
    return [
        match
        for match in reading.find(each.words)
        if not any(term.start <= match.start and match.end <= term.end for term in terms)
        and not _is_cleared(match, reading, each.cleared_by, draft, words)
    ]


def _is_cleared(match: Match, reading: Reading, by: str, draft: Draft, words: ClarityWords) -> bool:
    """Tell whether something beside the words says what they leave open."""
    if by == "date":
        return holds_date(reading.clause_at(match.start), words)
    if by == "names":
        return _names_follow(match, reading, words)
    if by == "office":
        return bool(reading.find(words.offices))
    return by == "escalation" and bool(draft.escalate_to.strip())


def _names_follow(match: Match, reading: Reading, words: ClarityWords) -> bool:
    """Tell whether the names stand right behind: in brackets, after a colon, after “gồm”."""
    if _OPENS_A_LIST.match(reading.text, match.end):
        return True
    behind = next((place for place, each in enumerate(reading.syllables) if each.start >= match.end), -1)
    return reading.length_at(behind, words.names_follow) > 0


def _finding(name: str, match: Match, said: str, each: WordList, draft: Draft) -> Finding:
    """Return the finding on words of a list, its sentences filled in from the draft."""
    known = {
        "words": said,
        "due": format_day(draft.due) if draft.due else "",
        "units": ", ".join(draft.cooperating),
        "escalate_to": draft.escalate_to,
    }
    ready = all(value or f"{{{key}}}" not in each.replacement for key, value in known.items())
    shown = {"due": "dd/mm/yyyy", "units": "tên từng đơn vị", "escalate_to": "tên cơ quan quyết định"}
    filled = known | {key: known[key] or example for key, example in shown.items()}
    replacement = _like(match.words, each.replacement.format_map(filled))
    return Finding(
        code=each.code,
        topic=each.topic,
        field=name,
        message=each.message.format_map(filled | {"replacement": replacement}),
        suggestion=each.suggestion.format_map(filled | {"replacement": replacement}),
        span=(match.start, match.end),
        replacement=replacement if each.replacement and ready else None,
    )


def _like(written: str, replacement: str) -> str:
    """Return the replacement with a capital where the words had one."""
    return replacement[:1].upper() + replacement[1:] if written[:1].isupper() else replacement
