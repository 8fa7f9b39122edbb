"""A gateway opened meanwhile: it is waited for where it is needed, and what kept it from opening is told there."""

import threading

import pytest

from pipeline.errors import BackendUnavailable
from pipeline.generate.chat.gateway import Gateway
from pipeline.generate.chat.late import LateGateway


def test_the_name_is_known_before_it_is_open_and_its_trouble_is_told_when_it_is_needed() -> None:
    go = threading.Event()

    def fails() -> Gateway:
        go.wait(10)
        raise BackendUnavailable("no such provider")

    late = LateGateway("test:model", fails)
    assert (late.name, late.statistics().calls) == ("test:model", 0)
    go.set()
    for needed in (late.check, lambda: late.context_tokens, lambda: late.attachments):
        with pytest.raises(BackendUnavailable, match="no such provider"):
            needed()
    late.close()
