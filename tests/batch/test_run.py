"""Runs over folders: nothing lost, nothing double, nothing half-written."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.batch import Event, run_batch
from pipeline.errors import StoreError, WrongUsage
from pipeline.stores import open_stores
from schemas import Pack, Requirement
from tests.batch.conftest import Desk


def test_each_document_gets_a_result_and_the_run_a_summary(desk: Desk) -> None:
    desk.write(b="two", a="one")
    (desk.documents / "gold.json").write_text("{}")
    summary = desk.run()
    assert desk.result("a.txt")["status"] == "ok"
    assert [line["document"]["path"] for line in desk.lines()] == [str(desk.documents / n) for n in ("a.txt", "b.txt")]
    assert (summary.found, summary.documents, summary.pages, summary.failed) == (2, 2, 2, 0)
    assert summary.by_status == {"ok": 2} and summary.by_type == {"lease": 2}
    assert summary.passed_over == {"not a document": 1}
    assert json.loads((desk.out / "summary.json").read_text()) == json.loads(summary.model_dump_json())


def test_documents_that_fail_kill_or_hang_cost_only_themselves(desk: Desk) -> None:
    desk.write(a="fine", b="kill", c="sleep 60", d="corrupt", e="bug", f="fine")
    summary = desk.run(settings=desk.impatient)
    errors = {e.path.rsplit("/", 1)[1]: e for e in summary.errors}
    assert summary.by_status == {"ok": 2, "failed": 4}
    assert {name: e.type for name, e in errors.items()} == {
        "b.txt": "WorkerDied", "c.txt": "DocumentTimeout", "d.txt": "CorruptDocument", "e.txt": "KeyError",
    }  # fmt: skip
    assert errors["d.txt"].message == "broken beyond repair; scan it again"
    assert "private words" not in errors["e.txt"].message
    for name in errors:
        assert desk.result(name)["status"] == "failed"
        assert desk.result(name)["document"]["sha256"] != ""
        assert desk.result(name)["errors"][0]["message"] == errors[name].message
    assert len(desk.lines()) == 6


def test_running_again_does_only_what_failed_or_changed_or_is_new(desk: Desk) -> None:
    desk.write(a="one", b="two", c="corrupt", d="four")
    desk.run()
    desk.processed()
    desk.write(b="changed", c="mended", e="new")
    (desk.out / "d.txt" / "result.json").write_text('{"half')
    summary = desk.run()
    assert desk.processed() == ["b.txt", "c.txt", "d.txt", "e.txt"]
    assert (summary.kept, summary.documents, summary.failed) == (1, 5, 0)
    assert len(desk.lines()) == 5


def test_other_settings_make_other_results_but_more_workers_do_not(desk: Desk) -> None:
    desk.write(a="one")
    desk.run()
    desk.processed()
    desk.run(settings=desk.settings.model_copy(update={"workers": 1, "document_timeout": 9.0}))
    assert desk.processed() == []
    desk.run(settings=desk.settings.model_copy(update={"ocr": "off"}))
    assert desk.processed() == ["a.txt"]
    desk.run(jurisdiction="US-OH")
    assert desk.processed() == ["a.txt"]


def test_what_a_team_accepts_into_its_knowledge_makes_other_results_and_a_draft_does_not(desk: Desk) -> None:
    drafted = Requirement.model_validate(
        {
            "id": "US-OH.form.quiet", "name": "Quiet", "kind": "term", "condition": "quiet", "citation": "Form", "url": "",
            "in_force_from": "2026-01-01", "confidence": "high", "recommendation": "say it", "draft": True,
            "check": {"type": "clause_required", "all_of": [["quiet"]]},
        }
    )  # fmt: skip
    accepted = drafted.model_copy(update={"draft": False})
    desk.write(a="one")
    desk.run()
    desk.processed()
    for version, requirement, done in (("1", drafted, []), ("2", accepted, ["a.txt"]), ("3", accepted, [])):
        with open_stores(desk.settings.database) as stores:
            stores.knowledge.put(Pack(jurisdiction="US-OH", name="Ohio", version=version, requirements=(requirement,)))
        desk.run()
        assert desk.processed() == done


def test_without_resume_everything_is_done_again(desk: Desk) -> None:
    desk.write(a="one", b="two")
    desk.run()
    summary = desk.run(resume=False)
    assert desk.processed() == ["a.txt", "a.txt", "b.txt", "b.txt"]
    assert summary.kept == 0


def test_what_is_kept_is_counted_like_what_is_done(desk: Desk) -> None:
    desk.write(a="fine", b="partial")
    first, second = desk.run(), desk.run()
    assert second.kept == 2
    assert second.by_status == first.by_status == {"ok": 1, "partial": 1}
    assert second.errors == first.errors and second.errors[0].message == "one group had no answer"
    assert second.pages == first.pages and second.by_type == first.by_type


def test_events_tell_the_whole_story(desk: Desk) -> None:
    desk.write(a="one", b="corrupt")
    desk.run(desk.documents / "a.txt")
    events: list[Event] = []
    desk.run(on_event=events.append)
    told = [(event.kind, event.path.rsplit("/", 1)[-1]) for event in events if event.kind != "warning"]
    assert told[0] == ("found", "") and events[0].total == 2
    assert sorted(told[1:]) == [("failed", "b.txt"), ("kept", "a.txt"), ("started", "a.txt"), ("started", "b.txt")]


def test_the_output_mirrors_the_input_and_clashes_are_parted(desk: Desk) -> None:
    for folder in ("one", "two"):
        (desk.root / folder / "sub").mkdir(parents=True)
        (desk.root / folder / "sub" / "lease.txt").write_text(folder)
    summary = desk.run(desk.root / "one", desk.root / "two", desk.root / "one" / "sub" / "lease.txt")
    assert summary.documents == 3
    assert sorted(str(p.relative_to(desk.out).parent) for p in desk.out.rglob("result.json")) == [
        "lease.txt", "sub/lease.txt", "two/sub/lease.txt",
    ]  # fmt: skip


def test_results_are_not_put_among_the_documents(desk: Desk) -> None:
    desk.write(a="fine")
    with pytest.raises(WrongUsage, match="another folder"):
        run_batch([desk.documents], desk.documents)
    with pytest.raises(WrongUsage, match="another folder"):
        run_batch([desk.documents / "a.txt"], desk.documents)
    assert [path.name for path in desk.documents.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(
    "name", ["with space 'and' \"quotes\".txt", "租赁 合同.txt", "line\nbreak.txt", "summary.json", "é" * 100 + ".txt"]
)
def test_odd_names_are_names(desk: Desk, name: str) -> None:
    desk.documents.mkdir()
    (desk.documents / name).write_text("fine")
    summary = desk.run(desk.documents / name)
    assert summary.by_status == {"ok": 1}
    assert desk.lines()[0]["document"]["path"].endswith(name)


def test_a_name_of_undecodable_bytes_is_shown_as_far_as_possible(desk: Desk) -> None:
    desk.documents.mkdir()
    Path(os.fsdecode(os.fsencode(desk.documents) + b"/lea\xffse.txt")).write_text("fine")
    assert desk.run().by_status == {"ok": 1}
    assert desk.lines()[0]["document"]["path"].endswith("lea�se.txt")
    assert desk.run().kept == 1


def test_missing_unreadable_and_irregular_files_fail_alone(desk: Desk) -> None:
    desk.write(a="fine")
    os.mkfifo(desk.root / "pipe.txt")
    summary = desk.run(desk.documents / "a.txt", desk.root / "nowhere.pdf", process=None)
    assert summary.found == 2
    assert desk.result("nowhere.pdf")["errors"][0]["type"] == "UnreadableFile"


def test_an_output_folder_that_cannot_be_used_is_told_at_once(desk: Desk) -> None:
    desk.write(a="fine")
    desk.out.write_text("a file")
    with pytest.raises(StoreError, match="give another --out"):
        desk.run()
    assert desk.processed() == []


def test_two_runs_do_not_write_into_one_folder(desk: Desk) -> None:
    desk.write(a="fine")

    def second_run(event: Event) -> None:
        if event.kind == "found":
            with pytest.raises(StoreError, match="in use by another run"):
                desk.run()

    assert desk.run(on_event=second_run).documents == 1


def test_no_path_is_wrong_usage(desk: Desk) -> None:
    from pipeline.batch import run_batch

    with pytest.raises(WrongUsage):
        run_batch([], desk.out)


SCRIPT = """
import sys
from pathlib import Path
from tests.batch.conftest import Desk
from tests.batch.fakes import FakeProcess
from pipeline.errors import StoreError
desk = Desk(Path(sys.argv[1]))
if len(sys.argv) > 2:
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    desk.run(process=FakeProcess(desk.root / "log", 0.05))
except KeyboardInterrupt:
    sys.exit(130)
