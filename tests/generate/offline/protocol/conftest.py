"""An invented protocol, and a maker of small documents."""

import hashlib
from collections.abc import Callable

import pytest

from pipeline.generate.offline.protocol.sources import Protocol, open_protocol
from schemas import Document, Line, Page, Section

TITLE_PAGE = """~Abc-zumab Protocol XY-301
Clinical Study Protocol
A Phase 3, Randomized, Double-blind, Placebo-controlled Study to
Evaluate the Efficacy and Safety of Examplizumab (XY-1234) in
Adults with Moderate to Severe Fictional Arthritis (ORCHARD)
Protocol Number: XY-301
Amendment Number: 2
Study Phase: Phase 3
Sponsor: Invented Medicines, Inc.
12 Nowhere Street, Springfield
IND Number: 123,456
EudraCT Number: 2019-001234-56
NCT Number: NCT01234567
Date: 14 March 2021
Version 3.0"""

SYNOPSIS = """~Abc-zumab Protocol XY-301
SYNOPSIS
Title of Study: A Phase 3, Randomized, Double-blind, Placebo-controlled Study to Evaluate the
Efficacy and Safety of Examplizumab (XY-1234) in Adults with Moderate to Severe Fictional Arthritis (ORCHARD)
Investigational Product: examplizumab 40 mg
Reference Therapy: matching placebo
Planned number of subjects: Approximately 480 subjects will be randomized.
Study Sites: Approximately 65 sites worldwide
Duration of Treatment: 52 weeks
Primary Objective:
To demonstrate the superiority of examplizumab over placebo in reducing
the signs of fictional arthritis at Week 24
Primary Endpoint:
Proportion of subjects with an ACR20 response at Week 24
Secondary Objectives:
To evaluate safety
Study Design: This is a Phase 3, multicenter, randomized, double-blind study. Subjects will be
randomized in a 2:1 ratio to receive examplizumab 40 mg or placebo for 52 weeks. A Phase 2 study was done before."""

BODY = """~Abc-zumab Protocol XY-301
1. INTRODUCTION
An earlier study (NCT99999999) enrolled 200 patients.
4.1. Inclusion Criteria
1. Male or female, 18 to 75 years of age, inclusive.
2. Diagnosis of fictional arthritis for at least 6 months.
4.2. Exclusion Criteria
1. Pregnant or breastfeeding.
2. Any malignancy within 5 years."""


def document(*pages: str, sections: tuple[Section, ...] = ()) -> Document:
    """A document of the given pages; lines that begin with "~" are running heads."""
    text, made, offset = "\n".join(pages), [], 0
    for number, page in enumerate(pages, 1):
        lines, start = [], offset
        for raw in page.split("\n"):
            lines.append(Line(offset, offset + len(raw), "header" if raw.startswith("~") else "body"))
            offset += len(raw) + 1
        made.append(Page(number, start, offset - 1, tuple(lines)))
    return Document(
        "p.txt", hashlib.sha256(text.encode()).hexdigest(), "text/plain", text, tuple(made), sections=sections
    )


@pytest.fixture(scope="session")
def make() -> Callable[..., Document]:
    """Makes a document of pages."""
    return document


@pytest.fixture
def opened() -> Callable[..., Protocol]:
    """Makes and opens a protocol of pages."""
    return lambda *pages, **more: open_protocol(document(*pages, **more))


@pytest.fixture
def invented() -> Document:
    """A short invented protocol: title page, synopsis, body."""
    return document(TITLE_PAGE, SYNOPSIS, BODY)
