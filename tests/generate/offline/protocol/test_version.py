"""The version and date are those of this document, not of the template or of earlier versions."""

from collections.abc import Callable

import pytest

from pipeline.generate.offline.protocol.sources import Protocol, open_protocol
from pipeline.generate.offline.protocol.version import version_and_date
from schemas import Document

Open = Callable[..., Protocol]


def read(protocol: Protocol) -> tuple[object, object]:
    answers = version_and_date(protocol)
    return answers["version"].value, answers["version_date"].value


def test_amendment_and_version_are_given_together(invented: Document) -> None:
    assert read(open_protocol(invented)) == ("Amendment 2, Version 3.0", "2021-03-14")


@pytest.mark.parametrize(
    ("page", "version", "date"),
    [
        ("Protocol Version: 2.1\nDate: 3 June 2019", "Version 2.1", "2019-06-03"),
        ("Final Protocol Amendment 3, 12 March 2016", "Amendment 3", "2016-03-12"),
        ("AMENDMENT INT-3\nDate: 07 October 2015", "Amendment INT-3", "2015-10-07"),
        (
            "Version Number: 4\nDATES AMENDED: Version 2: 1 May 2018\nVersion 3: 2 May 2019\n03-Jun-2020 10:00",
            "Version 4",
            "2020-06-03",
        ),
        ("Amendment 1: 1 May 2015\nAmendment 2 (Global): 3 May 2016", "Amendment 2", "2016-05-03"),
        ("Revised Protocol Number: 08\nDate: 1 May 2015", "Revised Protocol 08", "2015-05-01"),
        ("Template VERSION 17.0 (19 Feb 2019)\nVersion 1.0\nDate 5 May 2020", "Version 1.0", "2020-05-05"),
        ("Version 17 January 2020/Version 8.0", "Version 8.0", "2020-01-17"),
        ("Protocol History:\nVersion 1.0 [1 May 2015]\nVersion 2.0 [1 May 2016]", None, None),
    ],
)
def test_versions(opened: Open, page: str, version: str | None, date: str | None) -> None:
    found, when = read(opened(page))
    assert found == version and (date is None or when == date)


def test_the_letter_behind_the_number_is_the_version_where_nothing_else_is(opened: Open) -> None:
    assert read(opened("Protocol A1B-MC-CDEF(c)\nA Study"))[0] == "(c)"
