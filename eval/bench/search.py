"""How fast a large search index answers: python -m eval.bench.search N URL [--folder CORPUS] [--keep].

Fills the index at URL (sqlite:///FILE, opensearch://HOST:PORT/PREFIX) with N passages, real ones repeated with noise: in
each copy one word in ten is another word of the corpus, and the vector is turned a little. Then asks what each field means,
and what each rule of law is called, by words and meaning, all documents and leases of one state, one query after another,
and prints the times. With --keep an index that holds N passages already is used as it is.
"""

import argparse
import hashlib
import os
import random
import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from eval.search_overlap import Query, documents, field_queries
from pipeline.embedding import Embedder, embedder_for
from pipeline.knowledge import load_packs
from pipeline.settings import Settings
from pipeline.stores import open_stores
from pipeline.stores.opensearch import open_chunks
from pipeline.stores.protocols import ChunkStore, IndexedDocument
from schemas import Passage

SAMPLES = Path(__file__).parents[2] / "samples" / "gold"
NOISE = 0.1
AT_ONCE = 2_000
STATES = ("Ohio", "Iowa", "Utah", "Pennsylvania", "Texas")


def copies(folder: Path, count: int) -> Iterator[tuple[IndexedDocument, list[Passage]]]:
    """Documents with `count` passages in all: those of a folder, again and again, each time with other noise."""
    dice = random.Random(7)
    originals = list(documents(folder))
    words = [word for _, passages in originals for passage in passages for word in passage.text.split()]
    made = 0
    for number in range(count):
        about, passages = originals[number % len(originals)]
        noisy = [_noisy(passage, words, dice) for passage in passages][: count - made]
        sha256 = hashlib.sha256(f"{about.sha256} {number}".encode()).hexdigest()
        yield IndexedDocument(sha256, f"{number}/{about.path}", about.doc_type, dice.choice(STATES)), noisy
        made += len(noisy)
        if made >= count:
            return


def _noisy(passage: Passage, words: Sequence[str], dice: random.Random) -> Passage:
    said = passage.text.split(" ")
    for at in dice.sample(range(len(said)), int(NOISE * len(said))):
        said[at] = dice.choice(words)
    return Passage(
        passage.number, " ".join(said), passage.start, passage.end, passage.page, passage.heading, passage.kind
    )


def fill(chunks: ChunkStore, folder: Path, count: int, embedder: Embedder) -> None:
    """Index the copies; their texts are embedded as they would be, which is a good part of the time."""
    started = time.perf_counter()
    for document, passages in copies(folder, count):
        chunks.put(document, passages)
    print(f"{count:,} passages put in {time.perf_counter() - started:,.0f} s", flush=True)
    started = time.perf_counter()
    while new := chunks.without_vectors(embedder.model, AT_ONCE):
        keys, texts = zip(*new, strict=True)
        chunks.set_vectors(embedder.model, keys, embedder.embed(texts))
    print(f"embedded and indexed in {time.perf_counter() - started:,.0f} s", flush=True)


def questions() -> list[Query]:
    """What people might ask, each once: the meaning of each field, mostly long, and the name of each rule, short."""
    rules = (Query(rule.name, pack.doc_type) for pack in load_packs().values() for rule in pack.requirements)
    return list({query.words: query for query in [*field_queries(), *rules]}.values())


def ask(chunks: ChunkStore, embedder: Embedder, rounds: int = 1, warming: int = 2) -> None:
    """Time the queries; the first rounds warm up and do not count."""
    queries = questions()
    leases = [query for query in queries if query.doc_type == "lease"]
    vector = embedder.embed([queries[0].words])[0]
    started = time.perf_counter()
    chunks.search(queries[0].words, vector=vector, model=embedder.model)
    print(f"first search {time.perf_counter() - started:.2f} s", flush=True)
    ohio = {"doc_type": "lease", "state": "Ohio"}
    for label, asked, more in (
        ("all documents", queries, {}),
        ("leases of a state", queries, ohio),
        ("leases of a state, what is asked of leases", leases, ohio),
    ):
        times = []
        vectors = embedder.embed([query.words for query in asked])
        for number in range(warming + rounds):
            for query, vector in zip(asked, vectors, strict=True):
                started = time.perf_counter()
                chunks.search(query.words, vector=vector, model=embedder.model, **more)  # type: ignore[arg-type]
                if number >= warming:
                    times.append(1000 * (time.perf_counter() - started))
        p50, p95 = np.percentile(times, [50, 95])
        print(
            f"{label}: {len(times)} queries, p50 {p50:.1f} ms, p95 {p95:.1f} ms, most {max(times):.0f} ms", flush=True
        )


def sizes(database: Path) -> Iterator[str]:
    """What a SQLite database and what lies beside it take."""
    for path in sorted(database.parent.glob(f"{database.name}*")):
        inside = path.iterdir() if path.is_dir() else [path]
        size = sum(one.stat().st_size for one in inside)
        if size > 1e6:
            yield f"{path.name.removeprefix(database.name) or 'database'} {size / 1e6:,.0f} MB"


def main() -> None:
    """Fill, ask, and say what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("url")
    parser.add_argument("--folder", type=Path, default=SAMPLES)
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    embedder = embedder_for(Settings())
    stores = None if given.url.startswith("opensearch") else open_stores(given.url)
    chunks = stores.chunks if stores else open_chunks(given.url)
    if not (given.keep and chunks.count() >= given.count):
        fill(chunks, given.folder, given.count, embedder)
    ask(chunks, embedder)
    if stores:
        print(f"on disk: {', '.join(sizes(Path(given.url.removeprefix('sqlite:///'))))}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{chunks.count():,} passages; peak memory of this process {memory:,.0f} MB; load {os.getloadavg()[0]:.1f}")
    if stores:
        stores.close()


if __name__ == "__main__":
    main()
