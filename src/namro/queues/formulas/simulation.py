"""A day at the desk, event by event: people come, counters call by turn, rest at lunch, work until all have gone."""

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

from namro.queues.terms import Halves

ARRIVAL, FREE, OPENING = 0, 1, 2


@dataclass(frozen=True)
class Visit:
    """Somebody who comes: when (minute of the day), for which service, how long it takes, and the turn."""

    arrived: float
    service: int
    minutes: float
    turn: float
    priority: str = ""
    slot: float | None = None


@dataclass(frozen=True)
class Served:
    """A visit as it went: when it was called, at which counter, when it ended."""

    visit: Visit
    called: float
    ended: float
    counter: int

    @property
    def waited(self) -> float:
        """Minutes between coming and being called."""
        return self.called - self.visit.arrived


@dataclass(frozen=True)
class Seen:
    """What is known on taking a number: who would be called before, by service; the counters, and the busy ones."""

    ahead: tuple[int, ...]
    counters: int
    busy: int


Look = Callable[[Visit, Seen], None]


@dataclass
class Hall:
    """The hall in the course of a day; `desks` says which services each counter takes."""

    desks: Sequence[frozenset[int]]
    halves: Halves
    look: Look | None = None
    served: list[Served] = field(default_factory=list)
    _lines: dict[int, list[tuple[float, int, Visit]]] = field(default_factory=dict)
    _idle: set[int] = field(default_factory=set)
    _events: list[tuple[float, int, int, int]] = field(default_factory=list)
    _serial: Callable[[], int] = field(default_factory=lambda: count().__next__)

    def run(self, visits: Iterable[Visit]) -> list[Served]:
        """Let the day pass; return what became of each visit, in the order in which they were called."""
        people = sorted(visits, key=lambda visit: visit.arrived)
        self._idle = set(range(len(self.desks)))
        self._events = [(visit.arrived, ARRIVAL, place, place) for place, visit in enumerate(people)]
        self._events += [(opens, OPENING, place, 0) for place, (opens, _) in enumerate(self.halves)]
        heapq.heapify(self._events)
        while self._events:
            now, kind, _, what = heapq.heappop(self._events)
            if kind == ARRIVAL:
                self._arrive(people[what])
            elif kind == FREE:
                self._idle.add(what)
            self._call(now)
        return self.served

    def _arrive(self, visit: Visit) -> None:
        if self.look is not None:
            self.look(visit, self._seen(visit))
        heapq.heappush(self._lines.setdefault(visit.service, []), (visit.turn, self._serial(), visit))

    def _seen(self, visit: Visit) -> Seen:
        able = [place for place, services in enumerate(self.desks) if visit.service in services]
        shared = frozenset().union(*(self.desks[place] for place in able))
        most = max((service for services in self.desks for service in services), default=0)
        ahead = tuple(
            sum(turn <= visit.turn for turn, _, _ in self._lines.get(service, ())) if service in shared else 0
            for service in range(most + 1)
        )
        return Seen(ahead, len(able), sum(place not in self._idle for place in able))

    def _call(self, now: float) -> None:
        """Let every idle counter call whose turn it is, while the office is open or people were left at its close."""
        if not self._idle or not any(self._lines.values()) or not self._is_open(now):
            return
        for counter in sorted(self._idle):
            waiting = [self._lines[service] for service in self.desks[counter] if self._lines.get(service)]
            if waiting:
                _, _, visit = heapq.heappop(min(waiting, key=lambda line: line[0][:2]))
                self._idle.discard(counter)
                ended = now + visit.minutes
                self.served.append(Served(visit, now, ended, counter))
                heapq.heappush(self._events, (ended, FREE, counter, counter))

    def _is_open(self, now: float) -> bool:
        return now >= self.halves[-1][0] or any(opens <= now < closes for opens, closes in self.halves)


ALWAYS: Halves = ((0.0, float("inf")),)


def run_day(
    visits: Iterable[Visit],
    desks: Sequence[frozenset[int]],
    halves: Halves = ALWAYS,
    look: Look | None = None,
) -> list[Served]:
    """Return what became of the visits of a day; `look` is told what each sees on coming."""
    return Hall(desks, halves, look).run(visits)
