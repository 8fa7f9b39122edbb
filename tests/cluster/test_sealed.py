"""Items and results pass through an actor as bytes; only the worker and the driver know what they are."""

import pickle

import pytest

from pipeline.cluster.sealed import Sealed, opened, sealed
from pipeline.workers.pool import warmth
from tests.workers.tasks import Warmed


def test_a_function_gets_the_item_and_its_result_is_sealed_again() -> None:
    outcome = Sealed(sorted)(sealed({"b", "a"}))
    assert isinstance(outcome, bytes) and opened(outcome) == ["a", "b"]


def test_what_cannot_be_sent_is_an_error_of_its_item() -> None:
    with pytest.raises((pickle.PicklingError, AttributeError)):
        Sealed(lambda item: lambda: item)(sealed("a"))


def test_what_a_function_has_loaded_beforehand_is_so_when_sealed_too() -> None:
    warm = warmth(Sealed(Warmed("fails")))
    assert warm is not None and warmth(Sealed(len)) is None
    with pytest.raises(ImportError):
        pickle.loads(warm)()
