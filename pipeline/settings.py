"""Every knob, read from the environment (CLAUSELINE_...), a .env file, or flags of the command."""

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The settings of a run; each can be given as an environment variable with the prefix CLAUSELINE_.

    >>> Settings(backend="offline").document_timeout
    120.0
    """

    model_config = SettingsConfigDict(env_prefix="CLAUSELINE_", env_file=".env", extra="ignore", frozen=True)

    backend: str = Field("offline", description='"offline", or a LangChain model string such as "openai:gpt-4o-mini"')
    database: str = Field(
        f"sqlite:///{Path.home() / '.local' / 'share' / 'clauseline' / 'clauseline.db'}",
        description="SQLAlchemy URL of results, journal, knowledge, records and search index: sqlite or postgresql",
        repr=False,  # it may hold a password
    )
    database_patience: float = Field(60.0, ge=0, description="seconds for which a database that is away is waited for")
    records: str | None = Field(
        None, description="lease records: the database if not given, or dynamodb://REGION/PREFIX", repr=False
    )
    knowledge: str | None = Field(
        None, description="a team's own packs: the database if not given, or dynamodb://REGION/PREFIX", repr=False
    )
    queue: str | None = Field(
        None,
        description="the desk's queue: https://sqs..., sqs://NAME or amqp://USER@HOST/VHOST?queue=NAME",
        repr=False,
    )
    dead_letters: str | None = Field(
        None, description="queue of dead letters: URL on SQS, where the redrive policy says it else; name on AMQP"
    )
    visibility: int = Field(
        120, ge=10, le=43_200, description="seconds after which a silent worker's message is another's"
    )
    attempts: int = Field(5, gt=0, description="tries of a document that ends its process, hangs or meets a bug")
    scheduler_role: str | None = Field(
        None, description="ARN by which EventBridge Scheduler sends to the queue; else no delay is over 15 minutes"
    )
    schedules: str | None = Field(
        None, description="where tenancies' reminders are kept: scheduler://GROUP?target=SNS_TOPIC_ARN&role=ROLE_ARN"
    )
    templates: str = Field(
        "templates/", description="uploads whose key begins so are standard leases to build knowledge from"
    )
    search_index: str | None = Field(
        None, description="passages to search: the database if not given, or opensearch://HOST:PORT/PREFIX", repr=False
    )
    chunking: Literal["section", "fixed", "sentences"] = Field(
        "section", description="passages to search: sections and tables, or windows of one size, or of whole sentences"
    )
    embedder: str = Field(
        "static", description='"static", "onnx:FOLDER", or a LangChain model such as "openai:text-embedding-3-small"'
    )
    embedder_url: str | None = Field(None, description="server of an OpenAI-compatible or other embedder, not its own")
    s3_kms_key: str | None = Field(
        None, description="KMS key of what is written to S3: id, alias or ARN; the bucket's own if not given"
    )
    workers: int = Field(0, ge=0, description="processes; 0: one per CPU")
    executor: Literal["local", "ray"] = Field("local", description="where the processes run: here, or on a Ray cluster")
    ray_address: str | None = Field(
        None, description='the Ray cluster: "auto", or HOST:PORT; one of this machine\'s CPUs alone if not given'
    )
    document_timeout: float = Field(120.0, gt=0, description="seconds after which a document is given up")
    ocr_timeout_per_mb: float = Field(50.0, ge=0, description="seconds more for each MB of a file that may be a scan")
    password: SecretStr | None = Field(None, description="password for encrypted documents")
    ocr: Literal["auto", "off", "textract"] = Field(
        "auto", description="read pages without a usable text layer by OCR: ours (auto), Amazon Textract, or not at all"
    )
    textract_bucket: str | None = Field(
        None, description="s3://BUCKET/PREFIX where pages are put for Textract to read; else each page is sent alone"
    )
    textract_features: str = Field(
        "TABLES,FORMS",
        pattern=r"^(TABLES|FORMS|LAYOUT|SIGNATURES)(,(TABLES|FORMS|LAYOUT|SIGNATURES))*$",
        description="what Textract looks for beside text; each has a price of its own",
    )
    textract_patience: float = Field(1_800.0, gt=0, description="seconds for which Textract may read a document")
    max_bytes: int = Field(200_000_000, gt=0, description="largest file read")
    max_pages: int = Field(2_000, gt=0, description="most pages read")
    max_page_inches: float = Field(200.0, gt=0, description="largest side of a page")
    max_unpacked_bytes: int = Field(300_000_000, gt=0, description="largest unpacked size of a zipped document")
    validation_threshold: float = Field(95.0, ge=0, le=100, description="confidence for 'agreement is validated'")
    prompt_tokens: int = Field(
        6_000, gt=0, description="most passages shown to an LLM, in tokens, on average over the field groups"
    )
    prompt: str = Field("zero-shot", description="variant of the extraction prompt: a name that prompts/ has")
    context: Literal["passages", "document"] = Field(
        "passages", description="what an LLM is shown: the passages that matter, or the whole document"
    )
    context_tokens: int | None = Field(
        None, gt=0, description="how much an LLM can be shown; needed where its server does not say, else 32,000"
    )
    answer_tokens: int | None = Field(
        None, gt=0, description="most tokens of one answer of an LLM; its provider's own limit if not given"
    )
    votes: int = Field(1, ge=1, le=15, description="samples of each answer, of which agreement is taken")
    second_opinion: bool = Field(True, description="check an LLM's answers against the offline reader's")
    max_concurrency: int = Field(8, gt=0, description="questions an LLM is asked at once, over all processes")
    requests_per_minute: int = Field(0, ge=0, description="most questions a minute; 0: no limit")
    tokens_per_minute: int = Field(0, ge=0, description="most tokens a minute, questions and answers; 0: no limit")
    max_cost: float | None = Field(None, gt=0, description="US dollars after which a run stops")
    prices: Path | None = Field(None, description="file of prices that come before the shipped table (prices.yaml)")
    provider_patience: float = Field(300.0, gt=0, description="seconds of nothing but failures after which a run stops")
    request_timeout: float = Field(120.0, gt=0, description="seconds to wait for one reply of an LLM")
    reply_cache: bool = Field(True, description="keep an LLM's replies in the database, so that a re-run is free")
    seed: int = Field(0, description="given to providers that take one")
    base_url: str | None = Field(None, description="server of an OpenAI-compatible or other provider, not its own")
    aws_region: str | None = Field(None, description="Bedrock: region, else that of the AWS configuration")
    guardrail_id: str | None = Field(None, description="Bedrock: guardrail to apply")
    guardrail_version: str = Field("DRAFT", description="Bedrock: version of the guardrail")
    classify_doubt: float = Field(
        0.9, ge=0, le=1, description="below this probability an LLM backend is asked the type"
    )
    boxes: bool = Field(True, description="compute the boxes of the evidence on the page")

    @property
    def records_url(self) -> str:
        """Where the lease records are."""
        return self.records or self.database

    @property
    def knowledge_url(self) -> str:
        """Where the team's own packs are."""
        return self.knowledge or self.database

    def patience(self, path: Path) -> float:
        """Seconds a file may take, see `patience_for`.

        >>> Settings(document_timeout=60).patience(Path("no such file"))
        60.0
        """
        try:
            return self.patience_for(path.stat().st_size)
        except OSError:
            return self.patience_for(0)

    def patience_for(self, size: int) -> float:
        """Seconds a document of so many bytes may take: a large one may be a scan, and OCR takes seconds a page.

        >>> Settings(document_timeout=60, ocr="off").patience_for(9_000_000)
        60.0
        """
        return self.document_timeout + (self.ocr_timeout_per_mb * size / 1_000_000 if self.ocr != "off" else 0.0)


def without_password(url: str) -> str:
    """A database URL that may be shown.

    >>> without_password("postgresql://ada:p@ss/word@db.example/leases?sslmode=require")
    'postgresql://ada:***@db.example/leases?sslmode=require'
    >>> without_password("sqlite:///leases.db")
    'sqlite:///leases.db'
    """
    masked = re.sub(r"^([^:/]+://[^:/@]*):.*@", r"\1:***@", url, flags=re.DOTALL)
    return re.sub(r"(?i)([?&]password=)[^&]*", r"\1***", masked)
