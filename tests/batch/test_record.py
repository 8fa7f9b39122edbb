"""What a run leaves in the database."""

import os
from pathlib import Path

from pipeline.batch import Event
from pipeline.stores import open_stores
from tests.batch.conftest import Desk


def test_a_run_leaves_its_journal_results_and_passages(desk: Desk) -> None:
    desk.write(a="the tenant pays rent", b="corrupt")
    summary = desk.run()
    with open_stores(desk.settings.database) as stores:
        (run,) = stores.journal.runs()
        assert (run.id, run.status, run.out) == (summary.run, "done", str(desk.out))
        told = {Path(e.path).name: (e.status, e.error_type, e.attempt) for e in stores.journal.entries(run.id)}
        assert told == {"a.txt": ("ok", "", 1), "b.txt": ("failed", "CorruptDocument", 1)}
        (hit,) = stores.chunks.search("rent")
        assert hit.document.path.endswith("a.txt")
        kept = stores.results.get(hit.document.sha256)
        assert kept is not None and kept.fingerprint == summary.fingerprint


def test_attempts_go_on_over_runs_and_kept_documents_leave_no_entry(desk: Desk) -> None:
    desk.write(a="fine", b="corrupt")
    desk.run()
    second = desk.run()
    with open_stores(desk.settings.database) as stores:
        assert [(Path(e.path).name, e.attempt) for e in stores.journal.entries(second.run)] == [("b.txt", 2)]


def test_without_a_database_the_run_warns_once_and_writes_its_files(desk: Desk) -> None:
    desk.write(**{f"d{n}": "fine" for n in range(5)})
    (desk.root / "store.db").write_text("this is no database at all " * 99)
    events: list[Event] = []
    summary = desk.run(on_event=events.append)
    assert summary.by_status == {"ok": 5} and len(desk.lines()) == 5
    (warning,) = summary.warnings
    assert "is no SQLite database" in warning and "\n" not in warning
    assert [event.message for event in events if event.kind == "warning"] == [warning]


def test_an_unwritable_place_for_the_database_is_a_warning_too(desk: Desk) -> None:
    desk.write(a="fine")
    (desk.root / "file").touch()
    settings = desk.settings.model_copy(update={"database": f"sqlite:///{desk.root}/file/store.db"})
    assert "can't be made" in desk.run(settings=settings).warnings[0]


def test_undecodable_names_are_no_trouble_for_the_database(desk: Desk) -> None:
    desk.documents.mkdir()
    Path(os.fsdecode(os.fsencode(desk.documents) + b"/lea\xffse.txt")).write_text("rent")
    assert desk.run().warnings == []


def test_without_its_search_index_a_run_still_keeps_results_and_journal_and_warns_once(desk: Desk) -> None:
    desk.write(**{f"d{n}": f"fine {n}" for n in range(3)})
    away = desk.settings.model_copy(update={"search_index": "opensearch://127.0.0.1:1/leases?timeout=2"})
    summary = desk.run(settings=away)
    (warning,) = summary.warnings
    assert "opensearch://127.0.0.1:1" in warning and "searches will not find" in warning
    with open_stores(desk.settings.database) as stores:
        (run,) = stores.journal.runs()
        assert run.status == "done" and len(list(stores.journal.entries(run.id))) == 3
        assert len(list(stores.results.find())) == 3 and stores.chunks.count() == 0
