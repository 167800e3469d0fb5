"""The reviewed lists by which a text is read; a package brings them, a city amends them without code."""

import string
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from namro.ground.reviewed import LINE, FileRefused, demand, read_reviewed
from namro.tasks.clarity.reading import Phrases
from namro.tasks.clarity.terms import Clear, ClearSet, Topic

TEXT_FIELDS = ("work", "result", "authority")
CLEARED_BY = ("nothing", "date", "names", "measure", "office", "escalation")
PLACEHOLDERS = frozenset({"words", "due", "units", "escalate_to", "replacement"})


@dataclass(frozen=True)
class WordList:
    """Words that leave a topic unclear, unless the text or the draft clears them up."""

    code: str
    topic: str
    fields: tuple[str, ...]
    cleared_by: str
    message: str
    suggestion: str
    replacement: str
    together: bool
    lead_kinds: tuple[str, ...]
    words: Phrases
    terms: Phrases


@dataclass(frozen=True)
class ClarityWords:
    """Everything the check knows of the language; empty lists find nothing."""

    lists: tuple[WordList, ...] = ()
    dates: Phrases = field(default_factory=Phrases)
    names_follow: Phrases = field(default_factory=Phrases)
    products: Phrases = field(default_factory=Phrases)
    no_products: Phrases = field(default_factory=Phrases)
    no_product_after: Phrases = field(default_factory=Phrases)
    quantities: Phrases = field(default_factory=Phrases)
    acts: Phrases = field(default_factory=Phrases)
    no_measure_after: Phrases = field(default_factory=Phrases)
    offices: Phrases = field(default_factory=Phrases)
    action_verbs: Phrases = field(default_factory=Phrases)
    connectors: Phrases = field(default_factory=Phrases)
    due_before: Phrases = field(default_factory=Phrases)
    due_within: Phrases = field(default_factory=Phrases)


PHRASE_LISTS = tuple(name for name in ClarityWords.__dataclass_fields__ if name != "lists")


def load_words(path: Path) -> ClarityWords:
    """Return the word lists of a package's file; FileRefused with the line of what is wrong."""
    body = read_reviewed(path)
    demand(path, body, "owner", "next_review", "lists", *PHRASE_LISTS)
    for name in PHRASE_LISTS:
        _check_texts(path, body, name)
    for entry in body["lists"]:
        _check_list(path, entry)
    return words_of(body)


def words_of(body: dict[str, Any]) -> ClarityWords:
    """Return the word lists of a body already checked, as it was stored; an empty body gives empty lists."""
    phrases = {name: Phrases(body.get(name, ())) for name in PHRASE_LISTS}
    return ClarityWords(lists=tuple(map(_word_list, body.get("lists", ()))), **phrases)


def load_clears(path: Path) -> tuple[ClearSet, ...]:
    """Return the sets of clears of a package's file, the default first; FileRefused with the line of what is wrong."""
    body = read_reviewed(path)
    demand(path, body, "owner", "next_review", "sets")
    for entry in body["sets"]:
        demand(path, entry, "code", "name", "standing", "clears")
        for clear in entry["clears"]:
            demand(path, clear, "code", "name", "asks")
            _check_known(path, clear, "asks", clear["asks"], list(Topic))
    return clears_of(body)


def clears_of(body: dict[str, Any]) -> tuple[ClearSet, ...]:
    """Return the sets of clears of a body already checked; the first is the default."""
    return tuple(
        ClearSet(entry["code"], entry["name"], entry["standing"], tuple(map(_clear, entry["clears"])))
        for entry in body.get("sets", ())
    )


def _clear(entry: dict[str, Any]) -> Clear:
    """Return one clear of a set."""
    return Clear(entry["code"], entry["name"], tuple(Topic(ask) for ask in entry["asks"]))


def _word_list(entry: dict[str, Any]) -> WordList:
    """Return one list, with what it leaves out filled in."""
    return WordList(
        code=entry["code"],
        topic=entry["topic"],
        fields=tuple(entry["fields"]),
        cleared_by=entry.get("cleared_by", "nothing"),
        message=entry["message"],
        suggestion=entry["suggestion"],
        replacement=entry.get("replacement", ""),
        together=entry.get("together", False),
        lead_kinds=tuple(entry.get("lead_kinds", ())),
        words=Phrases(entry["words"]),
        terms=Phrases(entry.get("terms", ())),
    )


def _check_list(path: Path, entry: dict[str, Any]) -> None:
    """Refuse a list that lacks something, or names what the check does not know."""
    demand(path, entry, "code", "topic", "fields", "message", "suggestion", "words")
    _check_texts(path, entry, "words")
    _check_texts(path, entry, "terms")
    _check_known(path, entry, "topic", [entry["topic"]], list(Topic))
    _check_known(path, entry, "fields", entry["fields"], TEXT_FIELDS)
    _check_known(path, entry, "cleared_by", [entry.get("cleared_by", "nothing")], CLEARED_BY)
    for key in ("message", "suggestion", "replacement"):
        named = {name for _, name, _, _ in string.Formatter().parse(entry.get(key, "")) if name is not None}
        _check_known(path, entry, key, named, PLACEHOLDERS)


def _check_texts(path: Path, entry: dict[str, Any], key: str) -> None:
    """Refuse a list of words that holds anything but words, such as a number or an unquoted `no`."""
    for each in entry.get(key, ()):
        if not isinstance(each, str) or not each.strip():
            raise FileRefused(path, entry[LINE], f"“{key}” có “{each}” không phải là chữ")


def _check_known(
    path: Path, entry: dict[str, Any], key: str, given: Iterable[str], known: Iterable[str]
) -> None:
    """Refuse a value that is none of the known ones."""
    for value in given:
        if value not in known:
            raise FileRefused(
                path, entry[LINE], f"“{key}” không nhận “{value}”, chỉ nhận: {', '.join(sorted(known))}"
            )
