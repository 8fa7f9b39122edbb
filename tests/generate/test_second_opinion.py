"""A model's answers in the light of the offline reader's: surer, less sure, filled in, passed on."""

from typing import Any

import pytest

from pipeline.errors import BackendUnavailable, BudgetSpent, InvalidAnswer
from pipeline.generate.second_opinion import SecondOpinion, weighed
from schemas import Answer, Criterion, Document, FieldAnswer, Page, Quote, ScheduleOfActivities, Task, analysis_for

TEXT = "Tenant pays a deposit of $900 upon signing."
DOCUMENT = Document("a", "", "text/plain", TEXT, (Page(1, 0, len(TEXT)),))
TASK = Task("extract", "lease", DOCUMENT, group=analysis_for("lease").groups[5])
HERE, NOWHERE = (Quote("deposit of $900", 14, 29),), (Quote("deposit of $950"),)
FOUND = {"stated": 0.9, "exact": 1.0, "quoted": 1.0, "alone": 1.0}


def model(value: Any, quotes: tuple[Quote, ...] = HERE, features: dict[str, float] = FOUND) -> FieldAnswer:
    return FieldAnswer(value, quotes, 0.8, features=features)


def offline(value: Any, confidence: float = 0.95, quotes: tuple[Quote, ...] = HERE) -> FieldAnswer:
    return FieldAnswer(value, quotes, confidence)


class Scripted:
    """A backend that always says the same."""

    context_tokens = 8_000

    def __init__(self, name: str, says: Answer | Exception) -> None:
        self.name, self.says = name, says

    def answer(self, task: Task) -> Answer:
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


def both(first: Answer | Exception, second: Answer | Exception) -> Answer:
    return SecondOpinion(Scripted("chat:model", first), Scripted("offline", second)).answer(TASK)


def test_agreement_makes_surer_and_disagreement_less_sure() -> None:
    agreed, other = weighed("money", model(900), offline("900.00")), weighed("money", model(900), offline(1450))
    silent = weighed("money", model(900), offline(None))
    assert agreed.confidence > silent.confidence > other.confidence
    assert agreed.flags == silent.flags == ()
    assert other.flags == ("disagrees_with_offline", "offline: 1450") and other.value == 900
    assert other.confidence < 0.3 < 0.9 < agreed.confidence


def test_the_surer_the_second_is_the_more_it_weighs() -> None:
    agreed = [weighed("money", model(900), offline(900, sure)).confidence for sure in (0.1, 0.5, 0.9)]
    other = [weighed("money", model(900), offline(950, sure)).confidence for sure in (0.1, 0.5, 0.9)]
    assert agreed == sorted(agreed) and other == sorted(other, reverse=True) and len({*agreed, *other}) == 6


def test_what_the_model_leaves_out_is_filled_in_if_the_second_is_sure() -> None:
    filled = weighed("money", model(None, ()), offline(900))
    assert (filled.value, filled.confidence, filled.flags, filled.source) == (900, 0.95, ("only_offline",), "offline")
    doubtful = weighed("money", model(None, ()), offline(900, 0.3))
    assert doubtful.value is None and "offline: 900" in doubtful.flags
    assert doubtful.confidence < weighed("money", model(None, ()), offline(None)).confidence


def test_a_value_that_stands_nowhere_yields_to_one_that_does() -> None:
    invented = model(950, NOWHERE, {"stated": 1.0, "alone": 1.0})
    taken = weighed("money", invented, offline(900))
    assert (taken.value, taken.source, taken.quotes) == (900, "offline", HERE)
    assert taken.flags == ("disagrees_with_offline", "model: 950")
    assert weighed("money", invented, offline(900, 0.2)).value == 950


def test_evidence_of_the_second_serves_a_value_both_have() -> None:
    agreed = weighed("money", model(900, NOWHERE, {"stated": 1.0, "alone": 1.0}), offline(900))
    assert (agreed.value, agreed.quotes, agreed.source) == (900, HERE, "")


@pytest.mark.parametrize(("value", "shown"), [(["a", "b"], "offline: a; b"), ("x\n" * 90, None)])
def test_the_other_value_is_shown_in_one_short_line(value: Any, shown: str | None) -> None:
    *_, flag = weighed("texts", model(["quite another thing"]), offline(value)).flags
    assert len(flag) <= 90 and "\n" not in flag and (shown is None or flag == shown)


def test_only_the_reader_of_the_document_has_its_schedule_and_criteria() -> None:
    criterion = Criterion.model_construct(text="Adults")
    schedule = ScheduleOfActivities.model_construct()
    spent = Answer({"deposit_amount": model(900)}, calls=2, input_tokens=50)
    answer = both(spent, Answer({"deposit_amount": offline(900)}, schedule, (criterion,), calls=1))
    assert answer.schedule is schedule and answer.eligibility == (criterion,)
    assert (answer.calls, answer.input_tokens) == (2, 50)


def test_a_group_the_model_fails_at_is_read_offline_and_the_failure_told() -> None:
    failed = InvalidAnswer("no usable answer", Answer(calls=3, cost_usd=0.1))
    answer = both(failed, Answer({"deposit_amount": offline(900), "deposit_paid_by_date": offline(None)}))
    assert answer.fields["deposit_amount"].flags == ("only_offline",)
    assert answer.fields["deposit_paid_by_date"].flags == ()
    assert [(e.stage, e.type) for e in answer.errors] == [("generate", "InvalidAnswer")]
    assert (answer.calls, answer.cost_usd) == (3, 0.1)


def test_without_a_second_opinion_the_first_stands_alone() -> None:
    first = Answer({"deposit_amount": model(900)})
    for trouble in (BackendUnavailable("not for this"), ZeroDivisionError()):
        assert both(first, trouble) == first
    with pytest.raises(InvalidAnswer):
        both(InvalidAnswer("no"), ZeroDivisionError())


@pytest.mark.parametrize("error", [BackendUnavailable("bad key"), BudgetSpent("spent")])
def test_a_model_that_cannot_be_asked_is_not_replaced_in_silence(error: Exception) -> None:
    with pytest.raises(type(error)):
        both(error, Answer({"deposit_amount": offline(900)}))


def test_other_tasks_have_no_second_opinion() -> None:
    said = Answer({"result": FieldAnswer("satisfied", confidence=0.7)})
    backend = SecondOpinion(Scripted("chat:model", said), Scripted("offline", ZeroDivisionError()))
    assert backend.answer(Task("check_clause", "lease", DOCUMENT)) is said
    assert (backend.name, backend.context_tokens) == ("chat:model", 8_000)


def test_it_takes_the_files_that_its_model_takes() -> None:
    reader = Scripted("chat:model", Answer())
    assert SecondOpinion(reader, reader).attachments == frozenset()
    reader.attachments = frozenset({"application/pdf"})  # type: ignore[attr-defined]
    assert SecondOpinion(reader, Scripted("offline", Answer())).attachments == {"application/pdf"}


def test_the_second_can_be_asked_before_the_first_and_has_nothing_to_say_where_it_fails() -> None:
    said = {"rent_amount": FieldAnswer(950, confidence=0.9)}
    never, broken = Scripted("chat:model", AssertionError()), Scripted("offline", ZeroDivisionError())
    assert SecondOpinion(never, Scripted("offline", Answer(said))).peek(TASK) == said
    assert SecondOpinion(never, broken).peek(TASK) == {}
