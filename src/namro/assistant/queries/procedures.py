"""What a procedure answers: its parts as passages, and the sentences that are read off them without any model."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from namro.assistant.rules.reading import is_named, shortened
from namro.assistant.terms import Corpus, Passage, Sentence, Validity, Want
from namro.ground.numbers import format_number
from namro.ground.text import fold
from namro.procedures.formulas.cases import cases_among
from namro.procedures.models import Procedure, ProcedureVersion
from namro.procedures.queries import procedure, version_on
from namro.procedures.queries.words import fee_words, limit_words
from namro.procedures.terms import ONLINE, TOLD, Flag, Level, Part

MOST_PAPERS, MOST_PAPERS_AMONG_OTHERS, MOST_STEPS, MOST_BASES = 20, 8, 8, 6
# In the name of the way to submit by post, folded.
POST = "buu chinh"
COMMITTEE = re.compile(r"\b(?:uy ban nhan dan|ubnd)(?: cap)? (?:xa|phuong)\b")
# What is told when nothing in particular was asked for: what most people ask.
USUAL = (Want.PAPERS, Want.FEE, Want.LIMIT, Want.WHERE)
_PARTS = {
    Want.PAPERS: Part.DOCUMENTS, Want.CHECKLIST: Part.DOCUMENTS, Want.FEE: Part.METHODS, Want.LIMIT: Part.METHODS,
    Want.ONLINE: Part.METHODS, Want.POST: Part.METHODS, Want.START: Part.METHODS, Want.WHERE: Part.AGENCY,
    Want.STEPS: Part.STEPS, Want.CONDITIONS: Part.CONDITIONS, Want.RESULT: Part.RESULT, Want.BASIS: Part.LEGAL_BASES,
    Want.WHO: Part.APPLICANTS,
}  # fmt: skip
# Words in place of the wants, which the telling of another want covers.
_COVERED = {Want.CHECKLIST: Want.PAPERS, Want.START: Want.ONLINE}


@dataclass(frozen=True)
class Card:
    """Thẻ thủ tục: a procedure as it holds on a day, from which sentences are read."""

    row: Procedure
    version: ProcedureVersion

    @property
    def body(self) -> Mapping[str, Any]:
        """The record."""
        return self.version.body or {}

    def key(self, part: Part) -> str:
        """The key of a part."""
        return f"{Corpus.PROCEDURES}:{self.row.code}#{part}"

    def passage(self, part: Part, score: float = 1.0) -> Passage:
        """Return a part as a passage."""
        return Passage(
            key=self.key(part), corpus=Corpus.PROCEDURES, item=self.row.code, title=self.body["name"], part=part,
            text=_text(self.body, part), score=score, as_of=self.version.batch.source_as_of,
            url=f"{reverse('procedure', args=[self.row.code])}#{part.replace('_', '-')}",
            valid_from=self.version.valid_from, validity=Validity.IN_FORCE,
        )  # fmt: skip

    def told(self, wants: Sequence[Want], question: str) -> list[Sentence]:
        """Return the sentences that answer the wants, the usual ones where there are none."""
        asked = list(dict.fromkeys(_COVERED.get(want, want) for want in wants or USUAL))
        most = MOST_PAPERS if len(asked) == 1 else MOST_PAPERS_AMONG_OTHERS
        return [sentence for want in asked for sentence in _TELLERS[want](self, question, most)]

    def doubts(self, wants: Sequence[Want]) -> tuple[str, ...]:
        """Return what cannot be relied on in the parts that are told."""
        parts = {_PARTS[want] for want in wants or USUAL}
        told = [TOLD[Flag(flag)] for flag in self.version.flags]
        return tuple(str(sentence) for part, sentence in told if part in parts)

    @property
    def is_taken_at_communes(self) -> bool:
        """Whether a commune's committee carries it out, as far as the source says: not police, not a tax office."""
        agency = fold(self.body["agency"])
        return bool(COMMITTEE.search(agency)) if agency else self.row.levels == [Level.COMMUNE]

    def cases(self) -> list[str]:
        """Return the cases by which its papers differ, where there are several."""
        found = cases_among(paper["case"] for paper in self.body["documents"])
        return found if len(found) > 1 else []


def card(code: str, day: date) -> Card | None:
    """Return a procedure as it holds on a day; None where it does not. Two queries."""
    row = procedure(code)
    version = version_on(row, day) if row else None
    return Card(row, version) if row and version and version.body else None


