"""The simulated run: nothing lost, nothing double, and as fast as arithmetic says where arithmetic can say it."""

from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("simpy", reason="simpy is not installed")

from eval.scale.model import Crew, Document, Provider, sampled, simulate

SECONDS = st.floats(0.0, 20.0)
DOCUMENTS = st.lists(st.builds(Document, SECONDS, st.integers(0, 5)), min_size=1, max_size=30)
CREWS = st.builds(
    Crew, st.integers(1, 5), st.integers(1, 4), st.floats(0, 10), st.floats(0, 0.5), st.sampled_from([0.0, 0.3])
)
PROVIDERS = st.builds(
    Provider,
    st.floats(0.01, 5),
    st.integers(1, 8),
    st.sampled_from([0, 5, 60]),
    st.sampled_from([0, 5, 60]),
    st.floats(0, 0.5),
)


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS, CREWS, PROVIDERS, st.sampled_from([0.0, 0.5]), st.integers(0, 99))
def test_every_document_is_done_once_whatever_fails(
    documents: list[Document], crew: Crew, provider: Provider, every: float, seed: int
) -> None:
    run = simulate(documents, crew, provider, every=every, seed=seed)
    assert dict(run.done) == dict.fromkeys(range(len(documents)), 1)
    assert len(run.waited) == len(documents)
    asked = sum(document.questions for document in documents)
    assert run.questions - run.refused - run.failed == asked
    assert run.seconds >= max(document.seconds for document in documents)
    assert run.busy >= sum(document.seconds for document in documents) * (1 - 1e-9)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.1, 2.0), min_size=1, max_size=10), st.integers(1, 8), st.integers(0, 99))
def test_without_a_limit_the_throughput_is_workers_over_the_mean(timings: list[float], workers: int, seed: int) -> None:
    documents = list(sampled([Document(seconds) for seconds in timings], 400 * workers, seed))
    run = simulate(documents, Crew(workers))
    throughput = len(documents) / run.seconds
    assert throughput == pytest.approx(workers / fmean(d.seconds for d in documents), rel=0.03)


@pytest.mark.parametrize("per_minute", [60, 600])
def test_with_a_rate_limit_the_throughput_is_the_limit(per_minute: int) -> None:
    questions = 7
    documents = [Document(0.01, questions)] * (10 * per_minute // questions)
    run = simulate(documents, Crew(4, slots=20), Provider(1.0, at_once=200, per_minute=per_minute))
    # the first minute's worth goes at once, so ten of them take nine
    assert run.questions / (run.seconds + 60) == pytest.approx(per_minute / 60, rel=0.03)


def test_with_questions_at_once_the_throughput_is_theirs_over_the_latency() -> None:
    run = simulate([Document(0.001, 8)] * 500, Crew(2, slots=20), Provider(0.5, at_once=16))
    assert run.questions / run.seconds == pytest.approx(16 / 0.5, rel=0.03)


def test_slots_hide_the_models_time_but_not_the_cores() -> None:
    documents = [Document(0.2, 4)] * 300
    one = simulate(documents, Crew(1, slots=1), Provider(1.0, at_once=64))
    many = simulate(documents, Crew(1, slots=16), Provider(1.0, at_once=64))
    assert one.seconds == pytest.approx(300 * 1.2)
    assert many.seconds == pytest.approx(300 * 0.2, rel=0.05)


def test_asking_more_than_a_provider_allows_gains_nothing() -> None:
    documents = [Document(0.01, 6)] * 100
    kept_to = simulate(documents, Crew(2, slots=20), Provider(1.0, at_once=40, per_minute=120))
    refused = simulate(documents, Crew(2, slots=20), Provider(1.0, at_once=40, allows=120))
    assert kept_to.refused == 0 and refused.refused > 0
    assert refused.seconds >= kept_to.seconds * 0.99


def test_lost_workers_cost_time_only() -> None:
    documents = [Document(1.0)] * 500
    safe, spot = simulate(documents, Crew(5)), simulate(documents, Crew(5, lost=0.1), seed=1)
    assert spot.seconds == pytest.approx(safe.seconds * 1.055, rel=0.04)  # one time in nine, half of it on average


def test_what_is_written_one_after_the_other_bounds_any_number_of_workers() -> None:
    documents = [Document(0.2)] * 2_000
    run = simulate(documents, Crew(64, record=0.02))
    assert len(documents) / run.seconds == pytest.approx(1 / 0.02, rel=0.05)


def test_the_queue_grows_where_more_arrives_than_is_done() -> None:
    documents = [Document(1.0)] * 600
    enough = simulate(documents, Crew(3), every=0.5)
    too_few = simulate(documents, Crew(1), every=0.5)
    assert fmean(enough.waited) < 2 < 100 < fmean(too_few.waited)


def test_the_same_seed_gives_the_same_run() -> None:
    documents = [Document(0.3, 2)] * 40
    provider = Provider(1.0, at_once=3, fails=0.2)
    first, second = (simulate(documents, Crew(2, lost=0.2), provider, every=0.1, seed=7) for _ in range(2))
    assert (first.seconds, first.waited) == (second.seconds, second.waited)
