"""One door to every form a result can leave in."""

from typing import Literal, get_args

from pipeline.errors import NothingToExport
from pipeline.export.page import schedule_page
from pipeline.export.sheet import schedule_csv, schedule_xlsx
from pipeline.export.usdm import usdm_json
from schemas import Result, ScheduleOfActivities

Format = Literal["usdm", "csv", "xlsx", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)


def export(result: Result, form: Format) -> bytes:
    """A protocol's result as a file of another format.

    Args:
        result: what a run said of a protocol (`result.json`).
        form: "usdm" for the whole study as CDISC USDM v4 JSON; "csv", "xlsx" or "html" for the schedule of activities.

    Raises:
        NothingToExport: the document is no protocol, or no schedule was found in it.

    >>> from schemas import DocumentInfo, ProtocolTerms
    >>> result = Result(document=DocumentInfo(path="a.pdf"), doc_type="clinical_protocol", terms=ProtocolTerms())
    >>> export(result, "usdm")[:12]
    b'{\\n  "study":'
    """
    if result.doc_type != "clinical_protocol":
        kind = result.doc_type.replace("_", " ")
        raise NothingToExport(f"{result.document.path} is not a protocol ({kind}); only protocols can be exported")
    if form == "usdm":
        return usdm_json(result)
    schedule = _schedule(result)
    match form:
        case "csv":
            return schedule_csv(schedule)
        case "xlsx":
            return schedule_xlsx(schedule)
        case "html":
            return schedule_page(schedule)


def _schedule(result: Result) -> ScheduleOfActivities:
    found = result.schedule_of_activities
    if found is None or not found.visits or not found.activities:
        raise NothingToExport(
            f"no schedule of activities was found in {result.document.path}; --format usdm exports the rest of the study"
        )
    return found