def levels_of(codes: Sequence[str]) -> dict[str, str]:
    """Return by code at which levels procedures are carried out and by whom, as people read it; one query, or none."""
    rows = Procedure.objects.filter(code__in=codes).only("code", "levels", "agency") if codes else ()
    return {
        row.code: ": ".join(
            filter(
                None, (", ".join(str(Level(each).label) for each in row.levels), shortened(row.agency, 80))
            )
        )
        for row in rows
    }


def parts_of(wants: Sequence[Want]) -> list[Part]:
    """Return the parts in which the wants are answered, each once."""
    return list(dict.fromkeys(_PARTS[want] for want in wants or USUAL))


def _papers(of: Card, question: str, most: int) -> Iterator[Sentence]:
    papers, key = of.body["documents"], (of.key(Part.DOCUMENTS),)
    if not papers:
        yield Sentence(_("Nguồn không ghi thành phần hồ sơ."), key, heading=_("Giấy tờ cần có"), is_ours=True)
        return
    cases = of.cases()
    meant = {case for case in cases if is_named(case, question)}
    kept = [each for each in papers if not meant or each["case"] in meant or each["case"] not in cases]
    last = None
    for paper in kept[:most]:
        heading = paper["case"] or _("Giấy tờ cần có")
        yield Sentence(
            _paper(paper), key, heading=shortened(heading, 200) if heading != last else "", is_item=True
        )
        last = heading
    if len(kept) > most:
        more = _("Còn %s giấy tờ nữa theo từng trường hợp; xem đủ ở trang thủ tục.")
        yield Sentence(more % format_number(len(kept) - most), key, is_ours=True)


def _paper(paper: Mapping[str, Any]) -> str:
    counts = [
        _("%s bản chính") % format_number(paper["original"]) if paper["original"] else "",
        _("%s bản sao") % format_number(paper["copies"]) if paper["copies"] else "",
    ]
    said = ", ".join(filter(None, counts))
    return f"{shortened(paper['name'], 400)} ({said})" if said else shortened(paper["name"], 400)


def _fees(of: Card, question: str, most: int) -> Iterator[Sentence]:
    yield from _by_method(of, _("Phí, lệ phí"), lambda method: _fee(method["fee"]))


def _fee(text: str) -> str:
    said = fee_words(text)
    sums = "; ".join(
        f"{value} ({shortened(note, 300)})" if note else value for value, note in said["amounts"]
    )
    return " ".join(filter(None, (said["said"], sums, shortened(said["note"], 400))))


def _limits(of: Card, question: str, most: int) -> Iterator[Sentence]:
    yield from _by_method(of, _("Thời hạn"), lambda method: limit_words(method["time_limit"]))


def _by_method(of: Card, heading: str, words: Callable[[Mapping[str, str]], str]) -> Iterator[Sentence]:
    """Tell the same of each way to submit, ways with the same words together."""
    key, ways = (of.key(Part.METHODS),), dict[str, list[str]]()
    for method in of.body["submission_methods"]:
        ways.setdefault(words(method), []).append(method["method"])
    if not ways:
        yield Sentence(_("Nguồn không ghi cách nộp, thời hạn và phí."), key, heading=heading, is_ours=True)
    for number, (said, methods) in enumerate(ways.items()):
        yield Sentence(f"{', '.join(methods)}: {said}", key, heading="" if number else heading, is_item=True)


def _where(of: Card, question: str, most: int) -> Iterator[Sentence]:
    agency, key, heading = of.body["agency"], (of.key(Part.AGENCY),), _("Nơi giải quyết")
    if agency:
        yield Sentence(_("Cơ quan giải quyết: %s.") % shortened(agency, 300), key, heading=heading)
    else:
        levels = ", ".join(of.body["level"])
        yield Sentence(_("Cấp thực hiện: %s.") % levels, key, heading=heading, is_ours=not levels)
    methods = ", ".join(dict.fromkeys(method["method"] for method in of.body["submission_methods"]))
    if methods:
        yield Sentence(_("Cách nộp: %s.") % methods, (of.key(Part.METHODS),))


def _online(of: Card, question: str, most: int) -> Iterator[Sentence]:
    ways = [method for method in of.body["submission_methods"] if method["method"] == ONLINE]
    said = _("Nộp trực tuyến được, theo cách nộp ghi ở nguồn.")
    none = _("Nguồn không ghi cách nộp trực tuyến cho thủ tục này.")
    yield from _way(of, ways, _("Nộp trực tuyến"), said, none)


def _post(of: Card, question: str, most: int) -> Iterator[Sentence]:
    ways = [method for method in of.body["submission_methods"] if POST in fold(method["method"])]
    said = _("Gửi qua bưu chính được, theo cách nộp ghi ở nguồn.")
    none = _("Nguồn không ghi cách nộp qua bưu chính cho thủ tục này.")
    yield from _way(of, ways, _("Nộp qua bưu chính"), said, none)


