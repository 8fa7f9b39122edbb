"""Where an OpenSearch index is, as a URL says it."""

import os
import re
from dataclasses import dataclass, field
from typing import Literal, cast, get_args
from urllib.parse import parse_qsl, unquote, urlsplit

from pipeline.errors import WrongUsage

Service = Literal["es", "aoss"]
_FORM = "give opensearch://HOST:PORT/PREFIX, or opensearchs:// for TLS"
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Address:
    """A server, who asks it, and the prefix of the names of our indices there.

    Args:
        host, port, tls: of the server.
        prefix: lower case; several teams can share a server.
        user, password: for HTTP basic authentication; from OPENSEARCH_USER and OPENSEARCH_PASSWORD if not in the URL.
        aws: sign requests for Amazon OpenSearch Service ("es") or Serverless ("aoss") with the credentials of boto3.
        region: of AWS, where its configuration names none.
        certificates: file of the authorities that are trusted, for a server with a certificate of its own.
        shards: primary shards of an index that is made; one holds some tens of millions of passages' words.
        timeout: seconds for one answer.
    """

    host: str
    port: int
    tls: bool
    prefix: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    aws: Service | None = None
    region: str | None = None
    certificates: str | None = None
    shards: int = 1
    timeout: float = 30.0

    @classmethod
    def of(cls, url: str) -> "Address":
        """The address that a URL gives: `?aws=es&region=eu-west-1&certificates=FILE&shards=N&timeout=SECONDS`.

        Raises:
            WrongUsage: the URL is not of that form; the message does not repeat the password.

        >>> Address.of("opensearch://localhost/leases").port
        9200
        >>> Address.of("opensearchs://search.example/leases?aws=es").aws
        'es'
        """
        parts = urlsplit(url)
        prefix = parts.path.strip("/") or "clauseline"
        try:
            port = parts.port
        except ValueError:
            raise WrongUsage(f"search_index: the port is not a number; {_FORM}") from None
        if parts.scheme not in ("opensearch", "opensearchs") or not parts.hostname:
            raise WrongUsage(f"search_index: no address of an OpenSearch server; {_FORM}")
        if not _PREFIX.fullmatch(prefix):
            raise WrongUsage(f"search_index: {prefix!r} can't begin the name of an index; use small letters and digits")
        asked = dict(parse_qsl(parts.query))
        if unknown := asked.keys() - {"aws", "region", "certificates", "shards", "timeout"}:
            raise WrongUsage(f"search_index: no such parameter: {', '.join(sorted(unknown))}")
        aws = asked.get("aws")
        if aws is not None and aws not in get_args(Service):
            raise WrongUsage(f"search_index: aws is es or aoss, not {aws!r}")
        tls = parts.scheme == "opensearchs"
        return cls(
            parts.hostname, port or (443 if aws else 9200), tls, prefix,
            unquote(parts.username) if parts.username else os.environ.get("OPENSEARCH_USER"),
            unquote(parts.password) if parts.password else os.environ.get("OPENSEARCH_PASSWORD"),
            cast("Service | None", aws), asked.get("region"), asked.get("certificates"),
            int(_number(asked, "shards", 1)), _number(asked, "timeout", 30),
        )  # fmt: skip

    @property
    def near(self) -> bool:
        """Whether it is on this machine, where to compress what is sent costs more than to send it."""
        return self.host in ("localhost", "127.0.0.1", "::1")

    def __str__(self) -> str:
        """As it may be shown."""
        return f"opensearch{'s' if self.tls else ''}://{self.host}:{self.port}/{self.prefix}"


def _number(asked: dict[str, str], name: str, default: float) -> float:
    try:
        number = float(asked.get(name, default))
    except ValueError:
        number = 0
    if not 1 <= number <= 3_600:
        raise WrongUsage(f"search_index: {name} is a number from 1, not {asked[name]!r}")
    return number