except StoreError as error:
    sys.exit(f"told: {error}")
"""


def start(desk: Desk, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(desk.root), *arguments], stderr=subprocess.PIPE, text=True
    )


def test_a_run_killed_three_times_loses_nothing_and_does_nothing_twice(desk: Desk) -> None:
    """SIGKILL to the whole run, each time in the middle; at most the documents in flight are taken up again."""
    names = [f"document{number:03}" for number in range(60)]
    desk.write(**dict.fromkeys(names, "fine"))
    for _ in range(3):
        before = len(list(desk.out.rglob("result.json")))
        run = start(desk)
        while len(list(desk.out.rglob("result.json"))) < before + 8:
            assert run.poll() is None
            time.sleep(0.01)
        run.kill()
        run.wait()
        for path in desk.out.rglob("result.json"):
            assert json.loads(path.read_bytes())["status"] == "ok"  # whole, each of them
    done = len(list(desk.out.rglob("result.json")))
    assert start(desk).wait() == 0
    summary = json.loads((desk.out / "summary.json").read_text())
    assert summary["by_status"] == {"ok": 60}
    assert summary["kept"] == done
    taken_up = desk.processed()
    assert sorted(set(taken_up)) == [f"{name}.txt" for name in names]
    assert len(taken_up) <= 60 + 3 * 2  # two workers, three kills
    assert [line["document"]["path"].rsplit("/", 1)[1] for line in desk.lines()] == [f"{name}.txt" for name in names]
    assert not list(desk.out.rglob("*.part"))


@pytest.mark.alone
def test_ctrl_c_ends_promptly_and_keeps_what_is_done(desk: Desk) -> None:
    desk.write(**{f"d{number:02}": "fine" for number in range(40)}, slow="sleep 60")
    run = start(desk)
    while len(list(desk.out.rglob("result.json"))) < 5:
        time.sleep(0.01)
    began = time.monotonic()
    run.send_signal(signal.SIGINT)
    _, stderr = run.communicate(timeout=10)
    assert time.monotonic() - began < 3
    assert run.returncode == 130 and stderr == ""
    summary = json.loads((desk.out / "summary.json").read_text())
    assert summary["interrupted"] and 3 <= summary["documents"] == len(desk.lines()) < 41  # two may be in flight


def test_a_full_disk_ends_the_run_with_one_clear_line(desk: Desk) -> None:
    desk.write(a="fine", b="fine")
    run = start(desk, "300")
    _, stderr = run.communicate(timeout=30)
    assert run.returncode == 1
    assert stderr.startswith("told: ") and "make room" in stderr and stderr.count("\n") == 1
    assert not list(desk.out.rglob("*.part")) and not list(desk.out.rglob("result.json"))


@pytest.mark.slow
def test_ten_thousand_empty_files_are_ten_thousand_results(desk: Desk) -> None:
    desk.documents.mkdir()
    for number in range(10_000):
        (desk.documents / f"{number:05}.pdf").touch()
    summary = desk.run(process=None)
    assert summary.by_status == {"failed": 10_000}
    assert len(summary.errors) == 1_000
    assert sum(1 for _ in (desk.out / "results.jsonl").open()) == 10_000