def _way(
    of: Card, ways: Sequence[Mapping[str, str]], heading: str, said: str, none: str
) -> Iterator[Sentence]:
    """Tell of one way to submit with its limit and fee, or that the source has no such way."""
    key = (of.key(Part.METHODS),)
    if not ways:
        yield Sentence(none, key, heading=heading, is_ours=True)
    for method in ways:
        yield Sentence(said, key, heading=heading, is_ours=True)
        yield Sentence(_("Thời hạn: %s") % limit_words(method["time_limit"]), key, is_item=True)
        yield Sentence(_("Phí, lệ phí: %s") % _fee(method["fee"]), key, is_item=True)
        if method["description"]:
            yield Sentence(shortened(method["description"], 500), key, is_item=True)


def _steps(of: Card, question: str, most: int) -> Iterator[Sentence]:
    key, steps = (of.key(Part.STEPS),), of.body["steps"]
    for number, step in enumerate(steps[:MOST_STEPS]):
        yield Sentence(
            shortened(step, 450), key, heading="" if number else _("Trình tự thực hiện"), is_item=True
        )
    if not steps or len(steps) > MOST_STEPS:
        more = (
            _("Còn nữa; xem đủ trình tự ở trang thủ tục.")
            if steps
            else _("Nguồn không ghi trình tự thực hiện.")
        )
        yield Sentence(more, key, is_ours=True)


def _conditions(of: Card, question: str, most: int) -> Iterator[Sentence]:
    said = of.body["conditions"] or _("Nguồn không ghi yêu cầu, điều kiện riêng.")
    yield Sentence(
        shortened(said, 900),
        (of.key(Part.CONDITIONS),),
        heading=_("Yêu cầu, điều kiện"),
        is_ours=not of.body["conditions"],
    )


def _result(of: Card, question: str, most: int) -> Iterator[Sentence]:
    said = of.body["result"] or _("Nguồn không ghi kết quả nhận được.")
    yield Sentence(
        shortened(said, 500),
        (of.key(Part.RESULT),),
        heading=_("Bạn nhận được"),
        is_ours=not of.body["result"],
    )


def _bases(of: Card, question: str, most: int) -> Iterator[Sentence]:
    key, bases = (of.key(Part.LEGAL_BASES),), of.body["legal_bases"]
    for number, basis in enumerate(bases[:MOST_BASES]):
        said = ": ".join(filter(None, (basis["number"], basis["title"])))
        yield Sentence(shortened(said, 300), key, heading="" if number else _("Căn cứ pháp lý"), is_item=True)
    if not bases:
        yield Sentence(_("Nguồn không ghi căn cứ pháp lý."), key, heading=_("Căn cứ pháp lý"), is_ours=True)


def _who(of: Card, question: str, most: int) -> Iterator[Sentence]:
    said = "; ".join(of.body["applicants"]) or _("Nguồn không ghi đối tượng thực hiện.")
    yield Sentence(
        said, (of.key(Part.APPLICANTS),), heading=_("Ai làm thủ tục này"), is_ours=not of.body["applicants"]
    )


_TELLERS: dict[Want, Callable[[Card, str, int], Iterator[Sentence]]] = {
    Want.PAPERS: _papers,
    Want.FEE: _fees,
    Want.LIMIT: _limits,
    Want.ONLINE: _online,
    Want.POST: _post,
    Want.WHERE: _where,
    Want.STEPS: _steps,
    Want.CONDITIONS: _conditions,
    Want.RESULT: _result,
    Want.BASIS: _bases,
    Want.WHO: _who,
}


def _text(body: Mapping[str, Any], part: Part) -> str:
    """Return a part in plain lines, each line whole in itself."""
    value: Any = body.get(part.value) or ""
    if part is Part.DOCUMENTS:
        lines = [": ".join(filter(None, (paper["case"], _paper(paper)))) for paper in value]
    elif part is Part.METHODS:
        lines = [_method(each) for each in value]
    elif part is Part.AGENCY:
        lines = [value, ", ".join(body["level"])]
    elif part is Part.LEGAL_BASES:
        lines = [f"{basis['number']}: {basis['title']}" for basis in value]
    else:
        lines = [value] if isinstance(value, str) else list(value)
    return "\n".join(lines)


def _method(method: Mapping[str, str]) -> str:
    """A way to submit, each of its facts whole in itself and in the words of the source."""
    way = method["method"]
    facts = (
        f"{way}: thời hạn {method['time_limit']}",
        f"{way}: phí, lệ phí {method['fee']}",
        method["description"],
    )
    return ". ".join(filter(None, facts))
