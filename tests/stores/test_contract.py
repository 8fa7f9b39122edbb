"""What every store promises, whatever it is made of."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.errors import StoreError
from pipeline.stores.protocols import ChunkStore, IndexedDocument, JournalEntry, KnowledgeStore, RunRow, Stores
from schemas import (
    DocumentInfo,
    FromTemplate,
    Jurisdiction,
    LeaseTerms,
    Pack,
    Passage,
    Reply,
    Requirement,
    Result,
    Term,
)

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)


def result(sha256: str = "a" * 64, fingerprint: str = "f1", **more: object) -> Result:
    return Result(document=DocumentInfo(path=f"{sha256[0]}.pdf", sha256=sha256), fingerprint=fingerprint, **more)  # type: ignore[arg-type]


class TestResults:
    def test_a_result_comes_back_as_it_was(self, stores: Stores) -> None:
        terms = LeaseTerms(rent_amount=Term(value=Decimal("1450.5"), confidence=0.9))
        kept = result(doc_type="lease", jurisdiction=Jurisdiction(country="US", state="Ohio"), terms=terms)
        other = result("b" * 64)
        stores.results.put([kept, other])
        assert stores.results.get("a" * 64) == kept
        assert stores.results.get("b" * 64) == other

    def test_there_is_one_for_each_document_and_fingerprint(self, stores: Stores) -> None:
        stores.results.put([result(status="failed")])
        stores.results.put([result(status="ok"), result(fingerprint="f2", status="partial")])
        first, newest = stores.results.get("a" * 64, "f1"), stores.results.get("a" * 64)
        assert first is not None and first.status == "ok"
        assert newest is not None and newest.status == "partial"
        assert stores.results.get("a" * 64, "f3") is None and stores.results.get("b" * 64) is None

    def test_they_are_found_by_type_place_and_status_the_newest_only(self, stores: Stores) -> None:
        ohio = Jurisdiction(country="US", state="Ohio")
        stores.results.put([result("b" * 64, doc_type="lease", jurisdiction=ohio), result("a" * 64, status="failed")])
        stores.results.put([result("b" * 64, "f2", doc_type="lease", jurisdiction=ohio)])
        assert [(row.path, row.fingerprint) for row in stores.results.find()] == [("a.pdf", "f1"), ("b.pdf", "f2")]
        assert [row.path for row in stores.results.find(doc_type="lease", state="Ohio")] == ["b.pdf"]
        assert [row.path for row in stores.results.find(status="failed")] == ["a.pdf"]

    def test_a_deleted_document_is_gone(self, stores: Stores) -> None:
        stores.results.put([result(), result(fingerprint="f2")])
        stores.results.delete("a" * 64)
        assert list(stores.results.find()) == []


class TestReplies:
    def test_a_reply_comes_back_as_it_was(self, stores: Stores) -> None:
        said = Reply({"rent": {"value": 1450, "quote": "rent — $1,450"}}, "{…}", "length", 2, 900, 40, 512, 0.01, 1.5)
        stores.replies.put("k" * 64, "openai:a", said)
        stores.replies.put("l" * 64, "openai:a", Reply(None, "I can't say."))
        assert stores.replies.get("k" * 64) == said
        assert stores.replies.get("l" * 64) == Reply(None, "I can't say.")
        assert stores.replies.get("m" * 64) is None

    def test_the_last_one_under_a_key_stays(self, stores: Stores) -> None:
        stores.replies.put("k" * 64, "openai:a", Reply({}, "one"))
        stores.replies.put("k" * 64, "openai:a", Reply({}, "two"))
        assert stores.replies.get("k" * 64) == Reply({}, "two")

    def test_many_threads_keep_and_read_at_once(self, stores: Stores) -> None:
        def turn(number: int) -> Reply | None:
            stores.replies.put(f"{number % 10}", "openai:a", Reply({"n": number % 10}))
            return stores.replies.get(f"{number % 10}")

        with ThreadPoolExecutor(16) as pool:
            said = list(pool.map(turn, range(100)))
        assert said == [Reply({"n": number % 10}) for number in range(100)]


class TestReports:
    def test_the_last_report_on_a_file_comes_back(self, stores: Stores) -> None:
        stores.reports.put("/leases/a.pdf", result(doc_type="lease", status="partial"))
        stores.reports.put("/leases/a.pdf", result("b" * 64, doc_type="lease", status="ok"))
        last = stores.reports.last("/leases/a.pdf")
        assert last is not None and last.result == result("b" * 64, doc_type="lease", status="ok")
        assert last.made.tzinfo is not None
        assert stores.reports.last("/leases/b.pdf") is None

    def test_each_file_gives_its_newest_of_a_type(self, stores: Stores) -> None:
        stores.reports.put("/b.pdf", result(doc_type="lease"))
        stores.reports.put("/a.pdf", result(doc_type="lease"))
        stores.reports.put("/b.pdf", result("b" * 64, doc_type="lease"))
        stores.reports.put("/c.pdf", result("c" * 64, doc_type="lease_amendment"))
        assert [(r.path, r.result.document.sha256[0]) for r in stores.reports.latest("lease")] == [
            ("/a.pdf", "a"),
            ("/b.pdf", "b"),
        ]

    def test_old_reports_on_a_file_go(self, stores: Stores) -> None:
        for number in range(30):
            stores.reports.put("/a.pdf", result(doc_type="lease", fingerprint=str(number)))
        last = stores.reports.last("/a.pdf")
        assert last is not None and last.result.fingerprint == "29"


def entry(run: str, path: str, status: str = "ok", **more: object) -> JournalEntry:
    return JournalEntry(run, path, "a" * 64, status, NOW, 0.5, **more)  # type: ignore[arg-type]


class TestJournal:
    def test_a_run_is_running_until_it_is_finished(self, stores: Stores) -> None:
        stores.journal.begin(RunRow("r1", NOW, "offline", "f1", out="out"))
        assert [run.status for run in stores.journal.runs()] == ["running"]
        stores.journal.finish("r1", "done", NOW + timedelta(seconds=5))
        assert stores.journal.runs() == [RunRow("r1", NOW, "offline", "f1", "out", NOW + timedelta(seconds=5), "done")]

    def test_the_latest_runs_come_first(self, stores: Stores) -> None:
        for number in range(3):
            stores.journal.begin(RunRow(f"r{number}", NOW + timedelta(hours=number), "offline", "f1"))
        assert [run.id for run in stores.journal.runs(limit=2)] == ["r2", "r1"]

    def test_attempts_are_counted_since_the_last_success(self, stores: Stores) -> None:
        stores.journal.begin(RunRow("r1", NOW, "offline", "f1"))
        failed = entry("r1", "a.pdf", "failed", error_type="CorruptDocument", error="broken")
        stores.journal.record([failed, failed, entry("r1", "b.pdf"), entry("r1", "a.pdf")])
        stores.journal.record([failed])
        told = [(e.path, e.status, e.attempt, e.error) for e in stores.journal.entries("r1")]
        assert told == [
            ("a.pdf", "failed", 1, "broken"), ("a.pdf", "failed", 2, "broken"), ("b.pdf", "ok", 1, ""),
            ("a.pdf", "ok", 3, ""), ("a.pdf", "failed", 1, "broken"),
        ]  # fmt: skip

    def test_an_entry_of_an_unknown_run_is_refused_and_none_of_its_batch_is_kept(self, stores: Stores) -> None:
        stores.journal.begin(RunRow("r1", NOW, "offline", "f1"))
        with pytest.raises(StoreError):
            stores.journal.record([entry("r1", "a.pdf"), entry("r2", "b.pdf")])
        assert list(stores.journal.entries("r1")) == []


def requirement(name: str, since: date, until: date | None = None) -> Requirement:
    return Requirement.model_validate(
        {
            "id": f"US-OH.{name}", "name": name, "kind": "law", "condition": "in plain words", "citation": "§ 1",
            "url": "https://example.org", "in_force_from": since, "in_force_to": until, "confidence": "high",
            "check": {"type": "clause_forbidden", "patterns": ["waives"]}, "recommendation": "strike it",
        }
    )  # fmt: skip


def pack(version: str, *requirements: Requirement) -> Pack:
    return Pack(jurisdiction="US-OH", name="Ohio", version=version, requirements=requirements)


class TestKnowledge:
    def test_every_version_is_kept_and_the_last_one_counts(self, knowledge: KnowledgeStore) -> None:
        first = pack("2024.1", requirement("b", date(2020, 1, 1)), requirement("a", date(2020, 1, 1)))
        second = pack("2025.1")
        knowledge.put(first)
        knowledge.put(second)
        assert knowledge.get("US-OH") == second
        assert knowledge.get("US-OH", version="2024.1") == first
        assert knowledge.versions("US-OH") == ["2024.1", "2025.1"]
        assert knowledge.jurisdictions() == ["US-OH"]
        assert knowledge.get("US-CA") is None

    def test_a_version_never_changes(self, knowledge: KnowledgeStore) -> None:
        knowledge.put(pack("1"))
        knowledge.put(pack("1"))
        with pytest.raises(StoreError, match="new version"):
            knowledge.put(pack("1", requirement("a", date(2020, 1, 1))))
        assert knowledge.versions("US-OH") == ["1"]

    def test_what_is_in_force_depends_on_the_day(self, knowledge: KnowledgeStore) -> None:
        old, new = requirement("old", date(2010, 1, 1), date(2020, 12, 31)), requirement("new", date(2021, 1, 1))
        knowledge.put(pack("1", new, old))
        assert [r.name for r in knowledge.in_force("US-OH", date(2020, 12, 31))] == ["old"]
        assert [r.name for r in knowledge.in_force("US-OH", date(2021, 1, 1))] == ["new"]
        assert knowledge.in_force("US-OH", date(2000, 1, 1)) == []
        assert knowledge.in_force("US-CA", date(2021, 1, 1)) == []

    def test_a_draft_is_kept_with_its_template_and_is_not_in_force(self, knowledge: KnowledgeStore) -> None:
        template = FromTemplate(name="House lease", file="house.docx", page=2, dated=date(2026, 1, 1))
        drafted = requirement("a", date(2020, 1, 1)).model_copy(update={"draft": True, "template": template})
        kept = pack("1", drafted, requirement("b", date(2020, 1, 1)))
        knowledge.put(kept)
        assert knowledge.get("US-OH") == kept
        assert [r.name for r in knowledge.in_force("US-OH", date(2026, 6, 1))] == ["b"]


RENT = Passage(1, "The tenant pays rent on the first day of each month.", 0, 52, 1, ("4. Rent", "4.1 Payment"))
PETS = Passage(2, "No animals of any kind are kept on the premises.", 60, 108, 2, ("5. Pets",))
FEES = Passage(3, "Rent | Late fee\n1,200 | 5 % after five days", 120, 160, 3, (), "table")
OHIO = IndexedDocument("a" * 64, "ohio.pdf", "lease", "Ohio")
IOWA = IndexedDocument("b" * 64, "iowa.pdf", "lease_amendment", "Iowa")


class TestChunks:
    def found(self, chunks: ChunkStore, words: str, **more: object) -> list[tuple[str, int]]:
        return [(h.document.path, h.passage.number) for h in chunks.search(words, **more)]  # type: ignore[arg-type]

    def test_words_find_passages_in_text_and_heading_by_their_stem(self, chunks: ChunkStore) -> None:
        chunks.put(OHIO, [RENT, PETS, FEES])
        assert self.found(chunks, "pet") == [("ohio.pdf", 2)]
        assert self.found(chunks, "paying the rents")[0] == ("ohio.pdf", 1)
        assert self.found(chunks, '"late fee"') == [("ohio.pdf", 3)]
        assert self.found(chunks, '"fee late"') == []
        assert self.found(chunks, "") == self.found(chunks, "zebra") == []

    def test_a_hit_tells_where_it_is_and_why(self, chunks: ChunkStore) -> None:
        chunks.put(OHIO, [RENT, PETS, FEES])
        (hit,) = chunks.search("animals")
        assert hit.document == OHIO
        assert (hit.passage.text, hit.passage.heading, hit.passage.page) == (PETS.text, PETS.heading, 2)
        assert (hit.passage.start, hit.passage.end, hit.passage.kind) == (60, 108, "text")
        assert "**animals**" in hit.snippet and hit.passage.score > 0

    def test_filters_and_limit_hold(self, chunks: ChunkStore) -> None:
        chunks.put(OHIO, [RENT, FEES])
        chunks.put(IOWA, [RENT])
        assert self.found(chunks, "rent", state="Iowa") == [("iowa.pdf", 1)]
        assert self.found(chunks, "rent", doc_type="lease", state="Iowa") == []
        assert len(self.found(chunks, "rent", doc_type="lease")) == 2
        assert len(self.found(chunks, "rent", limit=2)) == 2

    def test_putting_a_document_again_replaces_it_but_the_same_keeps_its_vectors(self, chunks: ChunkStore) -> None:
        chunks.put(OHIO, [RENT, PETS])
        keys = [key for key, _ in chunks.without_vectors("m")]
        chunks.set_vectors("m", keys, np.eye(2, 4, dtype=np.float32))
        chunks.put(OHIO, [RENT, PETS])
        assert chunks.without_vectors("m") == []
        chunks.put(OHIO, [FEES])
        assert chunks.count() == 1 and len(chunks.without_vectors("m")) == 1
        assert self.found(chunks, "animals") == []

    def test_a_deleted_document_is_not_found(self, chunks: ChunkStore) -> None:
        chunks.put(OHIO, [RENT])
        chunks.put(IOWA, [RENT])
        chunks.delete(OHIO.sha256)
        assert self.found(chunks, "rent") == [("iowa.pdf", 1)]

    def test_vectors_are_filled_in_later_for_each_model(self, chunks: ChunkStore) -> None:
        chunks.put(OHIO, [RENT, PETS, FEES])
        first, *others = chunks.without_vectors("m", limit=2)
        assert first[1] == "4. Rent\n4.1 Payment\nThe tenant pays rent on the first day of each month."
        chunks.set_vectors("m", [first[0]], np.ones((1, 3), dtype=np.float32))
        assert next(key for key, _ in chunks.without_vectors("m")) == others[0][0]
        assert len(chunks.without_vectors("other")) == 3

    def test_a_vector_finds_what_no_word_does_and_both_together_rank_first(self, chunks: ChunkStore) -> None:
        chunks.put(OHIO, [RENT, PETS, FEES])
        keys = [key for key, _ in chunks.without_vectors("m")]
        chunks.set_vectors("m", keys, np.array([[1, 0, 0], [0, 2, 0], [0.9, 0.1, 0]], dtype=np.float32))
        dog = np.array([0, 1, 0], dtype=np.float32)
        assert self.found(chunks, "dogs", vector=dog, model="m")[0] == ("ohio.pdf", 2)
        assert self.found(chunks, "late", vector=np.array([1, 0, 0], np.float32), model="m")[0] == ("ohio.pdf", 3)
        assert self.found(chunks, "dogs", vector=dog, model="unknown") == []
        assert self.found(chunks, "dogs", vector=dog, model="m", state="Iowa") == []

    def test_a_vector_of_another_dimension_is_refused(self, chunks: ChunkStore) -> None:
        chunks.put(OHIO, [RENT, PETS])
        keys = [key for key, _ in chunks.without_vectors("m")]
        chunks.set_vectors("m", keys[:1], np.ones((1, 3), dtype=np.float32))
        with pytest.raises(StoreError, match="3 numbers, not 4"):
            chunks.set_vectors("m", keys[1:], np.ones((1, 4), dtype=np.float32))
        with pytest.raises(StoreError, match="3 numbers, not 4"):
            chunks.search("x", vector=np.ones(4, dtype=np.float32), model="m")

    def test_an_index_made_anew_has_the_vectors_of_one_model_and_all_its_passages(self, chunks: ChunkStore) -> None:
        chunks.put(OHIO, [RENT, PETS])
        chunks.put(IOWA, [FEES])
        assert chunks.models() == {}
        chunks.set_vectors("old", [key for key, _ in chunks.without_vectors("old")], np.ones((3, 2), dtype=np.float32))
        assert chunks.models() == {"old": 2}
        read: list[str] = []

        def embed(texts: Sequence[str]) -> "NDArray[np.float32]":
            read.extend(texts)
            return np.array([[1, "animals" in text, 0] for text in texts], dtype=np.float32)

        assert chunks.rebuild("new", embed) == 3
        assert len(read) == 3 and "4. Rent\n4.1 Payment\nThe tenant pays" in "\n".join(read)
        assert chunks.models() == {"new": 3} and chunks.without_vectors("new") == []
        assert self.found(chunks, "dogs", vector=np.array([0, 1, 0], np.float32), model="new")[0] == ("ohio.pdf", 2)
        assert self.found(chunks, "rent", doc_type="lease") == [("ohio.pdf", 1)]
        chunks.put(IOWA, [RENT, FEES])
        assert chunks.count() == 4 and len(chunks.without_vectors("new")) == 2

    def test_a_text_without_words_has_no_direction_and_is_embedded_all_the_same(self, chunks: ChunkStore) -> None:
        chunks.put(OHIO, [RENT, PETS])
        keys = [key for key, _ in chunks.without_vectors("m")]
        chunks.set_vectors("m", keys, np.array([[0, 0], [0, 1]], dtype=np.float32))
        assert chunks.without_vectors("m") == []
        assert self.found(chunks, "zebra", vector=np.array([0, 1], np.float32), model="m")[0] == ("ohio.pdf", 2)
        assert self.found(chunks, "pets", vector=np.zeros(2, np.float32), model="m")[0] == ("ohio.pdf", 2)

    def test_a_document_that_moved_keeps_its_passages(self, chunks: ChunkStore) -> None:
        chunks.put(OHIO, [RENT, PETS])
        chunks.put(replace(OHIO, path="archive/ohio.pdf"), [RENT, PETS])
        assert self.found(chunks, "animals") == [("archive/ohio.pdf", 2)] and chunks.count() == 2

    def test_vectors_of_passages_that_are_gone_are_dropped(self, chunks: ChunkStore) -> None:
        chunks.set_vectors("m", [77], np.ones((1, 3), dtype=np.float32))
        assert chunks.search("x", vector=np.ones(3, dtype=np.float32), model="m") == []

    @settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        words=st.text(max_size=60)
        | st.sampled_from(['"', '""', "a AND", "NEAR(a b)", "heading:x", "x*", "-a", "^", "(", "'; --"])
    )
    def test_no_query_can_be_malformed(self, chunks: ChunkStore, words: str) -> None:
        chunks.put(OHIO, [RENT])
        assert len(chunks.search(words)) <= 1
