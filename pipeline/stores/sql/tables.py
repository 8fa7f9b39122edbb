"""The tables, as SQLAlchemy Core knows them; migrations/ makes them."""

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

documents = Table(
    "documents", metadata,
    Column("sha256", String(64), primary_key=True),
    Column("path", Text, nullable=False),
    Column("doc_type", String(32), nullable=False),
    Column("state", String(64)),
    Column("content", String(64), nullable=False, default="", comment="digest of the indexed passages"),
    Index("documents_by_type", "doc_type", "state"),
)  # fmt: skip

results = Table(
    "results", metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("path", Text, nullable=False),
    Column("doc_type", String(32), nullable=False),
    Column("status", String(16), nullable=False),
    Column("state", String(64)),
    Column("backend", Text, nullable=False),
    Column("made", String(32), nullable=False, comment="ISO 8601, UTC"),
    Column("body", Text, nullable=False, comment="result.json"),
    UniqueConstraint("sha256", "fingerprint", name="results_key"),
)  # fmt: skip

reports = Table(
    "reports", metadata,
    Column("id", Integer, primary_key=True),
    Column("path", Text, nullable=False, comment="absolute, with links resolved"),
    Column("sha256", String(64), nullable=False),
    Column("doc_type", String(32), nullable=False),
    Column("made", String(32), nullable=False, comment="ISO 8601, UTC"),
    Column("body", Text, nullable=False, comment="result.json"),
    Index("reports_by_path", "path", "id"),
)  # fmt: skip

replies = Table(
    "replies", metadata,
    Column("key", String(64), primary_key=True, comment="digest of the model, the question and the form"),
    Column("model", Text, nullable=False),
    Column("made", String(32), nullable=False, comment="ISO 8601, UTC"),
    Column("body", Text, nullable=False, comment="the reply as JSON"),
)  # fmt: skip

runs = Table(
    "runs", metadata,
    Column("id", String(64), primary_key=True),
    Column("started", String(32), nullable=False),
    Column("finished", String(32)),
    Column("status", String(16), nullable=False),
    Column("backend", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("out", Text, nullable=False),
)  # fmt: skip

journal = Table(
    "journal", metadata,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("finished", String(32), nullable=False),
    Column("seconds", Float, nullable=False),
    Column("error_type", Text, nullable=False),
    Column("error", Text, nullable=False),
    Index("journal_by_run", "run"),
    Index("journal_by_path", "path"),
)  # fmt: skip

packs = Table(
    "packs", metadata,
    Column("id", Integer, primary_key=True),
    Column("jurisdiction", String(64), nullable=False),
    Column("doc_type", String(32), nullable=False),
    Column("version", String(64), nullable=False),
    Column("body", JSON, nullable=False, comment="the pack without its requirements"),
    UniqueConstraint("jurisdiction", "doc_type", "version", name="packs_key"),
)  # fmt: skip

requirements = Table(
    "requirements", metadata,
    Column("pack", ForeignKey("packs.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("in_force_from", Date, nullable=False),
    Column("in_force_to", Date),
    Column("body", JSON, nullable=False),
)  # fmt: skip

chunks = Table(
    "chunks", metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", ForeignKey("documents.sha256", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("heading", Text, nullable=False, comment="the path, parted by line breaks"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Index("chunks_by_document", "sha256"),
    sqlite_autoincrement=True,  # a key is never used again: the vector index outlives rows
)  # fmt: skip

vectors = Table(
    "vectors", metadata,
    Column("id", Integer, primary_key=True, comment="rises with each vector written"),
    Column("chunk", ForeignKey("chunks.id", ondelete="CASCADE"), nullable=False),
    Column("model", Text, nullable=False),
    Column("data", LargeBinary, nullable=False, comment="float32, little-endian, length 1"),
    UniqueConstraint("model", "chunk", name="vectors_key"),
    sqlite_autoincrement=True,
)  # fmt: skip

vector_indexes = Table(
    "vector_indexes", metadata,
    Column("model", Text, primary_key=True),
    Column("dimension", Integer, nullable=False),
    Column("identity", String(32), nullable=False, comment="random; ties the index file to this database"),
    Column(
        "complete", Integer, nullable=False, server_default="0",
        comment="all chunks up to this one have vectors; 0 if that is not known",
    ),
)  # fmt: skip

word_index = Table(
    "word_index", metadata,
    Column("identity", String(32), primary_key=True, comment="random; ties an index of words in files to this database"),
)  # fmt: skip

tenancies = Table(
    "tenancies", metadata,
    Column("tenancy", String(64), primary_key=True),
    Column("unit", String(64), nullable=False),
    Column("version", Integer, nullable=False, comment="the last one"),
    Column("status", String(8), nullable=False),
    Column("state", String(64)),
    Index("tenancies_by_unit", "unit"),
    Index("tenancies_open", "unit", unique=True, sqlite_where=text("status = 'open'"), postgresql_where=text("status = 'open'")),
)  # fmt: skip

records = Table(
    "records", metadata,
    Column("tenancy", ForeignKey("tenancies.tenancy", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("changed", String(32), nullable=False, comment="ISO 8601"),
    Column("body", Text, nullable=False, comment="the record as JSON"),
)  # fmt: skip
