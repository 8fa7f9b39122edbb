"""A run as a queue: documents arrive, workers compute on them one at a time and ask a model meanwhile, which allows so much."""

import random
from collections import Counter, deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import simpy

REFUSAL_SECONDS = 0.05
"""How long it takes a provider to say no."""

LONGEST_WAIT = 60.0
"""Seconds that a question waits between two attempts, at most."""

PORTION, PORTION_SECONDS = 50, 1.0
"""Results that are written in one go, at most, and how long the first of them waits while others come."""

AHEAD = 2
"""Documents under way or waiting to be recorded, a slot."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a document takes: seconds of one core, and questions put side by side when half of these are spent.

    Args:
        kind: of documents that a worker reads with the same models.
    """

    seconds: float
    questions: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Crew:
    """Worker processes.

    Args:
        workers: each of one core.
        slots: documents each has at once; one of them computes, the others wait for the model.
        start: seconds before the first can work.
        lost: share of the times a document is taken up that its worker is lost with it; it is done again.
        record: seconds that the run's own process takes to write a result into journal and index, one after the other, in
            portions as `pipeline.batch.record` has them; no more documents are under way or waiting for it than two a slot.
        loading: of the models for each kind of document: seconds that the first one takes longer, in each worker.
    """

    workers: int
    slots: int = 1
    start: float = 0.0
    lost: float = 0.0
    record: float = 0.0
    loading: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Provider:
    """A chat model, and how it is asked.

    Args:
        seconds: from question to answer.
        at_once: questions under way.
        per_minute: most questions that are put in any minute; 0: no limit.
        allows: most that it answers in any minute, the others it refuses, and they are put again; 0: no limit.
        fails: share of answers that are errors, whose questions are put again.
    """

    seconds: float = 1.0
    at_once: int = 8
    per_minute: int = 0
    allows: int = 0
    fails: float = 0.0


@dataclass(slots=True)
class Run:
    """What came of a simulated run.

    Args:
        seconds: until the last document was done.
        done: how often each document was, by its place.
        waited: seconds from arrival to result, in the order of results.
        questions, refused, failed: put, refused by the provider, answered by an error.
        busy: seconds that cores worked.
    """

    seconds: float = 0.0
    done: Counter[int] = field(default_factory=Counter)
    waited: list[float] = field(default_factory=list)
    questions: int = 0
    refused: int = 0
    failed: int = 0
    busy: float = 0.0


def simulate(
    documents: Sequence[Document], crew: Crew, provider: Provider | None = None, *, every: float = 0.0, seed: int = 0
) -> Run:
    """Run the documents through.

    Args:
        documents: in the order they are taken up.
        crew, provider: see there; documents with questions need a provider.
        every: seconds between arrivals on average, at random (Poisson); 0: all are there at the start.
        seed: the same seed gives the same run.

    >>> simulate([Document(2.0)] * 10, Crew(workers=2, start=1.0)).seconds
    11.0
    >>> simulate([Document(2.0, kind="lease")] * 10, Crew(workers=2, loading={"lease": 1.5})).seconds
    11.5
    >>> simulate([Document(0.0, questions=6)] * 10, Crew(workers=1, slots=10), Provider(1.0, at_once=4)).seconds
    15.0
    """
    env, run, rng = simpy.Environment(), Run(), random.Random(seed)  # noqa: S311 (no secret)
    queue, results = simpy.Store(env), simpy.Store(env)
    room = simpy.Container(env, AHEAD * crew.workers * crew.slots, AHEAD * crew.workers * crew.slots)
    model = _Model(env, provider, run, rng) if provider else None
    total = len(documents)

    def arrive() -> Generator[Any, Any, None]:
        for place, document in enumerate(documents):
            if every:
                yield env.timeout(rng.expovariate(1 / every))
            queue.put((place, document, env.now))
        yield env.timeout(0)

    def work(turn: simpy.Resource, loaded: set[str]) -> Generator[Any, Any, None]:
        yield env.timeout(crew.start)
        while True:
            yield room.get(1)
            place, document, came = yield queue.get()
            if rng.random() < crew.lost:
                yield from compute(turn, document.seconds * rng.random())
                queue.put((place, document, came))
                room.put(1)
                continue
            if document.kind not in loaded:
                loaded.add(document.kind)
                yield from compute(turn, crew.loading.get(document.kind, 0.0))
            half = document.seconds / 2
            yield from compute(turn, half)
            if document.questions and model:
                yield env.all_of([env.process(model.ask()) for _ in range(document.questions)])
            yield from compute(turn, document.seconds - half)  # both are the whole, however small it is
            results.put((place, came))

    def record() -> Generator[Any, Any, None]:
        portion, written = 0, 0.0
        while len(run.done) < total:
            place, came = yield results.get()
            room.put(1)
            portion += 1
            if portion >= PORTION or env.now - written >= PORTION_SECONDS or len(run.done) + 1 == total:
                yield env.timeout(portion * crew.record)
                portion, written = 0, env.now
            run.done[place] += 1
            run.waited.append(env.now - came)
            run.seconds = env.now

    def compute(turn: simpy.Resource, seconds: float) -> Generator[Any, Any, None]:
        with turn.request() as mine:
            yield mine
            yield env.timeout(seconds)
            run.busy += seconds

    env.process(arrive())
    env.process(record())
    for _ in range(crew.workers):
        turn, loaded = simpy.Resource(env, 1), set[str]()
        for _ in range(crew.slots):
            env.process(work(turn, loaded))
    env.run()
    return run


class _Model:
    """The provider and the gate before it."""

    def __init__(self, env: simpy.Environment, provider: Provider, run: Run, rng: random.Random) -> None:
        self._env, self._provider, self._run, self._rng = env, provider, run, rng
        self._lines = simpy.Resource(env, provider.at_once)
        self._put, self._answered = _Minute(provider.per_minute), _Minute(provider.allows)

    def ask(self) -> Generator[Any, Any, None]:
        """Put a question until it is answered."""
        for attempt in count():
            with self._lines.request() as line:
                yield line
                while delay := self._put.delay(self._env.now):
                    yield self._env.timeout(delay)
                self._put.take(self._env.now)
                self._run.questions += 1
                if self._answered.delay(self._env.now):
                    self._run.refused += 1
                    yield self._env.timeout(REFUSAL_SECONDS)
                else:
                    self._answered.take(self._env.now)
                    yield self._env.timeout(self._provider.seconds)
                    if self._rng.random() >= self._provider.fails:
                        return
                    self._run.failed += 1
            yield self._env.timeout(self._rng.uniform(0.0, min(LONGEST_WAIT, 2.0 ** min(attempt, 60))))


class _Minute:
    """At most so many in any 60 seconds; 0: no limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._times: deque[float] = deque()

    def delay(self, now: float) -> float:
        """Seconds until another may go."""
        if not self._limit or len(self._times) < self._limit:
            return 0.0
        return max(0.0, self._times[0] + 60.0 - now)

    def take(self, now: float) -> None:
        """Let one go."""
        if self._limit:
            self._times.append(now)
            if len(self._times) > self._limit:
                self._times.popleft()


def sampled(timings: Sequence[Document], number: int, seed: int = 0) -> Iterator[Document]:
    """So many documents drawn from measured ones, with replacement.

    >>> [document.seconds for document in sampled([Document(1.0)], 2)]
    [1.0, 1.0]
    """
    rng = random.Random(seed)  # noqa: S311 (no secret)
    return (rng.choice(timings) for _ in range(number))
