"""What is read from none of a set of leases is told by field."""

from pathlib import Path

import yaml

from eval.unread import unread
from pipeline import Pipeline, Settings
from tests.validate.conftest import OHIO


def test_fields_are_told_with_the_leases_they_are_not_read_from(tmp_path: Path) -> None:
    for name, lease in {"whole": OHIO, "undated": OHIO.replace("March 1, 2025", "the day written below")}.items():
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump({"lease": lease, "faults": []}), encoding="utf-8")
    told = dict(unread([tmp_path], Pipeline(Settings(boxes=False, database="sqlite://"))))
    assert told["agreement_signed_date"] == ["undated"] and "rent_amount" not in told
    assert len(told["premises_area_sqft"]) == 2 and list(told)[-1] != "agreement_signed_date"
